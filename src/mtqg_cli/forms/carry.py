"""What the period before leaves for a blank workbook: its rows' names, and closing figures as opening ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.forms.content import FormValues
from mtqg_cli.reference.poverty_line import standard_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mtqg_cli.core.period import Period
    from mtqg_cli.core.submission import Submission
    from mtqg_cli.reference.form import Form


def carried_over(earlier: Submission | None, forms: Sequence[Form], period: Period, poverty_line: str) -> dict[str, FormValues]:
    """The values to fill in, by form id; only forms that declare what continues, and only cells that were read.

    Only the names are carried over a change of the poverty standard: those households are counted anew.

    What the report itself tells, the day that figures are counted to and the poverty line, is filled in as well.
    """
    given: dict[str, object] = {"as_of": period.as_of, "poverty_line": poverty_line}
    found: dict[str, FormValues] = {}
    for form in forms:
        known = {row.field: given[row.prefill] for row in form.rows if row.prefill}
        if known:
            found[form.id] = FormValues(record=known)
        table = earlier.tables.get(form.id) if earlier is not None else None
        if earlier is None or table is None or not form.carry:
            continue
        continued = form.carry if standard_of(earlier.period.year) == standard_of(period.year) else ()
        rows = []
        for row in table.rows:
            values = {name: row.value(name) for name in form.key} | {line.opening: row.value(line.closing) for line in continued}
            rows.append({name: value for name, value in values.items() if value is not None})
        found[form.id] = FormValues(rows=rows)
    return found

"""What the period before leaves for a blank workbook: its rows' names, and closing figures as opening ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.forms.content import FormValues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mtqg_cli.core.submission import Submission
    from mtqg_cli.reference.form import Form


def carried_over(earlier: Submission | None, forms: Sequence[Form]) -> dict[str, FormValues]:
    """The values to fill in, by form id; only forms that declare what continues, and only cells that were read."""
    found: dict[str, FormValues] = {}
    for form in forms:
        table = earlier.tables.get(form.id) if earlier is not None else None
        if table is None or not form.carry:
            continue
        rows = []
        for row in table.rows:
            values = {name: row.value(name) for name in form.key} | {line.opening: row.value(line.closing) for line in form.carry}
            rows.append({name: value for name, value in values.items() if value is not None})
        found[form.id] = FormValues(rows=rows)
    return found

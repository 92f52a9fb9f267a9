"""What the sheets of a workbook count together, against the whole that another of them gives. No rule by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mtqg_cli.core.table import Cell, Table
    from mtqg_cli.reference.form import Form
    from mtqg_cli.reference.lines import Within


def exceeded(form: Form, line: Within, tables: Mapping[str, Table]) -> tuple[Cell, int] | None:
    """The cell of the whole and the sum of its parts, if the parts are more; None also where any of them is unknown."""
    table = tables.get(form.id)
    whole = next((cells[0] for row in table.rows if (cells := row.known(line.whole)) is not None), None) if table is not None else None
    values = [row.value(field) for name, field in (part.split(".") for part in line.parts) if name in tables for row in tables[name].rows]
    if whole is None or not isinstance(whole.value, int) or not values or not all(isinstance(value, int) for value in values):
        return None
    total = sum(value for value in values if isinstance(value, int))
    return (whole, total) if total > whole.value else None


def any_exceeded(forms: Mapping[str, Form], tables: Mapping[str, Table]) -> bool:
    """Whether any whole of a workbook is less than its parts: then nothing can be said of its rates."""
    return any(exceeded(form, line, tables) is not None for form in forms.values() for line in form.within)

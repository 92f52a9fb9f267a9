"""What tables have in common: their figures as they stand, to find what was copied. No rule by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.reference.quantity import NUMERIC

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mtqg_cli.core.table import Table
    from mtqg_cli.reference.form import Form

#: The figures of a table: row by row, each with its field.
Figures = tuple[tuple[tuple[str, object], ...], ...]


def given_fields(form: Form) -> tuple[str, ...]:
    """The fields of numbers that are filled in, not worked out."""
    columns = (column.field for column in form.columns if column.type in NUMERIC and not column.computed and not column.printed)
    return (*columns, *(row.field for row in form.rows if row.field and row.type in NUMERIC))


def figures_of(table: Table, form: Form) -> Figures:
    """The numbers that were filled in, in their order; names and dates left out."""
    fields = given_fields(form)
    return tuple(tuple((field, row.value(field)) for field in fields) for row in table.rows)


def column_of(table: Table, field: str) -> tuple[object, ...]:
    """One column, from the first row to the last."""
    return tuple(row.value(field) for row in table.rows)


def distinct(figures: Figures | Iterable[object]) -> int:
    """How many different figures other than zero there are: few of them may well agree by chance."""
    flat = {value for row in figures for value in ((pair[1] for pair in row) if isinstance(row, tuple) else (row,))}
    return len(flat - {None, 0})

"""Where the terms of a form's lines stand: fields of one row, or printed rows down one column. No rules here."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.validate.context import column_title, place, shown
from mtqg_cli.validate.tables import computed_value, printed_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mtqg_cli.core.location import Location
    from mtqg_cli.core.table import Cell, Row, Table
    from mtqg_cli.reference.form import Form
    from mtqg_cli.reference.lines import Line, When

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Strand:
    """Figures that a line relates: by field in one row, or by the key of printed rows in one column.

    `column` is that column; "" where the terms are fields of a row.
    """

    form: Form
    rows: Mapping[str, Row]
    column: str = ""

    def cell(self, term: str) -> Cell | None:
        """The cell of a term."""
        row, field = self._place(term)
        return row.cells.get(field) if row is not None else None

    def value(self, term: str) -> Number | None:
        """A term's number; None if it is blank, unreadable, or known to be wrong, which is told elsewhere."""
        row, field = self._place(term)
        value = row.value(field) if row is not None else None
        if row is None or not isinstance(value, int | Decimal) or value < 0:
            return None
        return None if is_contradicted(self.form, row, field, self.rows) or _gives_negative(self.form, row, field) else value

    def title(self, term: str) -> str:
        """A term as it is named in a sentence: cột “Hộ nghèo đầu kỳ” (1); dòng “Dinh dưỡng” (5)."""
        return row_title(self.form, term) if self.column else column_title(self.form, term)

    def begin(self, term: str) -> str:
        """A term's place as the beginning of a sentence."""
        row, field = self._place(term)
        if self.column:
            title = row_title(self.form, term)
            return f"{title[0].upper()}{title[1:]}, {column_title(self.form, self.column)}"
        return place(self.form, row, field) if row is not None else term

    def shown(self, term: str, value: Number) -> str:
        """A number as the sheet shows that term."""
        return shown(value, self.form.quantity(self.column or term))

    def _place(self, term: str) -> tuple[Row | None, str]:
        return (self.rows.get(term), self.column) if self.column else (self.rows.get(""), term)


def strands_of(form: Form, table: Table, columns: tuple[str, ...] = ()) -> Iterator[Strand]:
    """The strands of a table: a row each, or a column of figures each (those named, or all)."""
    if form.keyed:
        rows = by_key(table)
        for column in form.figures:
            if not columns or column.field in columns:
                yield Strand(form, rows, column.field)
    else:
        for row in table.rows:
            yield Strand(form, {"": row})


def by_key(table: Table) -> dict[str, Row]:
    """The printed rows of a table by their keys."""
    return {str(row.value("key")): row for row in table.rows}


def row_title(form: Form, key: str) -> str:
    """A printed row as it is named in a sentence: dòng “Dinh dưỡng” (5)."""
    row = form.row(key)
    return f"dòng “{row.label}” ({key})" if row is not None else f"dòng ({key})"


def terms_in_words(form: Form, terms: tuple[str, ...]) -> str:
    """The parts of a sum: các dòng (1) đến (13); các dòng (2) và (3); các cột (2), (3) và (4); cột “Hộ nghèo” (2) và cột “Hộ cận nghèo” (3)."""
    if not form.keyed:
        titles = [column_title(form, term) for term in terms]
        if len(titles) > 2 and all(title.endswith(")") for title in titles):  # noqa: PLR2004 - two are named
            titles = [f"({title.rsplit('(', 1)[1]}" for title in titles]
            return f"các cột {', '.join(titles[:-1])} và {titles[-1]}"
        return f"{', '.join(titles[:-1])} và {titles[-1]}" if len(titles) > 1 else titles[0]
    keys = [row.key for row in form.rows]
    start = keys.index(terms[0])
    if len(terms) > 2 and keys[start : start + len(terms)] == list(terms):  # noqa: PLR2004 - two are named
        return f"các dòng ({terms[0]}) đến ({terms[-1]})"
    return f"các dòng ({'), ('.join(terms[:-1])}) và ({terms[-1]})" if len(terms) > 1 else f"dòng ({terms[0]})"


def is_contradicted(form: Form, row: Row, field: str, rows: Mapping[str, Row]) -> bool:
    """Whether a worked-out cell is not what its parts give: that is told already, and nothing follows from it."""
    column = form.column(field)
    if column is not None and column.computed:
        return computed_value(column, row.cells) != row.value(field)
    printed = form.row(str(row.value("key"))) if form.keyed else None
    return printed is not None and bool(printed.computed) and printed_value(printed, field, rows) != row.value(field)


def _gives_negative(form: Form, row: Row, field: str) -> bool:
    """Whether something worked out from a field is negative: one of its parts is wrong, and that is told at the result."""
    results = [row.cells.get(column.field) for column in form.columns if field in {name for _, name in column.terms}]
    return any(result is not None and result.fault == "out_of_range" for result in results)


def remedies(form: Form, row: Row, field: str, amount: int) -> Iterator[tuple[Location, int]]:
    """The cells any one of which, changed so, adds an amount to a field: the cell itself, and the parts of what is worked out."""
    cell, column = row.cells.get(field), form.column(field)
    if cell is None:
        return
    if cell.raw is None or cell.raw.formula is None:
        yield cell.location, amount
    for sign, name in column.terms if column is not None else ():
        part = row.cells.get(name)
        if part is not None and part.valid:
            yield part.location, sign * amount


def holds_for(when: When, row: Row) -> bool:
    """Whether a row is one that a line is about."""
    return all(row.value(field) in wanted for field, wanted in when.items())


def severity_of(line: Line) -> Severity:
    """How much the breach of a line matters."""
    return Severity(line.severity)

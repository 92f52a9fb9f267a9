"""What each kind of rule is given to look at, and the words in which places are named to users."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import format_number, name_key
from mtqg_cli.core.visible import visible
from mtqg_cli.reference.wording import written
from mtqg_cli.validate.parse import parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mtqg_cli.core.diagnostic import Diagnostic
    from mtqg_cli.core.location import Location
    from mtqg_cli.core.period import Period
    from mtqg_cli.core.sheet import RawCell, Sheet, Unreadable, Workbook
    from mtqg_cli.core.submission import Batch, Submission
    from mtqg_cli.core.table import Cell, Row, Table
    from mtqg_cli.core.unit import Unit
    from mtqg_cli.reference.form import Column, Form, FormRow
    from mtqg_cli.reference.quantity import Quantity
    from mtqg_cli.reference.request import Request
    from mtqg_cli.validate.identify import Identity
    from mtqg_cli.validate.match import SheetMatch


@dataclass(frozen=True, slots=True)
class FileContext:
    """A file of the data folder; `identity` is None for one that could not be read or is foreign."""

    source: Workbook | Unreadable
    identity: Identity | None
    request: Request


@dataclass(frozen=True, slots=True)
class SheetContext:
    """A form that a workbook should hold, with the sheet and the match as far as they were found; `issued`: the stamp names it."""

    workbook: Workbook
    form: Form
    sheet: Sheet | None
    match: SheetMatch | None
    unit: Unit
    period: Period
    issued: bool


@dataclass(frozen=True, slots=True)
class CellContext:
    """One cell of a table with what its form says of it."""

    cell: Cell
    quantity: Quantity
    field: str
    row: Row
    form: Form
    request: Request


@dataclass(frozen=True, slots=True)
class RowContext:
    """One row of a table."""

    row: Row
    form: Form
    request: Request


@dataclass(frozen=True, slots=True)
class TableContext:
    """One table, with all tables of its workbook by form id."""

    table: Table
    form: Form
    tables: Mapping[str, Table]
    request: Request


@dataclass(frozen=True, slots=True)
class BatchContext:
    """What counts of a period, all that was sent, and what counts of two other periods.

    `previous` is the period that this one continues, `earlier` the last one before it in the same year.
    """

    batch: Batch
    sent: tuple[Submission, ...]
    previous: Batch | None
    earlier: Batch | None
    request: Request


@dataclass(frozen=True, slots=True)
class Place:
    """What stands in a cell: its form, row and field."""

    form: Form
    row: Row
    field: str

    @property
    def cell(self) -> Cell:
        """The cell itself."""
        return self.row.cells[self.field]


@dataclass(frozen=True, slots=True)
class FindingsContext:
    """Findings that would all vanish if `amount` were added to the cell at `location`, none of which stands there."""

    location: Location
    amount: int
    members: tuple[Diagnostic, ...]
    place: Place


def column_title(form: Form, field: str) -> str:
    """How a column is named to a user: cột “Hộ nghèo cuối kỳ” (9)."""
    row = next((row for row in form.rows if row.field == field), None)
    if row is not None:
        return f"dòng “{row.label}” ({row.key})"
    column = form.column(field)
    if column is None:
        return field
    number = form.layout.numbers[field].split("=")[0]
    group = f"{column.group[-1]}: " if column.group else ""
    return f"cột “{group}{column.label}” ({number})" if number.isdigit() else f"cột “{group}{column.label}”"


def place(form: Form, row: Row, field: str) -> str:
    """The row and column of a cell as the beginning of a sentence: Thôn Bình Hồ, cột “Hộ nghèo cuối kỳ” (9)."""
    title = column_title(form, field)
    if any(each.field == field for each in form.rows):
        return title[0].upper() + title[1:]
    return f"{row.label[:1].upper()}{row.label[1:]}, {title}"


def shown(value: object, quantity: Quantity | Column | None) -> str:
    """A value as the sheet shows it: money in the form's unit, choices by their label."""
    return written(value, quantity)


#: The field of the day on which a commune closed its figures.
CLOSING_DAY = "data_date"

#: From here Excel writes a number as 1E+20; no figure of a report comes near.
_SCIENTIFIC = 1e20


def raw_text(raw: RawCell | None) -> str:
    """What stands in a cell as it was typed, with what the eye would miss put into words."""
    if raw is None:
        return ""
    if isinstance(raw.value, float) and math.isfinite(raw.value):
        if abs(raw.value) >= _SCIENTIFIC:
            return f"{raw.value:.15G}".replace(".", ",")
        number = Decimal(f"{raw.value:.15g}")
        return format_number(number, max(0, -int(number.normalize().as_tuple().exponent)))
    if isinstance(raw.value, bool | date | timedelta):
        return _as_typed(raw.value)
    return visible(str(raw.value) if raw.value is not None else (raw.formula or ""))


def _as_typed(value: bool | date | timedelta) -> str:  # noqa: FBT001 - it is the value of a cell
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, date):
        return f"{value.day}/{value.month}/{value.year}"
    return f"{value.total_seconds() / 3600:.10g} giờ".replace(".", ",")


#: From how many blanks on a row is told as one thing rather than cell by cell.
_MANY = 4


def unfinished_fields(row: Row, form: Form, period_kind: str) -> list[str]:
    """The required fields of a free row that were left blank, if they are so many that the row is unfinished as a whole."""
    if form.kind != "rows":
        return []
    blank = [
        column.field
        for column in form.columns
        if column.required_in(period_kind) and not column.computed and column.field in row.cells and row.cells[column.field].blank
    ]
    return blank if len(blank) >= _MANY else []


def pairs_with(batch: Batch, other: Batch | None, form: Form) -> Iterator[tuple[Row, Row]]:
    """The rows of a form that another period has too, each with that one; a row that stands twice is told elsewhere."""
    before = {submission.unit.code: submission.tables.get(form.id) for submission in other.submissions} if other is not None else {}
    for submission in batch.submissions:
        table, old = submission.tables.get(form.id), before.get(submission.unit.code)
        if table is None or old is None:
            continue
        then = {row_key(row, form): row for row in old.rows}
        keys = Counter(row_key(row, form) for row in table.rows)
        for row in table.rows:
            key = row_key(row, form)
            if keys[key] == 1 and key in then:
                yield row, then[key]


def row_key(row: Row, form: Form) -> tuple[str, ...]:
    """What a row is known by, in whatever spelling: “Thôn Bình Hồ” is “Bình Hồ” in a form whose rows are thôn."""
    subject = f"{name_key(form.subject)} "
    return tuple(name_key(str(row.value(name))).removeprefix(subject) for name in form.key)


def printed_label(context: CellContext) -> str:
    """The words of the printed row that a cell stands in; empty in forms without printed rows."""
    printed = _printed_row(context)
    return printed.label if printed is not None else ""


def percent_value(context: CellContext) -> Decimal | None:
    """The number in a cell that is counted in percent and does not say so itself (95, not 95%); None for any other cell."""
    cell, kind = context.cell, context.quantity.type
    if kind not in {"percent", "result"} or cell.raw is None or not cell.valid or cell.raw.percent or "%" in raw_text(cell.raw):
        return None
    printed = _printed_row(context) if kind == "result" else None
    if kind == "result" and (printed is None or printed.texts.get("measure_unit") != "%"):
        return None
    if isinstance(cell.value, str):
        return parse_number(cell.value)[0]
    return Decimal(cell.value) if isinstance(cell.value, int | Decimal) else None


def _printed_row(context: CellContext) -> FormRow | None:
    return next((each for each in context.form.rows if each.key == context.row.value("key")), None)

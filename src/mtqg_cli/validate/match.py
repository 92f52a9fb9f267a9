"""Where a form's columns and rows stand on a sheet that came back: found by headings and row keys, not taken on trust."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import name_key
from mtqg_cli.reference.layout import TOTAL_LABEL
from mtqg_cli.reference.quantity import NUMERIC
from mtqg_cli.validate.headings import SEARCH_COLUMNS, SEARCH_ROWS, Headings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mtqg_cli.core.sheet import Sheet
    from mtqg_cli.reference.form import Column, Form, FormRow

_TOTAL_WORDS = {name_key(word) for word in (TOTAL_LABEL, "Tổng số", "Cộng", "Tổng")}
#: What stands below a table; a row that begins with it ends the data.
_END_WORDS = tuple(
    name_key(word)
    for word in (
        "Người lập",
        "Lập biểu",
        "Người báo cáo",
        "Thủ trưởng đơn vị",
        "Chủ tịch",
        "TM. Ủy ban",
        "T/M",
        "KT. Chủ tịch",
        "Xác nhận của",
        "Kế toán",
        "Nơi nhận",
    )
)
#: The line of place and date above a signature, and nothing else in it.
_DATE_LINE = re.compile(name_key("(?:[^,]{1,60}, ?)?ngày") + r" [\d.…]{1,9} " + name_key("tháng") + r" [\d.…]{1,9} " + name_key("năm") + r" [\d.…]{1,9}")
#: Cells under merged ranges are told apart one by one; no form has more.
_MOST_COVERED = 100_000


@dataclass(frozen=True)  # no slots: what is worked out from it is kept
class SheetMatch:
    """A form found on a sheet: 1-based rows, the column of each field, and the fields whose heading is missing.

    `numbers` is what stands in the row of column numbers. `doubles` are columns with a heading that another column was read by. `covered` are the cells of the data that a merged
    cell hides, each with the cell that shows.
    """

    form: Form
    sheet: Sheet
    header_row: int
    first_row: int
    columns: Mapping[str, int]
    missing: tuple[Column, ...]
    numbers: Mapping[str, str]
    doubles: tuple[tuple[Column, int], ...] = ()
    covered: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    @cached_property
    def serial_column(self) -> int:
        """The column of serial numbers or printed keys: the one before the form's first."""
        return max(1, min(self.columns.values()) - 1)

    @cached_property
    def naming(self) -> frozenset[int]:
        """The columns in which a total row is called so: the first ones, and where the blank form writes it if that has moved."""
        first = self.serial_column
        return frozenset((first, first + 1, first + 2, self.columns.get(self.form.columns[0].field, first)))

    @cached_property
    def marked_rows(self) -> frozenset[int]:
        """The rows in which something may stand where the reader of values sees a blank."""
        return frozenset(row for row, _ in self.sheet.marked)

    @cached_property
    def given(self) -> tuple[tuple[Column, int], ...]:
        """The columns on the sheet that are not printed, each with its number."""
        return tuple((column, self.columns[column.field]) for column in self.form.columns if column.field in self.columns and not column.printed)

    @cached_property
    def filled(self) -> tuple[int, ...]:
        """The rows above the end that hold anything but headings again; spare rows at the end that were filled with zeros hold nothing."""
        rows = [row for row in range(self.first_row, self.end) if _holds_data(self, row) and not _repeats_headings(self, row)]
        while rows and _only_zeros(self, rows[-1]):
            rows.pop()
        return tuple(rows)

    @cached_property
    def printed(self) -> Mapping[str, int]:
        """The row of each printed row of the form, by its key in the first column, or by its label where the key was changed."""
        by_key: dict[str, int] = {}
        by_label: dict[str, int] = {}
        label_column = self.columns.get("label", 2)
        for row in range(self.first_row, self.sheet.height + 1):
            by_key.setdefault(self.sheet.text(row, self.serial_column), row)
            by_label.setdefault(name_key(self.sheet.text(row, label_column)), row)
        places = {wanted.key: _printed_row(wanted, by_key, by_label) for wanted in self.form.rows}
        return {key: place for key, place in places.items() if place is not None}

    @cached_property
    def end(self) -> int:
        """The row that ends the data: the first total, or what stands below the table, or the row after the last one read."""
        rows = range(self.first_row, self.sheet.height + 1)
        return next((row for row in rows if is_total(self, row) or _ends_table(self, row)), self.sheet.height + 1)


def match_sheet(form: Form, sheet: Sheet) -> SheetMatch | None:
    """The form on the sheet, or None if not even half of its headings are there."""
    layout = form.layout
    headings = Headings(sheet, layout.header_rows)
    expected = layout.header_row
    best_row, best = expected, headings.columns_at(expected, form)
    if len(best) < len(form.columns):
        for row in range(1, min(sheet.height, SEARCH_ROWS) + 1):
            found = headings.columns_at(row, form)
            if len(found) > len(best):
                best_row, best = row, found
    if len(best) * 2 < len(form.columns):
        return None
    below = best_row + layout.header_rows
    numbers = [sheet.text(below, column) == layout.numbers[field] for field, column in best.items()]
    first_row = below + 1 if sum(numbers) * 2 > len(numbers) else below
    missing = tuple(column for column in form.columns if column.field not in best)
    return SheetMatch(
        form, sheet, best_row, first_row, best, missing, layout.numbers, tuple(headings.doubles(best_row, form, best)), _covered(sheet, form, best, first_row)
    )


def _covered(sheet: Sheet, form: Form, columns: Mapping[str, int], first_row: int) -> dict[tuple[int, int], tuple[int, int]]:
    """The cells of the data that lie under a merged cell and are not its first."""
    given = sorted(columns[column.field] for column in form.columns if column.field in columns and not column.printed)
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for top, left, bottom, right in sheet.merged:
        within = [column for column in given if left <= column <= right]
        for row in range(max(top, first_row), min(bottom, sheet.height) + 1) if within else ():
            found.update({(row, column): (top, left) for column in within if (row, column) != (top, left)})
            if len(found) > _MOST_COVERED:
                return found
    return found


def data_rows(match: SheetMatch) -> Iterator[int]:
    """The rows of a form with free rows that hold anything, down to the total row or what stands below the table."""
    return iter(match.filled)


def end_of_data(match: SheetMatch) -> int:
    """The row that ends the data: the first total, or what stands below the table, or the row after the last one read."""
    return match.end


def rows_beyond(match: SheetMatch) -> list[int]:
    """Rows with figures below the end of the data, which nothing adds up (a second total row is none)."""
    numeric = [match.columns[column.field] for column in match.form.columns if column.field in match.columns and column.type in NUMERIC and not column.computed]
    words = [number for _, number in match.given]
    rows = range(end_of_data(match) + 1, match.sheet.height + 1)
    if numeric:
        return [row for row in rows if not is_total(match, row) and any(_is_number(match, row, column) for column in numeric)]
    return [row for row in rows if sum(match.sheet.filled(row, column) for column in words) > 1]


def rows_unknown(match: SheetMatch) -> list[int]:
    """Rows of a form with printed rows that hold a figure, or repeat a printed row with something filled in, and are not read."""
    read = set(printed_rows(match).values())
    given = [number for _, number in match.given]
    keys = {name_key(text) for row in match.form.rows for text in (row.key, row.label)}
    found = []
    for row in range(match.first_row, match.sheet.height + 1):
        filled = [column for column in given if match.sheet.filled(row, column)] if row not in read else []
        if not filled:
            continue
        labels = {name_key(match.sheet.text(row, column)) for column in (match.serial_column, match.columns.get("label", 2))}
        if labels & keys or any(_is_number(match, row, column) for column in filled):
            found.append(row)
    return found


def _is_number(match: SheetMatch, row: int, column: int) -> bool:
    cell = match.sheet.cell(row, column)
    return cell is not None and cell.kind == "number"


def _holds_data(match: SheetMatch, row: int) -> bool:
    """Whether anything was filled in: an input cell, or a constant other than zero over a worked-out one (pasted values leave zeros)."""
    values, marked = match.sheet.row(row), row in match.marked_rows
    for column, number in match.given:
        if not marked and (number > len(values) or values[number - 1] == ""):
            continue
        if match.sheet.filled(row, number):
            cell = match.sheet.cell(row, number) if column.computed else None
            if cell is None or (cell.formula is None and cell.value != 0):
                return True
    return False


def _only_zeros(match: SheetMatch, row: int) -> bool:
    """Whether nothing but zeros and dashes was filled in: no name, no figure."""
    for column in match.form.columns:
        cell = match.sheet.cell(row, match.columns[column.field]) if column.field in match.columns and not column.printed else None
        if cell is None or (column.computed and cell.formula is not None):
            continue
        if cell.value != 0 and not (cell.kind == "text" and name_key(str(cell.value).strip()) == "-"):
            return False
    return True


def _repeats_headings(match: SheetMatch, row: int) -> bool:
    """Whether the headings, or the row of column numbers, were copied into the data for a new page."""
    texts = {name: match.sheet.text(row, column) for name, column in match.columns.items() if match.sheet.filled(row, column)}
    if sum(text == match.numbers[name] for name, text in texts.items()) * 2 > len(match.columns):
        return True
    if any(isinstance(match.sheet.value(row, match.columns[name]), float) for name in texts):
        return False
    return len(texts) > 1 and all(name_key(text) in match.form.words for text in texts.values())


def total_row(match: SheetMatch) -> int | None:
    """The row that adds up the data, if the sheet has one."""
    end = end_of_data(match)
    return end if is_total(match, end) else None


def is_total(match: SheetMatch, row: int) -> bool:
    """Whether a row's first words say that it is a total; a form whose rows are not added has none."""
    if not match.form.has_total:
        return False
    values = match.sheet.row(row)
    texts = (values[column - 1] for column in match.naming if column <= len(values))
    return any(isinstance(text, str) and text and name_key(text) in _TOTAL_WORDS for text in texts) and not _repeats_headings(match, row)


def _ends_table(match: SheetMatch, row: int) -> bool:
    sheet = match.sheet
    if isinstance(sheet.value(row, match.serial_column), int | float):  # a numbered row is data, whatever it says
        return False
    filled = (column for column, value in enumerate(sheet.row(row)[: SEARCH_COLUMNS - 1], start=1) if value)
    first = name_key(sheet.text(row, next(filled, 0)))
    return first.startswith(_END_WORDS) or _DATE_LINE.fullmatch(first) is not None


def printed_rows(match: SheetMatch) -> Mapping[str, int]:
    """The row of each printed row of a form, by its key."""
    return match.printed


def _printed_row(wanted: FormRow, by_key: Mapping[str, int], by_label: Mapping[str, int]) -> int | None:
    labelled = by_label.get(name_key(wanted.label))
    return labelled if labelled is not None else by_key.get(wanted.key)

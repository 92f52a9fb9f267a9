"""Where everything of a form stands on its blank sheet: one place for the writer, the reader's first guess and `mtqg list`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtqg_cli.core.location import column_letter
from mtqg_cli.reference.quantity import NUMERIC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mtqg_cli.reference.form import Column, Form, FormRow

TITLE_ROW = 1
SUBTITLE_ROW = 2
UNIT_ROW = 3
PERIOD_ROW = 4
AS_OF_ROW = 5
NOTE_ROW = 6
HEADER_ROW = 7
#: The column in which unit, period and date of the data stand (C).
FACE_COLUMN = 3
#: What is printed before unit and period, in column A.
UNIT_LABEL, PERIOD_LABEL = "Đơn vị báo cáo:", "Kỳ báo cáo:"

#: The very hidden sheet that tells what a workbook is.
STAMP_SHEET = "_mtqg"
STAMP_VERSION = "1"
#: The first sheet of a workbook that was given back with its mistakes marked: ours, never data.
RETURNED_SHEET = "Lỗi cần sửa"

#: The sheet that a returned workbook begins with; it is no part of what was sent.
RETURNED_SHEET = "Lỗi cần sửa"

#: The words of the total row's label.
TOTAL_LABEL = "Tổng cộng"


@dataclass(frozen=True, slots=True)
class Layout:
    """1-based rows and columns of a form's blank sheet."""

    header_row: int
    header_rows: int
    number_row: int
    first_row: int
    last_row: int
    total_row: int | None
    columns: Mapping[str, int]
    last_column: int
    numbers: Mapping[str, str]

    def letter(self, field: str) -> str:
        """The column letter of a field."""
        return column_letter(self.columns[field])


def layout_of(form: Form) -> Layout:
    """The layout of a form. Column 1 is the serial number (forms with free rows) or the row's printed number."""
    depth = max(len(column.path) for column in form.columns)
    number_row = HEADER_ROW + depth
    first_row = number_row + 1
    height = len(form.rows) if form.kind == "fixed" else form.capacity
    last_row = first_row + height - 1
    columns = {column.field: index for index, column in enumerate(form.columns, start=2)}
    return Layout(
        header_row=HEADER_ROW,
        header_rows=depth,
        number_row=number_row,
        first_row=first_row,
        last_row=last_row,
        total_row=last_row + 1 if form.has_total else None,
        columns=columns,
        last_column=1 + len(form.columns),
        numbers=_column_numbers(form.columns),
    )


def _column_numbers(columns: tuple[Column, ...]) -> dict[str, str]:
    """What stands in the row under the headings: letters for words, numbers for figures, 9=1-2+3 for what is worked out."""
    numbers: dict[str, str] = {}
    letters = figures = 0
    for column in columns:
        if column.type in NUMERIC:
            figures += 1
            numbers[column.field] = str(figures)
        else:
            letters += 1
            numbers[column.field] = column_letter(letters + 1)
    plain = dict(numbers)
    for column in columns:
        if column.terms:
            sides = "".join(f"{'-' if sign < 0 else '+'}{plain[name]}" for sign, name in column.terms)
            numbers[column.field] = f"{plain[column.field]}={sides.lstrip('+')}"
    return numbers


def row_formula(column: Column, layout: Layout, row: int) -> str:
    """The Excel formula that the blank form writes in a computed cell: =C9-D9+E9."""
    sides = "".join(f"{'-' if sign < 0 else '+'}{layout.letter(name)}{row}" for sign, name in column.terms)
    return f"={sides.lstrip('+')}"


def printed_formula(form: Form, printed: FormRow, layout: Layout, field: str) -> str:
    """The Excel formula of a printed row that is worked out from others: =C11+C12-C13."""
    places = {row.key: layout.first_row + index for index, row in enumerate(form.rows)}
    sides = "".join(f"{'-' if sign < 0 else '+'}{layout.letter(field)}{places[key]}" for sign, key in printed.terms)
    return f"={sides.lstrip('+')}"


def total_formula(field: str, layout: Layout) -> str:
    """The Excel formula of a total: =SUM(C9:C68)."""
    letter = layout.letter(field)
    return f"=SUM({letter}{layout.first_row}:{letter}{layout.last_row})"

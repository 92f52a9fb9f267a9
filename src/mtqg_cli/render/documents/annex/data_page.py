"""How the sheet “Dữ liệu” looks: a line a cell with where it was read. Which cells, and in which order, is `data_sheet`'s matter."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from mtqg_cli.core.period import parse_period
from mtqg_cli.render.documents.annex.data_sheet import FIRST_ROW, shown_value
from mtqg_cli.render.documents.annex.page import GREY, RED, SIZE, height, pixels, set_paper
from mtqg_cli.render.printing import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.report import SourceCell
    from mtqg_cli.render.documents.annex.data_sheet import DataSheet, Place
    from mtqg_cli.render.documents.annex.page import Looks

_COLUMNS = (("Kỳ", 40), ("Đơn vị", 32), ("Tệp", 38), ("Trang tính", 20), ("Ô", 12), ("Dòng", 84), ("Cột", 60), ("Đơn vị tính", 24), ("Giá trị", 26))
_ABOUT = (
    "Mỗi dòng là một ô trong tệp đơn vị gửi; công thức ở các phụ lục tính từ cột Giá trị. Thay giá trị ở đây thì các phụ lục tự tính lại, "
    "tệp gốc và báo cáo Word không thay đổi. Ô trống là chưa có số liệu."
)
_TITLE, _SMALL = 14, 12
_HEADING = FIRST_ROW - 1


def write_data(sheet: Any, looks: Looks, data: DataSheet, *, draft: bool) -> None:
    """The whole sheet."""
    whole, last = sum(width for _, width in _COLUMNS), len(_COLUMNS) - 1
    for index, (_, width) in enumerate(_COLUMNS):
        sheet.set_column_pixels(index, index, pixels(width))
    _across(sheet, looks, 1, "DỮ LIỆU NGUỒN CỦA CÁC PHỤ LỤC", font_size=_TITLE, bold=True, align="center")
    _across(sheet, looks, 2, _ABOUT, font_size=_SMALL, italic=True)
    sheet.set_row(1, height(_ABOUT, whole, _SMALL))
    if draft:
        _across(sheet, looks, 3, "DỰ THẢO", font_size=_TITLE, bold=True, align="right", font_color=RED)
    shape = looks.get(font_size=SIZE, bold=True, align="center", text_wrap=True, border=1, bg_color=GREY)
    for index, (title, _) in enumerate(_COLUMNS):
        sheet.write_string(_HEADING - 1, index, title, shape)
    bottom = FIRST_ROW
    for row, (place, cell) in enumerate(data.lines(), start=FIRST_ROW):
        _write_cell(sheet, looks, row, place, cell)
        _write_value(sheet, looks, row, shown_value(cell), data.formula(place))
        bottom = row
    sheet.autofilter(_HEADING - 1, 0, bottom - 1, last)
    sheet.ignore_errors({"number_stored_as_text": f"A{FIRST_ROW}:I{bottom}"})
    sheet.freeze_panes(_HEADING, 0)
    sheet.repeat_rows(_HEADING - 1)
    sheet.print_area(0, 0, bottom - 1, last)
    set_paper(sheet, landscape=True, draft=draft)


def _across(sheet: Any, looks: Looks, row: int, text: str, **look: object) -> None:
    shape = looks.get(text_wrap=True, **look)
    sheet.merge_range(row - 1, 0, row - 1, len(_COLUMNS) - 1, "", shape)
    sheet.write_string(row - 1, 0, text, shape)


def _write_cell(sheet: Any, looks: Looks, row: int, place: Place, cell: SourceCell) -> None:
    words = list(_words(place, cell))
    shape = looks.get(font_size=SIZE, border=1, align="left", text_wrap=True)
    for index, text in enumerate(words):
        sheet.write_string(row - 1, index, printable(text), shape)
    sheet.set_row(row - 1, max(height(text, width) for text, (_, width) in zip(words, _COLUMNS, strict=False)))


def _write_value(sheet: Any, looks: Looks, row: int, value: Decimal | str | None, formula: str) -> None:
    """A number with all its decimals, worked out from other cells where the form does so; a word; or nothing."""
    column = len(_COLUMNS) - 1
    about: dict[str, object] = {"font_size": SIZE, "border": 1, "align": "right"}
    if isinstance(value, Decimal):
        places = max(-int(value.normalize().as_tuple().exponent), 0)
        shape = looks.get(**about, num_format=f"#,##0.{'0' * places}" if places else "#,##0")
        if formula:
            sheet.write_formula(row - 1, column, f"={formula}", shape, float(value))
        else:
            sheet.write_number(row - 1, column, float(value), shape)
    elif value is not None:
        sheet.write_string(row - 1, column, printable(value), looks.get(**about, text_wrap=True))
    else:
        sheet.write_blank(row - 1, column, None, looks.get(**about))


@cache
def _label(period: str) -> str:
    return parse_period(period).label


def _words(place: Place, cell: SourceCell) -> Iterator[str]:
    period, location = place
    yield _label(period)
    yield from (cell.unit, location.file, location.sheet or "", location.cell or "", cell.row, cell.column, cell.measure)

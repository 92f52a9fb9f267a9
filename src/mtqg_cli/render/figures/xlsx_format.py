"""Merged figures as a workbook, ready to be printed: a line a figure, a column a unit; who is in it, and what could not be added. Values, no formulas."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any

import xlsxwriter

from mtqg_cli.core.period import parse_period

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mtqg_cli.core.figure import Figure
    from mtqg_cli.core.period import Period
    from mtqg_cli.reference.handed_in import Header

_LEFT = (("Mã chỉ tiêu", 26), ("Chỉ tiêu", 44), ("Phân tổ", 36), ("Đơn vị tính", 13))
_UNIT_WIDTH, _WHOLE_WIDTH = 14, 18
_MOST_DECIMALS = 6
#: So many units stand on a page, landscape, beside the names of the figures, which every page has.
_UNITS_A_PAGE = 8
_A4 = 9
#: The height of a line and the most that a row can have, in points; the room that a letter takes, in widths of a digit, with what is lost where lines break.
_LINE, _HIGHEST, _LETTER = 15.0, 409.0, 0.8
_FONT = {"font_name": "Times New Roman", "font_size": 11}


def render(header: Header, lines: Sequence[Sequence[Figure | None]], called: Callable[[Mapping[str, str]], str], missing: Sequence[tuple[str, str]]) -> bytes:
    """The workbook of `merge --format xlsx`: each line the figure of the whole, then that of each part in the order of the header.

    `called` is what a split is called, `missing` are code and name of the units without a file. The same figures give the same bytes.
    """
    content = BytesIO()
    # text from elsewhere is never a formula or a link
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as workbook:
        looks = _Looks(workbook)
        _write_figures(workbook.add_worksheet("Số liệu"), looks, header, lines, called)
        _write_units(workbook.add_worksheet("Đơn vị"), looks, header, missing)
        _write_not_added(workbook.add_worksheet("Không cộng được"), looks, header, called)
        created = datetime.combine(_period(header).end, time())  # the only clock in the file is the period's
        workbook.set_properties({"title": f"Số liệu {header.period} - {header.unit.name}", "author": "mtqg", "created": created})
    return content.getvalue()


class _Looks:
    """The formats of the workbook, a number format made once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._numbers: dict[int, Any] = {}
        self.head = workbook.add_format({**_FONT, "bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1, "bg_color": "#D9D9D9"})
        self.text = workbook.add_format({**_FONT, "text_wrap": True, "valign": "top", "border": 1})
        self.unknown = workbook.add_format({**_FONT, "align": "right", "valign": "top", "border": 1})
        self.title = workbook.add_format({**_FONT, "bold": True, "font_size": 14})

    def number(self, decimals: int) -> Any:
        """A number with as many decimals, thousands apart."""
        if decimals not in self._numbers:
            shape = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
            self._numbers[decimals] = self._workbook.add_format({**_FONT, "num_format": shape, "valign": "top", "border": 1})
        return self._numbers[decimals]


def _period(header: Header) -> Period:
    return parse_period(header.period, header.regime)


def _write_figures(sheet: Any, looks: _Looks, header: Header, lines: Sequence[Sequence[Figure | None]], called: Callable[[Mapping[str, str]], str]) -> None:
    """The ids of figures stand in the first column, for filters and for other programs; they are not printed."""
    draft = " (DỰ THẢO)" if header.draft or header.errors else ""
    sheet.write_string(0, 1, f"SỐ LIỆU {_period(header).label.upper()} - {header.unit.name.upper()}{draft}", looks.title)
    headings = [*_LEFT, (header.unit.name, _WHOLE_WIDTH), *((part.name, _UNIT_WIDTH) for part in header.parts)]
    for column, (text, width) in enumerate(headings):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, text, looks.head)
    _fit_row(sheet, 2, headings)
    for row, line in enumerate(lines, start=3):
        first = next(each for each in line if each is not None)
        for column, text in enumerate((first.id, first.label, called(first.by), first.unit)):
            sheet.write_string(row, column, text, looks.text)
        for column, figure in enumerate(line, start=len(_LEFT)):
            if figure is not None:
                _write_value(sheet, looks, row, column, figure)
            else:
                sheet.write_blank(row, column, None, looks.text)
        words = ("", first.label, called(first.by), first.unit, *(_words(figure) for figure in line))
        _fit_row(sheet, row, zip(words, (width for _, width in headings), strict=True))
    sheet.freeze_panes(3, len(_LEFT) + 1)
    last = len(headings) - 1
    sheet.autofilter(2, 0, len(lines) + 2, last)
    sheet.print_area(0, 1, len(lines) + 2, last)
    sheet.repeat_rows(2)
    sheet.repeat_columns(1, len(_LEFT))
    _set_page(sheet, pages=ceil(len(header.parts) / _UNITS_A_PAGE))


def _set_page(sheet: Any, pages: int = 1) -> None:
    """A4 landscape, so many pages wide, numbered."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(pages, 0)
    sheet.set_footer("&CTrang &P/&N")


def _fit_row(sheet: Any, row: int, cells: Iterable[tuple[str, float]]) -> None:
    """High enough for the longest text, told by its length: programs do not agree on whether they look at a row that says nothing of its height."""
    lines = max(ceil(_LETTER * len(text) / width) for text, width in cells)
    if lines > 1:
        sheet.set_row(row, min(_HIGHEST, _LINE * lines))


def _words(figure: Figure | None) -> str:
    return ", ".join(figure.value) if figure is not None and isinstance(figure.value, tuple) else ""


def _write_value(sheet: Any, looks: _Looks, row: int, column: int, figure: Figure) -> None:
    """A number as one; no data is words, never 0."""
    amount = figure.amount
    if isinstance(figure.value, tuple):
        sheet.write_string(row, column, ", ".join(figure.value) or "-", looks.text)
    elif amount is None:
        sheet.write_string(row, column, "…", looks.unknown)
    else:
        exponent = amount.normalize().as_tuple().exponent
        written = max(0, -exponent) if isinstance(exponent, int) else 0
        decimals = min(written, figure.decimals if figure.scale == 1 else _MOST_DECIMALS)
        sheet.write_number(row, column, float(amount), looks.number(decimals))


def _write_units(sheet: Any, looks: _Looks, header: Header, missing: Sequence[tuple[str, str]]) -> None:
    lines = [("Mã", "Đơn vị", "Tệp", "Mã băm của tệp"), *((each.code, each.name, each.file, each.checksum) for each in header.parts)]
    lines += [(code, name, "chưa có tệp", "") for code, name in missing]
    _write_lines(sheet, looks, lines, (8, 30, 30, 70))


def _write_not_added(sheet: Any, looks: _Looks, header: Header, called: Callable[[Mapping[str, str]], str]) -> None:
    lines = [("Mã chỉ tiêu", "Chỉ tiêu", "Phân tổ", "Vì sao")]
    lines += [(each.id, each.label, called(each.by), each.reason) for each in header.not_added]
    _write_lines(sheet, looks, lines, (30, 50, 40, 60))


def _write_lines(sheet: Any, looks: _Looks, lines: Sequence[tuple[str, ...]], widths: tuple[int, ...]) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, looks.text if row else looks.head)
        _fit_row(sheet, row, zip(line, widths, strict=True))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    _set_page(sheet)

"""Merged figures as a workbook: a line a figure, a column a unit; who is in it, and what could not be added. Values, no formulas."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mtqg_cli.core.figure import Figure
    from mtqg_cli.reference.handed_in import Header

_LEFT = (("Mã chỉ tiêu", 26), ("Chỉ tiêu", 48), ("Phân tổ", 30), ("Đơn vị tính", 14))
_UNIT_WIDTH, _WHOLE_WIDTH = 14, 18
_MOST_DECIMALS = 6


def render(header: Header, lines: Sequence[Sequence[Figure | None]], names: Mapping[str, str]) -> bytes:
    """The workbook of `merge --format xlsx`: each line the figure of the whole, then that of each part in the order of the header.

    `names` are what splits are called. The same figures give the same bytes.
    """
    content = BytesIO()
    # text from elsewhere is never a formula or a link
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as workbook:
        looks = _Looks(workbook)
        _write_figures(workbook.add_worksheet("Số liệu"), looks, header, lines, names)
        _write_units(workbook.add_worksheet("Đơn vị"), looks, header)
        _write_not_added(workbook.add_worksheet("Không cộng được"), looks, header, names)
        workbook.set_properties({"title": f"Số liệu {header.period} - {header.unit.name}", "author": "mtqg", "created": _created(header)})
    return content.getvalue()


class _Looks:
    """The formats of the workbook, a number format made once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._numbers: dict[int, Any] = {}
        self.head = workbook.add_format({"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1, "bg_color": "#D9D9D9"})
        self.text = workbook.add_format({"text_wrap": True, "valign": "top", "border": 1})
        self.title = workbook.add_format({"bold": True, "font_size": 14})

    def number(self, decimals: int) -> Any:
        """A number with as many decimals, thousands apart."""
        if decimals not in self._numbers:
            shape = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
            self._numbers[decimals] = self._workbook.add_format({"num_format": shape, "valign": "top", "border": 1})
        return self._numbers[decimals]


def _created(header: Header) -> Any:
    """The only clock in the file is the period's."""
    from datetime import datetime, time  # noqa: PLC0415

    from mtqg_cli.core.period import parse_period  # noqa: PLC0415

    return datetime.combine(parse_period(header.period, header.regime).end, time())


def _write_figures(sheet: Any, looks: _Looks, header: Header, lines: Sequence[Sequence[Figure | None]], names: Mapping[str, str]) -> None:
    sheet.write_string(0, 0, f"SỐ LIỆU {header.unit.name.upper()}, KỲ {header.period}{' (DỰ THẢO)' if header.draft or header.errors else ''}", looks.title)
    headings = [*_LEFT, (header.unit.name, _WHOLE_WIDTH), *((part.name, _UNIT_WIDTH) for part in header.parts)]
    for column, (text, width) in enumerate(headings):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, text, looks.head)
    for row, line in enumerate(lines, start=3):
        first = next(each for each in line if each is not None)
        split = ", ".join(names.get(value, value) for value in first.by.values())
        for column, text in enumerate((first.id, first.label, split, first.unit)):
            sheet.write_string(row, column, text, looks.text)
        for column, figure in enumerate(line, start=len(_LEFT)):
            if figure is not None:
                _write_value(sheet, looks, row, column, figure)
    sheet.freeze_panes(3, len(_LEFT) + 1)
    sheet.autofilter(2, 0, len(lines) + 2, len(headings) - 1)


def _write_value(sheet: Any, looks: _Looks, row: int, column: int, figure: Figure) -> None:
    """A number as one; no data is words, never 0."""
    amount = figure.amount
    if isinstance(figure.value, tuple):
        sheet.write_string(row, column, ", ".join(figure.value) or "-", looks.text)
    elif amount is None:
        sheet.write_string(row, column, "…", looks.text)
    else:
        exponent = amount.normalize().as_tuple().exponent
        written = max(0, -exponent) if isinstance(exponent, int) else 0
        decimals = min(written, figure.decimals if figure.scale == 1 else _MOST_DECIMALS)
        sheet.write_number(row, column, float(amount), looks.number(decimals))


def _write_units(sheet: Any, looks: _Looks, header: Header) -> None:
    lines = [("Mã", "Đơn vị", "Tệp", "Mã kiểm tra của tệp"), *((each.code, each.name, each.file, each.checksum) for each in header.parts)]
    lines += [(code, "", "chưa có tệp", "") for code in header.coverage.absent]
    _write_lines(sheet, looks, lines, (8, 30, 30, 70))


def _write_not_added(sheet: Any, looks: _Looks, header: Header, names: Mapping[str, str]) -> None:
    lines = [("Mã chỉ tiêu", "Chỉ tiêu", "Phân tổ", "Vì sao")]
    lines += [(each.id, each.label, ", ".join(names.get(value, value) for value in each.by.values()), each.reason) for each in header.not_added]
    _write_lines(sheet, looks, lines, (30, 50, 40, 60))


def _write_lines(sheet: Any, looks: _Looks, lines: Sequence[tuple[str, ...]], widths: tuple[int, ...]) -> None:
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text, looks.text if row else looks.head)
    sheet.freeze_panes(1, 0)

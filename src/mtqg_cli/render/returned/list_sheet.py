"""The sheet “Lỗi cần sửa”: what to do, then every finding on a line that links to its cell; and what it remembers for the next time."""

from __future__ import annotations

from dataclasses import dataclass, field
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from lxml import etree

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.location import cell_name, column_letter
from mtqg_cli.core.vietnamese import format_date
from mtqg_cli.render.returned.markup import add, child, local, text_of
from mtqg_cli.render.returned.styles import TINTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mtqg_cli.core.returned import ReturnedFile
    from mtqg_cli.render.returned.contents import Contents
    from mtqg_cli.render.returned.lines import Line
    from mtqg_cli.render.returned.package import Package
    from mtqg_cli.render.returned.styles import Styles

_HEADINGS = (("STT", 6), ("Mức độ", 11), ("Trang tính", 13), ("Ô", 8), ("Nội dung", 48), ("Cách sửa", 40), ("Mã", 7))
_LAST = column_letter(len(_HEADINGS))
_TITLE_ROW, _ABOUT_ROW, _ERROR_ROW, _WARNING_ROW, _TODO_ROW, _HEADER_ROW = 1, 2, 3, 4, 5, 7
#: The rows that are printed on every page.
TITLES = f"${_HEADER_ROW}:${_HEADER_ROW}"
_SHEET, _CELL, _MESSAGE = 3, 4, 5
#: Hidden columns beside the table: sheet, cell and the fill that the cell had before it was coloured.
_MEMORY = (9, 10, 11)
_HEIGHTS = {_TITLE_ROW: 26, _ABOUT_ROW: 22, _ERROR_ROW: 20, _WARNING_ROW: 20, _TODO_ROW: 52, _HEADER_ROW: 24}
#: The height of a line of text in points, what a row adds to it, and what the indent takes of a column's width.
_LINE, _ROOM, _INDENT = 16.5, 5, 2
_LINK = "FF0563C1"
_FAINT = "FF595959"

#: A cell of a workbook: the name of its sheet, and its own.
Cell = tuple[str, str]


@dataclass
class _Looks:
    """The styles of the sheet, each made once."""

    styles: Styles
    made: dict[str, str] = field(default_factory=dict)

    def of(self, size: str = "12", *, fill: str = "", border: bool = True, across: str = "left", **font: Any) -> str:
        wanted = repr((size, fill, border, across, sorted(font.items())))
        if wanted not in self.made:
            self.made[wanted] = self._make(size, fill, across, border=border, font=font)
        return self.made[wanted]

    def _make(self, size: str, fill: str, across: str, *, border: bool, font: dict[str, Any]) -> str:
        align = {"horizontal": across, "vertical": "center", "wrapText": "1", **({"indent": "1"} if across == "left" else {})}
        return str(self.styles.plain(font=self.styles.font(size, **font), fill=fill, border=border, align=align))


def make(returned: ReturnedFile, lines: Sequence[Line], memory: Mapping[int, tuple[Cell, str]], contents: Contents, styles: Styles) -> bytes:
    """The worksheet part; `memory` gives, for the lines by their place, a cell and the fill that it had."""
    root = etree.Element(f"{{{contents.namespace}}}worksheet", nsmap={None: contents.namespace, "r": contents.relationships})
    _begin(root)
    looks = _Looks(styles)
    rows = _Rows(add(root, "sheetData"))
    _write_head(rows, looks, returned)
    links = []
    for index, line in enumerate(lines):
        row = _HEADER_ROW + 1 + index
        target = _target(line, contents)
        _write_line(rows, looks, (row, line), linked=target is not None)
        if target is not None:
            links.append((row, target))
        if index in memory:
            (sheet, cell), fill = memory[index]
            for column, text in zip(_MEMORY, (sheet, cell, fill), strict=True):
                rows.write(row, column, text, "0")
    _end(root, links)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def remembered(package: Package, part: str) -> dict[Cell, str]:
    """What the sheet of an earlier return remembers, also after Excel or LibreOffice has saved it."""
    shared = package.related("xl/workbook.xml", "sharedStrings")
    strings = [text_of(each) for each in package.look(shared) if local(each) == "si"] if shared is not None else []
    found: dict[Cell, str] = {}
    data = child(package.look(part), "sheetData")
    for line in data if data is not None else ():
        texts = {str(each.get("r", "")).rstrip("0123456789"): _text(each, strings) for each in line if local(each) == "c"}
        sheet, cell, fill = (texts.get(column_letter(each), "") for each in _MEMORY)
        if fill.startswith("<") and sheet:
            found[sheet, cell] = fill
    return found


def _text(cell: Any, strings: Sequence[str]) -> str:
    value = child(cell, "v")
    if cell.get("t") == "s" and value is not None and (value.text or "").isdigit():
        number = int(value.text)
        return strings[number] if number < len(strings) else ""
    return text_of(cell)


@dataclass
class _Rows:
    """Rows in the making, written from top to bottom and from left to right."""

    data: Any
    last: int = 0

    def write(self, row: int, column: int, text: str | int, style: str) -> None:
        """A text or a number; text is kept in the cell itself, so that the list of shared strings stays as it is."""
        if row != self.last:
            add(self.data, "row", r=str(row), customHeight="1")
            self.last = row
            self.grow(_HEIGHTS.get(row, 1))
        place = {"r": cell_name(row, column), "s": style}
        if isinstance(text, int):
            add(add(self.data[-1], "c", **place), "v").text = str(text)
        elif text:
            add(add(add(self.data[-1], "c", **place, t="inlineStr"), "is"), "t", text)
        else:
            add(self.data[-1], "c", **place)

    def grow(self, height: float) -> None:
        """The row that is being written becomes so high, in points, unless it is higher."""
        self.data[-1].set("ht", f"{max(height, float(self.data[-1].get('ht', '0'))):g}")


def _height(text: str, width: int) -> float:
    """The height that a text takes in a column: given, because not every program finds it out when it opens the file."""
    lines = wrap(text, width - _INDENT, break_on_hyphens=False)
    return max(len(lines), 1) * _LINE + _ROOM


def _begin(root: Any) -> None:
    about = add(root, "sheetPr")
    add(about, "tabColor", rgb="FFC00000")
    add(about, "pageSetUpPr", fitToPage="1")
    view = add(add(root, "sheetViews"), "sheetView", showGridLines="0", tabSelected="1", workbookViewId="0")
    add(view, "pane", ySplit=str(_HEADER_ROW), topLeftCell=f"A{_HEADER_ROW + 1}", activePane="bottomLeft", state="frozen")
    add(view, "selection", pane="bottomLeft", activeCell=f"A{_HEADER_ROW + 1}", sqref=f"A{_HEADER_ROW + 1}")
    add(root, "sheetFormatPr", defaultRowHeight="15")
    columns = add(root, "cols")
    for number, (_, width) in enumerate(_HEADINGS, start=1):
        add(columns, "col", min=str(number), max=str(number), width=str(width), customWidth="1")
    add(columns, "col", min=str(_MEMORY[0]), max=str(_MEMORY[-1]), width="9", hidden="1", customWidth="1")


def _write_head(rows: _Rows, looks: _Looks, returned: ReturnedFile) -> None:
    whose = f"{returned.unit.name}, " if returned.unit is not None else ""
    until = f" chậm nhất ngày {format_date(returned.deadline)}" if returned.deadline is not None else ""
    title = looks.of("14", bold=True, border=False, across="center")
    about = looks.of(border=False, across="center")
    plain = looks.of(border=False)
    rows.write(_TITLE_ROW, 1, "CÁC NỘI DUNG CẦN SỬA", title)
    rows.write(_ABOUT_ROW, 1, f"{whose}{returned.period.label}, tệp {returned.file}: {returned.counted}", about)
    rows.write(_ERROR_ROW, 1, "", looks.of(fill=TINTS[Severity.ERROR]))
    rows.write(_ERROR_ROW, 2, "Ô có lỗi: phải sửa thì số liệu mới được tổng hợp.", plain)
    rows.write(_WARNING_ROW, 1, "", looks.of(fill=TINTS[Severity.WARNING]))
    rows.write(_WARNING_ROW, 2, "Ô có cảnh báo: rà soát lại; số liệu đúng thì giữ nguyên và nêu rõ lý do khi gửi lại.", plain)
    todo = (
        "Bấm vào tên ô (chữ xanh) để đến ô cần sửa; đưa con trỏ vào ô được tô màu để đọc ghi chú. Sửa ngay trong tệp này, lưu rồi gửi lại"
        f"{until}. Không cần xóa trang này, màu tô và ghi chú: lần kiểm tra sau tự bỏ qua."
    )
    rows.write(_TODO_ROW, 1, todo, plain)
    heading = looks.of(bold=True, fill="FFE7E6E6", across="center")
    for column, (text, _) in enumerate(_HEADINGS, start=1):
        rows.write(_HEADER_ROW, column, text, heading)


def _write_line(rows: _Rows, looks: _Looks, numbered: tuple[int, Line], *, linked: bool) -> None:
    row, line = numbered
    place = line.finding.location
    cell = place.cell or (f"dòng {place.row}" if place.row else "")
    faint: dict[str, Any] = {"italic": True, "colour": _FAINT} if line.cause is not None else {}
    middle, left = looks.of(across="center", **faint), looks.of(**faint)
    link = {across: looks.of(across=across, underlined=True, colour=_LINK) for across in ("left", "center")}
    tint = TINTS.get(line.finding.severity, "")
    rows.write(row, 1, line.number if line.cause is None else "", middle)
    rows.write(row, 2, line.severity, looks.of(across="center", fill=tint, **faint))
    rows.write(row, _SHEET, place.sheet or "", link["left"] if linked and not cell else left)
    rows.write(row, _CELL, cell, link["center"] if linked and cell else middle)
    rows.write(row, _MESSAGE, line.message, left)
    rows.write(row, _MESSAGE + 1, line.hint, left)
    rows.write(row, _MESSAGE + 2, line.finding.code, middle)
    for column, text in ((_SHEET, place.sheet or ""), (_MESSAGE, line.message), (_MESSAGE + 1, line.hint)):
        rows.grow(_height(text, _HEADINGS[column - 1][1]))


def _target(line: Line, contents: Contents) -> tuple[str, int] | None:
    """Where a line leads to, and the column of the text that leads there; None for what stands on no sheet that is shown."""
    place = line.finding.location
    sheet = contents.shown(place.sheet) if place.sheet else None
    if sheet is None:
        return None
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{place.cell or f'A{place.row or 1}'}", _CELL if place.row else _SHEET


def _end(root: Any, links: Sequence[tuple[int, tuple[str, int]]]) -> None:
    areas = [f"A{row}:{_LAST}{row}" for row in (_TITLE_ROW, _ABOUT_ROW, _TODO_ROW)] + [f"B{row}:{_LAST}{row}" for row in (_ERROR_ROW, _WARNING_ROW)]
    merged = add(root, "mergeCells", count=str(len(areas)))
    for area in areas:
        add(merged, "mergeCell", ref=area)
    if links:
        holder = add(root, "hyperlinks")
        for row, (target, column) in links:
            add(holder, "hyperlink", ref=cell_name(row, column), location=target, display=target.rpartition("!")[2])
    add(root, "printOptions", horizontalCentered="1")
    add(root, "pageMargins", left="0.5", right="0.5", top="0.6", bottom="0.6", header="0.3", footer="0.3")
    add(root, "pageSetup", paperSize="9", orientation="landscape", fitToHeight="0")
    footer = add(root, "headerFooter")
    add(footer, "oddFooter").text = '&C&"Times New Roman,Regular"&10Trang &P/&N'

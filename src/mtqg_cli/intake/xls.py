"""What a reader of values loses of an Excel 97-2003 workbook: its records ([MS-XLS]) walked once. Formula texts are not read."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mtqg_cli.core.legacy import Encoding, encoding_of_font
from mtqg_cli.core.sheet import RawCell
from mtqg_cli.intake.compound import read_compound
from mtqg_cli.intake.limits import Refused
from mtqg_cli.intake.scan import Contents, Marks, refuse_far
from mtqg_cli.intake.styles import BUILT_IN_PERCENT
from mtqg_cli.intake.xls_limits import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What stands for a formula whose text is not read.
UNREAD = "=…"

_FORMULA, _EOF, _SUPBOOK, _FILEPASS, _FONT, _COLUMN, _SHEET, _MANY_RK = 0x06, 0x0A, 0x1AE, 0x2F, 0x31, 0x7D, 0x85, 0xBD
_RICH, _XF, _SHARED_TEXT, _NUMBER, _TEXT, _BOOL_OR_ERROR, _ROW, _RK, _FORMAT, _BEGIN = 0xD6, 0xE0, 0xFD, 0x203, 0x204, 0x205, 0x208, 0x27E, 0x41E, 0x809
_SINGLE = {_FORMULA, _RICH, _SHARED_TEXT, _NUMBER, _TEXT, _BOOL_OR_ERROR, _RK}
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_WORKSHEET, _MACRO_SHEETS = 0, {1, 6}
_SKIPPED_FONT = 4  # the fifth font has no record
_LAST_COLUMN = 256
#: What a link to no other file is: the workbook itself, or functions of an add-in.
_OWN_LINKS = {0x0401, 0x3A01}


@dataclass(slots=True)
class _Formats:
    """Fonts and cell formats, collected while the first part of the stream goes by."""

    fonts: list[Encoding | None] = field(default_factory=list)
    percent_formats: set[int] = field(default_factory=lambda: {int(number) for number in BUILT_IN_PERCENT})
    cells: list[tuple[int, int]] = field(default_factory=list)

    def percent(self, index: int) -> bool:
        """Whether a cell format shows a percent."""
        return index < len(self.cells) and self.cells[index][1] in self.percent_formats

    def legacy(self, index: int) -> Encoding | None:
        """The old encoding that a cell format's font is made for."""
        font = self.cells[index][0] if index < len(self.cells) else 0
        font -= font > _SKIPPED_FONT
        return self.fonts[font] if font < len(self.fonts) else None


def read_xls(content: bytes) -> Contents:
    """The contents of an old workbook; raises Refused for passwords, macros and what is larger than any form."""
    streams = read_compound(content)
    if streams.has_macros:
        raise Refused("macros", "tệp có macro")
    formats, links, stream = _Formats(), list[str](), streams.workbook
    places: list[tuple[int, int, str]] = []
    tally, before = Tally(stream), 0
    for kind, body in _records(stream, 0, len(stream)):
        tally.note_text(kind, body, before)
        before = kind
        if kind == _FILEPASS:
            raise Refused("encrypted", "tệp đặt mật khẩu mở")
        if kind == _SHEET:
            place, _, sort = struct.unpack_from("<IBB", body)
            if sort in _MACRO_SHEETS:
                raise Refused("macros", "tệp có macro")
            places.append((place, sort, _text(body, 6, "<B")))
        elif kind == _SUPBOOK and struct.unpack_from("<H", body, 2)[0] not in _OWN_LINKS:
            links.append(re.split(r"[\x00-\x1f/\\]", _text(body, 2, "<H"))[-1])
        else:
            _note_format(kind, body, formats)
    tally.note_sheets(len(places))
    marks: dict[str, Marks] = {}
    places.sort()
    ends = [*(place for place, _, _ in places[1:]), len(stream)]
    for (place, sort, name), end in zip(places, ends, strict=False):
        try:
            found = _sheet(stream, (place, end), formats, tally)
        except Refused as refused:
            raise Refused(refused.reason, f"trang tính “{name}” {refused.detail}") from None
        if sort == _WORKSHEET:
            marks[name] = found
    return Contents(marks, content, tuple(links), ("đối tượng nhúng (OLE)",) if streams.has_objects else ())


def _records(stream: bytes, place: int, end: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream with what it nests (charts), up to its end; raises Refused if that is not where it must be.

    Two sheets never share their records: else a small file could have its cells read thousands of times.
    """
    depth = 0
    while place + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length
        depth += (kind == _BEGIN) - (kind == _EOF)
        if kind == _EOF and depth == 0:
            return
        if depth <= 0:
            break
    raise Refused("damaged", "phần của một trang tính bị cắt cụt hoặc chồng lên phần khác")


def _text(body: bytes, place: int, count: str) -> str:
    """A text with its length before it, in one or two bytes a letter."""
    (length,) = struct.unpack_from(count, body, place)
    start = place + struct.calcsize(count) + 1
    if body[start - 1] & 1:
        return body[start : start + 2 * length].decode("utf-16-le", "replace")
    return body[start : start + length].decode("latin-1")


def _note_format(kind: int, body: bytes, formats: _Formats) -> None:
    if kind == _FONT:
        formats.fonts.append(encoding_of_font(_text(body, 14, "<B")))
    elif kind == _FORMAT and "%" in _text(body, 2, "<H"):
        formats.percent_formats.add(struct.unpack_from("<H", body)[0])
    elif kind == _XF:
        formats.cells.append(struct.unpack_from("<HH", body))


def _sheet(stream: bytes, span: tuple[int, int], formats: _Formats, tally: Tally) -> Marks:
    marks = Marks()
    rows, columns, percent = set[int](), set[int](), set[tuple[int, int]]()
    legacy: dict[tuple[int, int], Encoding] = {}
    last_row = last_column = 0
    for kind, body in _records(stream, *span):
        if kind == _ROW and struct.unpack_from("<I", body, 12)[0] & 0x20:
            rows.add(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _COLUMN and struct.unpack_from("<H", body, 8)[0] & 1:
            first, last = struct.unpack_from("<HH", body)
            columns.update(range(first + 1, min(last + 1, _LAST_COLUMN) + 1))
        cells = list(_cells(kind, body))
        tally.note(kind, body, len(cells))
        for row, column, style in cells:
            last_row, last_column = max(last_row, row), max(last_column, column)
            if formats.percent(style):
                percent.add((row, column))
            if old := formats.legacy(style):
                legacy[row, column] = old
            _note_value(kind, body, (row, column), marks)
    refuse_far(last_row, last_column)
    tally.note_area(last_row, last_column)
    marks.hidden_rows, marks.hidden_columns, marks.percent, marks.legacy = frozenset(rows), frozenset(columns), frozenset(percent), legacy
    return marks


def _cells(kind: int, body: bytes) -> Iterator[tuple[int, int, int]]:
    """The 1-based place and the format of every cell of a record."""
    if kind in _SINGLE:
        row, column, style = struct.unpack_from("<HHH", body)
        yield row + 1, column + 1, style
    elif kind == _MANY_RK:
        row, first = struct.unpack_from("<HH", body)
        for index in range((len(body) - 6) // 6):
            yield row + 1, first + index + 1, struct.unpack_from("<H", body, 4 + 6 * index)[0]


def _note_value(kind: int, body: bytes, place: tuple[int, int], marks: Marks) -> None:
    """Errors and formulas. A formula's result is a number, or says what else it is by two bytes of ones."""
    formula: str | None = None
    error: Any = None
    if kind == _FORMULA:
        formula = marks.formulas[place] = UNREAD
        if body[12:14] == b"\xff\xff" and body[6] == 2:  # noqa: PLR2004 - bool is 1, error is 2
            error = body[8]
    elif kind == _BOOL_OR_ERROR and body[7]:
        error = body[6]
    if error is not None:
        marks.marked[place] = RawCell("error", _ERRORS.get(error, "#N/A"), formula)

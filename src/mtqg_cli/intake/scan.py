"""What a reader of values loses: errors, formulas, missing results, hidden rows, percent formats; read from a sheet's part.

Patterns run over the bytes, so a sheet costs a millisecond. A part written in another shape (prefixes, single quotes) is
left to the second look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import unescape

from mtqg_cli.core.location import cell_position
from mtqg_cli.core.sheet import RawCell
from mtqg_cli.intake.guard import MAX_CELLS, MAX_ROWS, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

Position = tuple[int, int]

_PLAIN = re.compile(rb"<(?:worksheet|sheetData)[ >/]")
_CELL = rb"<c ([^>]*?)>"
_FORMULA = re.compile(_CELL + rb"\s*<f([^>]*?)(?:/>|>(.*?)</f>)\s*(<v\s*/>|<v>(?:.*?)</v>|<is>|</c>)", re.DOTALL)
_ERROR = re.compile(rb'<c ([^>]*?\bt="e"[^>]*?)>(?:\s*<f[^>]*?(?:/>|>.*?</f>))?\s*<v>(.*?)</v>', re.DOTALL)
_HIDDEN_ROW = re.compile(rb'<row ([^>]*?\bhidden="(?:1|true)"[^>]*?)>')
_HIDDEN_COLUMN = re.compile(rb'<col ([^>]*?\bhidden="(?:1|true)"[^>]*?)>')
_ROW_NUMBER = re.compile(rb'<row [^>]*?\br="(\d+)"')
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
#: Excel's built-in percent formats (0% and 0.00%).
_BUILT_IN_PERCENT = {b"9", b"10"}


@dataclass(slots=True)
class Marks:
    """What the scan of one sheet found; `second_look` asks for a slower reader."""

    marked: dict[Position, RawCell] = field(default_factory=dict)
    formulas: dict[Position, str] = field(default_factory=dict)
    percent: frozenset[Position] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    second_look: bool = False


def scan_sheet(xml: bytes, percent_styles: Iterable[str]) -> Marks:
    """The marks of one worksheet part; raises Refused for a sheet larger than any form."""
    if xml.count(b"<c ") > MAX_CELLS:
        raise Refused("too_large", f"một trang tính có hơn {MAX_CELLS:,} ô".replace(",", "."))
    last_row = max((int(number) for number in _ROW_NUMBER.findall(xml[-4096:])), default=0)
    if last_row > MAX_ROWS and xml.count(b"<row ") > MAX_ROWS:
        raise Refused("too_large", f"một trang tính có hơn {MAX_ROWS:,} dòng".replace(",", "."))
    marks = Marks()
    if not _PLAIN.search(xml[:8192]) or b"<c r='" in xml or b"<row r='" in xml:
        marks.second_look = True
        return marks
    _note_formulas(xml, marks)
    for match in _ERROR.finditer(xml):
        position = _position(match[1])
        marks.marked[position] = RawCell("error", match[2].decode(), marks.formulas.get(position))
    marks.hidden_rows = frozenset(int(_attributes(match[1])["r"]) for match in _HIDDEN_ROW.finditer(xml))
    marks.hidden_columns = frozenset(_hidden_columns(xml))
    marks.percent = frozenset(_percent_cells(xml, percent_styles))
    return marks


def _note_formulas(xml: bytes, marks: Marks) -> None:
    """Formulas by cell; those without a result are marked. A text formula may well give an empty text."""
    shared: dict[str, tuple[str, str]] = {}
    for match in _FORMULA.finditer(xml):
        attributes, own = _attributes(match[1]), _attributes(match[2])
        name = attributes["r"]
        text = unescape((match[3] or b"").decode("utf-8")).strip()
        if own.get("t") == "shared":
            text = _shared(shared, own.get("si", ""), name, text)
        position = cell_position(name)
        formula = f"={text}"
        marks.formulas[position] = formula
        empty = match[4] in (b"</c>", b"<v></v>") or match[4].startswith(b"<v/") or match[4].startswith(b"<v /")
        if empty and attributes.get("t") != "str":
            marks.marked[position] = RawCell("formula_without_value", None, formula)


def _shared(masters: dict[str, tuple[str, str]], group: str, name: str, text: str) -> str:
    """The formula of a cell in a group that Excel stores once, at its first cell."""
    if text:
        masters[group] = (name, text)
        return text
    if group not in masters:
        return text
    from openpyxl.formula.translate import Translator  # noqa: PLC0415 - heavy, and rarely needed

    origin, master = masters[group]
    return str(Translator(f"={master}", origin=origin).translate_formula(name)).removeprefix("=")


def _percent_cells(xml: bytes, styles: Iterable[str]) -> Iterable[Position]:
    wanted = b"|".join(style.encode() for style in styles)
    if not wanted:
        return
    pattern = re.compile(rb'<c (?=[^>]*?\bs="(?:' + wanted + rb')")([^>]*?)>')
    for match in pattern.finditer(xml):
        yield _position(match[1])


def _hidden_columns(xml: bytes) -> Iterable[int]:
    for match in _HIDDEN_COLUMN.finditer(xml[: xml.find(b"<sheetData")]):
        attributes = _attributes(match[1])
        yield from range(int(attributes["min"]), min(int(attributes["max"]), 256) + 1)


def _attributes(text: bytes) -> dict[str, str]:
    return {name.decode(): value.decode("utf-8") for name, value in _ATTRIBUTE.findall(text)}


def _position(attributes: bytes) -> Position:
    return cell_position(_attributes(attributes)["r"])


def percent_styles(styles_xml: bytes) -> list[str]:
    """The numbers of the cell formats (in cellXfs, not in the named styles) that show a percent."""
    custom = {
        number.encode()
        for attributes in map(_attributes, re.findall(rb"<numFmt ([^>]*?)/?>", styles_xml))
        if "%" in attributes.get("formatCode", "")
        for number in [attributes.get("numFmtId", "")]
    }
    wanted = custom | _BUILT_IN_PERCENT
    formats = re.search(rb"<cellXfs[^>]*>(.*?)</cellXfs>", styles_xml, re.DOTALL)
    entries = re.findall(rb"<xf ([^>]*?)/?>", formats[1]) if formats else []
    return [str(index) for index, entry in enumerate(entries) if _attributes(entry).get("numFmtId", "").encode() in wanted]

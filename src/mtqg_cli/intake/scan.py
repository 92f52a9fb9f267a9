"""What a reader of values loses: errors, formulas, missing results, hidden rows, percent formats, old fonts; read from a sheet's part.

Patterns run over the bytes, so a sheet costs some milliseconds. A part written in another shape (prefixes, single quotes,
cells without names) gets a second look by an XML parser, which knows every spelling and takes longer.
"""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from mtqg_cli.core.location import cell_name, cell_position, column_letter
from mtqg_cli.core.sheet import RawCell
from mtqg_cli.intake.limits import MAX_AREA, MAX_SHARED, MAX_SHARED_TEXT, Refused, check_tags
from mtqg_cli.intake.spelling import MARKUP

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mtqg_cli.core.legacy import Encoding
    from mtqg_cli.intake.styles import Styles

Position = tuple[int, int]

_PLAIN = re.compile(rb"<(?:worksheet|sheetData)[ >/]")
#: Tags as every program writes them, which need no closer look.
_ORDINARY = rb'c r="[A-Z]+[0-9]+" s="[0-9]+"(?: t="[a-z]+")?/?>|[vf]>'
#: Anything but a cell that begins with its name and lies near enough: without a name it follows what stands before it, wherever that is.
_ODD_CELL = re.compile(rb'<c(?! r="[A-Z](?:[0-9]{1,4}|[A-Z][0-9]{1,3})")(?=[\s/>])')
#: Some programs put a prefix before the names of tags, which readers pass over.
_PREFIXED = re.compile(rb":(?:c|f|v|is|row|col|sheetData)[\s/>]")
#: A tag that the patterns below would not understand: other quotes, space around the sign, a cell without its name.
_STRANGE = re.compile(rb'<(?!%s)(?:(?:c|f|v|row|col)(?=[\s/>])(?!(?:\s+[\w:.-]+="[^"<>]*")*+\s*/?>)|c(?=[\s/>])(?![^<>]*?\sr="[A-Z]+[0-9]+"))' % _ORDINARY)
#: What is looked at tag by tag: where formulas begin, where something is called an error or hidden.
_BEGIN_FORMULA = re.compile(rb"<f[\s/>]")
_CALLED_ERROR = re.compile(rb'"e"')
_CALLED_HIDDEN = re.compile(rb"hidden")
_ATTRIBUTES = re.compile(rb'(?:(?:^|\s+)[\w:.-]+="[^"<>]*")*+\s*')
#: A formula as nearly every program writes it: the cell's name, type, formula and result.
_PLAIN_FORMULA = re.compile(rb'<c r="([A-Z]+)([0-9]+)"(?: s="[0-9]+")?(?: t="([a-z]+)")?><f>([^<&]*+)</f>(?:<v>([^<]*+)</v>|</c>)')
#: None of these runs past the end of a tag, so that no part, however broken, takes long.
_FORMULA = re.compile(rb"<c\s([^<>]*+)>\s*<f(?:\s([^<>]*?))?(?:/>|>([^<]*+)</f>)\s*(?:<v[^<>]*/>|<v[^<>]*>([^<]*+)</v>|(<is>)|</c>)")
_ERROR_CELL = re.compile(rb'<c\s(?=[^<>]*\bt="e")')
_ERROR = re.compile(rb'<c\s(?=[^<>]*\bt="e")([^<>]*+)>(?:\s*<f[^<>]*?(?:/>|>[^<]*+</f>))?\s*<v[^<>]*>([^<]++)</v>')
_ROW = re.compile(rb"<row\s([^<>]*+)>")
_STYLED = re.compile(rb'<c\s(?=[^<>]*?\bs="([0-9]+)")([^<>]*+)(?<!/)>(?!\s*</c>)')
_COLUMN = re.compile(rb"<col\s([^<>]*+)>")
#: A cell that may lie far out (all others make up less than MAX_AREA), and the places of all cells with content.
_FAR = re.compile(rb'r="(?:[A-Z]{3}|[A-Z]{2}[0-9]{4}|[A-Z][0-9]{5})')
_WITH_CONTENT = re.compile(rb'<c\s(?=[^<>]*?\br="([A-Z]+)([0-9]+)")[^<>]*+(?<!/)>')
_NAME = re.compile(rb'(?:^|\s)r="([A-Z]+[0-9]+)"')
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_TRUE = ("1", "true")
_LAST_COLUMN = 256


@dataclass(slots=True)
class Marks:
    """What the scan of one sheet found; `second_look` asks for a slower reader."""

    marked: dict[Position, RawCell] = field(default_factory=dict)
    formulas: dict[Position, str] = field(default_factory=dict)
    percent: frozenset[Position] = frozenset()
    legacy: Mapping[Position, Encoding] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    second_look: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """What was found in a file beside the values: the marks of each worksheet, linked workbooks, foreign things.

    `values` is what calamine may be given.
    """

    marks: Mapping[str, Marks]
    values: bytes
    links: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()


class _Formula(NamedTuple):
    """A formula as the part has it: its cell and that cell's type (if the result is missing), its own attributes and text."""

    cell: str
    type: str | None
    own: Mapping[str, str]
    text: str
    empty: bool


class _Shared:
    """Formulas that Excel stores once for a group of cells, at the first of them."""

    def __init__(self) -> None:
        self._masters: dict[str, tuple[str, str]] = {}
        self._written = self._length = 0

    def formula(self, group: str, name: str, text: str) -> str:
        """The formula of a cell of the group; `text` is what the cell itself says."""
        if text:
            self._masters[group] = (name, text)
            return text
        if group not in self._masters:
            return text
        origin, master = self._masters[group]
        self._written += 1
        self._length += len(master)
        if self._written > MAX_SHARED or self._length > MAX_SHARED_TEXT:
            raise Refused("too_large", "có quá nhiều công thức dùng chung")
        from openpyxl.formula.translate import Translator, TranslatorError  # noqa: PLC0415 - heavy, and rarely needed

        try:
            return str(Translator(f"={master}", origin=origin).translate_formula(name)).removeprefix("=")
        except TranslatorError:  # it leads off the sheet, where Excel says #REF!
            return "#REF!"


def scan_sheet(xml: bytes, styles: Styles) -> Marks:
    """The marks of one worksheet part; raises Refused for content far out of any form."""
    marks = Marks()
    if not _PLAIN.search(xml[:8192]) or MARKUP.search(xml) or _PREFIXED.search(xml):
        marks.second_look = True
        return marks
    odd = _ODD_CELL.search(xml) is not None
    if odd and _FAR.search(xml):
        letters, numbers = zip(*_WITH_CONTENT.findall(xml), strict=True) if _WITH_CONTENT.search(xml) else ((b"A",), (b"1",))
        refuse_far(max(map(int, numbers)), max(map(_column, set(letters))))
    hidden = _CALLED_HIDDEN.search(xml) is not None
    rows = [_attributes(row) for row in _ROW.findall(xml) if b"hidden" in row] if hidden else []
    # what any tag may say is searched for in all of them; a hidden row that has no number is known only to who counts
    strange = (odd or hidden or styles.percent or styles.legacy) and (_STRANGE.search(xml) or any("r" not in row for row in rows))
    if strange or not _note_formulas(xml, marks) or not _note_errors(xml, marks):
        return Marks(second_look=True)
    marks.hidden_rows = frozenset(int(row["r"]) for row in rows if row.get("hidden") in _TRUE)
    marks.hidden_columns = frozenset(_hidden_columns(xml)) if hidden else frozenset()
    marks.percent = frozenset(position for position, _ in _styled(xml, styles.percent))
    marks.legacy = {position: styles.legacy[style] for position, style in _styled(xml, styles.legacy)}
    return marks


def look_closely(xml: bytes, styles: Styles) -> Marks:
    """The same marks by an XML parser, cell by cell. What has no number of its own follows what stands before it."""
    check_tags(xml)
    marks, shared, wanted = Marks(), _Shared(), {*styles.percent, *styles.legacy}
    styled, hidden_rows, hidden_columns = dict[Position, str](), set[int](), set[int]()
    row = column = last_row = last_column = 0
    tags = ("{*}col", "{*}row", "{*}c")
    options = {"resolve_entities": False, "no_network": True, "remove_comments": True, "remove_pis": True}
    for event, element in etree.iterparse(io.BytesIO(xml), events=("start", "end"), tag=tags, **options):
        tag = etree.QName(element).localname
        if event == "start" and tag == "row":
            row, column = int(element.get("r") or row + 1), 0
            if element.get("hidden") in _TRUE:
                hidden_rows.add(row)
        elif event == "start" and tag == "col" and element.get("hidden") in _TRUE:
            hidden_columns.update(_columns(element.attrib))
        elif event == "end" and tag == "c":
            position = cell_position(element.get("r") or cell_name(row, column + 1))
            column = position[1]
            if len(element):
                last_row, last_column = max(last_row, position[0]), max(last_column, position[1])
                _note_cell(element, position, marks, shared)
                if element.get("s") in wanted:
                    styled[position] = str(element.get("s"))
        if event == "end":
            _forget(element)
    refuse_far(last_row, last_column)
    marks.hidden_rows, marks.hidden_columns = frozenset(hidden_rows), frozenset(hidden_columns)
    percents = set(styles.percent)
    marks.percent = frozenset(position for position, style in styled.items() if style in percents)
    marks.legacy = {position: styles.legacy[style] for position, style in styled.items() if style in styles.legacy}
    return marks


def _forget(element: etree._Element) -> None:
    """Drops what has been read, so that no tree grows."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        del parent[:-1]


def refuse_far(row: int, column: int) -> None:
    """One stray cell at the end of the sheet would take gigabytes to read."""
    if row * column > MAX_AREA:
        raise Refused("too_large", f"có nội dung ở tận {'dòng ' + str(row) if row > column else 'cột ' + column_letter(column)}, xa ngoài bảng; xóa phần đó")


def _note_cell(element: etree._Element, position: Position, marks: Marks, shared: _Shared) -> None:
    """What the second look finds in one cell."""
    value = element.findtext("{*}v") or ""
    formula = element.find("{*}f")
    if formula is not None:
        own = {str(name): str(text) for name, text in formula.attrib.items()}
        empty = not value and element.find("{*}is") is None
        _note_formula(_Formula(cell_name(*position), element.get("t"), own, (formula.text or "").strip(), empty), marks, shared)
    if element.get("t") == "e" and value:
        marks.marked[position] = RawCell("error", value, marks.formulas.get(position))


def _note_formulas(xml: bytes, marks: Marks) -> bool:
    """Formulas by cell; False if one of them stands in a cell that is written in another way than the patterns know."""
    shared = _Shared()
    for found in _BEGIN_FORMULA.finditer(xml):
        start = xml.rfind(b"<", 0, found.start())
        if plain := _PLAIN_FORMULA.match(xml, start):
            letters, number, kind, text, result = plain.groups()
            position = (int(number), _column(letters))
            formula = marks.formulas[position] = f"={text.decode().strip()}"
            if not result and kind != b"str":
                marks.marked[position] = RawCell("formula_without_value", None, formula)
        elif not _note_other_formula(_FORMULA.match(xml, start), marks, shared):
            return False
    return True


def _note_other_formula(match: re.Match[bytes] | None, marks: Marks, shared: _Shared) -> bool:
    """A formula with attributes, characters by their names or in a cell with more of its own; False if it cannot be understood."""
    if match is None:
        return False
    cell, own, text, result, inline = match.groups()
    name = _name(cell)
    if not name or not _ATTRIBUTES.fullmatch(cell) or (own and not _ATTRIBUTES.fullmatch(own)):
        return False
    empty = not result and not inline
    kind = _attributes(cell).get("t") if empty else None  # else nobody asks
    written = html.unescape(text.decode("utf-8")).strip() if text else ""
    _note_formula(_Formula(name, kind, _attributes(own) if own else {}, written, empty), marks, shared)
    return True


def _note_errors(xml: bytes, marks: Marks) -> bool:
    """Errors by cell; False if something else than such a cell is called one."""
    called = len(_CALLED_ERROR.findall(xml))
    for match in _ERROR.finditer(xml) if called else ():
        if not _name(match[1]):
            return False
        position = _position(match[1])
        marks.marked[position] = RawCell("error", match[2].decode(), marks.formulas.get(position))
    return (not called or len(_ERROR_CELL.findall(xml)) == called) and not (b"'" in xml and b"'e'" in xml)


def _note_formula(found: _Formula, marks: Marks, shared: _Shared) -> None:
    """Formulas without a result are marked. A text formula may well give an empty text."""
    text = found.text
    if found.own.get("t") == "shared":
        text = shared.formula(found.own.get("si", ""), found.cell, text)
    position = cell_position(found.cell)
    marks.formulas[position] = f"={text}"
    if found.empty and found.type != "str":
        marks.marked[position] = RawCell("formula_without_value", None, marks.formulas[position])


def _styled(xml: bytes, styles: Iterable[str]) -> Iterable[tuple[Position, str]]:
    """The cells with content that have one of these formats."""
    wanted = {style.encode() for style in styles if b's="%s"' % style.encode() in xml}
    return ((_position(match[2]), match[1].decode()) for match in _STYLED.finditer(xml) if match[1] in wanted) if wanted else ()


def _hidden_columns(xml: bytes) -> Iterable[int]:
    head = xml[: xml.find(b"<sheetData")]
    for match in _COLUMN.finditer(head) if b"hidden" in head else ():
        attributes = _attributes(match[1])
        if attributes.get("hidden") in _TRUE:
            yield from _columns(attributes)


def _columns(attributes: Mapping[str, str]) -> range:
    """The columns that one <col> tells of; beyond the last of any form there are none to speak of."""
    return range(int(attributes["min"]), min(int(attributes["max"]), _LAST_COLUMN) + 1)


def _attributes(text: bytes) -> dict[str, str]:
    return {name.decode(): value.decode("utf-8") for name, value in _ATTRIBUTE.findall(text)}


def _name(attributes: bytes) -> str:
    """The name of a cell, which every cell has here."""
    found = _NAME.search(attributes)
    return found[1].decode() if found is not None else ""


@lru_cache
def _column(letters: bytes) -> int:
    return cell_position(f"{letters.decode()}1")[1]


def _position(attributes: bytes) -> Position:
    return cell_position(_name(attributes))

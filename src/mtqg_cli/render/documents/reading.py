"""Reads a filled Word document into blocks. One walk over its elements; nothing that Word shows is left out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from lxml import etree

from mtqg_cli.render.documents.blocks import Block, Cell, Contents, Line, Paper, Paragraph, Row, Section, Table
from mtqg_cli.render.documents.inline import Inline, local
from mtqg_cli.render.documents.looks import attribute, look, number, on, properties_of, read_styles
from mtqg_cli.render.documents.numbering import read_numbering
from mtqg_cli.render.documents.parts import Package, Part, open_package

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mtqg_cli.render.documents.looks import Properties, Styles
    from mtqg_cli.render.documents.numbering import Numbering

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TWIPS = 20
_BODY_TEXT = 9
_DASHES = ("- ", "+ ")
_LANGUAGE = "vi"


@dataclass(slots=True)
class _Reader:
    """Reads one part; `notes` and `page_fields` belong to the whole document."""

    package: Package
    part: Part
    styles: Styles
    numbering: Numbering
    notes: dict[tuple[str, str], int]
    page_fields: set[str] = field(default_factory=set)

    def blocks(self, holder: Any) -> Iterator[Block]:
        """What stands in a body, a cell, a header, in its order."""
        for child in holder:
            name = local(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield self._table(child)
            elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
                yield from self.blocks(child)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        properties = self.styles.of_paragraph(element)
        inline = Inline(self.styles, properties, self._picture, self._note)
        inline.walk(element)
        if inline.page_fields:
            self.page_fields.add("PAGE")
        yield from inline.before
        runs = inline.runs
        if runs or properties.get("numId", "0") != "0":
            yield self._told(Paragraph(runs, look(properties)), element, properties)
        elif on(properties, "border"):
            yield Line(look(properties))
        elif not inline.before and not inline.after and not inline.boxes and element.find(f"{_W}pPr/{_W}sectPr") is None:
            yield Paragraph((), look(properties))
        yield from inline.after
        for box in inline.boxes:
            yield from self.blocks(box)

    def _told(self, paragraph: Paragraph, element: Any, properties: Properties) -> Paragraph:
        """The paragraph with what it is and what Word counts before it."""
        style = attribute(element.find(f"{_W}pPr/{_W}pStyle"), "val") if element.find(f"{_W}pPr/{_W}pStyle") is not None else self.styles.normal
        label, level, indented = self._numbered(element, properties, style)
        told = replace(paragraph, number=label, look=look(indented))
        names = self.styles.names(style)
        outline = int(number(properties.get("outlineLvl", ""), _BODY_TEXT))
        if names & {"title", "subtitle", "caption"}:
            kind = next(each for each in ("subtitle", "title", "caption") if each in names)
            return replace(told, kind=kind)
        if outline < _BODY_TEXT:
            return replace(told, kind="heading", level=outline + 1)
        if label:
            return replace(told, kind="entry", level=level)
        dash = next((index for index, each in enumerate(_DASHES) if told.text.startswith(each)), None)
        return told if dash is None else replace(told, kind="entry", level=dash)

    def _numbered(self, element: Any, properties: Properties, style: str) -> tuple[str, int, Properties]:
        """What Word counts before the paragraph, on which level, and its properties with that level's indents."""
        own = properties_of(element.find(f"{_W}pPr"))
        key = properties.get("numId", "0")
        if key == "0":
            return "", 0, properties
        bound = self.numbering.level_of_style(key, properties.get("numbered by", style))
        level = int(number(properties["ilvl"])) if "ilvl" in properties else bound
        defined = self.numbering.level_of(key, level)
        indents = properties_of(defined.properties) if defined is not None else {}
        return self.numbering.label(key, level), level, {**properties, **indents, **{name: value for name, value in own.items() if name.startswith("ind.")}}

    def _picture(self, relation: str) -> bytes:
        return self.package.contents.get(self.part.relations.get(relation, ("", ""))[1], b"")

    def _note(self, kind: str, key: str) -> int:
        return self.notes.setdefault((kind, key), len(self.notes) + 1)

    def _table(self, element: Any) -> Table:
        rows: list[Row] = []
        covering: dict[int, _Growing] = {}
        grown: list[list[_Growing]] = []
        for row in element.iter(f"{_W}tr"):
            if next(row.iterancestors(f"{_W}tbl")) is element:
                grown.append(self._row(row, covering))
                heads = on(properties_of(row.find(f"{_W}trPr")), "tblHeader") and (not rows or rows[-1].heading)
                rows.append(Row((), heading=heads))
        filled = tuple(replace(row, cells=tuple(Cell(cell.blocks, cell.columns, cell.rows) for cell in cells)) for row, cells in zip(rows, grown, strict=True))
        widths = tuple(number(attribute(each, "w")) / _TWIPS for each in element.iterfind(f"{_W}tblGrid/{_W}gridCol"))
        return Table(filled, self.styles.ruled(element), widths)

    def _row(self, row: Any, covering: dict[int, _Growing]) -> list[_Growing]:
        """The cells that begin in a row; those that only go on from the row above make that one taller."""
        cells: list[_Growing] = []
        column = _count(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
        if column:
            cells.append(_Growing((), column))
        for element in row.iter(f"{_W}tc"):
            if next(element.iterancestors(f"{_W}tr")) is not row:
                continue
            merge = element.find(f"{_W}tcPr/{_W}vMerge")
            columns = _count(element.find(f"{_W}tcPr/{_W}gridSpan"), 1)
            above = covering.get(column)
            if merge is not None and attribute(merge, "val", "continue") != "restart" and above is not None and above.columns == columns:
                above.rows += 1
            else:
                cells.append(_Growing(tuple(self.blocks(element)), columns))
                covering.pop(column, None)
                if merge is not None:
                    covering[column] = cells[-1]
            column += columns
        return cells


@dataclass(slots=True)
class _Growing:
    """A cell while its rows are counted."""

    blocks: tuple[Block, ...]
    columns: int
    rows: int = 1


def _count(element: Any, default: int) -> int:
    return default if element is None else max(int(number(attribute(element, "val"), default)), default)


def read(document: bytes) -> Contents:
    """The whole document."""
    package = open_package(document)
    main = package.main
    styles_part, numbering_part = package.only(main, "styles"), package.only(main, "numbering")
    styles = read_styles(styles_part.root if styles_part is not None else etree.Element("none"))
    reader = _Reader(package, main, styles, read_numbering(numbering_part.root if numbering_part is not None else None), {})
    body = main.root.find(f"{_W}body")
    sections = tuple(_sections(reader, body))
    header, footer = (_margin(reader, body, place) for place in ("header", "footer"))
    return Contents(_title(package, sections), _LANGUAGE, sections, header, footer, _notes(reader), bool(reader.page_fields))


def _sections(reader: _Reader, body: Any) -> Iterator[Section]:
    """A section ends with the paragraph that holds its settings; one that goes on on the same page belongs to the one before."""
    found: Section | None = None
    blocks: list[Block] = []
    for child in body:
        settings = child if local(child) == "sectPr" else child.find(f"{_W}pPr/{_W}sectPr") if local(child) == "p" else None
        blocks += reader.blocks([child])
        if settings is None:
            continue
        kind = settings.find(f"{_W}type")
        paper = _paper(settings)
        if found is not None and kind is not None and attribute(kind, "val") == "continuous" and found.paper == paper:
            found = replace(found, blocks=(*found.blocks, *blocks))
        else:
            if found is not None:
                yield found
            found = Section(tuple(blocks), paper)
        blocks = []
    if found is None:
        found = Section((), _paper(etree.Element("none")))
    yield replace(found, blocks=(*found.blocks, *blocks))


def _paper(settings: Any) -> Paper:
    """The page; A4 with the margins of official documents where nothing is said."""
    size, margins = settings.find(f"{_W}pgSz"), settings.find(f"{_W}pgMar")

    def points(element: Any, name: str, default: float) -> float:
        return number(attribute(element, name), default) / _TWIPS if element is not None else default / _TWIPS

    return Paper(
        points(size, "w", 11906),
        points(size, "h", 16838),
        abs(points(margins, "top", 1134)),
        points(margins, "right", 850),
        abs(points(margins, "bottom", 1134)),
        points(margins, "left", 1701),
    )


def _margin(reader: _Reader, body: Any, place: str) -> tuple[Paragraph, ...]:
    """What stands in the margin of all kinds of pages, each text once."""
    found: dict[str, Paragraph] = {}
    for settings in body.iter(f"{_W}sectPr"):
        first = settings.find(f"{_W}titlePg") is not None
        for reference in settings.iterchildren(f"{_W}{place}Reference"):
            name = reader.part.relations.get(reference.get(_R_ID, ""), ("", ""))[1]
            if name in reader.package.contents and (attribute(reference, "type") != "first" or first):
                part = reader.package.part(name)
                within = replace(reader, part=part)
                found.update({each.text: each for each in _texts(within.blocks(part.root)) if each.text.strip() and each.text not in found})
    return tuple(found.values())


def _texts(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield from _texts(cell.blocks)


def _notes(reader: _Reader) -> dict[int, tuple[Block, ...]]:
    """The footnotes and endnotes that the text points to, by the number that it shows."""
    found: dict[int, tuple[Block, ...]] = {}
    for kind in ("footnotes", "endnotes"):
        part = reader.package.only(reader.part, kind)
        for element in part.root if part is not None else ():
            shown = reader.notes.get((kind, attribute(element, "id")))
            if part is not None and shown is not None:
                found[shown] = tuple(replace(reader, part=part).blocks(element))
    return dict(sorted(found.items()))


def _title(package: Package, sections: tuple[Section, ...]) -> str:
    """What stands as title in the text with what goes on from it; else what the file says of itself."""
    texts: list[str] = []
    for block in (block for section in sections for block in section.blocks):
        if isinstance(block, Paragraph) and block.kind in ("title", "subtitle"):
            texts.append(" ".join(block.text.split()))
        elif texts:
            break
    return " ".join(texts) or package.title

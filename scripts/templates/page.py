"""Builds a template document: paragraphs from marked text, borderless blocks, drawn lines, tables, sections. It knows no sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from mtqg_cli.render.documents.docx import repacked
from templates.styles import Style, numbering_xml, styles_xml, twips

if TYPE_CHECKING:
    from collections.abc import Iterable

_A4 = (210, 297)
_TOP = _BOTTOM = 20
_LEFT, _RIGHT = 30, 15
_HEADER = 10
TEXT_WIDTH = _A4[0] - _LEFT - _RIGHT
LANDSCAPE_WIDTH = _A4[1] - _LEFT - _RIGHT

#: How a line of marked text begins → its style; whether the mark stays.
_MARKS = (
    ("# ", "Heading1", False),
    ("## ", "Heading2", False),
    ("### ", "Heading3", False),
    ("- ", "GachDauDong", True),
    ("+ ", "GachDauDong", True),
    ("{%p ", "TheDieuKhien", True),
    ("! ", "BieuDo", False),
    ("^ ", "TenBieuDo", False),
)
_SUPERFLUOUS = ("stylesWithEffects", "customXml", "theme", "webSettings", "fontTable")
_SETTINGS = (
    f"<w:settings {nsdecls('w')}>"
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:doNotExpandShiftReturn/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)


@dataclass(frozen=True)
class Column:
    """A column of a table: headings from the outermost in, width in mm, style of its cells."""

    head: tuple[str, ...]
    width: float
    style: str = "BangSo"


@dataclass(frozen=True)
class Row:
    """A row of cell texts; a control row holds one {%tr …%} tag and vanishes when the template is filled."""

    cells: tuple[str, ...]
    bold: bool = False


def control(tag: str) -> Row:
    """The row of a {%tr …%} tag."""
    return Row((tag,))


class Page:
    """A document in the making: A4 portrait, Times New Roman, page numbers in the top margin except on the first page."""

    def __init__(self, title: str, styles: tuple[Style, ...] = ()) -> None:
        self.document = Document()
        self._strip(styles)
        properties = self.document.core_properties
        properties.title, properties.author, properties.last_modified_by, properties.comments = title, "mtqg", "mtqg", ""
        properties.created = properties.modified = datetime(2024, 1, 1)  # noqa: DTZ001 - OOXML has no time zones here
        properties.language = "vi-VN"
        self._set_page(self.document.sections[0])
        self._number_pages()

    def _strip(self, styles: tuple[Style, ...]) -> None:
        """Leaves nothing of python-docx's own template but the frame."""
        part = self.document.part
        for holder in (part, part.package):
            for key, relation in list(holder.rels.items()):
                if any(name in relation.reltype for name in (*_SUPERFLUOUS, "thumbnail")):
                    holder.rels.pop(key)
        _replace(part.part_related_by(RELATIONSHIP_TYPE.STYLES).element, styles_xml(styles))
        _replace(part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element, numbering_xml())
        _replace(part.part_related_by(RELATIONSHIP_TYPE.SETTINGS).element, _SETTINGS.encode())

    def _set_page(self, section: Any) -> None:
        section.page_width, section.page_height = Mm(_A4[0]), Mm(_A4[1])
        section.top_margin, section.bottom_margin = Mm(_TOP), Mm(_BOTTOM)
        section.left_margin, section.right_margin = Mm(_LEFT), Mm(_RIGHT)
        section.header_distance = section.footer_distance = Mm(_HEADER)
        section.different_first_page_header_footer = True

    def _number_pages(self) -> None:
        section = self.document.sections[0]
        section.first_page_header.is_linked_to_previous = False
        paragraph = section.header.paragraphs[0]
        paragraph.style = "Header"
        paragraph._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>'))  # noqa: SLF001 - no other way
        section.first_page_header.paragraphs[0].style = "Header"

    def write(self, text: str) -> None:
        """Marked text: one paragraph a line; #, ##, ### are headings, - a list entry, ! a chart, ^ its caption, {%p …%} a control tag."""
        for line in text.strip().splitlines():
            if line.strip():
                self.line(line.strip())

    def line(self, text: str, style: str = "") -> None:
        """One paragraph; without a style its first characters decide."""
        self.document.element.body.insert_element_before(_paragraph(text, style), "w:sectPr")

    def rule(self, width: float, within: float = TEXT_WIDTH) -> None:
        """A drawn line, centred; lengths in mm."""
        self.document.element.body.insert_element_before(_rule(width, within), "w:sectPr")

    def block(self, widths: tuple[float, float], rows: Iterable[tuple[list[Any], list[Any]]]) -> None:
        """A borderless table of two columns whose rows stay on one page."""
        table = _table(widths, "TableNormal")
        for cells in rows:
            table.append(_row([_cell(width, content) for width, content in zip(widths, cells, strict=True)]))
        self.document.element.body.insert_element_before(table, "w:sectPr")

    def table(self, columns: tuple[Column, ...], rows: Iterable[Row]) -> None:
        """A ruled table with headings that are repeated on every page."""
        table = _table(tuple(column.width for column in columns), "BangSoLieu")
        for row in _heading_rows(columns):
            table.append(row)
        for row in rows:
            styles = [column.style for column in columns] if len(row.cells) > 1 else ["TheDieuKhien"] * len(columns)
            cells = [*row.cells, *[""] * (len(columns) - len(row.cells))]
            table.append(
                _row(
                    [
                        _cell(column.width, [_paragraph(text, style, bold=row.bold)], centre=True)
                        for column, text, style in zip(columns, cells, styles, strict=True)
                    ]
                )
            )
        self.document.element.body.insert_element_before(table, "w:sectPr")

    def landscape(self) -> None:
        """Begins a landscape section that numbers its own pages."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        carrier = self.document.element.body.xpath("./w:p[w:pPr/w:sectPr]")[-1]
        carrier.get_or_add_pPr().insert(0, OxmlElement("w:pStyle", attrs={qn("w:val"): "HetPhan"}))
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(_A4[1]), Mm(_A4[0])
        section._sectPr.find(qn("w:pgMar")).addnext(OxmlElement("w:pgNumType", attrs={qn("w:start"): "1"}))  # noqa: SLF001 - no other way

    def content(self) -> bytes:
        """The finished template."""
        saved = BytesIO()
        self.document.save(saved)
        return repacked(saved.getvalue())


def _replace(element: Any, xml: bytes) -> None:
    """Puts the children of new XML in the place of all that an element holds."""
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml(xml)))


def _paragraph(text: str, style: str = "", *, bold: bool = False) -> Any:
    if not style:
        mark, style, stays = next((each for each in _MARKS if text.startswith(each[0])), ("", "CauDan" if text.endswith(":") else "Normal", True))
        text = text if stays else text.removeprefix(mark)
    elif text.startswith(("{%p ", "{%tr ")):
        style = "TheDieuKhien"
    looks = "<w:rPr><w:b/></w:rPr>" if bold else ""
    run = f'<w:r>{looks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>')


def paragraphs(*lines: tuple[str, str]) -> list[Any]:
    """Paragraphs of (style, text) for a block."""
    return [_paragraph(text, style) for style, text in lines]


def _rule(width: float, within: float) -> Any:
    side = twips((within - width) / 2)
    return parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="DuongKe"/><w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="auto"/></w:pBdr>'
        f'<w:ind w:left="{side}" w:right="{side}" w:firstLine="0"/></w:pPr></w:p>'
    )


def rule(width: float, within: float) -> Any:
    """A drawn line for a block, centred in a column; lengths in mm."""
    return _rule(width, within)


def _table(widths: tuple[float, ...], style: str) -> Any:
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid></w:tbl>'
    )


def _row(cells: list[Any], *, heading: bool = False) -> Any:
    repeat = "<w:tblHeader/>" if heading else ""
    row = parse_xml(f"<w:tr {nsdecls('w')}><w:trPr><w:cantSplit/>{repeat}</w:trPr></w:tr>")
    row.extend(cells)
    return row


def _cell(width: float, content: list[Any], *, span: int = 1, merge: str = "", centre: bool = False) -> Any:
    marks = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    marks += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    marks += '<w:vAlign w:val="center"/>' if centre else ""
    cell = parse_xml(f'<w:tc {nsdecls("w")}><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{marks}</w:tcPr></w:tc>')
    cell.extend(content)
    return cell


def _heading_rows(columns: tuple[Column, ...]) -> list[Any]:
    """Headings with one text span all levels; neighbours under the same outer heading share it."""
    depth = max(len(column.head) for column in columns)
    return [_row(_heading_cells(columns, level, depth), heading=True) for level in range(depth)]


def _heading_cells(columns: tuple[Column, ...], level: int, depth: int) -> list[Any]:
    cells: list[Any] = []
    index = 0
    while index < len(columns):
        head = columns[index].head
        last = index + 1
        if level < len(head) - 1:
            while last < len(columns) and columns[last].head[: level + 1] == head[: level + 1]:
                last += 1
        text = head[level] if level < len(head) else ""
        merge = "" if len(head) == depth else ("restart" if level < len(head) else "continue")
        width = sum(column.width for column in columns[index:last])
        cells.append(_cell(width, [_paragraph(text, "BangDau")], span=last - index, merge=merge, centre=True))
        index = last
    return cells

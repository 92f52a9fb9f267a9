"""A Word document from a Word template: docxtpl held to strict rules, and the same bytes every time. It writes no file."""

from __future__ import annotations

import re
from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError, UndefinedError
from lxml import etree

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.report import Artifact
from mtqg_cli.render.documents.drawings import draw_charts
from mtqg_cli.render.documents.package import repacked
from mtqg_cli.render.documents.paragraphs import parse_strictly
from mtqg_cli.render.environment import make_environment
from mtqg_cli.render.views import views

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mtqg_cli.core.report import Report

DRAFT_MARK = "DỰ THẢO"
_DRAFT_COLOUR = "FF0000"
_DRAFT_HALF_POINTS = "26"
_DRAFT_FROM_TOP = "397"  # 7 mm

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Elements that hold other elements only: text right inside them is text that Word does not show.
_CONTAINERS = frozenset(f"{_W}{name}" for name in ("body", "p", "r", "tbl", "tr", "tc", "hdr", "ftr", "footnotes", "footnote"))
_NOTES = re.compile(r"wordprocessingml\.(?:footnotes|endnotes)\+xml$")
_QUOTED = 40


def render(template: bytes, report: Report, filename: str) -> Artifact:
    """The filled document. Raises MtqgError where a template slipped past `lint`; nothing is left out silently."""
    document = _Template(BytesIO(template))
    try:
        document.init_docx()
    except (BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        message = f"Không mở được tệp mẫu: đây không phải tệp Word (.docx) còn nguyên vẹn ({error})."
        raise MtqgError(message, "Lưu lại tệp mẫu từ Word rồi thử lại.") from error
    try:
        document.render(views(report), make_environment(), autoescape=True)
    except (TemplateError, TypeError) as error:
        raise MtqgError(_complaint(error), "Sửa tệp mẫu trong Word; các tên dùng được: mtqg list indicators.") from error
    filled = BytesIO()
    document.save(filled)
    return Artifact(filename, repacked(_finished(filled, report)))


def _complaint(error: TemplateError | TypeError) -> str:
    if isinstance(error, TypeError):
        return f"Tệp mẫu dùng một giá trị không đúng loại: {error}."
    if isinstance(error, UndefinedError):
        return f"Tệp mẫu dùng một tên không có trong báo cáo: {error.message}."
    if isinstance(error, SecurityError):
        return f"Tệp mẫu dùng thao tác không được hỗ trợ: {error.message}."
    if isinstance(error, TemplateSyntaxError):
        return f"Tệp mẫu viết sai cú pháp ở gần đoạn {max(error.lineno - 1, 1)}: {error.message}."
    return f"Không điền được tệp mẫu: {error.message}."


class _Template(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl without its leniency: what it rendered must parse strictly before its recovering parser sees it."""

    def render_xml_part(self, src_xml: str, part: object, context: Mapping[str, object], jinja_env: object = None) -> str:
        xml: str = super().render_xml_part(src_xml, part, context, jinja_env)
        _check(xml)
        return xml

    def render_properties(self, context: Mapping[str, object], jinja_env: object = None) -> None:
        """Title and author are no templates."""

    def render_footnotes(self, context: Mapping[str, object], jinja_env: object = None) -> None:
        """Once a part: docxtpl does it once a section, and would render what the first pass has put in."""
        for part in self.docx.part.package.iter_parts():
            if _NOTES.search(part.content_type):
                xml = self.patch_xml(part.blob.decode("utf-8"))
                part._blob = self.render_xml_part(xml, part, context, jinja_env).encode("utf-8")  # noqa: SLF001 - python-docx has no setter


def _check(xml: str) -> None:
    """Raises if the XML is broken or holds text where Word would drop it."""
    try:
        root = parse_strictly(xml.encode("utf-8"))
    except etree.XMLSyntaxError as error:
        message = f"Tệp mẫu điền xong thì hỏng cấu trúc ({error.msg})."
        hint = "Mỗi thẻ {%p …%}, {%tr …%} phải đứng một mình trong đoạn hoặc dòng của nó, mở và đóng ở cùng một cấp."
        raise MtqgError(message, hint) from error
    for lost in _stray_text(root):
        message = f"Chữ “{lost[:_QUOTED]}” sẽ không hiện trong Word."
        raise MtqgError(message, "Thẻ {{r …}}, {{p …}} không dùng được: dùng {{ … }} trong đoạn văn.")


def _stray_text(root: Any) -> Iterator[str]:
    for element in root.iter(*_CONTAINERS):
        for text in (element.text, *(child.tail for child in element)):
            if text and text.strip():
                yield text.strip()


def _finished(filled: BytesIO, report: Report) -> bytes:
    """The document made whole, marked if it is a draft, and dated by the period instead of the clock."""
    filled.seek(0)
    document = Document(filled)
    _make_whole(document.element.body)
    draw_charts(document, report)
    if report.draft:
        _mark_draft(document)
    properties = document.core_properties
    properties.created = properties.modified = datetime.combine(report.period.end, time())
    properties.revision = 1
    properties.last_modified_by = "mtqg"
    finished = BytesIO()
    document.save(finished)
    return finished.getvalue()


def _make_whole(body: Any) -> None:
    """Word refuses cells without a paragraph and tables without a row: conditions in a template may leave both behind."""
    for table in list(body.iter(qn("w:tbl"))):
        if table.find(qn("w:tr")) is None:
            table.getparent().remove(table)
    for cell in body.iter(qn("w:tc")):
        if len(cell) == 0 or cell[-1].tag != qn("w:p"):
            cell.append(OxmlElement("w:p"))


def _mark_draft(document: Any) -> None:
    """A red line at the top of every page: in every header there is, and in new ones where a section would show none."""
    even_too = document.settings.odd_and_even_pages_header_footer
    defined: set[str] = set()
    marked = {}
    for section in document.sections:
        for kind, header, shown in (
            ("default", section.header, True),
            ("first", section.first_page_header, section.different_first_page_header_footer),
            ("even", section.even_page_header, even_too),
        ):
            if header.is_linked_to_previous and shown and kind not in defined:
                header.is_linked_to_previous = False
            if not header.is_linked_to_previous:
                defined.add(kind)
                marked[header.part.partname] = header.part.element
    for element in marked.values():
        element.insert(0, _draft_line())


def _draft_line() -> Any:
    """In a frame of its own, so that a draft has the same pages as the final document."""
    paragraph = OxmlElement("w:p")
    place = {"w:wrap": "around", "w:vAnchor": "page", "w:hAnchor": "margin", "w:xAlign": "right", "w:y": _DRAFT_FROM_TOP}
    paragraph.get_or_add_pPr().extend(
        (
            OxmlElement("w:framePr", attrs={qn(name): value for name, value in place.items()}),
            OxmlElement("w:spacing", attrs={qn("w:before"): "0", qn("w:after"): "0", qn("w:line"): "240", qn("w:lineRule"): "auto"}),
            OxmlElement("w:ind", attrs={qn("w:firstLine"): "0"}),
            OxmlElement("w:jc", attrs={qn("w:val"): "right"}),
        )
    )
    run = paragraph.add_r()
    looks = (("w:b", "1"), ("w:color", _DRAFT_COLOUR), ("w:sz", _DRAFT_HALF_POINTS))
    run.get_or_add_rPr().extend(OxmlElement(name, attrs={qn("w:val"): value}) for name, value in looks)
    run.text = DRAFT_MARK
    return paragraph

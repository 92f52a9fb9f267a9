"""A Word document from a Word template and a report, the same bytes every time. Where it goes is not its matter."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError, UndefinedError
from lxml import etree

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.report import Artifact
from mtqg_cli.render.documents.drawings import draw_charts
from mtqg_cli.render.documents.package import repacked
from mtqg_cli.render.documents.word_template import WordTemplate
from mtqg_cli.render.views import views

if TYPE_CHECKING:
    from mtqg_cli.core.report import Report

DRAFT_MARK = "DỰ THẢO"
_DRAFT_COLOUR = "FF0000"
_DRAFT_HALF_POINTS = "26"
_DRAFT_FROM_TOP = "397"  # 7 mm


def render(template: bytes, report: Report, filename: str) -> Artifact:
    """The filled document. Raises MtqgError where a template slipped past `lint`; nothing is left out silently."""
    document = WordTemplate(BytesIO(template))
    try:
        document.init_docx()
    except (BadZipFile, KeyError, ValueError, etree.XMLSyntaxError) as error:
        message = f"Không mở được tệp mẫu: đây không phải tệp Word (.docx) còn nguyên vẹn ({error})."
        raise MtqgError(message, "Lưu lại tệp mẫu từ Word rồi thử lại.") from error
    try:
        document.fill(views(report))
    except (TemplateError, TypeError) as error:
        raise MtqgError(_complaint(error), "Sửa tệp mẫu trong Word; các tên dùng được: mtqg list indicators.") from error
    return Artifact(filename, repacked(_finished(document.docx, report)))


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


def _finished(document: Any, report: Report) -> bytes:
    """The document made whole, marked if it is a draft, and dated by the period instead of the clock."""
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

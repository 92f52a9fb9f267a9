"""Charts in a filled document: each mark that a template left is replaced by a drawing with its parts. How a chart looks is not decided here."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.render.documents.look import WIDTH, look
from mtqg_cli.render.documents.pictures import charts
from mtqg_cli.render.view import CHART_MARK, CHART_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.report import Report
    from mtqg_cli.render.documents.look import Look

_MARK = re.compile(f"{CHART_MARK}({re.escape(CHART_PREFIX)}[^{CHART_MARK}]+){CHART_MARK}")
_NARROWEST = 60  # mm
_INLINE = (
    f'<w:drawing {nsdecls("w", "wp", "a", "r")}><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
    '<wp:docPr/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
)


def draw_charts(document: Any, report: Report) -> None:
    """Puts the charts in; MtqgError for a mark that does not stand alone in a paragraph of the text."""
    known = charts(report)
    marked = dict.fromkeys(_paragraph_of(each) for each in document.element.body.iter(qn("w:t")) if CHART_MARK in (each.text or ""))
    for paragraph in marked:
        found = _MARK.fullmatch(Paragraph(paragraph, document).text.strip())
        if found and found[1] in known:
            _draw(document, Paragraph(paragraph, document), found[1], look(known[found[1]], report.style), report)
    for text in _texts(document):
        left = _MARK.search(text)
        if left:
            message = f"Biểu đồ “{left[1]}” không đứng một mình trong một đoạn của phần thân văn bản."
            raise MtqgError(message, "Để tên biểu đồ một mình trong một đoạn, không đặt ở đầu trang, chân trang.")


def _paragraph_of(text: Any) -> Any:
    return next(text.iterancestors(qn("w:p")))


def _texts(document: Any) -> Iterator[str]:
    """The text of every paragraph that was filled in."""
    parts = (document.part, *(each.target_part for each in document.part.rels.values() if not each.is_external and hasattr(each.target_part, "element")))
    for part in parts:
        for paragraph in part.element.iter(qn("w:p")):
            yield "".join(each.text or "" for each in paragraph.iter(qn("w:t")))


def _draw(document: Any, paragraph: Any, name: str, chart: Look, report: Report) -> None:
    """The paragraph keeps its style; an indent or a fixed line height would cut the drawing."""
    drawing = parse_xml(_INLINE)
    width = _width(document)
    extent, about, reference = drawing[0].find(qn("wp:extent")), drawing[0].find(qn("wp:docPr")), drawing.find(f".//{qn('c:chart')}")
    extent.set("cx", str(width))
    extent.set("cy", str(Pt(chart.height)))
    for key, value in (("id", str(document.part.next_id)), ("name", name), ("descr", chart.alt), ("title", chart.title)):
        about.set(key, value)
    reference.set(qn("r:id"), document.part.relate_to(_chart_part(document, chart, report), RELATIONSHIP_TYPE.CHART))
    paragraph.clear()
    paragraph.paragraph_format.first_line_indent = Mm(0)
    paragraph.paragraph_format.line_spacing = 1.0
    paragraph.add_run()._r.append(drawing)  # noqa: SLF001 - no other way


def _width(document: Any) -> int:
    """As wide as a chart is drawn, or as the narrowest text of the document."""
    texts = [each.page_width - each.left_margin - each.right_margin for each in document.sections]
    return int(max(min(Pt(WIDTH), *texts), Mm(_NARROWEST)))


def _chart_part(document: Any, chart: Look, report: Report) -> Part:
    """The part of the chart and, behind it, that of its workbook."""
    from mtqg_cli.render.documents.chart_part import chart_xml, data_workbook  # noqa: PLC0415 - loads python-pptx

    package = document.part.package
    part = Part(package.next_partname("/word/charts/chart%d.xml"), CONTENT_TYPE.DML_CHART, b"", package)
    name = package.next_partname("/word/embeddings/Microsoft_Excel_Sheet%d.xlsx")
    data = Part(name, CONTENT_TYPE.SML_SHEET, data_workbook(chart, datetime.combine(report.period.end, time())), package)
    part._blob = chart_xml(chart, part.relate_to(data, RELATIONSHIP_TYPE.PACKAGE))  # noqa: SLF001 - python-docx has no setter
    return part

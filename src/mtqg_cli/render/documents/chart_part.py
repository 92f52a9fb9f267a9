"""A chart as Word keeps it: DrawingML through python-pptx's chart writer, and the workbook of its data. It knows no document."""

from __future__ import annotations

from copy import deepcopy
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import etree
from pptx.chart.chart import Chart as ChartProxy
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.util import Pt
from xlsxwriter import Workbook

from mtqg_cli.render.documents.look import FONT, LABELS, LEGEND, OUTLINE, POINTS, ROOM, WIDTH, Look
from mtqg_cli.render.documents.package import repacked

if TYPE_CHECKING:
    from datetime import datetime

    from mtqg_cli.core.figure import Figure

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OUTSIDE = (
    '<c:spPr xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
)
_KINDS = {"bar": XL_CHART_TYPE.BAR_CLUSTERED, "column": XL_CHART_TYPE.COLUMN_CLUSTERED, "line": XL_CHART_TYPE.LINE_MARKERS}
_MARKERS = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.TRIANGLE, XL_MARKER_STYLE.DIAMOND)
_DASHES = (MSO_LINE.SOLID, MSO_LINE.DASH, MSO_LINE.ROUND_DOT, MSO_LINE.DASH_DOT)
_AXIS_IDS = 2**31
_GAP, _WIDE_GAP = 45, 90
#: The sheet and the cells that python-pptx's references name: categories from A2 down, series from B1 right.
_SHEET = "Sheet1"

#: Whole numbers with points between the thousands whatever the language of the computer; what has decimals is left to it.
_WHOLE = '[>=1000000]#"."000"."000;[>=1000]#"."000;0'
_LARGEST = 10**9
_LANGUAGE = "vi-VN"


def number_formats(look: Look) -> list[list[str]]:
    """For each number the format that prints it as it was printed; within one chart the language decides for all of them or for none."""
    known = [(each.amount, text) for one, texts in zip(look.chart.series, look.texts, strict=True) for each, text in zip(one.figures, texts, strict=True)]
    plain = all(amount is None or (0 <= amount < _LARGEST and "," not in text) for amount, text in known)
    return [[_format(text, plain=plain) for text in texts] for texts in look.texts]


def _format(text: str, *, plain: bool) -> str:
    percent = '"%"' if text.endswith("%") else ""
    decimals = len(text.removesuffix("%").partition(",")[2])
    if plain:
        return f"0{percent}" if percent else _WHOLE
    return f"#,##0{'.' if decimals else ''}{'0' * decimals}{percent}"


def data_workbook(look: Look, day: datetime) -> bytes:
    """The workbook that Word opens behind the chart: values in the printed unit, a blank cell where there is none."""
    written = BytesIO()
    workbook = Workbook(written, {"in_memory": True})
    workbook.set_properties({"author": "mtqg", "created": day})
    sheet = workbook.add_worksheet(_SHEET)
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, len(look.series), 18)
    for row, label in enumerate(look.labels, start=1):
        sheet.write_string(row, 0, label)
    for column, (label, series, formats) in enumerate(zip(look.series, look.chart.series, number_formats(look), strict=True), start=1):
        sheet.write_string(0, column, label)
        for row, (figure, code) in enumerate(zip(series.figures, formats, strict=True), start=1):
            if figure.amount is not None:
                sheet.write_number(row, column, float(figure.amount), workbook.add_format({"num_format": code}))
    workbook.close()
    return repacked(written.getvalue())


def chart_xml(look: Look, workbook_relation: str) -> bytes:
    """The chart part. `workbook_relation` is the id of its relation to the workbook."""
    data = CategoryChartData()
    data.categories = list(look.labels)
    for label, series in zip(look.series, look.chart.series, strict=True):
        data.add_series(label, [None if each.amount is None else _number(each) for each in series.figures])
    root = parse_xml(data.xml_bytes(_KINDS[look.kind]))
    chart = ChartProxy(root, None)
    _frame(chart)
    _axes(chart, look)
    for index, series in enumerate(chart.plots[0].series):
        _series(series, index, look)
    _finish(root, look, workbook_relation)
    return bytes(etree.tostring(root, encoding="UTF-8", standalone=True))


def _number(figure: Figure) -> float | int:
    amount = figure.amount or 0
    return int(amount) if amount == int(amount) else float(amount)


def _frame(chart: Any) -> None:
    """No title: the caption is a paragraph of the document. The legend below."""
    chart.has_title = False
    chart.font.size = Pt(POINTS)
    chart.font.name = FONT
    chart.has_legend = len(chart.plots[0].series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False


def _axes(chart: Any, look: Look) -> None:
    """Every bar has its number: the axis of values is not shown, and begins at zero."""
    values, names = chart.value_axis, chart.category_axis
    values.has_major_gridlines = False
    values.visible = False
    if all(each.amount is None or each.amount >= 0 for one in look.chart.series for each in one.figures):
        values.minimum_scale = 0
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.format.line.color.rgb = RGBColor.from_string(OUTLINE)
    names.format.line.width = Pt(0.75)
    names.has_major_gridlines = False
    names.reverse_order = look.kind == "bar"
    if look.kind != "line":
        chart.plots[0].gap_width = _GAP if look.kind == "bar" else _WIDE_GAP
        chart.plots[0].overlap = 0
        chart.plots[0].vary_by_categories = False


def _series(series: Any, index: int, look: Look) -> None:
    colour = RGBColor.from_string(look.colours[index])
    if look.kind == "line":
        series.smooth = False
        series.format.line.color.rgb = colour
        series.format.line.width = Pt(2)
        series.format.line.dash_style = _DASHES[index % len(_DASHES)]
        series.marker.style = _MARKERS[index % len(_MARKERS)]
        series.marker.size = 7
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
    else:
        series.invert_if_negative = False
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
        series.format.line.color.rgb = RGBColor.from_string(OUTLINE)
        series.format.line.width = Pt(0.75)
    labels = series.data_labels
    labels.show_value = True
    formats = number_formats(look)[index]
    labels.number_format, labels.number_format_is_linked = formats[0], False
    labels.position = XL_LABEL_POSITION.ABOVE if look.kind == "line" else XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size, labels.font.name = Pt(POINTS), FONT
    _own_formats(labels._element, formats)  # noqa: SLF001 - no other way to a format of one label


def _own_formats(labels: Any, formats: list[str]) -> None:
    """A label of its own for each number that is printed otherwise than the first; numbers stay on one line."""
    for each in labels.findall(f"{_C}showLeaderLines"):
        labels.remove(each)
    labels.find(f".//{_A}bodyPr").set("wrap", "none")
    common = list(labels)
    for position, (point, code) in enumerate((point, code) for point, code in enumerate(formats) if code != formats[0]):
        label = etree.SubElement(labels, f"{_C}dLbl")
        label.append(_element("idx", str(point)))
        label.extend(deepcopy(each) for each in common)
        label.find(f"{_C}numFmt").set("formatCode", code)
        labels.insert(position, label)


def _finish(root: Any, look: Look, workbook_relation: str) -> None:
    """What python-pptx has no words for, in the order of the schema (ECMA-376, dml-chart.xsd)."""
    for each in list(root.iterchildren(f"{_C}lang", f"{_C}roundedCorners")):
        root.remove(each)
    root.find(f"{_C}date1904").addnext(_element("lang", _LANGUAGE))
    root.find(f"{_C}lang").addnext(_element("roundedCorners", "0"))
    for axis in root.iter(f"{_C}axId", f"{_C}crossAx"):
        axis.set("val", str(int(axis.get("val")) % _AXIS_IDS))
    for offset in root.iter(f"{_C}lblOffset"):
        offset.addnext(_element("tickLblSkip", "1"))  # Word leaves out names where it finds them crowded
    for axis in root.iter(f"{_C}valAx"):
        axis.find(f"{_C}delete").set("val", "1")
        axis.find(f"{_C}crosses").addnext(_element("crossBetween", "between"))
    chart = root.find(f"{_C}chart")
    for each in list(chart.iterchildren(f"{_C}plotVisOnly", f"{_C}dispBlanksAs", f"{_C}showDLblsOverMax")):
        chart.remove(each)
    chart.extend((_element("plotVisOnly", "1"), _element("dispBlanksAs", "gap")))
    plot = chart.find(f"{_C}plotArea")
    for each in plot.findall(f"{_C}layout"):
        plot.remove(each)
    if look.kind == "bar":
        plot.insert(0, _layout(look))
    chart.addnext(parse_xml(_OUTSIDE))
    for text in root.iter(f"{_A}defRPr", f"{_A}endParaRPr"):
        text.set("lang", _LANGUAGE)
    data = etree.SubElement(root, f"{_C}externalData")
    data.set(f"{_R}id", workbook_relation)
    data.append(_element("autoUpdate", "0"))


def _layout(look: Look) -> Any:
    """Room left for the names, right for the number behind the longest bar, below for the legend."""
    legend = LEGEND if len(look.series) > 1 else 0
    place = {"x": LABELS / WIDTH, "y": 0.01, "w": (WIDTH - LABELS - ROOM) / WIDTH, "h": (look.height - legend) / look.height - 0.02}
    layout = etree.Element(f"{_C}layout")
    manual = etree.SubElement(layout, f"{_C}manualLayout")
    manual.append(_element("layoutTarget", "inner"))
    manual.extend((_element("xMode", "edge"), _element("yMode", "edge")))
    manual.extend(_element(name, f"{share:.4f}") for name, share in place.items())
    return layout


def _element(name: str, value: str) -> Any:
    element = etree.Element(f"{_C}{name}")
    element.set("val", value)
    return element

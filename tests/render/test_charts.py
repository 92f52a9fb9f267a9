"""Charts: the same numbers in Word's drawing, its workbook, the alternative text and the SVG; packages that are complete; what templates may do."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from posixpath import dirname, join, normpath
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document
from lxml import etree

from mtqg_cli.compose.charts import band_chart, project_chart, report_charts
from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.period import parse_period
from mtqg_cli.core.report import Chart, Record, Series
from mtqg_cli.render.documents.docx import render
from mtqg_cli.render.documents.look import TALLEST, look, shortened
from mtqg_cli.render.documents.pictures import pictures
from mtqg_cli.render.lint import lint

#: The tests need it, as README says: without it they fail.
SOFFICE = shutil.which("soffice") or "soffice"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
SVG = "{http://www.w3.org/2000/svg}"

#: The children of each element in the order of ECMA-376, dml-chart.xsd: Word calls a file damaged that has another.
LABEL = "numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize separator"
AXIS = "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt"
ORDER = {
    "chartSpace": "date1904 lang roundedCorners style clrMapOvr pivotSource protection chart spPr txPr externalData printSettings userShapes",
    "chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly dispBlanksAs",
    "plotArea": "layout barChart lineChart catAx valAx dTable spPr",
    "layout": "manualLayout",
    "manualLayout": "layoutTarget xMode yMode wMode hMode x y w h",
    "barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId",
    "lineChart": "grouping varyColors ser dLbls dropLines hiLowLines upDownBars marker smooth axId",
    "bar/ser": "idx order tx spPr invertIfNegative pictureOptions dPt dLbls trendline errBars cat val shape",
    "line/ser": "idx order tx spPr marker dPt dLbls trendline errBars cat val smooth",
    "ser/marker": "symbol size spPr",
    "dLbls": f"dLbl {LABEL}",
    "dLbl": f"idx layout tx {LABEL}",
    "catAx": f"{AXIS} auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl",
    "valAx": f"{AXIS} crossBetween majorUnit minorUnit dispUnits",
    "scaling": "logBase orientation max min",
    "legend": "legendPos legendEntry layout overlay spPr txPr",
    "tx": "strRef",
    "cat": "strRef",
    "val": "numRef",
    "strRef": "f strCache",
    "numRef": "f numCache",
    "strCache": "ptCount pt",
    "numCache": "formatCode ptCount pt",
    "pt": "v",
    "externalData": "autoUpdate",
}


def chart_of(make, kind="bar", rows=((1500, 700), (None, 40), (1_200_000, 0)), names=("Một", "Hai", "Ba"), key="ho_ngheo_dau_ky", unit="hộ"):
    series = [Series(label, tuple(make.figure(key, row[index]) for row in rows)) for index, label in enumerate(("Kế hoạch", "Thực hiện"))]
    return Chart("thu", "Biểu đồ thử", kind, tuple(names), tuple(series), unit)


def drawn(page, report, chart, *more):
    """The document of a template that holds the chart alone."""
    return render(page("Trước.", "{{ bieu_do.thu }}", *more), replace(report, values={**report.values, "bieu_do": Record({"thu": chart})}), "a.docx").content


def parts(content):
    with ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def chart_xml(content):
    return etree.fromstring(parts(content)["word/charts/chart1.xml"])


def workbook(content):
    with ZipFile(BytesIO(content)) as package:
        return openpyxl.load_workbook(BytesIO(package.read("word/embeddings/Microsoft_Excel_Sheet1.xlsx"))).worksheets[0]


def cached(root):
    """The values of each series as the chart holds them; None where it has no point."""
    return [
        [
            next((float(point.findtext(f"{C}v")) for point in cache.iter(f"{C}pt") if point.get("idx") == str(index)), None)
            for index in range(int(cache.find(f"{C}ptCount").get("val")))
        ]
        for cache in root.iter(f"{C}numCache")
    ]


def described(content):
    (properties,) = etree.fromstring(parts(content)["word/document.xml"]).iter(f"{WP}docPr")
    return properties


@pytest.mark.parametrize("kind", ["bar", "column", "line"])
def test_one_set_of_numbers_everywhere(page, dam_ha, make, kind):
    content = drawn(page, dam_ha, chart_of(make, kind))

    assert cached(chart_xml(content)) == [[1500, None, 1_200_000], [700, 40, 0]]
    assert [[cell.value for cell in row] for row in workbook(content).iter_rows()] == [
        [None, "Kế hoạch", "Thực hiện"],
        ["Một", 1500, 700],
        ["Hai", None, 40],
        ["Ba", 1_200_000, 0],
    ]
    words = "Biểu đồ thử (hộ). Một: kế hoạch 1.500, thực hiện 700; Hai: kế hoạch chưa có số liệu, thực hiện 40; Ba: kế hoạch 1.200.000, thực hiện 0."
    assert (described(content).get("name"), described(content).get("descr")) == ("bieu_do.thu", words)


def test_values_are_in_the_printed_unit(page, dam_ha, make):
    chart = chart_of(make, rows=((61_864_123_456, 500_000_000), (None, 32_479_500_000)), names=("A", "B"), key="von_ke_hoach", unit="triệu đồng")
    content = drawn(page, dam_ha, chart, "{{ bieu_do.thu.nhan }} ({{ bieu_do.thu.don_vi }})")

    assert cached(chart_xml(content)) == [[61864.123456, None], [500, 32479.5]]
    assert workbook(content)["B2"].value == 61864.123456
    # all of them large: printed whole, and said to be; the words keep the decimals
    assert Document(BytesIO(content)).paragraphs[2].text == "Biểu đồ thử (triệu đồng, làm tròn)"
    assert [text for row in look(chart, dam_ha.style).texts for text in row] == ["61.864", "", "500", "32.480"]
    assert "32.479,5" in described(content).get("descr")


def test_decimals_stay_where_they_count(page, dam_ha, make):
    chart = chart_of(make, rows=((1_250_000, 12_000_000), (2_000_000_000, 0)), names=("A", "B"), key="von_ke_hoach", unit="triệu đồng")
    root = chart_xml(drawn(page, dam_ha, chart))

    assert look(chart, dam_ha.style).texts == (("1,25", "2.000"), ("12", "0"))
    formats = [[each.get("formatCode") for each in labels.iter(f"{C}numFmt")] for labels in root.iter(f"{C}dLbls")]
    assert formats == [["#,##0", "#,##0.00"], ["#,##0"]]
    assert [each.find(f"{C}idx").get("val") for each in root.iter(f"{C}dLbl")] == ["1"]


@pytest.mark.parametrize("kind", ["bar", "column", "line"])
@pytest.mark.parametrize("key", ["ho_ngheo_dau_ky", "von_ke_hoach"])
def test_the_order_of_the_schema(page, dam_ha, make, kind, key):
    root = chart_xml(drawn(page, dam_ha, chart_of(make, kind, ((1_500_000, 7_250_000), (None, 40_000_000), (0, 10**9)), key=key)))
    for element in root.iter():
        if not isinstance(element.tag, str) or not element.tag.startswith(C) or not any(child.tag.startswith(C) for child in element):
            continue
        name = element.tag.removeprefix(C)
        if name == "ser":
            name = f"{element.getparent().tag.removeprefix(C).removesuffix('Chart')}/ser"
        if name == "marker":
            name = "ser/marker"
        order = ORDER[name].split()
        places = [order.index(child.tag.removeprefix(C)) for child in element]
        assert places == sorted(places), (name, [child.tag for child in element])
    assert all(0 <= int(each.get("val")) < 2**31 for each in root.iter(f"{C}axId", f"{C}crossAx"))


def test_what_word_is_told(page, dam_ha, make):
    root = chart_xml(drawn(page, dam_ha, chart_of(make)))
    told = {name: root.find(f".//{C}{name}").get("val") for name in ("lang", "roundedCorners", "autoTitleDeleted", "dispBlanksAs", "legendPos", "min")}
    assert told == {"lang": "vi-VN", "roundedCorners": "0", "autoTitleDeleted": "1", "dispBlanksAs": "gap", "legendPos": "b", "min": "0.0"}
    fonts = {each.get("typeface") for each in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}latin")}
    sizes = {int(each.get("sz")) for each in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}defRPr") if each.get("sz")}
    assert fonts == {"Times New Roman"}
    assert all(1000 <= size <= 1200 for size in sizes)


def test_every_part_is_found_and_has_a_type(page, dam_ha, make):
    content = drawn(page, dam_ha, chart_of(make), "{{ bieu_do.thu }}")
    found = parts(content)
    types = etree.fromstring(found["[Content_Types].xml"])
    named = {each.get("PartName") for each in types if each.get("PartName")}
    endings = {each.get("Extension") for each in types if each.get("Extension")}
    for name in found:
        assert f"/{name}" in named or name.rpartition(".")[2] in endings, name
        if name.endswith(".rels"):
            base = dirname(dirname(name))
            for relation in etree.fromstring(found[name]):
                target = relation.get("Target")
                path = target.lstrip("/") if target.startswith("/") else normpath(join(base, target))
                assert relation.get("TargetMode") == "External" or path in found, (name, target)
    relations = etree.fromstring(found["word/charts/_rels/chart2.xml.rels"])
    assert [each.get("Target") for each in relations] == ["../embeddings/Microsoft_Excel_Sheet2.xlsx"]
    ids = [each.get("id") for each in etree.fromstring(found["word/document.xml"]).iter(f"{WP}docPr")]
    assert len(ids) == len(set(ids)) == 2
    types_of_charts = {each.get("ContentType") for each in types if (each.get("PartName") or "").startswith("/word/charts/")}
    assert types_of_charts == {"application/vnd.openxmlformats-officedocument.drawingml.chart+xml"}


def test_hostile_names_are_names(page, dam_ha, make):
    names = ('<b>&"x"</b>', "=HYPERLINK(1)", "http://vi.du\x0b \x07{{ don_vi }}]]>")
    chart = replace(chart_of(make, names=names), title='T <&"', unit="<hộ>")
    content = drawn(page, dam_ha, chart)
    sheet = workbook(content)

    assert [(sheet.cell(row, 1).value, sheet.cell(row, 1).data_type) for row in (2, 3, 4)] == [
        ('<b>&"x"</b>', "s"),
        ("=HYPERLINK(1)", "s"),
        ("http://vi.du {{ don_vi }}]]>", "s"),
    ]
    with ZipFile(BytesIO(parts(content)["word/embeddings/Microsoft_Excel_Sheet1.xlsx"])) as inner:
        assert not any(name.startswith(("xl/externalLinks", "xl/worksheets/_rels")) for name in inner.namelist())
    assert [each.text for each in chart_xml(content).find(f".//{C}cat").iter(f"{C}v")] == ['<b>&"x"</b>', "=HYPERLINK(1)", "http://vi.du {{ don_vi }}]]>"]
    assert described(content).get("descr").startswith('T <&" (<hộ>). <b>&"x"</b>: kế hoạch 1.500')
    root = etree.fromstring(pictures(replace(dam_ha, values={"a": chart}))["bieu_do.thu"])
    assert '<b>&"x"</b>' in [each.text for each in root.iter(f"{SVG}text")]
    assert not list(root.iter(f"{SVG}script", f"{SVG}a", f"{SVG}style", f"{SVG}image"))


def test_the_same_bytes(page, dam_ha, make):
    assert drawn(page, dam_ha, chart_of(make)) == drawn(page, dam_ha, chart_of(make))
    with ZipFile(BytesIO(parts(drawn(page, dam_ha, chart_of(make)))["word/embeddings/Microsoft_Excel_Sheet1.xlsx"])) as inner:
        assert {each.date_time for each in inner.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2024-06-30T00:00:00Z" in inner.read("docProps/core.xml")


def test_the_drawing_fits_its_page(page, dam_ha, make):
    many = chart_of(make, rows=[(100 + index, index) for index in range(40)], names=[f"Dự án {index} " + "rất dài " * 20 for index in range(40)])
    narrow = Document(BytesIO(page("{{ bieu_do.thu }}")))
    narrow.sections[0].left_margin = narrow.sections[0].right_margin = narrow.sections[0].page_width // 3
    saved = BytesIO()
    narrow.save(saved)
    report = replace(dam_ha, values={**dam_ha.values, "bieu_do": Record({"thu": many})})
    extent = next(etree.fromstring(parts(render(saved.getvalue(), report, "a").content)["word/document.xml"]).iter(f"{WP}extent"))
    section = narrow.sections[0]
    assert int(extent.get("cx")) <= section.page_width - section.left_margin - section.right_margin
    assert int(extent.get("cy")) <= TALLEST * 12700
    wide = next(etree.fromstring(parts(drawn(page, dam_ha, many))["word/document.xml"]).iter(f"{WP}extent"))
    assert int(wide.get("cx")) <= 165 * 36000


def test_names_are_cut_between_words_and_whole_in_the_words(make, dam_ha):
    name = "Hỗ trợ đầu tư phát triển hạ tầng kinh tế - xã hội các huyện nghèo, các xã đặc biệt khó khăn vùng bãi ngang, ven biển và hải đảo"
    made = look(chart_of(make, names=(name, "B", "C")), dam_ha.style)
    cut = made.labels[0].removesuffix("…")
    assert made.labels[0].endswith("…")
    assert name.startswith(cut)
    assert name[len(cut)] in " ,-"
    assert name in made.alt
    assert shortened("a" * 50, 10) == "aaaaaaaaa…"


def test_columns_too_narrow_for_their_numbers_become_bars(make, dam_ha):
    rows = [(1_234_567, 2_345_678)] * 12
    assert look(chart_of(make, "column", rows, [str(each) for each in range(12)]), dam_ha.style).kind == "bar"
    assert look(chart_of(make, "column"), dam_ha.style).kind == "column"


def lightness(colour):
    red, green, blue = (int(colour[index : index + 2], 16) for index in (0, 2, 4))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("kind", ["bar", "column", "line"])
def test_colours_differ_in_black_and_white(make, dam_ha, kind):
    first, second = (lightness(each) for each in look(chart_of(make, kind), dam_ha.style).colours)
    assert abs(first - second) > 70


def test_without_data_nothing_is_drawn(page, dam_ha, make):
    chart = chart_of(make, rows=((None, None),), names=("A",))
    content = drawn(page, dam_ha, chart, "{% if bieu_do.thu.co %}x{% endif %}")
    assert [each.text for each in Document(BytesIO(content)).paragraphs] == ["Trước.", "chưa có số liệu", ""]
    assert not any(name.startswith("word/charts") for name in parts(content))
    assert pictures(replace(dam_ha, values={"a": chart})) == {}


@pytest.mark.parametrize(("rows", "worth"), [(((5, 3),), True), (((5, 0),), False), (((5, None),), False), (((0, 0),), False), (((5, 0), (0, 2)), True)])
def test_one_bar_is_no_chart(make, rows, worth):
    assert chart_of(make, rows=rows, names=[str(each) for each in range(len(rows))]).worth_drawing is worth


@pytest.mark.parametrize("template", [("Chữ {{ bieu_do.thu }}",), ("{{ bieu_do.thu }}{{ bieu_do.thu }}",)])
def test_a_chart_within_a_line_stops_the_document(page, dam_ha, make, template):
    report = replace(dam_ha, values={**dam_ha.values, "bieu_do": Record({"thu": chart_of(make)})})
    with pytest.raises(MtqgError, match="không đứng một mình"):
        render(page(*template), report, "a.docx")
    with pytest.raises(MtqgError, match="không đứng một mình"):
        render(page("x", header="{{ bieu_do.thu }}"), report, "a.docx")


# Word and LibreOffice ------------------------------------------------------------------------------------------------


def converted(content, folder, form):
    (folder / "a.docx").write_bytes(content)
    command = [SOFFICE, f"-env:UserInstallation={(folder / 'lo').as_uri()}", "--headless", "--convert-to", form, "--outdir", folder / "out", folder / "a.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return next((folder / "out").iterdir())


def ink(content, folder):
    """How much of the first page, as LibreOffice shows it, is not white."""
    pdf = converted(content, folder, "pdf")
    subprocess.run(["pdftoppm", "-r", "40", "-gray", "-singlefile", pdf, folder / "page"], check=True, capture_output=True, timeout=60)
    header, _, body = (folder / "page.pgm").read_bytes().partition(b"255\n")
    assert header.startswith(b"P5")
    return sum(each < 200 for each in body) / len(body)


def test_libreoffice_draws_it(page, dam_ha, make, tmp_path):
    folders = [tmp_path / "with", tmp_path / "without"]
    for folder in folders:
        folder.mkdir()
    chart = chart_of(make, rows=((90, 60), (80, 70), (100, 50)))
    assert ink(drawn(page, dam_ha, chart), folders[0]) > ink(render(page("Trước."), dam_ha, "a").content, folders[1]) + 0.01


def test_libreoffice_keeps_it(page, dam_ha, make, tmp_path):
    saved = converted(drawn(page, dam_ha, chart_of(make)), tmp_path, "docx:Office Open XML Text").read_bytes()
    name = next(each for each in parts(saved) if re.fullmatch(r"word/charts/chart\d+\.xml", each))
    root = etree.fromstring(parts(saved)[name])
    assert cached(root) == [[1500, None, 1_200_000], [700, 40, 0]]
    assert (root.find(f".//{C}barDir").get("val"), root.find(f".//{C}autoTitleDeleted").get("val")) == ("bar", "1")


# SVG -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["bar", "column", "line"])
def test_the_svg_says_the_same(make, dam_ha, kind):
    chart = chart_of(make, kind)
    svg = pictures(replace(dam_ha, values={"a": (Record({"b": chart}),)}))["bieu_do.thu"]
    root = etree.fromstring(svg)
    texts = [each.text for each in root.iter(f"{SVG}text")]

    assert (root.get("role"), root.findtext(f"{SVG}title")) == ("img", "Biểu đồ thử")
    assert root.findtext(f"{SVG}desc") == look(chart, dam_ha.style).alt
    assert {"1.500", "700", "40", "1.200.000", "0", "Một", "Hai", "Ba", "Kế hoạch", "Thực hiện"} == set(texts)
    assert re.fullmatch(r"0 0 [\d.]+ [\d.]+", root.get("viewBox"))
    drawn_shapes = list(root.iter(f"{SVG}circle" if kind == "line" else f"{SVG}rect"))
    assert len(drawn_shapes) == (5 if kind == "line" else 5 + 2)  # two in the legend, none for what is not known


def test_bars_are_as_long_as_their_values(make, dam_ha):
    chart = chart_of(make, rows=((200, 100), (50, 0)), names=("A", "B"))
    root = etree.fromstring(pictures(replace(dam_ha, values={"a": chart}))["bieu_do.thu"])
    widths = [float(each.get("width")) for each in root.iter(f"{SVG}rect")][:4]
    assert widths == pytest.approx([widths[0], widths[0] / 2, widths[0] / 4, 0], abs=0.2)


def test_a_line_is_broken_where_nothing_is_known(make, dam_ha):
    chart = chart_of(make, "line", ((1, 1), (2, None), (3, 3), (4, 4)), ("A", "B", "C", "D"))
    root = etree.fromstring(pictures(replace(dam_ha, values={"a": chart}))["bieu_do.thu"])
    assert [len(each.get("points").split()) for each in root.iter(f"{SVG}polyline")] == [4, 2, 2, 2]  # the last two are the legend's


# What is composed ----------------------------------------------------------------------------------------------------


def test_funds_by_programme_or_by_project_of_the_only_one(dam_ha):
    chart = dam_ha.values["bieu_do"].values["giai_ngan"]
    assert (chart.kind, chart.categories, chart.unit) == ("bar", ("Nông thôn mới", "Giảm nghèo bền vững", "DTTS&MN"), "triệu đồng")
    assert [one.label for one in chart.series] == ["Kế hoạch vốn", "Giải ngân"]
    assert [each.id for each in chart.series[1].figures] == ["von_giai_ngan"] * 3

    ntm = dam_ha.values["ntm"]
    assert dam_ha.values["bieu_do"].values["theo_chuong_trinh"] is True
    alone = report_charts({**dam_ha.values, "chuong_trinh": (ntm,)}, dam_ha.period).values
    only = alone["giai_ngan"]
    assert alone["theo_chuong_trinh"] is False
    own = ntm.values["bieu_do_du_an"]
    assert (only.id, own.id) == ("giai_ngan", "du_an.ntm-2021-2025")
    assert only.categories == own.categories
    assert [each.partition(".")[0] for each in own.categories] == [each.values["ma"] for each in ntm.values["du_an"] if each.values["von_ke_hoach"].value]


def test_more_projects_than_a_page_holds(dam_ha, make):
    ntm = dam_ha.values["ntm"].values
    money = [*range(20), *range(40, 30, -1)]
    projects = tuple(
        Record({"ma": str(index), "ten": "x", "von_ke_hoach": make.figure("von_ke_hoach", plan * 10**6), "von_giai_ngan": make.figure("von_giai_ngan")})
        for index, plan in enumerate(money)
    )
    chart = project_chart({**ntm, "du_an": projects})
    assert [each.value / 10**6 for each in chart.series[0].figures] == money[6:]
    assert chart.title.endswith("(24 mục có kế hoạch vốn lớn nhất)")
    assert not project_chart({**ntm, "du_an": projects[:24]}).title.endswith(")")


def test_bands_of_every_criteria_set(dam_ha, make):
    (own,) = dam_ha.values["bo_tieu_chi"]
    chart = dam_ha.values["bieu_do"].values["nhom_xa"]
    assert [(one.label, [each.value for each in one.figures]) for one in chart.series] == [("Số xã", [7, 1, 0, 0, 0])]
    assert own.values["bieu_do_nhom"].series == chart.series
    assert own.values["bieu_do_nhom"].id == "nhom.xa-ntm-2021-2025"
    other = Record({**own.values, "ten_ngan": "bộ khác"})
    empty = Record({**own.values, "nhom": tuple(Record({"ten": "x", "so_xa_theo_nhom": make.figure("so_xa_theo_nhom")}) for _ in range(5))})
    both = report_charts({**dam_ha.values, "bo_tieu_chi": (own, other, empty)}, dam_ha.period).values["nhom_xa"]
    assert [one.label for one in both.series] == ["xã NTM 2021-2025", "bộ khác"]
    assert not band_chart(empty.values).has_data


def test_bands_stand_under_their_own_names(dam_ha, make):
    """A set with more criteria has one more band at its top: its communes never stand under another band's name."""
    (own,) = dam_ha.values["bo_tieu_chi"]
    top = Record({"ten": "20 tiêu chí", "so_xa_theo_nhom": make.figure("so_xa_theo_nhom", 3)})
    larger = Record({**own.values, "ten_ngan": "bộ lớn", "nhom": (top, *own.values["nhom"])})
    chart = report_charts({**dam_ha.values, "bo_tieu_chi": (own, larger)}, dam_ha.period).values["nhom_xa"]
    assert chart.categories[:2] == ("20 tiêu chí", "19 tiêu chí")
    assert [[each.value for each in one.figures] for one in chart.series] == [[None, 7, 1, 0, 0, 0], [3, 7, 1, 0, 0, 0]]


def test_a_commune_alone_in_its_criteria_set_is_no_bar_beside_the_others(dam_ha):
    (own,) = dam_ha.values["bo_tieu_chi"]
    alone = Record({**own.values, "ten_ngan": "bộ riêng", "cac_xa": own.values["cac_xa"][:1]})
    chart = report_charts({**dam_ha.values, "bo_tieu_chi": (own, alone)}, dam_ha.period).values["nhom_xa"]
    assert [one.label for one in chart.series] == ["Số xã"]


@pytest.mark.parametrize(
    ("period", "names"),
    [
        (parse_period("6m2024", cutoff=date(2024, 6, 20)), ("Cuối năm 2023", "Ước hết 6 tháng đầu năm 2024")),
        (parse_period("2023"), ("Cuối năm 2022", "Hết năm 2023")),
    ],
)
def test_households_at_both_ends(dam_ha, period, names):
    chart = report_charts(dam_ha.values, period).values["ho_ngheo"]
    assert chart.categories == names
    assert [(one.label, [each.value for each in one.figures]) for one in chart.series] == [("Hộ nghèo", [14, 8]), ("Hộ cận nghèo", [165, 119])]


# Templates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("{{ bieu_do.giai_ngan }}",),
        ("  {{ bieu_do.giai_ngan }} ",),
        ("{%p if bieu_do.giai_ngan.co %}", "{{ bieu_do.giai_ngan }}", "{{ bieu_do.giai_ngan.nhan }} ({{ bieu_do.giai_ngan.don_vi|upper }})", "{%p endif %}"),
        ("{%p for ct in chuong_trinh if ct.bieu_do_du_an.co %}", "{{ ct.bieu_do_du_an }}", "{%p endfor %}"),
        ("{%p set b = ntm.bieu_do_du_an %}", "{{ b }}"),
        ("{{ bieu_do.giai_ngan if ky.uoc else bieu_do.ho_ngheo }}",),
    ],
)
def test_where_a_chart_may_stand(page, fields, paragraphs):
    assert lint(page(*paragraphs), fields, "a.docx") == ()


@pytest.mark.parametrize(
    ("code", "paragraph", "words"),
    [
        ("D102", "Hình: {{ bieu_do.giai_ngan }}", "không đứng một mình"),
        ("D102", "{{ bieu_do.giai_ngan }}{{ bieu_do.ho_ngheo }}", "không đứng một mình"),
        ("D102", "{% if ky.uoc %}{{ bieu_do.giai_ngan }}{% endif %}", "không đứng một mình"),
        ("D102", "{{ bieu_do.giai_ngan|upper }}", "là một biểu đồ, bộ lọc “upper” không dùng được"),
        ("D102", "{{ bieu_do.giai_ngan|trong_bang }}", "là một biểu đồ"),
        ("D102", "{{ 'a' ~ bieu_do.giai_ngan }}", "không ghép với chữ khác được"),
        ("D102", "{% if bieu_do.giai_ngan %}x{% endif %}", "không phải là điều kiện"),
        ("D102", "{% if bieu_do.giai_ngan == 'x' %}x{% endif %}", "không so sánh"),
        ("D102", "{% for x in bieu_do.giai_ngan %}x{% endfor %}", "không phải là danh sách"),
        ("D102", "{{ bieu_do }}", "là một nhóm thông tin"),
        ("D101", "{{ bieu_do.giai_ngann }}", "không có mục “giai_ngann”"),
        ("D101", "{{ bieu_do.giai_ngan.coo }}", "không có mục “coo”"),
    ],
)
def test_where_it_may_not(page, fields, code, paragraph, words):
    found = lint(page(paragraph), fields, "a.docx")
    assert {each.code for each in found} == {code}
    assert any(words in each.message for each in found), found


def test_not_in_tables_nor_headers(page, fields):
    document = Document()
    document.add_table(rows=1, cols=1).rows[0].cells[0].paragraphs[0].text = "{{ bieu_do.giai_ngan }}"
    saved = BytesIO()
    document.save(saved)
    for template in (saved.getvalue(), page("x", header="{{ bieu_do.giai_ngan }}")):
        (found,) = lint(template, fields, "a.docx")
        assert (found.code, "không đứng một mình" in found.message) == ("D102", True)


def drawings(content):
    return [each.get("name") for each in etree.fromstring(parts(content)["word/document.xml"]).iter(f"{WP}docPr")]


def test_the_interim_report_has_its_charts(shipped, dam_ha, empty):
    content = render(shipped("so-ket"), dam_ha, "a.docx").content
    names = drawings(content)
    assert names == ["bieu_do.giai_ngan", "bieu_do.nhom_xa", "bieu_do.ho_ngheo"]
    assert set(names) <= set(pictures(dam_ha))
    paragraphs = Document(BytesIO(content)).paragraphs
    captions = [each.text for each in paragraphs if each.style.name == "Tên biểu đồ"]
    assert captions[0] == "Kế hoạch vốn và giải ngân theo chương trình, đến ngày 20/6/2024 (triệu đồng, làm tròn)"
    assert len(captions) == len(names)

    assert drawings(render(shipped("so-ket"), empty, "a.docx").content) == []


def test_one_programme_has_one_chart_of_its_projects(shipped, dam_ha):
    without = {"chuong_trinh": (dam_ha.values["ntm"],), "gnbv": dam_ha.values["gnbv"], "dtts": dam_ha.values["dtts"]}
    values = {**dam_ha.values, **without}
    report = replace(dam_ha, values={**values, "bieu_do": report_charts(values, dam_ha.period)})
    names = drawings(render(shipped("so-ket"), report, "a.docx").content)
    assert names == ["bieu_do.giai_ngan", "bieu_do.nhom_xa", "bieu_do.ho_ngheo"]

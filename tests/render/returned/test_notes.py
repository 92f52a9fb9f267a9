"""Notes in cells: comments parts and their boxes in VML."""

from __future__ import annotations

import re

import openpyxl
from lxml import etree
from workbooks import finding, opened, parts, returned, with_parts

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.render.returned.comments import HEADING
from mtqg_cli.render.returned.workbook import annotate, clean

#: CT_Worksheet, from sheetData on.
ORDER = (
    *("sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews"),
    *("mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter"),
    *("rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF"),
    *("picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"),
)


def vml(content):
    return {name: etree.fromstring(text) for name, text in parts(content).items() if name.endswith(".vml")}


def test_children_of_worksheets_are_in_the_order_of_the_schema(rich, sample):
    for content, places in ((rich, ("Số liệu!C2", "Trắng!A1", "Biểu 'a' & b!B2")), (sample, ("Biểu 02!K12",))):
        made = annotate(content, returned(*(finding(each) for each in places)))
        for name, text in parts(made).items():
            if name.startswith("xl/worksheets/sheet"):
                names = [etree.QName(each).localname for each in etree.fromstring(text)]
                known = [each for each in names if each in ORDER]
                assert known == sorted(known, key=ORDER.index), name


def test_ids_of_boxes_are_unique_and_no_two_drawings_share_a_block(rich):
    made = annotate(rich, returned(*(finding(f"Số liệu!B{row}") for row in range(7, 1305)), finding("Trắng!A1"), finding("Biểu 'a' & b!A1")))
    seen, blocks = [], []
    for name, root in vml(made).items():
        ids = [int(each.get("id").removeprefix("_x0000_s")) for each in root.iter("{urn:schemas-microsoft-com:vml}shape")]
        own = [int(each) for each in root.find(".//{urn:schemas-microsoft-com:office:office}idmap").get("data").split(",")]
        assert {number // 1024 for number in ids} <= set(own), name
        seen += ids
        blocks += own
    assert len(seen) == len(set(seen)) == 1298 + 2 + 1, "and the commune's own"
    assert len(blocks) == len(set(blocks))


def test_every_note_has_its_box_and_every_box_its_note(sample):
    made = annotate(sample, returned(finding("Biểu 02!K12"), finding("Biểu 02!K13"), finding("Thông tin!B9"), finding("Danh mục mã!A1")))
    files = parts(made)
    for name in files:
        if not name.startswith("xl/worksheets/_rels/"):
            continue
        targets = {each.get("Type").rsplit("/", 1)[1]: each.get("Target") for each in etree.fromstring(files[name])}
        if "comments" not in targets:
            continue
        notes = {each.get("ref") for each in etree.fromstring(files[f"xl/{targets['comments'][3:]}"]).iter("{*}comment")}
        drawing = etree.fromstring(files[f"xl/{targets['vmlDrawing'][3:]}"])
        data = list(drawing.iter("{urn:schemas-microsoft-com:office:excel}ClientData"))
        boxes = {openpyxl.utils.get_column_letter(int(each.findtext("{*}Column")) + 1) + str(int(each.findtext("{*}Row")) + 1) for each in data}
        assert notes == boxes, name
        assert len(data) == len(notes)


def test_a_sheet_without_notes_gets_both_parts(rich):
    files = parts(annotate(rich, returned(finding("Trắng!A1"))))
    types = files["[Content_Types].xml"].decode()
    assert 'PartName="/xl/comments2.xml"' in types
    assert 'Extension="vml"' in types
    assert b"legacyDrawing" in files["xl/worksheets/sheet3.xml"]
    assert b"vmlDrawing2.vml" in files["xl/worksheets/_rels/sheet3.xml.rels"]


def test_vml_that_is_no_xml_is_patched_all_the_same(rich):
    broken = b"<v:shape id='_x0000_s1999' type='#_x0000_t201'><v:textbox><div>Nut<br></div></v:textbox><x:ClientData ObjectType='Button'/></v:shape></xml>"
    odd = with_parts(rich, xl__drawings__vmlDrawing1=lambda text: text.replace(b"</xml>", broken))
    made = parts(annotate(odd, returned(finding("Số liệu!C2"))))["xl/drawings/vmlDrawing1.vml"]
    assert broken[:-6] in made
    assert made.count(b'ObjectType="Note"') == 2
    again = annotate(annotate(odd, returned(finding("Số liệu!C2"))), returned(finding("Số liệu!B2")))
    text = parts(again)["xl/drawings/vmlDrawing1.vml"]
    assert broken[:-6] in text
    assert re.findall(rb"<x:Row>(\d+)</x:Row><x:Column>(\d+)", text) == [(b"1", b"0"), (b"1", b"1")]


def test_threaded_discussions_are_left_alone(rich):
    threaded = with_parts(rich, xl__comments1=lambda text: text.replace(b"<author></author>", b"<author>tc={A1B2}</author>"))
    assert threaded != rich
    made = annotate(threaded, returned(finding("Số liệu!A2"), finding("Số liệu!B2")))
    sheet = opened(made)["Số liệu"]
    assert sheet["A2"].comment.text == "Ghi chú của xã"
    assert sheet["A2"].fill.fgColor.rgb == "FFFFC2B8"
    assert sheet["B2"].comment.text.startswith(HEADING)


def test_a_note_says_what_is_wrong_and_what_to_do_and_consequences_name_their_cause(rich):
    follows = finding("Trắng!A1", "tổng không khớp.", code="T305", hint="")
    made = annotate(rich, returned(finding("Số liệu!C2", consequences=(follows,)), finding("Số liệu!C2", "âm.", Severity.WARNING, "C103", "")))
    book = opened(made)
    assert book["Số liệu"]["C2"].comment.text == (f"{HEADING}\nLỗi C102: ghi “chờ”, không phải là số.\nCách sửa: Ghi lại thành số.\n\nCảnh báo C103: âm.")
    assert book["Trắng"]["A1"].comment.text == f"{HEADING}\nKéo theo từ Số liệu, ô C2, sửa ở đó trước: tổng không khớp."


def anchors(content):
    return re.findall(rb"<x:Anchor>([^<]*)</x:Anchor>", parts(content)["xl/drawings/vmlDrawing1.vml"])


def test_the_box_of_an_older_note_grows_with_it_and_shrinks_again(rich):
    made = annotate(rich, returned(finding("Số liệu!A2")))
    before, after = (list(map(int, anchors(each)[0].split(b","))) for each in (rich, made))
    assert after[:6] == before[:6]
    assert after[6] > before[6] + 2
    assert anchors(clean(made)) == anchors(rich)
    assert anchors(annotate(made, returned(finding("Số liệu!B2"))))[0] == anchors(rich)[0]

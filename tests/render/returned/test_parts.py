"""What changes in a returned workbook, part by part, and what does not."""

from __future__ import annotations

import re
from copy import deepcopy
from io import BytesIO

import openpyxl
import pytest
from lxml import etree
from workbooks import finding, opened, parts, returned, with_cell, with_parts

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.reference.layout import RETURNED_SHEET
from mtqg_cli.render.returned.grid import Grid
from mtqg_cli.render.returned.styles import TINTS
from mtqg_cli.render.returned.workbook import annotate, clean

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEETS = ("Số liệu", "Biểu 'a' & b", "Trắng")


def canonical(xml):
    return etree.tostring(etree.fromstring(xml), method="c14n")


def without(xml, *, styles=(), names=(), attributes=()):
    """The canonical XML without the styles of some cells, some elements, some attributes."""
    root = deepcopy(etree.fromstring(xml))
    for each in list(root.iter()):
        if each.tag == f"{MAIN}c" and each.get("r") in styles:
            del each.attrib["s"]
        for name in attributes:
            each.attrib.pop(name, None)
        if etree.QName(each).localname in names:
            each.getparent().remove(each)
    return etree.tostring(root, method="c14n")


def styles_of(content):
    root = etree.fromstring(parts(content)["xl/styles.xml"])
    return root.findall(f"{MAIN}cellXfs/{MAIN}xf"), root.findall(f"{MAIN}fills/{MAIN}fill")


def cell_style(content, part, name):
    root = etree.fromstring(parts(content)[part])
    return int(next(each.get("s", "0") for each in root.iter(f"{MAIN}c") if each.get("r") == name))


def shapes(drawing):
    """The boxes of a drawing, whatever blocks of ids it reserves."""
    return drawing.split(b"</o:shapelayout>")[1]


def test_only_the_parts_that_must_change_do(rich):
    made = annotate(rich, returned(finding("Số liệu!C2")))
    before, after = parts(rich), parts(made)

    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        *("[Content_Types].xml", "docProps/app.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"),
        *("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"),
    }
    assert set(after) - set(before) == {"xl/worksheets/sheet4.xml"}
    assert set(before) <= set(after)
    first, second = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
    assert without(before[first], styles=["C2"]) == without(after[first], styles=["C2"])
    assert without(before[second], attributes=["tabSelected"]) == canonical(after[second])
    assert before["xl/drawings/vmlDrawing1.vml"][:-6] in after["xl/drawings/vmlDrawing1.vml"]
    old_notes, new_notes = (etree.fromstring(each["xl/comments1.xml"])[1] for each in (before, after))
    assert [canonical(etree.tostring(each)) for each in old_notes] == [canonical(etree.tostring(each)) for each in new_notes][:-1]


def test_entries_of_styles_are_added_and_none_is_changed(rich):
    made = annotate(rich, returned(finding("Số liệu!C2"), finding("Số liệu!A1", severity=Severity.WARNING)))
    old, new = (etree.fromstring(parts(each)["xl/styles.xml"]) for each in (rich, made))

    for section in old:
        grown = new.find(section.tag)
        assert [canonical(etree.tostring(each)) for each in section] == [canonical(etree.tostring(each)) for each in grown][: len(section)]
        if grown.get("count"):
            assert int(grown.get("count")) == len(grown)


def test_a_coloured_cell_keeps_everything_but_its_fill(rich):
    made = annotate(rich, returned(finding("Số liệu!C2"), finding("Số liệu!C3", severity=Severity.WARNING)))
    formats, fills = styles_of(made)

    for cell, tint in (("C2", TINTS[Severity.ERROR]), ("C3", TINTS[Severity.WARNING])):
        old = deepcopy(styles_of(rich)[0][cell_style(rich, "xl/worksheets/sheet1.xml", cell)])
        new = deepcopy(formats[cell_style(made, "xl/worksheets/sheet1.xml", cell)])
        assert fills[int(new.get("fillId"))].find(f".//{MAIN}fgColor").get("rgb") == tint
        for each in (old, new):
            del each.attrib["fillId"]
        assert etree.tostring(old, method="c14n") == etree.tostring(new, method="c14n")
    book = opened(made)
    cell = book["Số liệu"]["C2"]
    assert (cell.number_format, cell.font.b, cell.border.left.style, cell.alignment.horizontal, cell.protection.locked) == (
        "#,##0.00",
        True,
        "medium",
        "right",
        False,
    )


def test_the_sheet_stands_first_and_names_keep_their_sheets(rich):
    made = annotate(rich, returned(finding("Số liệu!C2")))
    book = opened(made)

    assert book.sheetnames == [RETURNED_SHEET, *SHEETS]
    assert book.active.title == RETURNED_SHEET
    assert [each.title for each in book if each.sheet_view.tabSelected] == [RETURNED_SHEET]
    assert book["Số liệu"].print_area == "'Số liệu'!$A$1:$C$9"
    assert book["Số liệu"].print_title_rows == "$1:$1"
    assert book["Biểu 'a' & b"].print_title_rows == "$2:$2"
    assert list(book["Trắng"].defined_names) == ["rieng"]
    assert list(book.defined_names) == ["chung"]
    assert "'Lỗi cần sửa'!$7:$7" in book[RETURNED_SHEET].print_titles
    root = etree.fromstring(parts(made)["xl/workbook.xml"])
    sheets = root.findall(f"{MAIN}sheets/{MAIN}sheet")
    for name in ("sheetId", "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"):
        assert len({each.get(name) for each in sheets}) == len(sheets)
    titles = [each.text for each in etree.fromstring(parts(made)["docProps/app.xml"]).iter("{*}lpstr")]
    assert titles[2 : 2 + len(book.sheetnames)] == book.sheetnames


def test_what_is_very_hidden_stays_so(sample):
    book = opened(annotate(sample, returned(finding("Biểu 02!K12"))))
    assert book["_mtqg"].sheet_state == "veryHidden"
    assert book["Biểu 02"].protection.sheet


def test_a_cell_that_does_not_exist_is_put_in_its_place(rich):
    made = annotate(rich, returned(finding("Số liệu!B3"), finding("Số liệu!B4"), finding("Trắng!C9"), finding("Biểu 'a' & b!B2")))
    for part in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"):
        rows = etree.fromstring(parts(made)[part]).findall(f"{MAIN}sheetData/{MAIN}row")
        numbers = [int(each.get("r")) for each in rows]
        assert numbers == sorted(set(numbers))
        for row in rows:
            columns = [openpyxl.utils.cell.coordinate_from_string(each.get("r"))[0] for each in row]
            assert columns == sorted(set(columns), key=openpyxl.utils.column_index_from_string)
    book = opened(made)
    assert book["Số liệu"]["C3"].value == "=SUM(C2:C2)"
    assert book["Trắng"]["C9"].fill.fgColor.rgb == TINTS[Severity.ERROR]
    assert book["Biểu 'a' & b"]["B2"].number_format == "#,##0.00", "in the style of its column"
    assert book["Trắng"].dimensions == "A1:C9"


def test_a_merged_area_is_coloured_at_its_first_cell(rich):
    made = annotate(rich, returned(finding("Số liệu!B6")))
    sheet = opened(made)["Số liệu"]
    assert sheet["A5"].fill.fgColor.rgb == TINTS[Severity.ERROR]
    assert "không phải là số" in sheet["A5"].comment.text


def test_the_gravest_finding_gives_the_colour_and_notes_give_none(rich):
    made = annotate(
        rich,
        returned(
            finding("Số liệu!B2", severity=Severity.WARNING),
            finding("Số liệu!B2"),
            finding("Số liệu!B2", severity=Severity.WARNING),
            finding("Số liệu!C2", severity=Severity.NOTE),
        ),
    )
    sheet = opened(made)["Số liệu"]
    assert sheet["B2"].fill.fgColor.rgb == TINTS[Severity.ERROR]
    assert sheet["B2"].comment.text.count("C102") == 3
    assert sheet["C2"].fill.fgColor.rgb == "FFDDEBF7"
    assert sheet["C2"].comment is None


def test_cells_without_names_and_prefixed_parts(rich):
    def bare(xml):
        root = etree.fromstring(xml)
        for each in root.iter(f"{MAIN}row", f"{MAIN}c"):
            if int("".join(filter(str.isdigit, each.get("r")))) <= 2:
                del each.attrib["r"]
        renamed = etree.tostring(root).decode()
        return renamed.replace('xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"', f'xmlns:x="{MAIN[1:-1]}"').encode()

    def prefixed(xml):
        text = bare(xml).decode()
        return re.sub(r"<(/?)(?![?!/])(?!\w+:)(\w)", r"<\1x:\2", text).encode()

    strange = with_parts(rich, xl__worksheets__sheet1=prefixed)
    made = annotate(strange, returned(finding("Số liệu!C2"), finding("Số liệu!B3")))
    sheet = opened(made)["Số liệu"]
    assert (sheet["C2"].value, sheet["C3"].value) == (12.5, "=SUM(C2:C2)")
    assert sheet["C2"].fill.fgColor.rgb == sheet["B3"].fill.fgColor.rgb == TINTS[Severity.ERROR]


def test_strict_files_stay_strict(rich):
    def strict(xml):
        return (
            xml.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main")
            .replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships")
            .replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties", b"http://purl.oclc.org/ooxml/officeDocument/extendedProperties"
            )
        )

    names = [name for name in parts(rich) if name.endswith((".xml", ".rels"))]
    file = with_parts(rich, **{name.replace("/", "__"): strict for name in names if name != "[Content_Types].xml"})
    made = annotate(file, returned(finding("Số liệu!C2"), finding("Trắng!A1")))
    after = parts(made)

    for name in ("xl/worksheets/sheet4.xml", "xl/worksheets/sheet3.xml", "xl/comments2.xml", "xl/styles.xml"):
        assert b"schemas.openxmlformats.org/spreadsheetml" not in after[name], name
        assert b"schemas.openxmlformats.org/officeDocument" not in after[name], name
    assert b"http://purl.oclc.org/ooxml/officeDocument/relationships/comments" in after["xl/worksheets/_rels/sheet3.xml.rels"]
    assert annotate(made, returned(finding("Số liệu!C2"), finding("Trắng!A1"))) == made


def test_messages_are_text_whatever_they_begin_with(rich):
    hostile = ('=HYPERLINK("http://x")', "+1", "-1", "@x", "a\x00\x0b\ud800b", "<b>&amp;</b>", "_x000A_ dòng\nhai", "x" * 40000)
    made = annotate(rich, returned(*(finding(f"Số liệu!B{row}", message=text, hint=text) for row, text in enumerate(hostile, start=2))))
    sheet = opened(made)[RETURNED_SHEET]

    found = [sheet.cell(row, 5) for row in range(8, 8 + len(hostile))]
    assert {each.data_type for each in found} == {"s"}
    assert [each.value for each in found][:6] == ['=HYPERLINK("http://x")', "+1", "-1", "@x", "ab", "<b>&amp;</b>"]
    assert all(each.quotePrefix for each in found)
    assert b"<f>" not in parts(made)["xl/worksheets/sheet4.xml"]
    assert "_x005F_x000A_" in parts(made)["xl/worksheets/sheet4.xml"].decode(), "or Excel would read a line end"
    assert len(found[-1].value) < 32768


def test_the_same_arguments_give_the_same_bytes(sample):
    about = returned(finding("Biểu 02!K12"), finding("Biểu 04!G10", severity=Severity.WARNING))
    assert annotate(sample, about) == annotate(sample, about)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04abc", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_package_is_not_annotated(content):
    assert annotate(content, returned(finding())) is None


def test_a_broken_part_is_not_annotated(rich):
    assert annotate(with_parts(rich, xl__styles=b"<styleSheet"), returned(finding("Số liệu!C2"))) is None


def test_clean_takes_everything_out_again(rich, sample):
    for content, places in ((rich, ("Số liệu!C2", "Số liệu!A2", "Trắng!A1")), (sample, ("Biểu 02!K12", "Thông tin!B9", "Biểu 06!D11"))):
        before, after = parts(content), parts(clean(annotate(content, returned(*(finding(each) for each in places)))))

        assert set(after) == set(before)
        for name, old in before.items():
            if name.endswith((".xml", ".rels")) and name not in ("xl/styles.xml", "[Content_Types].xml"):
                ignored = ("activeTab", "firstSheet", "tabSelected")
                assert without(old, attributes=ignored, names=["author"]) == without(after[name], attributes=ignored, names=["author"]), name
            elif name.endswith(".vml"):
                assert shapes(old) == shapes(after[name])


def test_a_second_return_replaces_the_first(rich):
    both = returned(finding("Số liệu!C2"), finding("Số liệu!A2"), finding("Trắng!A1"))
    one = returned(finding("Số liệu!A2"))
    first = annotate(rich, both)

    assert annotate(first, both) == annotate(annotate(first, both), both)
    book = opened(annotate(with_cell(first, "Số liệu", "C2", 7), one))
    assert book.sheetnames == [RETURNED_SHEET, *SHEETS]
    assert book["Số liệu"]["C2"].fill.fgColor.rgb == "FFDDEBF7", "its own fill came back"
    assert book["Số liệu"]["C2"].value == 7
    assert book["Số liệu"]["C2"].comment is None
    assert book["Trắng"]["A1"].fill.fill_type is None
    assert book["Số liệu"]["A2"].comment.text.count("Lỗi cần sửa") == 1
    assert book["Số liệu"]["A2"].comment.text.startswith("Ghi chú của xã")
    assert [row[0].value for row in book[RETURNED_SHEET].iter_rows(min_row=8)] == [1]


def test_colours_go_even_if_the_list_was_deleted(rich):
    made = annotate(rich, returned(finding("Số liệu!A1"), finding("Số liệu!C2")))
    book = opened(made)
    del book[RETURNED_SHEET]
    saved = BytesIO()
    book.save(saved)
    sheet = opened(annotate(saved.getvalue(), returned(finding("Số liệu!C2"))))["Số liệu"]
    assert sheet["A1"].fill.fill_type is None
    assert sheet["A1"].comment is None
    assert sheet["C2"].fill.fgColor.rgb == TINTS[Severity.ERROR]


def test_an_order_of_reckoning_that_names_our_sheet_goes_with_it(rich):
    made = annotate(rich, returned(finding("Số liệu!C2")))
    relation = b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" Target="calcChain.xml"/>'
    override = b'<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/>'

    def saved(formula):
        return with_parts(
            made,
            **{
                "xl/calcChain.xml": b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="C3" i="1"/></calcChain>',
                "xl___rels__workbook.xml": lambda text: text.replace(b"</Relationships>", relation + b"</Relationships>"),
                "[Content_Types].xml": lambda text: text.replace(b"</Types>", override + b"</Types>"),
                "xl/worksheets/sheet4.xml": lambda text: text.replace(b"</sheetData>", b'<row r="99"><c r="A99">' + formula + b"</c></row></sheetData>"),
            },
        )

    left, gone = (parts(annotate(saved(formula), returned(finding("Số liệu!B2")))) for formula in (b"<v>1</v>", b"<f>1+1</f><v>2</v>"))
    assert "xl/calcChain.xml" in left
    assert "xl/calcChain.xml" not in gone
    assert b"calcChain" not in gone["[Content_Types].xml"]
    assert b"calcChain" not in gone["xl/_rels/workbook.xml.rels"]


def test_absolute_targets(rich):
    def absolute(text):
        return (
            text.replace(b'Target="worksheets', b'Target="/xl/worksheets')
            .replace(b'Target="../', b'Target="/xl/')
            .replace(b'Target="styles', b'Target="/xl/styles')
        )

    names = [name.replace("/", "__") for name in parts(rich) if name.endswith(".rels")]
    made = annotate(with_parts(rich, **dict.fromkeys(names, absolute)), returned(finding("Số liệu!A2"), finding("Trắng!A1")))
    book = opened(made)
    assert book["Số liệu"]["A2"].comment.text.count("mtqg") == 1
    assert book["Trắng"]["A1"].fill.fgColor.rgb == TINTS[Severity.ERROR]
    assert len([name for name in parts(made) if "comments" in name]) == 2


def test_what_cannot_be_drawn_or_named_gives_no_file_rather_than_a_bug_or_a_damaged_one(rich):
    endless = with_parts(rich, xl__worksheets__sheet1=lambda xml: re.sub(rb'(<row [^>]*?)(?: ht="[^"]*")?>', rb'\1 ht="INF">', xml))
    shouting = with_parts(rich, xl__workbook=lambda xml: xml.replace("Trắng".encode(), RETURNED_SHEET.upper().encode()))

    assert annotate(endless, returned(finding("Số liệu!C2"))) is None
    assert annotate(shouting, returned(finding("Số liệu!C2"))) is None


def test_the_rows_above_a_box_are_added_up_once_however_many_boxes_there_are(rich, monkeypatch):
    asked = []
    height = Grid.height
    monkeypatch.setattr(Grid, "height", lambda grid, row: asked.append(row) or height(grid, row))
    annotate(rich, returned(*(finding(f"Số liệu!C{row}") for row in range(10, 410))))

    assert len(asked) < 400 * 20

"""Legal spellings of a sheet that the patterns of the scan do not know: none raises, none loses a mark."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqg_cli.core.sheet import RawCell, Unreadable
from mtqg_cli.intake.limits import Refused, check_size
from mtqg_cli.intake.read import read_folder
from mtqg_cli.intake.scan import look_closely, scan_sheet
from mtqg_cli.intake.styles import Styles, read_styles
from mtqg_cli.intake.workbook import read_workbook

MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
COLUMNS = b'<cols><col min="2" max="3" width="9" hidden="1"/><col min="5" max="16384" hidden="true"/></cols>'
ROWS = (
    b'<row r="1"><c r="A1" s="1"><v>0.5</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C1"><f>A1*2</f></c></row>'
    b'<row r="2" hidden="1"><c r="A2"><f t="shared" ref="A2:B2" si="0">A1+1</f><v>1.5</v></c><c r="B2"><f t="shared" si="0"/><v>1</v></c></row>'
    b'<row r="3"><c r="A3" t="str"><f>IF(A1=\'x\'!B1,"h&#7875;","&lt;")</f><v></v></c><c r="B3"><v>7</v></c><c r="C3"><f>A1</f><v>1</v></c></row>'
)
PLAIN = b"<worksheet " + MAIN + b">" + COLUMNS + b"<sheetData>" + ROWS + b'</sheetData><mergeCells count="1"><mergeCell ref="B3:C3"/></mergeCells></worksheet>'
NO_NAMES = PLAIN.replace(b' r="A1"', b"").replace(b' r="B1"', b"").replace(b' r="B2"', b"").replace(b' r="B3"', b"")
SPELLINGS = {
    "single quotes": PLAIN.replace(b'"', b"'").replace(b"IF(A1='x'!B1,'h&#7875;','&lt;')", b"IF(A1='x'!B1,&quot;h&#7875;&quot;,&quot;&lt;&quot;)"),
    "single quotes, another order": PLAIN.replace(b'r="A1" s="1"', b"s='1' r='A1'"),
    "one quoted otherwise": PLAIN.replace(b'r="B1" t="e"', b"r=\"B1\" t='e'"),
    "a hidden row quoted otherwise": PLAIN.replace(b'hidden="1">', b"hidden='1'>"),
    "a hidden column quoted otherwise": PLAIN.replace(b'max="3"', b"max='3'"),
    "a shared formula quoted otherwise": PLAIN.replace(b't="shared" si="0"', b"t='shared' si='0'"),
    "spaces around the sign": PLAIN.replace(b't="e"', b't = "e"'),
    "line ends": PLAIN.replace(b'<c r="B1" t="e"', b'<c\nr="B1"\n\tt="e"\n'),
    "cells without names": NO_NAMES,
    "rows and cells without names": NO_NAMES.replace(b' r="1"', b"").replace(b' r="2"', b"").replace(b' r="A2"', b""),
    "a hidden row without a number": PLAIN.replace(b'<row r="2"', b"<row"),
    "a comment": PLAIN.replace(b'<c r="C1"><f>', b'<c r="C1"><!-- <c r="A1"> --><f>'),
    "CDATA": PLAIN.replace(b"<f>A1*2</f>", b"<f><![CDATA[A1*2]]></f>"),
    "a prefix in one row": re.sub(rb'<row r="2".*?</row>', lambda row: re.sub(rb"<(/?)", rb"<\1x:", row[0]), PLAIN).replace(
        MAIN, MAIN + MAIN.replace(b"xmlns=", b" xmlns:x=")
    ),
    "a prefix": PLAIN.replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"xmlns=", b"xmlns:x="),
}


def workbook(xml):
    """A workbook of XlsxWriter with its first sheet's part exchanged; style 1 is a percent."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    book.add_worksheet("Biểu").write("A1", 0.5, book.add_format({"num_format": "0.0%"}))
    book.close()
    result = io.BytesIO()
    with zipfile.ZipFile(content) as source, zipfile.ZipFile(result, "w") as target:
        for item in source.infolist():
            target.writestr(item, xml if item.filename == "xl/worksheets/sheet1.xml" else source.read(item))
    return result.getvalue()


def seen(xml):
    sheet = read_workbook("a.xlsx", workbook(xml)).sheets[0]
    cells = {(row, column): sheet.cell(row, column) for row in range(1, 4) for column in range(1, 4)}
    return cells, sheet.formulas, sheet.hidden_rows, sheet.hidden_columns


def test_the_plain_spelling_is_read_by_patterns():
    cells, formulas, rows, columns = seen(PLAIN)

    assert not scan_sheet(PLAIN, Styles(("1",))).second_look
    assert cells[1, 1] == RawCell("number", 0.5, None, percent=True)
    assert cells[1, 2] == RawCell("error", "#DIV/0!", "=1/0")
    assert cells[1, 3] == RawCell("formula_without_value", None, "=A1*2")
    assert formulas == {(1, 2): "=1/0", (1, 3): "=A1*2", (2, 1): "=A1+1", (2, 2): "=B1+1", (3, 1): '=IF(A1=\'x\'!B1,"hể","<")', (3, 3): "=A1"}
    assert (rows, columns) == ({2}, {2, 3, *range(5, 257)})


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_gives_the_same_marks(spelling):
    xml = SPELLINGS[spelling]

    assert xml != PLAIN
    assert seen(xml) == seen(PLAIN)


@pytest.mark.parametrize("spelling", [name for name in SPELLINGS if name != "line ends"])
def test_what_the_patterns_do_not_know_gets_the_second_look(spelling):
    assert scan_sheet(SPELLINGS[spelling], Styles(("1",))).second_look


@pytest.mark.parametrize(
    "content",
    [
        b"<c r=\"A1\"><f>IF(B1='x',1,2)</f><v>1</v></c>",
        b'<c r="A1" t="inlineStr"><is><t>c r=\'A1\' = ></t></is></c>',
        b'<c r="A1" t="str"><f>A2</f><v xml:space="preserve"> a=\'b\' </v></c>',
    ],
)
def test_quotes_in_texts_are_no_other_spelling(content):
    assert not scan_sheet(b"<worksheet><sheetData><row>" + content + b"</row></sheetData></worksheet>", Styles()).second_look


def test_a_formula_ends_in_its_own_cell():
    xml = PLAIN.replace(b"<f>A1</f><v>1</v>", b'<f>A1</f><v xml:space="preserve">1</v>')

    assert seen(xml) == seen(PLAIN)


@pytest.mark.parametrize(
    "spoilt",
    [
        PLAIN.replace(b'r="B1"', b'r="99"'),
        PLAIN.replace(b'<row r="2"', b'<row r="x"'),
        PLAIN.replace(b'min="2"', b'min="x"'),
        PLAIN.replace(b'min="2"', b""),
        PLAIN.replace(b"#DIV/0!", b"\xff"),
        PLAIN.replace(b"'x'", b"\xff"),
        SPELLINGS["single quotes"].replace(b"</row>", b"", 1),
    ],
)
def test_what_cannot_be_understood_is_damaged_and_no_traceback(tmp_path, spoilt):
    (tmp_path / "a.xlsx").write_bytes(workbook(spoilt))

    (found,) = read_folder(tmp_path)

    assert isinstance(found, Unreadable)
    assert found.reason == "damaged"
    assert found.detail


def test_what_the_scan_did_not_foresee_is_damaged(monkeypatch):
    def broken(*_):
        raise KeyError("r")

    monkeypatch.setattr("mtqg_cli.intake.xlsx.scan_sheet", broken)

    with pytest.raises(Refused) as caught:
        read_workbook("a.xlsx", workbook(PLAIN))
    assert caught.value.reason == "damaged"


@pytest.mark.parametrize("cell", [b"<c><v>1</v></c>", b"<c/>", b"<c\n><v>1</v></c>"])
def test_a_flood_of_cells_without_names_is_refused_too(monkeypatch, cell):
    monkeypatch.setattr("mtqg_cli.intake.limits.MAX_CELLS", 100)

    with pytest.raises(Refused) as caught:
        check_size(b"<worksheet><sheetData><row>" + cell * 101 + b"</row></sheetData></worksheet>")
    assert caught.value.reason == "too_large"


def test_a_flood_of_rows_without_numbers_is_refused_too(monkeypatch):
    monkeypatch.setattr("mtqg_cli.intake.limits.MAX_ROWS", 100)

    with pytest.raises(Refused) as caught:
        check_size(b"<worksheet><sheetData>" + b"<row/>" * 101 + b"</sheetData></worksheet>")
    assert caught.value.reason == "too_large"


def test_percent_formats_in_every_spelling():
    styles = b'<styleSheet %s><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%%"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    styles += b'<cellXfs><xf numFmtId="0"/><xf numFmtId="164"><alignment/></xf><xf numFmtId="2"/><xf numFmtId="10"/></cellXfs></styleSheet>'
    plain = styles % MAIN

    assert read_styles(plain).percent == ("1", "3")
    assert read_styles(plain.replace(b'"', b"'")).percent == ("1", "3")
    assert read_styles(plain.replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"xmlns=", b"xmlns:x=")).percent == ("1", "3")


def test_openpyxl_sees_the_same_in_cells_without_names():
    content = workbook(
        SPELLINGS["rows and cells without names"].replace(b' t="shared" ref="A2:B2" si="0"', b"").replace(b'<f t="shared" si="0"/>', b"<f>B1+1</f>")
    )
    formulas = openpyxl.load_workbook(io.BytesIO(content)).active
    sheet = read_workbook("a.xlsx", content).sheets[0]

    for row in formulas.iter_rows(max_row=2):
        for cell in row:
            if cell.data_type == "f":
                assert sheet.formulas[cell.row, cell.column] == cell.value
            elif cell.value is not None:
                assert sheet.cell(cell.row, cell.column).value == cell.value


def of_cells(*cells):
    return workbook(b"<worksheet " + MAIN + b"><sheetData>" + b"".join(b"<row>" + cell + b"</row>" for cell in cells) + b"</sheetData></worksheet>")


@pytest.mark.parametrize("spelling", [b'<c r="%s"><v>1</v></c>', b"<c r='%s'><v>1</v></c>"])
@pytest.mark.parametrize(("cell", "where"), [(b"B1048576", "dòng 1048576"), (b"XFD5000", "cột XFD")])
def test_one_stray_cell_does_not_take_the_machines_memory(spelling, cell, where):
    with pytest.raises(Refused) as caught:
        read_workbook("a.xlsx", of_cells(b'<c r="ZZ1"><v>1</v></c>', spelling % cell))
    assert caught.value.reason == "too_large"
    assert where in caught.value.detail


def test_a_long_and_narrow_sheet_is_read():
    sheet = read_workbook("a.xlsx", of_cells(b'<c r="A1"><v>1</v></c>', b'<c r="B1048576"><v>2</v></c>')).sheets[0]

    assert sheet.cell(1048576, 2).value == 2


def test_empty_cells_far_out_are_no_content():
    sheet = read_workbook("a.xlsx", of_cells(b'<c r="A1"><v>1</v></c>', b'<c r="XFD1048576" s="0"/>')).sheets[0]

    assert len(sheet.rows) == 1


WORDS = st.sampled_from([b"A1*2", b"SUM(A1:B2)", b"IF(A1=1,&quot;x&quot;,2)", b"&lt;"])
FORMULAS = st.one_of(
    st.just(b""),
    WORDS.map(lambda text: b"<f>%s</f>" % text),
    WORDS.map(lambda text: b'<f t="array" ref="A1:A1">%s</f>' % text),
    st.just(b'<f t="shared" ref="A1:C9" si="0">A1+1</f>'),
    st.sampled_from([b'<f t="shared" si="0"/>', b'<f t="shared" si="0"></f>', b"<f/>", b'<f ca="1"/>']),
)
CELLS = st.tuples(
    st.sampled_from([b"", b' s="0"', b' s="1"', b' s="2"', b' s="12"']),
    st.sampled_from([b"", b' t="n"', b' t="str"', b' t="e"', b' t="b"']),
    FORMULAS,
    st.sampled_from([b"", b"<v/>", b"<v></v>", b"<v>1</v>", b"<v>#N/A</v>", b'<v xml:space="preserve"> 1 </v>']),
)
GRIDS = st.lists(
    st.tuples(
        st.integers(1, 3), st.sampled_from([b"", b' hidden="1"', b' hidden="0"', b' hidden="true"', b' ht="15" customHeight="1"']), st.lists(CELLS, max_size=4)
    ),
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(grid=GRIDS, columns=st.lists(st.tuples(st.integers(1, 9), st.integers(0, 4), st.booleans()), max_size=3))
def test_the_patterns_see_what_the_parser_sees(grid, columns):
    body, number = b"", 0
    for step, about, cells in grid:
        number += step
        row = b"".join(
            b'<c r="%c%d"%s%s>%s%s</c>' % (65 + index, number, style, kind, formula, value) for index, (style, kind, formula, value) in enumerate(cells)
        )
        body += b'<row r="%d"%s>%s</row>' % (number, about, row)
    cols = b"".join(b'<col min="%d" max="%d"%s/>' % (first, first + more, b' hidden="1"' if hidden else b"") for first, more, hidden in columns)
    xml = b"<worksheet " + MAIN + b">" + (b"<cols>%s</cols>" % cols if cols else b"") + b"<sheetData>" + body + b"</sheetData></worksheet>"
    styles = Styles(("1", "12"), {"2": "TCVN3", "12": "VNI"})
    quick = scan_sheet(xml, styles)

    assert not quick.second_look
    assert quick == look_closely(xml, styles)

"""Workbooks as they are read: formulas with and without results, other spellings, folders; what lies in them is not touched."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
import xlsxwriter

from mtqg_cli.intake.limits import Refused
from mtqg_cli.intake.read import read_folder
from mtqg_cli.intake.workbook import read_workbook


def by_xlsxwriter():
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet("Biểu 02")
    percent = book.add_format({"num_format": "0.0%"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.merge_range("B2:D3", "Gộp ô")
    sheet.write("C5", 4)
    sheet.write("AB12", "xa & gần <1>")
    sheet.write("D5", 0.152, percent)
    sheet.write_blank("E5", None, percent)
    sheet.write_formula("F5", "=C5+1", None, 5)
    sheet.write_formula("G5", "=1/0", None, "#DIV/0!")
    sheet.write_formula("H5", '=IF(C5>1,"","x")', None, "")
    sheet.write_datetime("I5", dt.datetime(2024, 6, 20), day)
    sheet.write_boolean("J5", True)
    sheet.set_row(7, None, None, {"hidden": True})
    sheet.write("A8", "dòng ẩn")
    sheet.set_column("M:N", None, None, {"hidden": True})
    book.add_worksheet("Ẩn").hide()
    book.close()
    return content.getvalue()


def by_openpyxl():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 02"
    sheet["C5"], sheet["D5"], sheet["E5"] = 12, 0.5, "=C5*2"
    sheet["D5"].number_format = "0%"
    sheet["F5"] = "=SUM(C5:D5)"
    sheet["A9"] = "NFD: Hò"
    sheet.row_dimensions[9].hidden = True
    sheet.merge_cells("A1:C2")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_text_formula_may_be_empty_but_a_formula_without_any_result_is_told():
    sheet = read_workbook("a.xlsx", by_xlsxwriter()).sheets[0]
    saved = read_workbook("b.xlsx", by_openpyxl()).sheets[0]

    assert sheet.cell(5, 6).value == 5
    assert saved.cell(5, 5).kind == "formula_without_value"


def test_shared_formulas_are_written_out():
    content = rewritten(by_xlsxwriter(), b"<f>C5+1</f>", b'<f t="shared" ref="F5:F6" si="0">C5+1</f>')
    content = rewritten(content, b'<row r="8"', b'<row r="6"><c r="F6"><f t="shared" si="0"/><v>7</v></c></row><row r="8"')

    assert read_workbook("a.xlsx", content).sheets[0].cell(6, 6).formula == "=C6+1"


def test_a_part_in_another_spelling_gets_the_second_look():
    content = rewritten(by_xlsxwriter(), b"<c r=", b"<c  r=", everywhere=True)
    content = rewritten(content, b'<row r="5"', b"<row r='5'")

    sheet = read_workbook("a.xlsx", content).sheets[0]

    assert sheet.cell(5, 7).value == "#DIV/0!"
    assert sheet.cell(5, 4).percent


def test_a_false_used_range_loses_no_row():
    content = rewritten(by_openpyxl(), b'<dimension ref="A1:F9"', b'<dimension ref="A1:A1"')

    assert read_workbook("a.xlsx", content).sheets[0].cell(9, 1).value == "NFD: Hò"


def rewritten(content, old, new, *, everywhere=False):
    """The package with bytes of its first sheet exchanged."""
    import zipfile

    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(result, "w") as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "xl/worksheets/sheet1.xml":
                assert old in data
                data = data.replace(old, new) if everywhere else data.replace(old, new, 1)
            target.writestr(item, data)
    return result.getvalue()


def test_a_folder_is_read_whole_in_order_of_names(tmp_path):
    (tmp_path / "b.xlsx").write_bytes(by_openpyxl())
    (tmp_path / "a.xlsx").write_bytes(by_openpyxl())
    (tmp_path / "~$a.xlsx").write_bytes(b"owner")
    (tmp_path / "Thumbs.db").write_bytes(b"")

    assert [each.file for each in read_folder(tmp_path)] == ["a.xlsx", "b.xlsx"]


def test_reading_changes_nothing(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(by_openpyxl())
    before = (path.read_bytes(), path.stat().st_mtime_ns)

    read_folder(tmp_path)

    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


@pytest.mark.parametrize("value", [b"&#49;&#x32;", b"1<!-- 0 -->2", b"1<?x?>2", b"<![CDATA[12]]>", b"1<![CDATA[2]]>"])
def test_a_number_is_the_one_that_excel_shows_however_it_is_spelled(value):
    content = rewritten(by_openpyxl(), b"<v>12</v>", b"<v>" + value + b"</v>")

    assert read_workbook("a.xlsx", content).sheets[0].cell(5, 3).value == 12


@pytest.mark.parametrize(
    "cell", [b'<c r="C5" t="s"><v>x</v></c>', b'<c r="C5" t="s"><v>-1</v></c>', b"<c t='s' r='C5'><v>1.0</v></c>", b'<c r="C5"><v>1</v><v>2</v></c>']
)
def test_a_value_that_nobody_can_know_is_refused(cell):
    content = rewritten(by_xlsxwriter(), b'<c r="C5"><v>4</v></c>', cell)

    with pytest.raises(Refused, match="damaged"):
        read_workbook("a.xlsx", content)

"""Cell by cell, intake sees what openpyxl sees: over the samples and a corpus by three programs, converted back and forth."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import subprocess
import warnings
import zipfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.formula import ArrayFormula

from mtqg_cli.intake.workbook import read_workbook

NFD = "Ho\u0300 Bi\u0300nh"
TEXTS = ["Thôn Bình Hồ", NFD, " có  dấu cách ", "dòng 1\ndòng 2", "a & b <c> \"d\" 'e'", "x" * 32_767, "😀 ký tự ngoài BMP", "'1234", "=1+1", "\u00a0"]
NUMBERS = [0, 1, -1, 0.1 + 0.2, 1 / 3, 12345678901234.5, 1e-9, 1e15, 999999999999999, 5989.0]
DAYS = [dt.datetime(2024, 6, 20), dt.datetime(2024, 2, 29, 13, 30), dt.datetime(1999, 12, 31), dt.datetime(2050, 1, 1)]


def by_xlsxwriter(**options):
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"strings_to_formulas": False, **options})
    book.set_calc_mode("auto")
    percent, day = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Biểu 02")
    sheet.set_column("H:I", None, None, {"hidden": True})
    for row in range(12):
        sheet.set_row(row, None, None, {"hidden": row in (4, 5)})
        if row < len(TEXTS):
            sheet.write_string(row, 0, TEXTS[row])
        if row < len(NUMBERS):
            sheet.write_number(row, 1, NUMBERS[row])
            sheet.write_number(row, 2, NUMBERS[row], percent)
        if row < len(DAYS):
            sheet.write_datetime(row, 3, DAYS[row], day)
        sheet.write_boolean(row, 4, row % 2 == 0)
        sheet.write_formula(row, 5, f"=B{row + 1}*2", percent if row % 3 == 0 else None, row * 2)
        sheet.write_blank(row, 7, None, percent)
    for row, error in enumerate(["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"]):
        sheet.write_formula(row, 6, "=1/0" if row == 0 else f'=INDIRECT("x{row}")', None, error)
    if not options.get("constant_memory"):
        sheet.write_rich_string(13, 0, "Thôn ", book.add_format({"bold": True}), "Bình", " Hồ")
        sheet.write_array_formula("B14:B14", "{=SUM(B1:B3*2)}", None, 2)
        sheet.merge_range("C15:E16", "Gộp ô")
        sheet.write("AB20", "xa")
    hidden = book.add_worksheet("Ẩn")
    hidden.hide()
    book.add_worksheet("Rất ẩn").very_hidden()
    book.add_worksheet("Trống")
    book.add_chartsheet("Biểu đồ").set_chart(chart_of(book))
    book.close()
    return content.getvalue()


def chart_of(book):
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "='Biểu 02'!$B$1:$B$3"})
    return chart


def by_openpyxl():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 02 "
    for row, text in enumerate(TEXTS, start=1):
        sheet.cell(row, 1).value = text
        sheet.cell(row, 1).data_type = "s"
    for row, number in enumerate(NUMBERS, start=1):
        sheet.cell(row, 2, number)
        sheet.cell(row, 3, number).number_format = "0%"
    for row, day in enumerate(DAYS, start=1):
        sheet.cell(row, 4, day)
    sheet["E1"], sheet["E2"], sheet["E3"] = True, "=B1*2", "=SUM(B1:B4)"
    sheet["E4"], sheet["E4"].data_type = "#N/A", "e"
    sheet.row_dimensions[9].hidden = True
    sheet.merge_cells("G1:H2")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def rewritten(content, part, *changes):
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(result, "w") as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == part:
                for old, new in changes:
                    assert re.search(old, data), old
                    data = re.sub(old, new, data, count=1)
            target.writestr(item, data)
    return result.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
CORPUS = {
    "xlsxwriter": by_xlsxwriter,
    "xlsxwriter 1904": lambda: by_xlsxwriter(date_1904=True),
    "inline strings": lambda: by_xlsxwriter(constant_memory=True),
    "openpyxl": by_openpyxl,
    "shared formulas": lambda: rewritten(
        by_xlsxwriter(),
        SHEET,
        (rb"<f>B2\*2</f>", b'<f t="shared" ref="F2:F4" si="0">B2*2</f>'),
        (rb"<f>B3\*2</f>", b'<f t="shared" si="0"/>'),
        (rb"<f>B4\*2</f>", b'<f t="shared" si="0"></f>'),
    ),
    "phonetic hints": lambda: rewritten(
        by_xlsxwriter(),
        "xl/sharedStrings.xml",
        ("<si><t>Thôn Bình Hồ</t></si>".encode(), "<si><t>Thôn Bình Hồ</t><rPh sb='0' eb='1'><t>đọc</t></rPh></si>".encode()),
    ),
    "a false used range": lambda: rewritten(by_xlsxwriter(), SHEET, (rb'<dimension ref="[^"]*"', b'<dimension ref="A1"')),
    "a false wide range": lambda: rewritten(by_xlsxwriter(), SHEET, (rb'<dimension ref="[^"]*"', b'<dimension ref="C3:ZZ99"')),
    "no results": lambda: rewritten(by_xlsxwriter(), SHEET, (rb"(<f>B2\*2</f>)<v>2</v>", rb"\1"), (rb"(<f>B3\*2</f>)<v>4</v>", rb"\1<v></v>")),
}


@pytest.mark.parametrize("name", CORPUS)
def test_the_corpus(name):
    assert_sees_what_openpyxl_sees(CORPUS[name]())


@pytest.mark.parametrize("options", [{}, {"constant_memory": True}])
def test_escaped_characters_are_what_excel_shows(options):
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, options)
    book.add_worksheet().write_string("A1", "_x0041_ và \x01")
    book.close()

    assert read_workbook("a.xlsx", content.getvalue()).sheets[0].value(1, 1) == "_x0041_ và \x01"


@pytest.mark.parametrize("period", ["2023", "6m2024"])
def test_the_samples(dam_ha, period):
    for path in sorted(dam_ha.data_folder(dam_ha.period(period)).glob("*.xlsx")):
        assert_sees_what_openpyxl_sees(path.read_bytes())


@pytest.fixture(scope="module")
def converted(tmp_path_factory, dam_ha, period):
    """The corpus as LibreOffice saves it: as .xlsx over .ods, and as .xls; a commune's and the unit's own workbook with it."""
    folder = tmp_path_factory.mktemp("lo")
    for index, name in enumerate(("xlsxwriter", "xlsxwriter 1904", "openpyxl")):
        (folder / f"{index}.xlsx").write_bytes(CORPUS[name]())
    for name in ("quang-lam.xlsx", "don-vi.xlsx"):
        shutil.copy(dam_ha.data_folder(period) / name, folder / name)
    originals = sorted(folder.glob("*.xlsx"))

    def convert(form, target, sources):
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", form, "--outdir", folder / target]
        subprocess.run([*command, *sources], check=True, capture_output=True, timeout=180)
        return sorted((folder / target).iterdir())

    return {
        "xlsx": convert("xlsx:Calc MS Excel 2007 XML", "back", convert("ods", "ods", originals)),
        "xls": convert("xls", "xls", originals),
        "from": originals,
    }


def test_workbooks_saved_by_libreoffice(converted):
    assert len(converted["xlsx"]) == 5
    for path in converted["xlsx"]:
        assert_sees_what_openpyxl_sees(path.read_bytes())


def test_an_old_workbook_says_what_its_twin_says(converted):
    assert len(converted["xls"]) == 5
    for old_path, path in zip(converted["xls"], converted["from"], strict=True):
        if path.name == "2.xlsx":  # its formulas have no results, which LibreOffice adds
            continue
        old, new = read_workbook(old_path.name, old_path.read_bytes()), read_workbook(path.name, path.read_bytes())
        assert (old.form, new.form) == ("xls", "xlsx")
        assert [each.name for each in new.sheets] == [each.name for each in old.sheets if each.name != "Biểu đồ"]  # it makes a sheet of a chart sheet
        for one, other in zip(old.sheets, new.sheets, strict=False):
            assert_same_but_for_formulas(one, other)


def assert_same_but_for_formulas(old, new):
    width = max((len(row) for row in new.rows), default=0)
    for row in range(1, new.height + 1):
        for column in range(1, width + 1):
            one, other = old.cell(row, column), new.cell(row, column)
            assert (one is None) == (other is None), (row, column, one, other)
            if (
                one is not None and other.formula != "=SUM(B1:B3*2)" and not (isinstance(other.value, str) and other.formula)
            ):  # of these LibreOffice writes no results
                assert (one.kind, one.percent) == (other.kind, other.percent), (row, column)
                assert one.kind == "bool" or (one.formula is None) == (other.formula is None), (row, column)  # it writes =TRUE()
                assert one.value == (pytest.approx(other.value, rel=1e-14) if one.kind == "number" else other.value), (row, column)
    assert (old.hidden, old.hidden_rows, set(old.merged)) == (new.hidden, new.hidden_rows, set(new.merged))
    assert old.hidden_columns & set(range(1, width + 1)) == new.hidden_columns & set(range(1, width + 1))


def assert_sees_what_openpyxl_sees(content):
    workbook = read_workbook("thu.xlsx", content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of extensions that it drops
        formulas = openpyxl.load_workbook(io.BytesIO(content))
        values = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    assert [sheet.name for sheet in workbook.sheets] == [sheet.title for sheet in formulas.worksheets]
    for sheet in workbook.sheets:
        theirs = formulas[sheet.name]
        width = max((len(row) for row in sheet.rows), default=0)
        for row in range(1, max(sheet.height, theirs.max_row) + 1):
            for column in range(1, max(width, theirs.max_column) + 1):
                compare(sheet.cell(row, column), theirs.cell(row, column), values[sheet.name].cell(row, column))
        assert sheet.hidden_rows == {number for number, about in theirs.row_dimensions.items() if about.hidden}
        dimensions = [about for about in theirs.column_dimensions.values() if about.hidden]
        assert sheet.hidden_columns == {number for about in dimensions for number in range(about.min, min(about.max, 256) + 1)}
        assert sheet.hidden == (theirs.sheet_state != "visible")
        assert set(sheet.merged) == {(each.min_row, each.min_col, each.max_row, each.max_col) for each in theirs.merged_cells.ranges}


def compare(ours, formula, value):
    where, seen = formula.coordinate, value.value
    text = formula.value.text if isinstance(formula.value, ArrayFormula) else formula.value
    if formula.data_type == "f" and seen is None:
        assert ours is None or (ours.kind, ours.formula) == ("formula_without_value", text), where
    elif seen is None or (isinstance(seen, str) and not seen.strip()):
        assert ours is None, where
    elif value.data_type == "e":
        assert (ours.kind, ours.value) == ("error", seen), where
    elif isinstance(seen, dt.datetime):
        found = ours.value if isinstance(ours.value, dt.datetime) else dt.datetime.combine(ours.value, dt.time())
        assert ours.kind == "date", where
        assert abs(found - seen) < dt.timedelta(milliseconds=1), where
    else:
        kind = "bool" if isinstance(seen, bool) else "number" if isinstance(seen, int | float) else "text"
        assert (ours.kind, ours.value) == (kind, seen), where
        assert ours.percent == ("%" in value.number_format), where
    if ours is not None:
        assert (ours.formula or "") == (text if formula.data_type == "f" else ""), where

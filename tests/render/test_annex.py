"""The Excel annex: the Word tables cell by cell, formulas that LibreOffice agrees with, and nothing that a workbook's text can do.

LibreOffice is needed, as README says: without it these tests fail.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.table import Table
from docx.text.paragraph import Paragraph
from openpyxl.utils import get_column_letter

from mtqg_cli.cli.app import run
from mtqg_cli.core.figure import Source, Text
from mtqg_cli.core.location import Location
from mtqg_cli.core.report import Record, SourceCell
from mtqg_cli.reference.table import TableRow
from mtqg_cli.render.documents.xlsx import render, sheet_names

SOFFICE = shutil.which("soffice") or "soffice"
DATA = "Dữ liệu"
#: LibreOffice works everything out again when it opens a workbook, whoever made it.
ALWAYS = (
    '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    '<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>'
    "</oor:items>"
)
GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "huong-dan" / "phu-luc-excel.md").read_text(encoding="utf-8")
#: The table that the guide shows.
PLANS = re.search(r"```toml\n(.*?)```", GUIDE, re.DOTALL)[1]


def recalculated(paths, scratch):
    """The workbooks as LibreOffice saves them after working out every formula; started once for all of them."""
    profile = scratch / "profile"
    if not profile.exists():
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    command = [
        SOFFICE,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        "xlsx:Calc MS Excel 2007 XML",
        "--outdir",
        scratch / "lo",
        *paths,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return [openpyxl.load_workbook(scratch / "lo" / path.name, data_only=True) for path in paths]


def shown(value, code):
    """What a person sees of a cell in a Vietnamese Excel; written from the rules of number formats, not from the program."""
    if value is None or isinstance(value, str):
        return value or ""
    sections = code.split(";")
    conditions = [(Decimal(match[1]), each[match.end() :]) for each in sections if (match := re.match(r"\[=(\d+)\]", each))]
    number = Decimal(repr(value))
    special = next((section for limit, section in conditions if number == limit), None)
    if special is None and conditions:
        special = sections[-1]
    if special is None:
        special = sections[0] if number > 0 or len(sections) == 1 else sections[1] if number < 0 else sections[2]
        number = abs(number) if number < 0 and len(sections) > 1 else number
    lead = "-" if special.startswith("-") else ""
    decimals = len(special.partition(".")[2])
    rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return lead + f"{rounded:,f}".translate(str.maketrans(",.", ".,"))


def word_tables(path):
    """Every annex table with its title."""
    found, title = [], None
    for block in docx.Document(path).element.body:
        if block.tag.endswith("}p"):
            paragraph = Paragraph(block, None)
            title = paragraph.text if block.xpath('./w:pPr/w:pStyle[@w:val="TenPhuLuc"]') else title
        elif block.tag.endswith("}tbl") and title is not None:
            found.append((title, [[cell.text for cell in row.cells] for row in Table(block, docx.Document(path).part.document).rows]))
            title = None
    return found


def sheet_table(values, height):
    """The rows from the headings on, as a person sees them; merged cells show their text in all their parts."""
    first = int(values.print_title_rows.strip("$").split(":")[0].strip("$"))
    texts = {(cell.row, cell.column): shown(cell.value, cell.number_format) for row in values.iter_rows() for cell in row}
    for area in values.merged_cells.ranges:
        for row, column in area.cells:
            texts[row, column] = texts[area.min_row, area.min_col]
    return [[texts[row, column] for column in range(1, values.max_column + 1)] for row in range(first, first + height)]


def numbers(book):
    """All numbers of a workbook by sheet and cell."""
    return {(sheet.title, cell.coordinate): cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)}


def made(project, out, *more, period="6m2024"):
    wanted = [part for name in ("so-ket", "tong-ket", "phu-luc") for part in ("--template", name)]
    code = run(["report", "--project", str(project), "--period", period, *wanted, "--out", str(out), *more])
    return code, out / "so-ket.docx", out / "phu-luc.xlsx"


@pytest.fixture(scope="module")
def copies(tmp_path_factory, samples, full_project):
    """The documents of several projects: the samples, the one with every form, and a draft in which a commune and some cells are missing."""
    out = tmp_path_factory.mktemp("ra")
    found = {"đầm hà": made(samples / "dam-ha", out / "a")[1:], "đủ biểu": made(full_project.folder, out / "b")[1:]}
    poor = out / "thieu"
    shutil.copytree(samples / "dam-ha", poor, ignore=shutil.ignore_patterns("out", ".mtqg"))
    (poor / "data" / "6m2024" / "quang-lam.xlsx").unlink()
    book = openpyxl.load_workbook(poor / "data" / "6m2024" / "quang-an.xlsx")
    for cell in ("C10", "C11", "C12", "C13", "C14"):
        book["Biểu 02"][cell].value = None
    book["Biểu 04"]["I10"].value = 0
    book.save(poor / "data" / "6m2024" / "quang-an.xlsx")
    code, *paths = made(poor, out / "c", "--draft")
    assert code == 0
    others = {name: made(samples / folder, out / folder, period=period) for name, (folder, period) in OTHERS.items()}
    assert {name: each[0] for name, each in others.items()} == dict.fromkeys(OTHERS, 0)
    return {**found, **{name: each[1:] for name, each in others.items()}, "còn thiếu": tuple(paths)}


#: The other sample districts.
OTHERS = {"bình liêu": ("binh-lieu", "9m2021"), "nông cống": ("nong-cong", "5m2023"), "chợ đồn": ("cho-don", "8m2020"), "bạch thông": ("bach-thong", "2022")}
KINDS = ("đầm hà", "đủ biểu", "còn thiếu", *OTHERS)


@pytest.mark.parametrize("name", ["so-ket", "tong-ket"])
@pytest.mark.parametrize("kind", KINDS)
def test_word_and_excel_agree_cell_by_cell(copies, kind, name):
    document, workbook = copies[kind]
    tables = word_tables(document.with_name(f"{name}.docx"))
    book = openpyxl.load_workbook(workbook, data_only=True)

    assert len(tables) >= 5
    assert len(tables) < len(book.worksheets)
    for (title, rows), sheet in zip(tables, book.worksheets, strict=False):  # the annexes that only Excel has come after those of Word
        assert title in [sheet.cell(row, 1).value for row in range(1, 5)]
        assert sheet_table(sheet, len(rows)) == rows


@pytest.mark.parametrize("kind", ["nông cống", "bạch thông"])
def test_printed_shares_and_bands_close(copies, kind):
    tables = word_tables(copies[kind][0])
    closing = [rows for title, rows in tables if title.startswith(("SỐ XÃ THEO NHÓM", "KẾT QUẢ HUY ĐỘNG"))]

    assert len(closing) >= 2
    for head, total, *parts in closing:
        for column in range(2, len(head)):
            if head[column] != "Tên xã":
                whole, *each = (Decimal(row[column].replace(".", "").replace(",", ".")) for row in (total, *parts))
                assert sum(each) == whole, (head[column], kind)


def test_what_is_missing_is_missing_in_both(copies):
    rows = dict(word_tables(copies["còn thiếu"][0]))["DIỄN BIẾN HỘ NGHÈO 6 THÁNG ĐẦU NĂM 2024"]
    missing = next(row for row in rows if row[1] == "Xã Quảng Lâm")

    assert set(missing[2:]) == {"…"}
    values = openpyxl.load_workbook(copies["còn thiếu"][1], data_only=True)
    assert "DỰ THẢO" in [cell.value for cell in values.worksheets[0]["A"]]
    assert "DỰ THẢO" in values.worksheets[0].oddHeader.right.text
    assert any(str(cell.value).startswith("- Số liệu chưa bao gồm") for cell in values.worksheets[0]["A"])


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_is_a_formula(copies, kind):
    book = openpyxl.load_workbook(copies[kind][1])

    alone = {where: value for where, value in numbers(book).items() if where[0] != DATA}
    by_list = {(sheet.title, "C6") for sheet in book if sheet.title.endswith("Công nhận xã") and kind == "còn thiếu"}  # of all communes, not all have sent
    assert {where: value for where, value in alone.items() if value != 0 and where not in by_list} == {}  # 0 of nothing has no cell to count
    assert sum(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row) > 300


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    """Where LibreOffice works, with its profile."""
    return tmp_path_factory.mktemp("libreoffice")


@pytest.fixture(scope="module")
def worked_out(copies, scratch):
    """Each workbook with results that are wrong, and as it comes back: what is right there was worked out."""
    spoilt = {kind: scratch / f"{number}.xlsx" for number, kind in enumerate(KINDS)}
    for kind, path in spoilt.items():
        with zipfile.ZipFile(copies[kind][1]) as source, zipfile.ZipFile(path, "w") as target:
            for name in source.namelist():
                target.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f><v>77777</v>", source.read(name)))
    return dict(zip(KINDS, zip(spoilt.values(), recalculated(list(spoilt.values()), scratch), strict=True), strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_libreoffice_finds_the_same_results(copies, worked_out, kind):
    before = numbers(openpyxl.load_workbook(copies[kind][1], data_only=True))
    spoilt, book = worked_out[kind]
    after = numbers(book)

    assert 77777 in numbers(openpyxl.load_workbook(spoilt, data_only=True)).values()
    assert after == {where: pytest.approx(value, rel=1e-12, abs=1e-9) for where, value in before.items()}


HOUSEHOLDS, RANKED, PLANNED = "III. Hộ nghèo", "XI. Xếp hạng hộ nghèo", "V. Chỉ tiêu kế hoạch"
FUNDS, BY_SOURCE, BY_KIND = "I. Vốn, giải ngân", "II. Vốn theo nguồn", "X. Vốn theo loại"
CRITERIA, BANDS = "VI. Tiêu chí xã NTM 2021-2025", "VII. Nhóm xã NTM 2021-2025"


@pytest.mark.parametrize(
    ("place", "value", "moved"),
    [
        (
            ("Hộ nghèo đầu kỳ", "thôn Bình Hồ"),
            5,
            {HOUSEHOLDS: {"Tổng số": "DEMN", "Xã Quảng Lâm": "DEMN"}, RANKED: {"Toàn huyện": "DE", "Xã Quảng Lâm": "DE"}},
        ),
        (
            ("Số hộ thoát nghèo – Vượt chuẩn cận nghèo", "thôn Bình Hồ"),
            5,
            {
                HOUSEHOLDS: {"Tổng số": "FMNOP", "Xã Quảng Lâm": "FMNOP"},
                PLANNED: {"Giảm hộ nghèo": "EF"},
                RANKED: {"Toàn huyện": "DE", "Xã Quảng Lâm": "DE"},
            },
        ),
        (
            ("Kế hoạch vốn – Giao trong năm", "DTTS&MN, 3.2, NSTW, SN"),
            9000,
            {
                FUNDS: {"Tổng số": "DEJ", "Chương trình phát triển": "DEJ", "Hỗ trợ phát triển sản xuất theo chuỗi": "DEJ"},
                BY_SOURCE: {"Tổng số": "DEJK", "Chương trình phát triển": "DEJK", "Ngân sách Trung ương": "DEJKDEJK", "Tổng số, chia": "DEJK"},
                BY_KIND: {"Tổng số": "DEJK", "Chương trình phát triển": "DEJK", "Sự nghiệp": "DEJKDEJK", "Tổng số, chia": "DEJK"},
                "XII. Xếp hạng giải ngân": {"Toàn huyện": "CE", "Xã Quảng Lâm": "CE"},
            },
        ),
        (
            ("Đánh giá", "tiêu chí 9"),
            "Không đạt",
            {
                CRITERIA: {"Tổng số": "C", "Bình quân mỗi xã": "C", "Xã Quảng Lâm": "C"},
                BANDS: {"Đạt 19 tiêu chí": "CD", "Đạt 15-18 tiêu chí": "CD"},
            },
        ),
    ],
)
def test_a_changed_cell_moves_its_totals_and_nothing_else(copies, scratch, tmp_path, place, value, moved):
    path = tmp_path / "phu-luc.xlsx"
    original = openpyxl.load_workbook(copies["đầm hà"][1], data_only=True)
    book = openpyxl.load_workbook(copies["đầm hà"][1])
    places = [line[8] for line in book[DATA].iter_rows(min_row=5) if (line[1].value, line[6].value, line[5].value) == ("Xã Quảng Lâm", *place)]
    assert len(places) == 1
    places[0].value = value
    book.save(path)
    before, after = numbers(original), numbers(recalculated([path], scratch)[0])
    found = {}
    for (title, name), number in before.items():
        if title != DATA and after[title, name] != pytest.approx(number, rel=1e-12, abs=1e-9):
            label = original[title][f"B{name[1:]}"].value
            short = max((key for key in moved.get(title, ()) if label.startswith(key)), key=len, default=label)
            found.setdefault(title, {}).setdefault(short, []).append(name[0])

    assert {title: {label: "".join(columns) for label, columns in lines.items()} for title, lines in found.items()} == moved


def test_what_the_guide_follows_is_there(copies):
    sheet = openpyxl.load_workbook(copies["đầm hà"][1])["III. Hộ nghèo"]
    formulas = {cell.value for row in sheet.iter_rows() for cell in row}
    values = openpyxl.load_workbook(copies["đầm hà"][1], data_only=True)["III. Hộ nghèo"]

    assert set(re.findall(r"`(=SUM[^`]+)`", GUIDE)) <= formulas
    assert (values["B7"].value, values["M7"].value) == ("Tổng số", 8)


def test_the_same_report_is_the_same_bytes(copies, samples, tmp_path):
    again = made(samples / "dam-ha", tmp_path)[2]

    assert again.read_bytes() == copies["đầm hà"][1].read_bytes()
    with zipfile.ZipFile(again) as package:
        assert {item.date_time[:3] for item in package.infolist()} == {(1980, 1, 1)}
        assert b"2024-06-30" in package.read("docProps/core.xml")


def test_a_sheet_prints_like_the_annex_page(copies):
    for sheet in openpyxl.load_workbook(copies["đầm hà"][1]):
        assert (int(sheet.page_setup.paperSize), sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows
        assert sheet.print_area.endswith(f"${get_column_letter(sheet.max_column)}${sheet.max_row}")
        assert "&P" in sheet.oddFooter.center.text
        assert sheet.freeze_panes
        assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"Times New Roman"}


def test_every_cell_of_the_data_is_the_received_one(copies, samples):
    data = openpyxl.load_workbook(copies["đầm hà"][1], data_only=True)[DATA]
    books = {path.name: openpyxl.load_workbook(path, data_only=True) for path in (samples / "dam-ha" / "data" / "6m2024").glob("*.xlsx")}
    lines = [[cell.value for cell in line] for line in data.iter_rows(min_row=5)]

    assert len({(line[0], line[2], line[3], line[4]) for line in lines}) == len(lines) > 1000
    for period, _, file, sheet, cell, _, _, _, value in lines:
        assert period == "6 tháng đầu năm 2024"
        received = books[file][sheet][cell].value
        assert value == (received.strip() if isinstance(received, str) else received), (file, sheet, cell)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(1)", '=HYPERLINK("http://a","b")', "{=A1}", "http://example.com/", "mailto:a@b"])
def test_text_stays_text(make, dam_ha, text):
    tables = make.book.tables.values()
    works = tuple(Record({**each.values, "ten": Text(text), "xa": text}) for each in dam_ha.values["cac_cong_trinh"])
    money = works[0].values["ke_hoach"]
    place = Location(text, text, 9, 3)
    works = (Record({**works[0].values, "ke_hoach": replace(money, sources=(Source("addend", money.period, place),))}), *works[1:])
    cell = SourceCell(text, text, text, text, money.amount, money.scale)
    report = replace(dam_ha, values={**dam_ha.values, "cac_cong_trinh": works}, cells={(str(money.period), place): cell})
    book = openpyxl.load_workbook(BytesIO(render(tables, report, "a.xlsx").content))
    found = [each for sheet in book for row in sheet.iter_rows() for each in row if each.value == text]

    assert len(found) >= len(works) + 6
    assert {each.data_type for each in found} == {"s"}
    assert [each for each in found if each.hyperlink] == []


def test_characters_that_no_document_may_hold(make, dam_ha):
    bad = "công trình\x01 A\ufffe"
    works = tuple(Record({**each.values, "ten": Text(bad)}) for each in dam_ha.values["cac_cong_trinh"])
    report = replace(dam_ha, values={**dam_ha.values, "cac_cong_trinh": works})

    assert openpyxl.load_workbook(BytesIO(render(make.book.tables.values(), report, "a.xlsx").content))


def test_no_data_no_tables(make, empty):
    report = replace(empty, values={**empty.values, "cap_giao": ()})
    book = openpyxl.load_workbook(BytesIO(render(make.book.tables.values(), report, "a.xlsx").content))

    assert book.sheetnames == ["I. Nội dung xác nhận", DATA]
    assert numbers(book) == {}


@pytest.mark.parametrize(
    ("over", "called", "has", "count"),
    [
        ("", "", (), 0),
        ("", "", ("ho_ngheo_dau_ky",), 1),
        ("", "", ("ho_ngheo_dau_ky", "ty_le_ho_ngheo_dau_ky.mau_so"), 1),
        ("bo_tieu_chi", "bo", (), 1),
        ("bo_tieu_chi", "bo", ("tieu_chi_dat",), 1),
        ("cac_cong_trinh", "ct", (), 5),
    ],
)
def test_when_a_table_appears(make, dam_ha, over, called, has, count):
    rows = (TableRow(over="du_thao_khong_co", called="x", cells=("{{ x }}",)),)
    table = make.book.tables["von"].model_copy(
        update={"over": over, "called": called, "has": has, "columns": make.book.tables["von"].columns[:1], "rows": rows}
    )
    report = replace(dam_ha, values={**dam_ha.values, "du_thao_khong_co": ()})
    book = openpyxl.load_workbook(BytesIO(render([table], report, "a.xlsx").content))

    assert len(book.worksheets) - 1 == count


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        (["I. Vốn"], ["I. Vốn"]),
        (["a/b:c?[d]*\\e"], ["a b c d e"]),
        (["V. Tiêu chí xã NTM nâng cao 2021-2025"] * 2, ["V. Tiêu chí xã NTM nâng cao", "V. Tiêu chí xã NTM nâng cao (2)"]),
        (["x" * 40, "X" * 40], ["x" * 31, "X" * 27 + " (2)"]),
        ([DATA.lower()], ["dữ liệu (2)"]),
        (["'a'", "", "  "], ["a", "Bảng", "Bảng (2)"]),
    ],
)
def test_names_of_sheets(wanted, given):
    assert sheet_names(wanted) == given


def test_a_table_of_the_project(tmp_path, full_project):
    folder = tmp_path / "du-an"
    shutil.copytree(full_project.folder, folder, ignore=shutil.ignore_patterns("out", ".mtqg"))
    (folder / "tables").mkdir()
    (folder / "tables" / "ke-hoach.toml").write_text(PLANS, encoding="utf-8")
    code, _, workbook = made(folder, tmp_path / "ra")
    sheet = openpyxl.load_workbook(workbook)["V. Kế hoạch giao"]
    values = openpyxl.load_workbook(workbook, data_only=True)["V. Kế hoạch giao"]

    assert code == 0
    assert sheet.page_setup.orientation == "portrait"
    assert sheet["A6"].value == "Huyện giao"
    assert re.fullmatch(rf"='{DATA}'!\$I\$\d+", sheet["B6"].value)
    assert sheet["D6"].value == "=C6/B6*100"
    assert [values.cell(6, column).value for column in (2, 3)] == [14, 6]
    assert values["D6"].value == pytest.approx(6 / 14 * 100)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("ty_le_ke_hoach_ho_ngheo.mau_so", "ty_le_ke_hoach_ho_ngeo.mau_so", "tables/ke-hoach.toml"),
        ("cap.ten", "cap.tem", "“cap” không có mục “tem”"),
        ("ky.ten", "kỳ.ten", "không có tên “kỳ”"),
        ('over = "cap_giao"', 'over = "ky"', "“ky” không phải là"),
    ],
)
def test_a_wrong_name_is_told_before_any_data_is_read(project_copy, tmp_path, capsys, old, new, told):
    (project_copy / "tables").mkdir()
    (project_copy / "tables" / "ke-hoach.toml").write_text(PLANS.replace(old, new), encoding="utf-8")

    assert made(project_copy, tmp_path / "ra")[0] == 1
    assert told in capsys.readouterr().err
    assert not (tmp_path / "ra").exists()

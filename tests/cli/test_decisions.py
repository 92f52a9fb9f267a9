"""What was decided by hand in mtqg.toml: accepted warnings, corrected cells, severities and limits. Files stay as they are."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import docx
import openpyxl
import pytest

WHO = 'period = "6m2024"\nreason = "xã xác nhận qua điện thoại"\nby = "Chuyên viên"\ndate = 2024-06-25\n'
PLACE = 'file = "quang-lam.xlsx"\nsheet = "Biểu 06"\ncell = "D10"\n'
CORRECTION = f"\n[[correction]]\n{PLACE}old = 1020\nnew = 1100\n{WHO}"
ACCEPTED = f'\n[[accepted]]\nrule = "T332"\n{PLACE}{WHO}'
VALIDATE = ("validate", "--period", "6m2024", "--format", "json", "--project")


@pytest.fixture
def decide(project_copy):
    def deciding(*lines):
        with (project_copy / "mtqg.toml").open("a", encoding="utf-8") as settings:
            settings.write("".join(lines))
        return project_copy

    return deciding


def told(out):
    return [(each["code"], each["severity"], each["cell"]) for each in json.loads(out)["diagnostics"]]


def test_a_corrected_cell_is_read_as_agreed_and_the_file_stays(call, decide):
    project = decide(CORRECTION)
    path = project / "data" / "6m2024" / "quang-lam.xlsx"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    code, out, _ = call(*VALIDATE, project)
    _, figures, _ = call("summary", "--period", "6m2024", "--format", "json", "--project", project)
    total = next(each for each in json.loads(figures)["figures"] if each["id"] == "tong_so_ho_cuoi_ky" and each["scope"] == "06898")

    assert code == 0
    assert told(out) == [("K105", "note", "D10"), ("T332", "warning", "D10")]
    assert total["value"] == "1100"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_an_accepted_warning_is_a_note_with_its_reason(call, decide):
    _, out, _ = call(*VALIDATE, decide(CORRECTION, ACCEPTED))
    note = json.loads(out)["diagnostics"][1]

    assert (note["code"], note["severity"]) == ("T332", "note")
    assert note["hint"] == "Đã chấp nhận: xã xác nhận qua điện thoại (Chuyên viên, ngày 25/6/2024)."


def test_neither_period_nor_sheet_need_be_named(call, decide):
    bare = {"period": 'period = "6m2024"\n', "sheet": 'sheet = "Biểu 06"\n'}
    accepted = ACCEPTED.replace(bare["period"], "").replace(bare["sheet"], "")
    _, out, _ = call(*VALIDATE, decide(CORRECTION.replace(bare["period"], ""), accepted))

    assert told(out) == [("K105", "note", "D10"), ("T332", "note", "D10")]


def test_who_excuses_need_not_be_named(call, decide):
    project = decide('\n[[not_reporting]]\nunit = "xã Tân Lập"\nperiod = "6m2024"\nreason = "đang sắp xếp đơn vị"\n')
    (project / "data" / "6m2024" / "tan-lap.xlsx").unlink()
    code, out, _ = call("report", "--period", "6m2024", "--project", project)
    last = docx.Document(out.strip()).tables[-1].rows[1].cells

    assert code == 0
    assert [last[1].text, last[4].text, last[5].text] == ["Xã Tân Lập", "đang sắp xếp đơn vị", ""]


def test_decisions_stand_in_an_annex_of_the_report(call, decide):
    code, out, _ = call("report", "--period", "6m2024", "--project", decide(CORRECTION, ACCEPTED))
    table = docx.Document(out.strip()).tables[-1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]

    assert code == 0
    assert rows[1][1:4] == ["Xã Quảng Lâm", "Sửa số liệu", "Biểu 06, ô D10: Đọc là “1.100” thay cho “1.020”."]
    assert rows[2][2] == "Chấp nhận cảnh báo"
    assert rows[2][4:] == ["xã xác nhận qua điện thoại", "Chuyên viên, 25/6/2024"]


@pytest.mark.parametrize(
    ("line", "code", "cell"),
    [
        (CORRECTION.replace("old = 1020", "old = 1021"), "K104", "D10"),
        (CORRECTION.replace('cell = "D10"', 'cell = "D40"'), "K104", "D40"),
        (CORRECTION.replace("Biểu 06", "Biểu 66"), "K104", None),
        (CORRECTION.replace("quang-lam", "quang-nam"), "K104", None),
    ],
)
def test_a_correction_that_no_longer_fits_blocks(call, decide, line, code, cell):
    exit_code, out, _ = call(*VALIDATE, decide(line))

    assert exit_code == 1
    assert told(out) == [(code, "error", cell)]


def test_an_acceptance_that_fits_nothing_is_told(call, decide):
    _, out, _ = call(*VALIDATE, decide(ACCEPTED))

    assert told(out) == [("K103", "warning", None)]


def test_an_acceptance_lapses_when_the_cell_says_something_else(call, decide):
    _, out, _ = call(*VALIDATE, decide(CORRECTION, ACCEPTED, 'found = "1.050"\n'))

    assert told(out) == [("K103", "warning", None), ("K105", "note", "D10"), ("T332", "warning", "D10")]


def test_an_error_cannot_be_accepted(call, decide):
    wrong = CORRECTION.replace("new = 1100", "new = -5")
    accepted = ACCEPTED.replace("T332", "C103")
    exit_code, out, _ = call(*VALIDATE, decide(wrong, accepted))

    assert exit_code == 1
    assert ("C103", "error", "D10") in told(out)
    assert ("K103", "warning", None) in told(out)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("limits = { bien_dong_so_ho = 8 }", []),
        ('severity = { T332 = "tắt" }', []),
        ('severity = { T332 = "lỗi" }', [("T332", "error", "D10")]),
    ],
)
def test_severities_and_limits_are_the_projects(call, decide, rules, expected):
    _, out, _ = call(*VALIDATE, decide(CORRECTION, f"\n[rules]\n{rules}\n"))

    assert told(out) == [("K105", "note", "D10"), *expected]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (CORRECTION.replace('cell = "D10"', 'cell = "10D"'), "“10D” không phải là tên ô"),
        (CORRECTION.replace('cell = "D10"', 'cell = "K0"').replace("1020", '""'), "“K0” không phải là tên ô"),
        (CORRECTION.replace('cell = "D10"', 'cell = "ZZZ30000000"').replace("1020", '""'), "“ZZZ30000000” không phải là tên ô"),
        (CORRECTION + CORRECTION, "được sửa hai lần"),
        (CORRECTION + CORRECTION.replace("Biểu 06", "BIỂU 06"), "được sửa hai lần"),
        (CORRECTION.replace("new = 1100", "new = true"), "true và false không phải là nội dung ô"),
        (CORRECTION.replace('by = "Chuyên viên"\n', ""), "correction.0.by: thiếu mục bắt buộc"),
        (CORRECTION.replace("xã xác nhận qua điện thoại", ""), "correction.0.reason: không được để trống"),
        ("\n[rules]\nlimits = { so_ho = 3 }\n", "không có “so_ho”"),
        ('\n[rules]\nseverity = { T332 = "nhẹ" }\n', "không phải là giá trị được phép"),
        (CORRECTION.replace("6m2024", "kỳ này"), "không phải là kỳ báo cáo"),
        ('\n[rules]\nseverity = { T999 = "lỗi" }\n', "không có quy tắc “T999”"),
        ('\n[rules]\nseverity = { C102 = "ghi chú" }\n', "không hạ mức của C102 được"),
        ('\n[rules]\nseverity = { X402 = "tắt" }\n', "không hạ mức của X402 được"),
    ],
)
def test_a_badly_written_decision_is_refused_with_its_place(call, decide, line, words):
    code, _, err = call(*VALIDATE, decide(line))

    assert code == 2
    assert words in err


@pytest.mark.parametrize(
    ("sheet", "cell", "old", "new"),
    [
        ("Biểu 02", "C10", "3", "3"),
        ("Thông tin", "D9", "2024-06-20", "2024-06-20"),
        ("Biểu 04", "E10", '"NS tỉnh"', '"NS tỉnh"'),
        ("Biểu 04", "O10", '""', '"Ghi chú thêm"'),
    ],
)
def test_cells_of_every_kind_can_be_corrected(call, decide, sheet, cell, old, new):
    code, out, _ = call(*VALIDATE, decide(f'\n[[correction]]\nfile = "quang-lam.xlsx"\nsheet = "{sheet}"\ncell = "{cell}"\nold = {old}\nnew = {new}\n{WHO}'))

    assert (code, told(out)) == (0, [("K105", "note", cell)])


def test_a_number_typed_as_text_can_be_corrected_as_the_number_that_is_shown(call, decide):
    project = decide(CORRECTION)
    path = project / "data" / "6m2024" / "quang-lam.xlsx"
    book = openpyxl.load_workbook(path)
    book["Biểu 06"]["D10"] = "1020 "
    book.save(path)
    _, out, _ = call(*VALIDATE, project)

    assert told(out) == [("K105", "note", "D10"), ("T332", "warning", "D10")]


@pytest.mark.parametrize("rules", ['severity = { X403 = "cảnh báo" }', 'severity = { X403 = "tắt" }', 'severity = { X403 = "ghi chú", T330 = "tắt" }'])
def test_an_error_stays_one_when_the_finding_that_explains_it_is_turned_down(call, decide, rules):
    project = decide(f"\n[rules]\n{rules}\n")
    path = project / "data" / "6m2024" / "quang-lam.xlsx"
    book = openpyxl.load_workbook(path)
    book["Biểu 02"]["C12"], book["Biểu 02"]["K12"] = 2, 1  # 1 at the end of last year: the row does not add up either
    book.save(path)
    code, out, _ = call(*VALIDATE, project)
    diagnostics = json.loads(out)["diagnostics"]
    flat = [part["code"] for each in diagnostics for part in (each, *each.get("consequences", ()))]

    assert code == 1
    assert "R201" in flat


def test_what_is_accepted_of_one_cell_is_not_accepted_of_its_column(call, decide):
    path = decide(f'\n[[accepted]]\nrule = "C109"\nfile = "quang-lam.xlsx"\nsheet = "Biểu 02"\ncell = "C10"\n{WHO}') / "data" / "6m2024" / "quang-lam.xlsx"
    book = openpyxl.load_workbook(path)
    for cell, text in (("C10", "3 hộ"), ("C11", "1 hộ"), ("C12", "1 hộ")):
        book["Biểu 02"][cell] = text
    book.save(path)
    _, out, _ = call(*VALIDATE, path.parents[2])
    found = json.loads(out)["diagnostics"]

    assert [(each["code"], each["severity"], each["cell"]) for each in found] == [("C109", "note", "C10"), ("C109", "warning", "C11")]
    assert [each["cell"] for each in found[1]["consequences"]] == ["C12"]


def test_a_commune_excused_from_a_period_that_figures_are_taken_from_is_named(call, decide):
    """What another period lacks is as much a part of the figures as what this one lacks."""
    project = decide('\n[[not_reporting]]\nunit = "xã Tân Lập"\nperiod = "2023"\nreason = "đang sắp xếp đơn vị"\n')
    (project / "data" / "2023" / "tan-lap.xlsx").unlink()
    code, out, err = call("report", "--period", "6m2024", "--project", project, "--format", "md")
    assert (code, err) == (0, "")
    assert "Số liệu năm 2023 chưa bao gồm xã Tân Lập." in Path(out.strip()).read_text(encoding="utf-8")

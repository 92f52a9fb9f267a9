"""`mtqg validate --return`: what is written beside what was received, and that it comes back clean once it is mended."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "render" / "returned"))

from workbooks import opened, with_cell

from mtqg_cli.cli import clock
from mtqg_cli.cli.app import run
from mtqg_cli.reference.layout import RETURNED_SHEET
from mtqg_cli.render.returned.styles import TINTS

#: The tests need it, as README says: without it they fail.
SOFFICE = shutil.which("soffice") or "soffice"
FAULTS = {("Biểu 02", "H10"): "chờ", ("Biểu 02", "C11"): None, ("Biểu 06", "D11"): "4.410", ("Biểu 04", "H11"): "=A1"}


def spoil(path, faults=FAULTS):
    """Puts faults into a workbook; what stood there."""
    before = {}
    for (sheet, cell), value in faults.items():
        before[sheet, cell] = opened(path.read_bytes())[sheet][cell].value
        path.write_bytes(with_cell(path.read_bytes(), sheet, cell, value))
    return before


def mend(path, values):
    for (sheet, cell), value in values.items():
        path.write_bytes(with_cell(path.read_bytes(), sheet, cell, value))


def saved_by_libreoffice(path, scratch):
    """The file as LibreOffice saves it."""
    profile = (scratch / "lo").as_uri()
    command = [SOFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", scratch / "saved", path]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return scratch / "saved" / path.name


@pytest.fixture
def faulty(project_copy):
    """A project with one faulty workbook, and what stood in its cells before."""
    return project_copy, spoil(project_copy / "data" / "6m2024" / "quang-lam.xlsx")


def validate(project, *more):
    return run(["validate", "--project", str(project), "--period", "6m2024", *map(str, more)])


def texts(path):
    document = Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_three_files_for_each_faulty_one_and_none_for_the_others(faulty, tmp_path, capsys):
    project, _ = faulty
    received = {path: path.read_bytes() for path in sorted((project / "data").rglob("*.xlsx"))}
    out = tmp_path / "tra lại"

    assert validate(project, "--return", out) == 1
    done = capsys.readouterr()
    assert sorted(path.name for path in out.iterdir()) == ["manifest.json", "quang-lam-cong-van.docx", "quang-lam-tin-nhan.txt", "quang-lam.xlsx"]
    assert [line for line in done.err.splitlines() if line.startswith("Đã ghi")] == [
        f"Đã ghi {out / name}" for name in ("quang-lam.xlsx", "quang-lam-cong-van.docx", "quang-lam-tin-nhan.txt")
    ]
    assert "Đã ghi" not in done.out
    assert {path: path.read_bytes() for path in received} == received, "nothing received is changed"
    first = {path.name: path.read_bytes() for path in out.iterdir()}
    assert validate(project, "--return", out) == 1
    assert {path.name: path.read_bytes() for path in out.iterdir()} == first


def test_mended_it_comes_back_without_a_message(faulty, tmp_path, capsys):
    project, before = faulty
    validate(project, "--return", tmp_path / "ra")
    back = tmp_path / "ra" / "quang-lam.xlsx"
    mend(back, before)
    capsys.readouterr()

    assert validate(project, back) == 0
    assert capsys.readouterr().out == "Đã kiểm tra 1 tệp: không có lỗi, không có cảnh báo.\n"


def test_after_libreoffice_too_and_what_is_mended_loses_its_colour(faulty, tmp_path, capsys):
    project, before = faulty
    validate(project, "--return", tmp_path / "ra")
    back = saved_by_libreoffice(tmp_path / "ra" / "quang-lam.xlsx", tmp_path)
    last = ("Biểu 06", "D11")
    mend(back, {place: value for place, value in before.items() if place != last})
    capsys.readouterr()

    assert validate(project, back, "--return", tmp_path / "lần 2") == 0, "a warning only"
    assert "1 cảnh báo trong 1 tệp" in capsys.readouterr().out
    book = opened((tmp_path / "lần 2" / "quang-lam.xlsx").read_bytes())
    assert book.sheetnames.count(RETURNED_SHEET) == 1
    assert book.sheetnames[0] == RETURNED_SHEET
    assert [row[3].value for row in book[RETURNED_SHEET].iter_rows(min_row=8)] == ["D11"]
    notes = [f"{sheet.title}!{cell.coordinate}" for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment and "mtqg" in cell.comment.text]
    assert notes == ["Biểu 06!D11"]
    tinted = [
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book.worksheets[1:]
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb in TINTS.values()
    ]
    assert tinted == ["Biểu 06!D11"]
    mend(tmp_path / "lần 2" / "quang-lam.xlsx", {last: before[last]})
    assert validate(project, tmp_path / "lần 2" / "quang-lam.xlsx") == 0
    assert "không có lỗi, không có cảnh báo" in capsys.readouterr().out


def test_saved_by_libreoffice_and_mended_it_is_clean(faulty, tmp_path, capsys):
    project, before = faulty
    validate(project, "--return", tmp_path / "ra")
    mend(tmp_path / "ra" / "quang-lam.xlsx", before)
    back = saved_by_libreoffice(tmp_path / "ra" / "quang-lam.xlsx", tmp_path)
    capsys.readouterr()

    assert validate(project, back) == 0
    assert capsys.readouterr().out == "Đã kiểm tra 1 tệp: không có lỗi, không có cảnh báo.\n"


def at(monkeypatch, day):
    """Sets the day of the run."""
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2024, 6, day, 8, 15, tzinfo=dt.timezone(dt.timedelta(hours=7))))


def test_a_day_that_is_gone_is_asked_of_nobody(faulty, tmp_path, monkeypatch):
    project, _ = faulty
    settings = project / "mtqg.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[reporting]", '[reporting]\ndeadline = { "6m2024" = 2024-06-15 }'), encoding="utf-8")
    for day, asked in ((15, True), (16, False)):
        at(monkeypatch, day)
        validate(project, "--return", tmp_path / str(day))
        letter = texts(tmp_path / str(day) / "quang-lam-cong-van.docx")
        message = (tmp_path / str(day) / "quang-lam-tin-nhan.txt").read_text(encoding="utf-8")
        assert ("15/6/2024" in letter, "15/6/2024" in message) == (asked, asked)


def test_the_letter_and_the_message(faulty, tmp_path, monkeypatch):
    project, _ = faulty
    at(monkeypatch, 12)
    settings = project / "mtqg.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8")
        .replace("[reporting]", '[reporting]\ndeadline = { "6m2024" = 2024-06-15 }')
        .replace("[issue]", '[issue]\nletter_number = "…/UBND-NN"'),
        encoding="utf-8",
    )
    validate(project, "--return", tmp_path / "ra")

    letter = texts(tmp_path / "ra" / "quang-lam-cong-van.docx")
    for wanted in (
        *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ỦY BAN NHÂN DÂN\nHUYỆN ĐẦM HÀ", "Số: …/UBND-NN", "Đầm Hà, ngày … tháng … năm 2024"),
        *("V/v chỉnh sửa, hoàn thiện số liệu", "Kính gửi: Ủy ban nhân dân xã Quảng Lâm.", "Biểu 02, ô H10", "ghi “chờ”, không phải là số."),
        *("03 lỗi phải sửa và 01 cảnh báo cần rà soát", "chậm nhất ngày 15/6/2024", "- Như trên;", "- Lưu: VT, NN&PTNT.", "PHÓ CHỦ TỊCH"),
    ):
        assert wanted in letter, wanted
    assert "UBND tỉnh (báo cáo)" not in letter, "the receivers of reports"
    message = (tmp_path / "ra" / "quang-lam-tin-nhan.txt").read_bytes().decode("utf-8")
    lines = message.split("\r\n")
    assert lines[0] == "Xã Quảng Lâm: tệp quang-lam.xlsx, số liệu 6 tháng đầu năm 2024, có 3 lỗi, 1 cảnh báo."
    assert lines[1].startswith("1. [lỗi] Biểu 02, ô H10: ")
    assert lines[-2] == "Hạn gửi lại: ngày 15/6/2024."
    assert len(lines) < 10


def test_who_has_only_warnings_is_asked_and_not_told_to_mend(project_copy, tmp_path):
    path = project_copy / "data" / "6m2024" / "quang-lam.xlsx"
    path.write_bytes(with_cell(path.read_bytes(), "Biểu 06", "D11", "4 410"))
    validate(project_copy, "--return", tmp_path / "ra")
    message = (tmp_path / "ra" / "quang-lam-tin-nhan.txt").read_text(encoding="utf-8")

    assert "có 1 cảnh báo." in message
    assert "số đúng thì giữ nguyên và trả lời rõ lý do" in message


def test_what_may_not_be_opened_gets_a_letter_and_a_message_only(project_copy, tmp_path):
    data = project_copy / "data" / "6m2024"
    (data / "hong.xlsx").write_bytes(b"PK\x03\x04 hong")
    (data / "cu.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"))
    (data / "cu.xlsx").write_bytes(b"")
    validate(project_copy, "--return", tmp_path / "ra")

    made = sorted(path.name for path in (tmp_path / "ra").iterdir() if path.suffix != ".json")
    assert made == [
        *("cu.xls-cong-van.docx", "cu.xls-tin-nhan.txt", "cu.xlsx-cong-van.docx", "cu.xlsx-tin-nhan.txt"),
        *("hong-cong-van.docx", "hong-tin-nhan.txt"),
    ]
    letter = texts(tmp_path / "ra" / "hong-cong-van.docx")
    assert "Kính gửi: Đơn vị gửi tệp hong.xlsx." in letter
    assert "tô màu" not in letter


def test_the_own_workbook_gets_no_letter(project_copy, tmp_path):
    spoil(project_copy / "data" / "6m2024" / "don-vi.xlsx", {("Biểu 11", "C9"): "chờ"})
    validate(project_copy, "--return", tmp_path / "ra")
    assert sorted(path.name for path in (tmp_path / "ra").iterdir()) == ["don-vi-tin-nhan.txt", "don-vi.xlsx", "manifest.json"]


def test_what_was_edited_by_hand_is_kept(faulty, tmp_path, capsys):
    project, _ = faulty
    validate(project, "--return", tmp_path / "ra")
    (tmp_path / "ra" / "quang-lam-tin-nhan.txt").write_text("sửa tay", encoding="utf-8")
    validate(project, "--return", tmp_path / "ra")
    assert "Bản sửa tay được giữ ở" in capsys.readouterr().err
    kept = [path for path in (tmp_path / "ra").iterdir() if "bản sửa tay" in path.name]
    assert [path.read_text(encoding="utf-8") for path in kept] == ["sửa tay"]


def test_named_files_go_back_into_a_folder_beside_them_but_not_over_themselves(faulty, tmp_path):
    project, _ = faulty
    copy = tmp_path / "quang-lam.xlsx"
    shutil.copy(project / "data" / "6m2024" / "quang-lam.xlsx", copy)
    assert validate(project, copy, "--return", tmp_path) == 2
    assert validate(project, copy, "--return", tmp_path / "tra-lai") == 1
    assert (tmp_path / "tra-lai" / "quang-lam.xlsx").read_bytes() != copy.read_bytes()


@pytest.mark.parametrize("folder", ["data/6m2024", "data", "data/6m2024/tra-lai"])
def test_never_into_the_folder_of_what_was_received(faulty, folder, capsys):
    project, _ = faulty
    before = sorted(path.name for path in (project / "data").rglob("*"))
    assert validate(project, "--return", project / folder) == 2
    assert "chứa các tệp đã nhận" in capsys.readouterr().err
    assert sorted(path.name for path in (project / "data").rglob("*")) == before


def test_two_files_of_one_name_do_not_overwrite_each_other(faulty, tmp_path, capsys):
    project, _ = faulty
    other = tmp_path / "b" / "quang-lam.xlsx"
    other.parent.mkdir()
    shutil.copy(project / "data" / "6m2024" / "quang-lam.xlsx", other)
    assert validate(project, project / "data" / "6m2024" / "quang-lam.xlsx", other, "--return", tmp_path / "ra") == 2
    assert "cùng tên" in capsys.readouterr().err
    assert not (tmp_path / "ra").exists()


def test_nothing_to_return(project_copy, tmp_path, capsys):
    assert validate(project_copy, "--return", tmp_path / "ra") == 0
    assert "Không có tệp nào phải trả lại." in capsys.readouterr().err


def test_a_letter_with_an_unknown_name_is_told_before_anything_is_written(faulty, tmp_path, capsys):
    project, _ = faulty
    folder = project / "templates" / "cong-van"
    folder.mkdir(parents=True)
    (folder / "template.toml").write_text('title = "Công văn"\noutput = "cong-van.docx"\nkind = "letter"\n', encoding="utf-8")
    document, saved = Document(), BytesIO()
    document.add_paragraph("{{ noi_guj }}")
    document.save(saved)
    (folder / "report.docx").write_bytes(saved.getvalue())
    assert validate(project, "--return", tmp_path / "ra") == 2
    done = capsys.readouterr()
    assert "không có tên “noi_guj”" in done.err
    assert "Có phải là “noi_gui" in done.err
    assert done.out == ""
    assert not (tmp_path / "ra").exists()


def test_a_letter_is_no_report(project_copy, capsys):
    assert run(["report", "--project", str(project_copy), "--period", "6m2024", "--template", "cong-van"]) == 2
    assert "Không có mẫu báo cáo “cong-van”" in capsys.readouterr().err


def test_the_manifest_knows_the_inputs(faulty, tmp_path):
    project, _ = faulty
    validate(project, "--return", tmp_path / "ra")
    outputs = json.loads((tmp_path / "ra" / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    assert set(outputs) == {"quang-lam.xlsx", "quang-lam-cong-van.docx", "quang-lam-tin-nhan.txt"}
    assert list(outputs["quang-lam.xlsx"]["inputs"]) == ["quang-lam.xlsx"]

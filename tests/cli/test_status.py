"""Who has sent, who is missing, what came again: as the office sees it, on days that the tests choose."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3

import openpyxl
import pytest
from openpyxl import load_workbook

from mtqg_cli.cli import clock
from mtqg_cli.cli.app import run
from mtqg_cli.ledger import store
from mtqg_cli.ledger.entries import mark_returned

VIETNAM = dt.timezone(dt.timedelta(hours=7))
LEDGER = ".mtqg/so-theo-doi.sqlite"


class Office:
    """A project with a clock that can be set, and the commands run in it."""

    def __init__(self, folder, capsys):
        self.folder = folder
        self.capsys = capsys
        self.now = dt.datetime(2024, 6, 10, 8, 15, tzinfo=VIETNAM)

    @property
    def data(self):
        return self.folder / "data" / "6m2024"

    def on(self, month, day, hour=8):
        self.now = dt.datetime(2024, month, day, hour, 15, tzinfo=VIETNAM)
        return self

    def call(self, command="status", *more):
        code = run([command, "--project", str(self.folder), "--period", "6m2024", *more])
        captured = self.capsys.readouterr()
        assert "Traceback" not in captured.err
        return code, captured.out, captured.err

    def text(self, *more):
        code, out, _ = self.call("status", *more)
        assert code == 0
        assert all(len(line) <= 80 for line in out.splitlines())
        return " ".join(out.split())

    def unit(self, name="Xã Quảng Lâm"):
        _, out, _ = self.call("status", "--format", "json")
        return next(each for each in json.loads(out)["units"] if each["name"] == name)

    def edit(self, *changes, file="quang-lam.xlsx"):
        book = openpyxl.load_workbook(self.data / file)
        for sheet, cell, value in changes:
            book[sheet][cell] = value
        book.save(self.data / file)

    def setting(self, text):
        path = self.folder / "mtqg.toml"
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    def deadline(self, text):
        path = self.folder / "mtqg.toml"
        path.write_text(path.read_text(encoding="utf-8").replace("[reporting]\n", f"[reporting]\ndeadline = {text}\n"), encoding="utf-8")


@pytest.fixture
def office(project_copy, capsys, monkeypatch):
    made = Office(project_copy, capsys)
    monkeypatch.setattr(clock, "now", lambda: made.now)
    return made


def test_who_has_sent_and_who_is_missing(office):
    (office.data / "tan-lap.xlsx").unlink()
    code, out, err = office.call()

    assert (code, err) == (0, "")
    assert all(len(line) <= 80 for line in out.splitlines())
    assert out.splitlines()[0] == "Tình hình nộp báo cáo 6 tháng đầu năm 2024, tính đến 10/6/2024 08:15"
    assert out.splitlines()[-1] == "9/10 đơn vị đã gửi; chưa gửi: xã Tân Lập."
    assert next(line.split() for line in out.splitlines() if line.startswith("Xã Tân Lập")) == ["Xã", "Tân", "Lập", "chưa", "gửi"]
    assert next(line.split() for line in out.splitlines() if line.startswith("Xã Quảng Lâm"))[3:] == ["10/6/2024", "08:15", "0", "0", "đã", "gửi"]


@pytest.mark.parametrize("first", ["validate", "summary", "report", "status"])
def test_the_first_day_is_kept_whichever_command_saw_the_file(office, first):
    office.call(first)
    office.on(6, 20).call("validate")

    unit = office.on(6, 25).unit()
    assert unit["first_seen"] == "2024-06-10T08:15:00+07:00"
    assert unit["submissions"][0]["last_seen"] == "2024-06-25T08:15:00+07:00"
    assert len(unit["submissions"]) == 1


def test_single_files_are_a_trial_and_are_not_entered(office):
    path = office.data / "quang-lam.xlsx"
    run(["validate", str(path), "--project", str(office.folder), "--period", "6m2024"])

    assert not (office.folder / ".mtqg").exists()


def test_the_day_of_the_deadline_is_in_time_and_the_day_after_is_not(office):
    office.deadline('{ "6T2024" = 2024-06-15 }')
    held = {name: (office.data / name).read_bytes() for name in ("tan-lap.xlsx", "tan-binh.xlsx")}
    for name in held:
        (office.data / name).unlink()
    office.on(6, 15, hour=23).call()
    assert office.unit()["late_days"] == 0

    assert "chưa gửi, quá hạn 1 ngày" in office.on(6, 16, hour=0).text()
    (office.data / "tan-lap.xlsx").write_bytes(held["tan-lap.xlsx"])
    text = office.on(6, 18).text()

    assert "Hạn nộp: 15/6/2024" in text
    assert "Xã Tân Lập 18/6/2024 08:15 0 0 chậm 3 ngày" in text
    assert "Xã Quảng Lâm 15/6/2024 23:15 0 0 đúng hạn" in text
    assert "quá hạn 3 ngày" in text


def test_nobody_is_called_late_whose_file_may_have_lain_there_in_time(office):
    office.deadline('{ "6m2024" = 2024-06-15 }')
    text = office.on(6, 18).text()

    assert "sau hạn 3 ngày *" in text
    assert "có thể đã gửi đúng hạn" in text
    assert "chậm" not in text
    assert office.unit()["late_certain"] is False


def test_a_resubmission_is_told_in_words_for_every_kind_of_cell(office):
    office.call()
    office.edit(
        ("Biểu 02", "C10", 4),
        ("Biểu 02", "B14", None),
        *(("Biểu 02", f"{letter}14", None) for letter in "CDEFGHIJ"),
        ("Biểu 02", "F11", "mười hai"),
        ("Biểu 02", "H10", None),
        ("Biểu 01", "F10", "Chưa đạt"),
        ("Biểu 01", "E10", 12.5),
        ("Thông tin", "D9", "21/6/2024"),
        ("Thông tin", "D12", "Khu vực II"),
        ("Biểu 04", "G10", 1234.5),
    )
    _, _, err = office.on(6, 12).call("validate")
    _, out, _ = office.call("status", "--diff")
    lines = [line.strip() for line in out.splitlines()]

    assert err == "Xã Quảng Lâm đã gửi lại: 11 số liệu thay đổi, 1 dòng hoặc biểu được thêm, bớt (xem mtqg status).\n"
    assert "Hộ nghèo đầu kỳ thôn Bình Hồ: 3 → 4" in lines
    assert "Tái nghèo (Bổ sung) thôn Bình Hồ: 0 → (trống)" in lines
    assert "Số hộ khác giảm thôn Thanh Y: 0 → mười hai" in lines
    assert "Không còn thôn Lý Khoái" in lines
    assert "Đánh giá chỉ tiêu 1.1: Đạt → Chưa đạt" in lines
    assert "Kết quả thực hiện chỉ tiêu 1.1: (trống) → 12,5" in lines
    assert "Ngày chốt số liệu: 20/6/2024 → 21/6/2024" in lines
    assert any(line.startswith("Khu vực theo trình độ phát triển") for line in lines)
    assert "Khu vực I → Khu vực II" in " ".join(lines)
    assert "Kéo dài (Kế hoạch vốn) khoản vốn DTTS&MN, 1, NS tỉnh, ĐTPT: 3.200 → 1.234,5 triệu đồng" in " ".join(lines)
    assert "gửi lại" not in office.call("validate")[2], "told once, by the run that saw it"


def test_many_changes_are_summarised_and_told_in_full_when_asked_for(office):
    office.call()
    office.edit(*(("Biểu 01", f"E{row}", f"kết quả {row}") for row in range(10, 50)))
    text = office.on(6, 12).text()

    assert "… và 30 thay đổi khác" in text
    assert "chỉ tiêu 8.1" not in text
    assert "thay đổi khác" not in office.text("--diff")
    only = office.text("--unit", "quảng lâm")
    assert "(trống) → kết quả 49" in only
    assert "Xã Tân Lập" not in only


def test_a_unit_that_does_not_exist_is_a_wrong_call(office):
    code, _, err = office.call("status", "--unit", "Sài Gòn")

    assert code == 2
    assert "Quảng Lâm" in err


def test_each_workbook_supersedes_the_one_before(office):
    first = (office.data / "quang-lam.xlsx").read_bytes()
    office.call()
    office.edit(("Biểu 02", "C10", 4))
    office.on(6, 12).call()
    office.edit(("Biểu 02", "C10", 5))
    office.on(6, 14).call()
    (office.data / "quang-lam.xlsx").write_bytes(first)
    unit = office.on(6, 16).unit()

    assert len(unit["submissions"]) == 4
    assert [each["superseded_by"] for each in unit["submissions"]] == [*(each["sha256"] for each in unit["submissions"][1:]), None]
    assert [each["changes"][0]["text"] for each in unit["resubmissions"]] == [
        "Hộ nghèo đầu kỳ thôn Bình Hồ: 3 → 4",
        "Hộ nghèo đầu kỳ thôn Bình Hồ: 4 → 5",
        "Hộ nghèo đầu kỳ thôn Bình Hồ: 5 → 3",
    ]


def test_a_renamed_file_is_the_same_submission(office):
    office.call()
    (office.data / "quang-lam.xlsx").rename(office.data / "Xã Quảng Lâm – bản chính thức.xlsx")
    unit = office.on(6, 12).unit()

    assert unit["files"] == ["Xã Quảng Lâm – bản chính thức.xlsx"]
    assert unit["submissions"][0]["file"] == "Xã Quảng Lâm – bản chính thức.xlsx"
    assert (unit["first_seen"], len(unit["submissions"])) == ("2024-06-10T08:15:00+07:00", 1)


def test_a_workbook_saved_again_without_a_change_says_so(office):
    office.call()
    office.edit()

    assert office.call("validate")[2] == "Xã Quảng Lâm đã gửi lại: số liệu không thay đổi (xem mtqg status).\n"


def test_a_file_that_has_gone_is_missing_but_had_been_sent(office):
    office.call()
    (office.data / "quang-lam.xlsx").unlink()
    text = office.on(6, 12).text()

    assert "chưa có tệp; đã gửi 10/6/2024 08:15, nay không còn trong thư mục" in text
    assert text.endswith("9/10 đơn vị đã gửi; chưa gửi: xã Quảng Lâm.")


def test_two_files_side_by_side_and_the_later_one_taken_away_is_no_resubmission(office):
    office.call()
    kept = office.data / "quang-lam (2).xlsx"
    kept.write_bytes((office.data / "quang-lam.xlsx").read_bytes())
    office.edit(("Biểu 02", "C10", 4), file=kept.name)
    words = next(each for each in json.loads(office.call("status", "--format", "json")[1])["units"] if each["name"] == "Xã Quảng Lâm")
    assert (words["state"], words["files"]) == ("conflict", ["quang-lam (2).xlsx", "quang-lam.xlsx"])
    assert "chưa tính tệp nào" in office.text()
    assert "gửi lại" not in office.text()
    kept.unlink()
    unit = office.on(6, 12).unit()

    assert (unit["state"], len(unit["submissions"]), unit["resubmissions"]) == ("sent", 1, [])


def test_two_files_side_by_side_and_the_older_one_taken_away_is_one(office):
    office.call()
    (office.data / "cũ.xlsx").write_bytes((office.data / "quang-lam.xlsx").read_bytes())
    office.edit(("Biểu 02", "C10", 4))
    office.call()
    (office.data / "cũ.xlsx").unlink()

    assert "Hộ nghèo đầu kỳ thôn Bình Hồ: 3 → 4" in office.on(6, 12).text()


def test_an_excused_unit_is_not_counted(office):
    (office.data / "tan-lap.xlsx").unlink()
    office.setting(
        '\n[[not_reporting]]\nunit = "xã Tân Lập"\nperiod = "6m2024"\nreason = "đang sắp xếp đơn vị"\nby = "Văn phòng điều phối"\ndate = 2024-06-25\n'
    )
    text = office.text()

    assert "Xã Tân Lập được miễn: đang sắp xếp đơn vị" in text
    assert text.endswith("9/9 đơn vị đã gửi; được miễn: xã Tân Lập.")


def test_a_returned_workbook_is_waited_for_until_another_one_comes(office):
    office.edit(("Biểu 02", "C10", "ba"))
    sha256 = office.unit()["submissions"][0]["sha256"]
    assert mark_returned(office.folder, "6m2024", [sha256], office.on(6, 12).now) == ()
    assert mark_returned(office.folder, "6m2024", [sha256], office.on(6, 14).now) == ()
    text = office.on(6, 17).text()
    assert "trả lại ngày 12/6/2024, đã 5 ngày chưa gửi lại" in text
    assert text.endswith("trả lại, chưa gửi lại: xã Quảng Lâm.")

    office.edit(("Biểu 02", "C10", "bốn"))
    unit = office.unit()
    assert (unit["returned"], unit["submissions"][0]["returned"]) == (None, "2024-06-12T08:15:00+07:00")
    assert "trả lại" not in office.text()


def test_nothing_is_waited_for_once_what_was_found_is_accepted(office):
    office.edit(("Biểu 02", "C10", "3 hộ"))
    sha256 = office.unit()["submissions"][0]["sha256"]
    mark_returned(office.folder, "6m2024", [sha256], office.on(6, 12).now)
    assert "trả lại" in office.text()
    office.setting(
        '\n[[accepted]]\nperiod = "6m2024"\nrule = "C109"\nfile = "quang-lam.xlsx"\nsheet = "Biểu 02"\ncell = "C10"\n'
        'reason = "số đúng"\nby = "Chuyên viên"\ndate = 2024-06-12\n'
    )

    assert "trả lại" not in office.text()


def test_errors_and_warnings_are_those_of_the_file_as_it_is_now(office):
    office.call()
    office.edit(("Biểu 02", "C10", "ba"))
    assert office.unit()["errors"] >= 1
    (office.data / "tan-binh.xlsx").write_bytes(b"%PDF-1.4")
    text = office.text()

    assert "có tệp tan-binh.xlsx nhưng không đọc được" in text
    assert "9/10 đơn vị đã gửi; không đọc được tệp của: xã Tân Bình." in text


def test_a_clock_that_goes_back_does_not_turn_the_order(office):
    office.call()
    office.edit(("Biểu 02", "C10", 4))
    office.on(1, 1).call()
    office.edit(("Biểu 02", "C10", 5))
    unit = office.on(6, 1).unit()

    assert [each["sequence"] for each in unit["submissions"]] == sorted(each["sequence"] for each in unit["submissions"])
    assert unit["resubmissions"][-1]["changes"][0]["text"] == "Hộ nghèo đầu kỳ thôn Bình Hồ: 4 → 5"
    assert unit["first_seen"] == "2024-06-10T08:15:00+07:00"


def test_a_clock_that_was_wrong_proves_nothing(office):
    office.deadline('{ "6m2024" = 2024-06-15 }')
    held = (office.data / "quang-lam.xlsx").read_bytes()
    (office.data / "quang-lam.xlsx").unlink()
    office.on(6, 20).call()
    (office.data / "quang-lam.xlsx").write_bytes(held)
    unit = office.on(1, 2).unit()  # the battery of the clock is empty: the file came after 20 June

    assert (unit["late_days"], unit["late_certain"]) == (0, False)
    assert "Xã Quảng Lâm 02/01/2024 08:15 0 0 đúng hạn **" in office.text()
    assert "Đồng hồ của máy đã bị chỉnh" in office.on(6, 21).text()
    assert office.unit()["first_seen"] == "2024-01-02T08:15:00+07:00"


def test_a_clock_that_was_ahead_makes_nobody_later_than_today(office):
    office.deadline('{ "6m2024" = 2024-06-15 }')
    office.on(12, 31).call()
    unit = office.on(6, 17).unit()

    assert (unit["late_days"], unit["late_certain"]) == (2, False)
    assert "31/12/2024 08:15 0 0 sau hạn 2 ngày *" in office.text()


def test_a_change_of_the_time_zone_changes_no_day(office):
    office.deadline('{ "6m2024" = 2024-06-15 }')
    office.on(6, 15, hour=23).call()
    office.now = office.now.astimezone(dt.timezone(dt.timedelta(hours=-8))) + dt.timedelta(days=2)

    assert office.unit()["first_seen"] == "2024-06-15T08:15:00-08:00"
    assert office.unit()["late_days"] == 0


def other_program(path):
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE ghi_chu (a)")
    other.close()


def cut_short(path):
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b"khong phai so" * 400), lambda path: (path.unlink(), other_program(path)), cut_short])
def test_a_damaged_ledger_is_moved_aside_and_begun_again(office, spoil):
    office.call()
    spoil(office.folder / LEDGER)
    damaged = (office.folder / LEDGER).read_bytes()
    code, out, err = office.on(6, 12).call()

    assert code == 0
    assert len(err.splitlines()) == 1
    assert "bị hỏng, đã chuyển thành “so-theo-doi (hỏng 2024-06-12 081500).sqlite”" in err
    assert (office.folder / ".mtqg" / "so-theo-doi (hỏng 2024-06-12 081500).sqlite").read_bytes() == damaged
    assert "12/6/2024 08:15" in out
    assert office.call()[2] == ""


def test_a_ledger_of_a_later_version_is_left_alone(office):
    office.call()
    with sqlite3.connect(office.folder / LEDGER) as ledger:
        ledger.execute("PRAGMA user_version = 99")
    ledger.close()
    before = (office.folder / LEDGER).read_bytes()
    code, out, err = office.call()

    assert code == 0
    assert "phiên bản mtqg mới hơn" in err
    assert "đã gửi, chưa vào sổ" in " ".join(out.split())
    assert (office.folder / LEDGER).read_bytes() == before


def test_without_a_place_to_write_the_command_goes_on(office):
    (office.folder / ".mtqg").write_text("không phải thư mục", encoding="utf-8")
    for command, code in (("validate", 0), ("status", 0), ("summary", 0), ("report", 0)):
        found, out, err = office.call(command)
        assert (found, len(err.splitlines())) == (code, 1)
        assert "Không ghi được sổ theo dõi" in err
        assert out


def test_a_locked_ledger_is_read_and_not_written(office, monkeypatch):
    office.call()
    monkeypatch.setattr(store, "_PATIENCE", 0.05)
    with sqlite3.connect(office.folder / LEDGER, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        code, out, err = office.on(6, 20).call()
        other.execute("ROLLBACK")
    other.close()

    assert code == 0
    assert "một lần chạy khác đang ghi" in err
    assert len(err.splitlines()) == 1
    assert "10/6/2024 08:15" in out


def test_json_has_the_keys_of_the_contract(office):
    office.deadline('{ "6m2024" = 2024-06-15 }')
    (office.data / "tan-lap.xlsx").unlink()
    document = json.loads(office.call("status", "--format", "json")[1])

    assert set(document) == {"period", "unit", "now", "deadline", "sent", "expected", "missing", "units"}
    assert (document["deadline"], document["sent"], document["expected"], document["missing"]) == ("2024-06-15", 9, 10, ["06917"])
    assert set(document["units"][0]) == {
        *("code", "name", "state", "files", "errors", "warnings", "first_seen", "late_days", "late_certain"),
        *("excuse", "returned", "waiting_days", "submissions", "resubmissions"),
    }
    assert document["units"][0]["submissions"][0]["forms"]["ho-ngheo"] == "1"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('{ "6x2024" = 2024-06-15 }', "“6x2024” không phải là kỳ báo cáo"),
        ('{ "6m2024" = 2034-06-15 }', "không thể là hạn nộp"),
        ('{ "6m2024" = 2024-06-15, "6T2024" = 2024-06-16 }', "ghi hai lần"),
        ('{ "6m2024" = "15/6/2024" }', "phải là ngày"),
    ],
)
def test_a_deadline_that_means_nothing_is_told(office, settings, words):
    office.deadline(settings)
    code, _, err = office.call()

    assert code == 2
    assert words in err
    assert "deadline" in err


def test_a_correction_is_no_change_of_the_unit(call, project_copy):
    """What the office agreed on is not what the unit has sent, neither before nor after."""
    correction = (
        '\n[[correction]]\nperiod = "6m2024"\nfile = "quang-lam.xlsx"\nsheet = "Biểu 06"\ncell = "D11"\nold = 4410\nnew = 4411\n'
        'reason = "qua điện thoại"\nby = "Chuyên viên"\ndate = 2024-06-25\n'
    )
    call("status", "--period", "6m2024", "--project", project_copy)
    settings = project_copy / "mtqg.toml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(before + correction, encoding="utf-8")
    path = project_copy / "data" / "6m2024" / "quang-lam.xlsx"
    book = openpyxl.load_workbook(path)
    book["Thông tin"]["D10"] = "Công chức kinh tế"
    book.save(path)
    _, unchanged, _ = call("status", "--period", "6m2024", "--project", project_copy)
    book["Biểu 06"]["D11"] = 4411
    book.save(path)
    settings.write_text(before, encoding="utf-8")
    _, changed, _ = call("status", "--period", "6m2024", "--project", project_copy)

    assert "Dân số" not in unchanged
    assert "Dân số: 4.410 → 4.411" in changed


def test_a_returned_file_is_waited_for_until_it_comes_back(call, project_copy, tmp_path):
    path = project_copy / "data" / "6m2024" / "quang-lam.xlsx"
    clean = path.read_bytes()
    spoilt = load_workbook(path)
    spoilt["Biểu 02"]["C10"] = -1
    spoilt.save(path)
    call("validate", "--period", "6m2024", "--project", project_copy, "--return", tmp_path / "tra-lai")
    _, waiting, _ = call("status", "--period", "6m2024", "--project", project_copy)
    path.write_bytes(clean)
    _, back, _ = call("status", "--period", "6m2024", "--project", project_copy)

    assert "đã trả lại" in waiting.casefold()
    assert "đã trả lại" not in back.casefold()
    assert {each.name for each in (tmp_path / "tra-lai").iterdir()} == {
        "quang-lam.xlsx",
        "quang-lam-cong-van.docx",
        "quang-lam-tin-nhan.txt",
        "manifest.json",
    }

"""Findings as text, JSON and HTML source: what is told, in what shape, and that no cell can do harm."""

from __future__ import annotations

import json
import re
import time
from datetime import date

import pytest

from mtqg_cli.core.diagnostic import Diagnostic, Severity
from mtqg_cli.core.location import Location
from mtqg_cli.core.period import parse_period
from mtqg_cli.core.submission import FileStatus
from mtqg_cli.core.unit import Unit
from mtqg_cli.render.diagnostics import html_format, json_format, text_format
from mtqg_cli.render.diagnostics.outcome import Outcome

MADE = date(2024, 6, 25)
PERIOD = parse_period("6m2024")
DISTRICT = Unit("200", "Huyện Đầm Hà", "Huyện", "huyện", None, None, None)


def commune(code, name):
    return Unit(code, f"Xã {name}", "Xã", "xã", "200", None, None)


QUANG_LAM, TAN_LAP = commune("06898", "Quảng Lâm"), commune("06917", "Tân Lập")


def finding(code="C101", cell=(12, 3), file="quang-lam.xlsx", sheet="Biểu 02", severity=Severity.ERROR, **more):
    row, column = cell or (None, None)
    more.setdefault("message", "Thôn Bình Hồ, cột “Tái nghèo” (6): bắt buộc nhưng đang để trống.")
    return Diagnostic(code, severity, Location(file, sheet, row, column), **more)


def outcome(*diagnostics, **more):
    files = [FileStatus("quang-lam.xlsx", "", "06898"), FileStatus("la.pdf", "", None)]
    return Outcome(DISTRICT, PERIOD, [QUANG_LAM, TAN_LAP], files, diagnostics, **more)


CAUSE = finding(
    "S202",
    None,
    hint="Chép số liệu sang biểu mẫu trắng.",
    consequences=(
        *(finding("R201", (row, 11), message=f"Dòng {row} sai.") for row in range(10, 16)),
        finding("T302", (69, 11), sheet="Biểu 03", message="Tổng sai.", consequences=(finding("X403", None, "x.xlsx", None, Severity.WARNING),)),
    ),
)


def test_text_names_what_is_folded_in_short():
    text = text_format.render([CAUSE], 1)

    assert " ".join(text.split()).count("↳ kéo theo 7 lỗi, 1 cảnh báo khác: R201 (K10, K11, K12, K13 …), T302 (Biểu 03!K69), X403 (x.xlsx)") == 1
    assert "Dòng 10 sai." not in text
    assert text.splitlines()[-1] == "Đã kiểm tra 1 tệp: 1 lỗi trong 1 tệp hoặc thư mục."
    assert max(map(len, text.splitlines())) <= 80


def test_text_of_many_files_ends_with_a_table_of_them():
    found = [finding(file=f"{name}.xlsx", severity=severity) for name in "abc" for severity in (Severity.ERROR, Severity.ERROR, Severity.WARNING)]
    lines = text_format.render([*found, finding("R201", file=f"{'d' * 60}.xlsx")], 9).splitlines()
    table = lines[lines.index(next(line for line in lines if line.startswith("Tệp "))) :]

    assert [line.split() for line in table[1:4]] == [[f"{name}.xlsx", "2", "1", "C101", "(3)"] for name in "abc"]
    assert table[4].split() == [f"{'d' * 41}…", "1", "0", "R201"]
    assert "Các mã gặp nhiều nhất: C101 (9), R201 (1). Xem giải thích: mtqg explain MÃ." in table
    assert not any(line.startswith("Tệp ") for line in text_format.render(found[:6], 2).splitlines())


def test_text_has_colour_only_when_asked():
    plain, coloured = (text_format.render([CAUSE, finding(severity=Severity.WARNING)], 1, colour=colour) for colour in (False, True))

    assert "\033" not in plain
    assert "\033[31mlỗi\033[0m S202" in coloured
    assert "\033[33mcảnh báo\033[0m C101" in coloured
    assert re.sub(r"\033\[\d*m", "", coloured) == plain


NASTY = '\x1b]0;x\x07\x1b[2J\ud800\u202e\x00<script>alert(1)</script>"><img src=x onerror=alert(2)>{{ 7*7 }}&amp;'


@pytest.fixture
def nasty():
    return finding(message=NASTY, hint=NASTY, found=NASTY, file=f"a{NASTY}.xlsx", sheet=NASTY, consequences=(finding(message=NASTY, sheet=NASTY),))


def test_no_text_of_a_cell_or_a_name_steers_a_terminal(nasty):
    text = text_format.render([nasty, finding(), finding(file="z")], 3)

    assert not set(text) & set("\x1b\x07\x00\u202e\ud800")
    assert "[U+001B]" in text
    text.encode()


def test_no_text_of_a_cell_becomes_part_of_the_page(nasty):
    page = html_format.render(outcome(nasty, missing=[commune("1", NASTY)], excused={"2": NASTY}), {"C101": NASTY}, MADE)

    assert page.count("<script") == 1
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7*7 }}&amp;amp;" in page
    assert not set(page) & set("\x1b\x07\x00\u202e\ud800")
    page.encode()


def test_json_holds_consequences_beneath_their_cause_and_counts_causes():
    document = json.loads(json_format.render(DISTRICT, PERIOD, [FileStatus("quang-lam.xlsx", "ab", "06898")], [TAN_LAP], [CAUSE]))
    cause = document["diagnostics"][0]

    assert document["files"] == [{"file": "quang-lam.xlsx", "sha256": "ab", "unit": "06898", "errors": 1, "warnings": 0}]
    assert [each["cell"] for each in cause["consequences"]] == ["K10", "K11", "K12", "K13", "K14", "K15", "K69"]
    assert set(cause["consequences"][0]) == set(cause)
    assert cause["consequences"][6]["consequences"][0]["severity"] == "warning"


def test_the_page_says_whose_it_is_and_who_is_missing():
    page = html_format.render(outcome(CAUSE, missing=[TAN_LAP], excused={"06898": "đang sắp xếp lại"}), {}, MADE)
    plain = re.sub(r"<[^>]+>", "", page)

    assert page.startswith('<!DOCTYPE html>\n<html lang="vi">')
    assert "6 tháng đầu năm 2024 · Số liệu tính đến ngày 30/6/2024 · Ngày lập: 25/6/2024" in plain
    assert "Chưa gửi báo cáo (1): Xã Tân Lập." in plain
    assert "Xã Quảng Lâm (đang sắp xếp lại)." in plain
    assert "Kéo theo 7 lỗi, 1 cảnh báo khác" in plain
    assert "1 đơn vị chưa gửi" in plain


def test_the_page_of_single_files_does_not_speak_of_missing_units():
    page = html_format.render(outcome(asks_for_all=False), {}, MADE)

    assert "chưa gửi" not in page.split("<script>")[0]
    assert "Không có lỗi, không có cảnh báo." in page


def test_the_page_is_the_same_each_time_and_stands_alone():
    pages = {html_format.render(outcome(CAUSE), {"S202": "Không thấy đầu bảng."}, MADE) for _ in range(2)}
    (page,) = pages

    assert len(pages) == 1
    assert "http:" not in page
    assert "https:" not in page
    assert not re.search(r"\b(?:src|href|style|on\w+)=", re.sub(r"<script>.*</script>", "", page, flags=re.DOTALL))


def test_a_province_is_rendered_quickly():
    communes = [commune(f"{number:05}", f"Thử {number}") for number in range(150)]
    found = [finding("R201", (row, 11), f"{each.code}.xlsx", hint="Sửa lại số.") for each in communes for row in range(10, 50)]
    asked = Outcome(DISTRICT, PERIOD, communes, [FileStatus(f"{each.code}.xlsx", "", each.code) for each in communes], found)
    begin = time.process_time()
    page = html_format.render(asked, {"R201": "Ô tự tính không khớp."}, MADE)

    assert time.process_time() - begin < 3  # some 0.3 s on an office machine
    assert page.count('data-severity="error"') == 6000

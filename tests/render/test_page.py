"""The HTML page of findings in a real browser: it loads alone, sorts, filters, answers to the keyboard, and prints whole."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from browser import Browser

from mtqg_cli.core.diagnostic import Diagnostic, Severity
from mtqg_cli.core.location import Location
from mtqg_cli.core.period import parse_period
from mtqg_cli.core.submission import FileStatus
from mtqg_cli.core.unit import Unit
from mtqg_cli.render.diagnostics.html_format import render
from mtqg_cli.render.diagnostics.outcome import Outcome

HEADLINES = {"C101": "Ô bắt buộc đang để trống.", "R201": "Ô tự tính không khớp.", "S204": "Có dòng ẩn.", "T302": "Dòng tổng sai."}
NAMES = ["Quảng Lâm", "Đại Bình", "Tân Bình", "Quảng An"]
NASTY = '<script>alert(1)</script>"><img src=https://example.invalid/x.png onerror=alert(2)><b id=evil>'


def a_page():
    communes = [Unit(f"{number:05}", f"Xã {name}", "Xã", "xã", "200", None, None) for number, name in enumerate([*NAMES, "Tân Lập"])]
    found = []
    for number in range(4):
        for row in range(9, 24):
            code, severity = (("C101", Severity.ERROR), ("R201", Severity.ERROR), ("S204", Severity.WARNING))[row % 3]
            place = Location(f"xa-{number}.xlsx", f"Biểu {row % 2 + 1:02}", row, row)
            found.append(Diagnostic(code, severity, place, f"Thôn số {number}-{row}, hộ cận nghèo: ghi sai.", f"Sửa ô {number}-{row}."))
    brought = tuple(Diagnostic("T302", Severity.ERROR, Location("xa-0.xlsx", "Biểu 02", 69, col), f"Tổng kéo theo thứ {col}.") for col in (3, 4))
    found.append(Diagnostic("C101", Severity.ERROR, Location("xa-0.xlsx", "Biểu 09", 5, 2), f"Ghi “{NASTY}”.", NASTY, consequences=brought))
    files = [FileStatus(f"xa-{number}.xlsx", "", each.code) for number, each in enumerate(communes[:4])]
    district = Unit("200", "Huyện Đầm Hà", "Huyện", "huyện", None, None, None)
    return render(Outcome(district, parse_period("6m2024"), communes, files, found, communes[4:]), HEADLINES, date(2024, 6, 25)), found


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    chromium = Browser(tmp_path_factory.mktemp("profile"))
    yield chromium
    chromium.close()


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("trang") / "báo cáo lỗi.html"
    path.write_text(a_page()[0], encoding="utf-8")
    return path


@pytest.fixture
def opened(browser, page):
    browser.open(page)
    return browser


def shown(browser, column=5):
    return browser.run(f"[...document.querySelectorAll('#findings tbody tr')].filter(r => r.checkVisibility()).map(r => r.cells[{column}].textContent.trim())")


def choose(browser, field, value):
    browser.run(
        f"(() => {{ const f = document.getElementById('{field}'); f.value = {value!r}; f.dispatchEvent(new Event('input', {{bubbles: true}})); }})();"
        "new Promise(done => setTimeout(done, 250))"
    )


def told(browser):
    return browser.run("document.getElementById('told').textContent")


def sort_by(browser, column):
    browser.run(f"document.querySelectorAll('#findings thead button')[{column}].click()")


def test_it_loads_without_a_complaint_and_asks_for_nothing(opened, page):
    assert opened.complaints == []
    assert opened.requests == [page.as_uri()]
    assert told(opened) == "61 mục: 41 lỗi, 20 cảnh báo, kéo theo 2 mục khác."


def test_what_a_cell_smuggles_in_is_shown_as_text(opened):
    assert opened.run("document.getElementById('evil')") is None
    assert opened.run("document.querySelectorAll('img').length") == 0
    assert NASTY in "".join(shown(opened))


def test_the_policy_stops_a_script_that_got_in_all_the_same(browser, page, tmp_path):
    path = tmp_path / "x.html"
    smuggled = '<script>document.title = "bị chiếm"</script><img src="https://example.invalid/x.png"></body>'
    path.write_text(page.read_text(encoding="utf-8").replace("</body>", smuggled), encoding="utf-8")
    browser.open(path)

    assert browser.run("document.title") == "Kết quả kiểm tra số liệu 6 tháng đầu năm 2024 – Huyện Đầm Hà"
    assert len(browser.complaints) == 2


@pytest.mark.parametrize(
    ("field", "value", "count", "words"),
    [
        ("by-unit", "Xã Đại Bình", 15, "Đang hiện 15 trong 61 mục: 10 lỗi, 5 cảnh báo. Đang lọc: Xã Đại Bình."),
        ("by-severity", "warning", 20, "Đang hiện 20 trong 61 mục: 20 cảnh báo. Đang lọc: cảnh báo."),
        ("by-rule", "R201", 20, "Đang hiện 20 trong 61 mục: 20 lỗi. Đang lọc: R201 – Ô tự tính không khớp."),
        ("by-rule", "T302", 1, "Đang hiện 1 trong 61 mục: 1 lỗi, kéo theo 2 mục khác. Đang lọc: T302 – Dòng tổng sai."),
        ("by-text", "HO CAN ngheo dai", 15, "Đang hiện 15 trong 61 mục: 10 lỗi, 5 cảnh báo. Đang lọc: có nội dung “HO CAN ngheo dai”."),
        ("by-text", "Đại  bình", 15, "Đang hiện 15 trong 61 mục: 10 lỗi, 5 cảnh báo. Đang lọc: có nội dung “Đại  bình”."),
        ("by-text", "tổng kéo theo thứ 4", 1, "Đang hiện 1 trong 61 mục: 1 lỗi, kéo theo 2 mục khác. Đang lọc: có nội dung “tổng kéo theo thứ 4”."),
        ("by-text", "xyz", 0, "Đang hiện 0 trong 61 mục. Đang lọc: có nội dung “xyz”."),
    ],
)
def test_filters(opened, field, value, count, words):
    choose(opened, field, value)

    assert len(shown(opened)) == count
    assert told(opened) == words
    assert opened.run("document.getElementById('none').checkVisibility()") is (count == 0)


def test_filters_add_up_and_are_taken_back(opened):
    before = shown(opened)
    choose(opened, "by-unit", "Xã Quảng Lâm")
    choose(opened, "by-severity", "error")
    choose(opened, "by-rule", "C101")
    assert len(shown(opened)) == 6

    sort_by(opened, 5)
    opened.run("document.getElementById('again').click()")
    assert shown(opened) == before


def test_each_column_sorts_both_ways(opened):
    for column in range(6):
        sort_by(opened, column)
        assert opened.run(f"document.querySelectorAll('#findings th')[{column}].getAttribute('aria-sort')") == "ascending"
        up = shown(opened, column)
        sort_by(opened, column)
        assert opened.run(f"document.querySelectorAll('#findings th')[{column}].getAttribute('aria-sort')") == "descending"
        down = shown(opened, column)
        assert sorted(up) == sorted(down)
        assert up[0] == down[-1]
        assert up != down
        assert opened.run("document.querySelectorAll('[aria-sort]').length") == 1
    sort_by(opened, 3)
    assert [int(re.sub(r"\D", "", each)) for each in shown(opened, 3)] == sorted(int(re.sub(r"\D", "", each)) for each in shown(opened, 3))
    sort_by(opened, 0)
    assert shown(opened, 0) == ["■ Lỗi"] * 41 + ["▲ Cảnh báo"] * 20


def test_a_unit_in_the_overview_chooses_its_findings(opened):
    opened.run("[...document.querySelectorAll('#units button.link')].find(b => b.textContent === 'Xã Tân Bình').click()")

    assert told(opened).startswith("Đang hiện 15 trong 61 mục")
    assert opened.run("document.getElementById('by-unit').value") == "Xã Tân Bình"


def test_the_keyboard_alone_sorts_and_unfolds(opened):
    opened.run("document.querySelector('#findings thead button').focus()")
    opened.press("Tab", "Enter")
    assert opened.run("document.querySelectorAll('#findings th')[1].getAttribute('aria-sort')") == "ascending"

    opened.run("document.querySelector('#findings summary').focus()")
    assert opened.run("document.querySelector('#findings details').open") is False
    opened.press("Enter")
    assert opened.run("document.querySelector('#findings details').open") is True


def test_without_scripts_it_is_a_plain_whole_table(browser, page, tmp_path):
    browser.open(page, scripts=False)
    pdf = tmp_path / "x.pdf"
    pdf.write_bytes(browser.pdf())
    text = words(pdf)

    assert "Tổng kéo theo thứ 3." in text
    assert "Tìm chữ" not in text
    assert "61 mục: 41 lỗi, 20 cảnh báo." in text


@pytest.mark.parametrize("width", [400, 1280])
def test_nothing_stands_out_at_the_side(browser, page, width):
    browser.open(page, width, 800)

    assert browser.run("document.documentElement.scrollWidth") <= width


def words(pdf):
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def test_it_prints_on_a4_with_every_finding_and_a_head_on_each_page(opened, tmp_path):
    pdf = tmp_path / "x.pdf"
    pdf.write_bytes(opened.pdf())
    about = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, check=True).stdout.decode()
    pages = words(pdf).split("\f")[:-1]
    flat = " ".join(" ".join(pages).split())

    assert re.search(r"Page size:\s+841\.\d+ x 59[45]\.\d+ pts \(A4\)", about)
    assert len(pages) > 2
    assert all("Nội dung và cách xử lý" in text for text in pages[1:])
    for each in a_page()[1]:
        if "script" not in each.message:
            assert flat.count(each.message) == 1
            assert flat.count(each.hint) == 1
    assert "Tổng kéo theo thứ 3." in flat
    assert "Tổng kéo theo thứ 4." in flat
    assert "Chưa gửi báo cáo (1): Xã Tân Lập." in flat
    assert f"Trang {len(pages)}/{len(pages)}" in pages[-1]
    # no row is cut: what begins on a page ends there
    for text in pages:
        assert len(re.findall(r"hộ cận nghèo: ghi sai", text)) == len(re.findall(r"→ Sửa ô", text))


def test_what_is_filtered_is_printed_and_says_so(opened, tmp_path):
    choose(opened, "by-unit", "Xã Quảng An")
    pdf = tmp_path / "x.pdf"
    pdf.write_bytes(opened.pdf())
    flat = " ".join(words(pdf).split())

    assert "Đang lọc: Xã Quảng An." in flat
    assert "Thôn số 3-9," in flat
    assert "Thôn số 1-9," not in flat

"""The ledger by itself: runs at once, a run killed in the middle, and what it makes of rows and forms that change."""

from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest

from mtqg_cli.core.receipt import FormFacts, RowFacts
from mtqg_cli.ledger import store
from mtqg_cli.ledger.differences import differences
from mtqg_cli.ledger.entries import Found, Look, mark_returned, record
from mtqg_cli.ledger.facts import facts_of, pack, unpack
from mtqg_cli.render.standing.words import change_text

DAY = dt.datetime(2024, 6, 10, 8, 15, tzinfo=dt.timezone(dt.timedelta(hours=7)))


def look(*found, day=DAY, period="6m2024"):
    return Look(period, [Found(f"{unit}.xlsx", sha256, unit, 0, 0, None) for unit, sha256 in found], day, "0")


#: What another process does: enters twenty files of a unit, or dies in the middle of an entry.
CHILD = """
import datetime as dt, os, sys
from pathlib import Path
from mtqg_cli.ledger import entries
from mtqg_cli.ledger.entries import Found, Look, record

folder, unit, what = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
day = dt.datetime(2024, 6, 10, 8, 15, tzinfo=dt.timezone(dt.timedelta(hours=7)))
if what == "killed":
    entries._receipts = lambda *_: os._exit(9)
for number in range(20):
    history = record(folder, Look("6m2024", [Found(f"{unit}.xlsx", f"{unit}-{number}", unit, 0, 0, None)], day, "0"))
print(*history.notes)
"""


def child(folder, unit, what="enters"):
    return subprocess.Popen([sys.executable, "-c", CHILD, str(folder), unit, what], stdout=subprocess.PIPE, text=True, encoding="utf-8")


def test_runs_at_once_lose_nothing(tmp_path):
    runs = [child(tmp_path, unit) for unit in ("a", "b", "c")]
    told = [run.communicate()[0] for run in runs]
    history = record(tmp_path, look())

    assert [run.returncode for run in runs] == [0, 0, 0]
    assert [text.strip() for text in told] == ["", "", ""]
    assert {unit: [each.sha256 for each in receipts] for unit, receipts in history.receipts.items()} == {
        unit: [f"{unit}-{number}" for number in range(20)] for unit in ("a", "b", "c")
    }
    assert history.notes == ()


def test_a_run_that_is_killed_leaves_nothing_half_written(tmp_path):
    record(tmp_path, look(("a", "1")))
    run = child(tmp_path, "a", "killed")
    run.communicate()
    assert run.returncode == 9

    history = record(tmp_path, look(("a", "1")))
    assert ([each.sha256 for each in history.receipts["a"]], list(history.receipts), history.notes) == (["1"], ["a"], ())


def test_periods_are_kept_apart(tmp_path):
    record(tmp_path, look(("a", "1")))
    history = record(tmp_path, look(("a", "2"), period="9m2024"))

    assert [each.sha256 for each in history.receipts["a"]] == ["2"]
    assert len(history.fresh) == 1


def test_the_day_of_a_look_that_could_not_see_everything_is_no_proof(tmp_path):
    record(tmp_path, look(("a", "1")))
    record(tmp_path, replace(look(("a", "1"), day=DAY + dt.timedelta(days=5)), complete=False))
    history = record(tmp_path, look(("a", "1"), ("b", "1"), day=DAY + dt.timedelta(days=9)))

    assert history.receipts["b"][0].looked_before == DAY


def test_only_files_that_were_entered_can_be_returned(tmp_path):
    record(tmp_path, look(("a", "1")))
    assert mark_returned(tmp_path, "6m2024", ["1", "lạ"], DAY) == ()

    history = record(tmp_path, look(("a", "1")))
    assert history.receipts["a"][0].returned == DAY


def test_a_file_that_is_read_only_is_still_read(tmp_path, monkeypatch):
    record(tmp_path, look(("a", "1")))
    connect = sqlite3.connect

    def read_only(path, **options):
        return connect(f"file:{path}?mode=ro", uri=True, **options)

    monkeypatch.setattr(store.sqlite3, "connect", read_only)
    history = record(tmp_path, look(("a", "2")))

    assert history.notes == ("Không ghi được sổ theo dõi .mtqg/so-theo-doi.sqlite (thư mục hoặc tệp chỉ cho đọc); lần chạy này không được ghi vào sổ.",)
    assert [each.sha256 for each in history.receipts["a"]] == ["1"]


def test_a_damaged_file_leaves_no_journal_to_the_new_one(tmp_path):
    (tmp_path / ".mtqg").mkdir()
    path = tmp_path / ".mtqg" / store.NAME
    path.write_bytes(b"khong phai so" * 400)
    for tail in ("-journal", "-wal", "-shm"):
        path.with_name(f"{store.NAME}{tail}").write_bytes(b"cua tep cu" * 60)
    history = record(tmp_path, look(("a", "1")))

    assert len(history.notes) == 1
    assert len(history.receipts["a"]) == 1
    assert (path.parent / "so-theo-doi (hỏng 2024-06-10 081500).sqlite").read_bytes() == b"khong phai so" * 400
    assert [each.name for each in path.parent.glob("so-theo-doi.sqlite*")] == ["so-theo-doi.sqlite"]


def test_values_that_no_run_wrote_are_damage(tmp_path):
    record(tmp_path, look(("a", "1")))
    with sqlite3.connect(tmp_path / ".mtqg" / store.NAME) as ledger:
        ledger.execute("UPDATE receipt SET first_seen = 'hôm qua'")
    ledger.close()
    history = record(tmp_path, look(("a", "1")))

    assert "bị hỏng" in history.notes[0]
    assert history.receipts["a"][0].first_seen == DAY


@pytest.fixture(scope="module")
def villages(gathered):
    """The form of poor households and the facts of Quảng Lâm."""
    request, batch = gathered.value.request, gathered.value.batch
    submission = next(each for each in batch.submissions if each.file == "quang-lam.xlsx")
    return next(form for form in request.forms if form.id == "ho-ngheo"), facts_of(submission, request.forms_for(submission.unit))


def test_facts_come_back_as_they_were(villages):
    _, facts = villages
    content = pack(facts)

    assert unpack(content) == facts
    assert len(content) < 6000
    assert unpack(b"hong") is None


def told(old, new, form):
    return [change_text(each) for each in differences({form.id: old}, {form.id: new}, [form])]


def test_rows_are_known_by_name_and_not_by_place(villages):
    form, facts = villages
    old = facts[form.id]
    moved = replace(old, rows=old.rows[::-1])
    respelt = replace(old, rows=(RowFacts(old.rows[0].key, "thôn Bình Hồ", {**old.rows[0].values, "village": "BÌNH HỒ"}), *old.rows[1:]))
    come = replace(old, rows=(*old.rows, RowFacts(("mới",), "thôn Mới", {"village": "Mới", "opening": "1"})))

    assert told(old, moved, form) == told(old, respelt, form) == []
    assert told(old, come, form) == ["Thêm thôn Mới"]
    assert told(come, old, form) == ["Không còn thôn Mới"]


def test_a_name_that_stands_twice_is_two_rows(villages):
    form, facts = villages
    old = facts[form.id]
    twice = replace(old, rows=(*old.rows, replace(old.rows[0], values={**old.rows[0].values, "opening": "9"})))

    assert told(old, twice, form) == ["Thêm thôn Bình Hồ"]
    assert told(twice, replace(twice, rows=(*old.rows, old.rows[0])), form) == ["Hộ nghèo đầu kỳ thôn Bình Hồ: 9 → 3"]


def test_a_total_is_told_only_where_it_changed_by_itself(villages):
    form, facts = villages
    old = replace(facts[form.id], total={"opening": "5"})
    rows = (replace(old.rows[0], values={**old.rows[0].values, "opening": "4"}), *old.rows[1:])

    assert told(old, replace(old, total={"opening": "6"}), form) == ["Hộ nghèo đầu kỳ dòng tổng cộng: 5 → 6"]
    assert told(old, replace(old, rows=rows, total={"opening": "6"}), form) == ["Hộ nghèo đầu kỳ thôn Bình Hồ: 3 → 4"]


def test_forms_that_changed_or_could_not_be_read_are_not_compared(villages):
    form, facts = villages
    old = facts[form.id]

    assert told(old, replace(old, version="2"), form) == ["Biểu mẫu đã đổi từ phiên bản 1 sang 2; không so sánh từng số"]
    assert told(old, FormFacts("1", None), form) == ["Biểu này lần trước đọc được, nay không đọc được"]
    assert told(FormFacts("1", None), old, form) == ["Biểu này lần trước không đọc được, nay đọc được"]
    assert differences({}, {form.id: old}, [form]) == ()

"""The ledger by itself: runs at once, a run killed in the middle, and what it makes of rows and forms that change."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import sqlite3
import subprocess
import sys
import zlib
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


FACTS = {"ho-ngheo": FormFacts("1", (RowFacts(("a",), "thôn A", {"x": "1"}),), {"x": "1"})}
UNITS = [f"{number:05}" for number in range(6820, 6832)]


def full_look(day, letter):
    return Look("6m2024", [Found(f"{unit}.xlsx", f"{unit}{letter}" * 8, unit, 0, 0, FACTS) for unit in UNITS], day, "1")


class Kept(bytes):
    """Of a failing test its bytes say nothing."""

    def __repr__(self):
        return f"<{len(self)} bytes>"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A ledger with four workbooks of each of twelve units, as bytes."""
    folder = tmp_path_factory.mktemp("so")
    for number, letter in enumerate("abcd"):
        record(folder, full_look(DAY + dt.timedelta(days=number), letter))
    return Kept((folder / ".mtqg" / store.NAME).read_bytes())


def lay(folder, content):
    shutil.rmtree(folder, ignore_errors=True)
    (folder / ".mtqg").mkdir(parents=True)
    (folder / ".mtqg" / store.NAME).write_bytes(content)


def check_rebuilt(folder, content):
    """The run goes on, what lies there now is in the ledger; the old file is kept whole and told of once, or nothing of it is lost."""
    now = DAY + dt.timedelta(days=30)
    history = record(folder, full_look(now, "z"))
    assert {unit: receipts[-1].sha256 for unit, receipts in history.receipts.items() if unit in UNITS} == {unit: f"{unit}z" * 8 for unit in UNITS}
    if history.notes:
        assert len(history.notes) == 1
        assert "bị hỏng, đã chuyển thành" in history.notes[0]
        (aside,) = (path for path in (folder / ".mtqg").iterdir() if "(hỏng" in path.name and not path.name.endswith("-journal"))
        assert aside.read_bytes() == content
    elif content:
        assert sum(len(receipts) for receipts in history.receipts.values()) == 5 * len(UNITS)
    assert record(folder, full_look(now, "z")).notes == ()
    assert mark_returned(folder, "6m2024", [f"{UNITS[0]}z" * 8], now) == ()


def test_a_ledger_that_is_cut_anywhere_is_rebuilt(tmp_path, kept):
    for length in {0, 1, 15, 16, 99, 100, 4095, 4096, 4097, len(kept) - 1, *range(0, len(kept), 1531)}:
        lay(tmp_path / "x", kept[:length])
        check_rebuilt(tmp_path / "x", kept[:length])


_FILLINGS = {"zeros": lambda _: bytes(4096), "ones": lambda _: b"\xff" * 4096, "anything": lambda page: random.Random(page).randbytes(4096)}
_PART = st.integers(0, 9999)
#: A whole page, or single bits, at so many ten-thousandths of the file.
_DAMAGE = st.one_of(st.tuples(_PART, st.sampled_from(sorted(_FILLINGS))), st.lists(st.tuples(_PART, st.integers(0, 7)), min_size=1, max_size=20))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=_DAMAGE)
def test_a_ledger_that_is_damaged_anywhere_is_rebuilt(tmp_path, kept, damage):
    content = bytearray(kept)
    if isinstance(damage, tuple):
        page = damage[0] * (len(kept) // 4096) // 10_000 * 4096
        content[page : page + 4096] = _FILLINGS[damage[1]](page)
    else:
        for part, bit in damage:
            content[part * len(kept) // 10_000] ^= 1 << bit
    lay(tmp_path / "x", bytes(content))
    folder = tmp_path / "x"
    # what SQLite cannot see: a letter in the middle of a text. It is no reason for a run to fail either
    history = record(folder, full_look(DAY + dt.timedelta(days=30), "z"))
    assert {unit for unit, receipts in history.receipts.items() if receipts[-1].sha256 == f"{unit}z" * 8} >= set(UNITS)
    assert len(history.notes) <= 1
    assert record(folder, full_look(DAY + dt.timedelta(days=30), "z")).notes in ((), history.notes if "mới hơn" in "".join(history.notes) else ())


def test_what_stands_in_the_place_of_the_ledger_is_moved_aside_whatever_it_is(tmp_path):
    place = tmp_path / ".mtqg" / store.NAME
    place.mkdir(parents=True)
    (place / "ghi-chu.txt").write_text("a", encoding="utf-8")
    history = record(tmp_path, full_look(DAY, "z"))

    assert "bị hỏng, đã chuyển thành" in history.notes[0]
    assert [path.read_text(encoding="utf-8") for path in place.parent.glob("so-theo-doi (hỏng*/ghi-chu.txt")] == ["a"]
    assert place.is_file()
    assert record(tmp_path, full_look(DAY, "z")).notes == ()


def spoiled(statement):
    def spoil(path):
        with sqlite3.connect(path) as ledger:
            ledger.execute(statement)
        ledger.close()

    return spoil


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE look SET number = 'x'",
        "UPDATE look SET at = x'00ff'",
        "UPDATE receipt SET unit = x'ff' WHERE sequence = 3",
        "UPDATE receipt SET sha256 = x'00' WHERE sequence = 3",
        "UPDATE receipt SET last_look = 'x' WHERE sequence = 3",
        "UPDATE receipt SET facts = 7 WHERE sequence = 3",
        "UPDATE receipt SET last_seen = '' WHERE sequence = 3",
        "DROP TABLE look",
        "ALTER TABLE receipt DROP COLUMN facts",
        "PRAGMA user_version = 16777217",
        "PRAGMA application_id = 5",
    ],
)
def test_values_and_tables_that_no_run_made_are_damage(tmp_path, kept, statement):
    lay(tmp_path, kept)
    spoiled(statement)(tmp_path / ".mtqg" / store.NAME)
    content = (tmp_path / ".mtqg" / store.NAME).read_bytes()

    check_rebuilt(tmp_path, content)
    assert list((tmp_path / ".mtqg").glob("*(hỏng*"))


#: A run that is killed while its changes are half in the file and half in the journal.
HALF_WRITTEN = """
import os, sqlite3, sys
ledger = sqlite3.connect(sys.argv[1], isolation_level=None)
ledger.execute("PRAGMA cache_size = 1")
ledger.execute("BEGIN IMMEDIATE")
for number in range(400):
    ledger.execute("INSERT INTO receipt SELECT NULL, period, unit, sha256 || ?, file, first_seen, last_seen, looked_before, errors, warnings, program, last_look,"
        " withdrawn, returned, facts FROM receipt LIMIT 12", (str(number),))
ledger.execute("UPDATE receipt SET sha256 = 'hong', first_seen = 'hong'")
os._exit(9)
"""


def test_the_journal_of_a_killed_run_is_played_back(tmp_path, kept):
    lay(tmp_path, kept)
    path = tmp_path / ".mtqg" / store.NAME
    subprocess.run([sys.executable, "-c", HALF_WRITTEN, str(path)], check=False)
    assert path.read_bytes() != kept
    assert path.with_name(f"{store.NAME}-journal").stat().st_size > 0

    history = record(tmp_path, full_look(DAY + dt.timedelta(days=30), "d"))
    assert history.notes == ()
    assert {unit: [each.sha256 for each in receipts] for unit, receipts in history.receipts.items()} == {
        unit: [f"{unit}{letter}" * 8 for letter in "abcd"] for unit in UNITS
    }


def bomb():
    return zlib.compress(b'{"a": "' + b"0" * 2**26 + b'"}', 9)


@pytest.mark.parametrize(
    "content",
    [
        None,
        5,
        "x",
        b"",
        zlib.compress(b"[]"),
        zlib.compress(b"{}"),
        zlib.compress(b'{"a": 5}'),
        zlib.compress(b"[" * 100_000),
        zlib.compress(b'{"a": {"version": 1, "rows": null, "total": {}}}'),
        zlib.compress(b'{"a": {"version": "1", "rows": [["a", 5, {}]], "total": {}}}'),
        zlib.compress(b'{"a": {"version": "1", "rows": [[["a"], "b", {"c": 5}]], "total": {}}}'),
        bomb(),
    ],
)
def test_facts_that_no_run_packed_are_none(content):
    assert unpack(content) is None


MOMENTS = st.datetimes(
    min_value=dt.datetime(1980, 1, 2),
    max_value=dt.datetime(2099, 12, 30),
    timezones=st.sampled_from([dt.timezone(dt.timedelta(hours=h)) for h in (-11, 0, 7, 14)]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(MOMENTS, st.sampled_from("abc")), min_size=1, max_size=8))
def test_the_order_is_that_of_the_runs_whatever_the_clock_says(tmp_path, looks):
    """Days and zones are drawn at random: nothing that was entered is lost or changes its place."""
    shutil.rmtree(tmp_path / "x", ignore_errors=True)
    (tmp_path / "x").mkdir()
    expected, before = [], []
    for moment, content in looks:
        history = record(tmp_path / "x", look(("06898", content), day=moment))
        if not expected or expected[-1][0] != content:
            expected.append((content, moment.replace(microsecond=0)))
        receipts = history.receipts["06898"]
        assert [(each.sha256, each.first_seen) for each in receipts] == expected
        assert [(each.sequence, each.first_seen) for each in receipts][: len(before)] == before
        assert receipts[-1].last_seen == moment.replace(microsecond=0)
        before = [(each.sequence, each.first_seen) for each in receipts]
        assert [sequence for sequence, _ in before] == sorted(sequence for sequence, _ in before)
        assert history.notes == ()


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

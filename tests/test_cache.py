"""The cache's file: whatever has become of it, work goes on with the same result; what is damaged is begun anew, what is not ours is left alone."""

from __future__ import annotations

import os
import random
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from mtqg_cli.ledger import cache

KEYS = [bytes([number]) * 32 for number in range(40)]


def content(key, size=300):
    return random.Random(key).randbytes(size)


def known(project, keys=KEYS):
    with cache.recalling(project) as recall:
        return [recall(key) for key in keys]


def path_of(project):
    return project / ".mtqg" / "bo-nho-dem.sqlite"


@pytest.fixture
def project(tmp_path):
    cache.keep(tmp_path, {key: content(key) for key in KEYS})
    return tmp_path


ALL = [content(key) for key in KEYS]
NOTHING = [None] * len(KEYS)


def again(project):
    """Everything is kept once more, as a run does that has found nothing."""
    cache.keep(project, {key: content(key) for key in KEYS})
    return known(project)


def test_what_is_kept_is_known(project):
    assert known(project) == ALL
    assert known(project, [b"\xff" * 32]) == [None]


def test_without_a_file_nothing_is_known_and_nothing_is_made(tmp_path):
    assert known(tmp_path) == NOTHING
    cache.keep(tmp_path, {})
    assert list(tmp_path.iterdir()) == []


def test_no_file_is_left_beside_it(project):
    assert [each.name for each in (project / ".mtqg").iterdir()] == ["bo-nho-dem.sqlite"]


# --- damage -----------------------------------------------------------------------------------------------------------------------


def test_every_flipped_bit_is_noticed_or_without_effect(project):
    """Anywhere in the file: what is still told is what was kept, and the next run keeps all of it again."""
    whole = path_of(project).read_bytes()
    chance = random.Random(1)
    spoilt = 0
    for place in [*range(0, 100, 3), *(chance.randrange(len(whole)) for _ in range(250))]:
        flipped = bytearray(whole)
        flipped[place] ^= 1 << chance.randrange(8)
        path_of(project).write_bytes(flipped)
        answer = known(project)
        assert all(each in (None, kept) for each, kept in zip(answer, ALL, strict=True))
        spoilt += answer != ALL
    assert spoilt > 20


@pytest.mark.parametrize("size", [0, 1, 16, 99, 100, 512, 4096, 5000, 9000])
def test_a_truncated_file_is_begun_anew(project, size):
    path_of(project).write_bytes(path_of(project).read_bytes()[:size])

    assert set(known(project)) <= {*ALL, None}
    assert again(project) == ALL


@pytest.mark.parametrize("garbage", [b"not a database at all, but a text of some length" * 50, b"SQLite format 3\0" + bytes(5000), bytes(8192)])
def test_garbage_is_replaced(project, garbage):
    path_of(project).write_bytes(garbage)
    (project / ".mtqg" / "bo-nho-dem.sqlite-journal").write_bytes(b"what a run left behind")

    assert known(project) == NOTHING
    assert again(project) == ALL


def edit(project, *statements):
    with closing(sqlite3.connect(path_of(project), isolation_level=None)) as database:
        for each in statements:
            database.execute(*(each if isinstance(each, tuple) else (each,)))


def test_a_row_under_another_key_is_not_believed(project):
    """Its own sum is right, and binds it to the key that it was kept under."""
    (first,) = (row for row in rows(project) if row[0] == KEYS[0])
    edit(project, ("UPDATE fact SET content = ? WHERE key = ?", (first[1], KEYS[1])))

    assert known(project, KEYS[:3]) == [ALL[0], None, ALL[2]]


def rows(project):
    with closing(sqlite3.connect(path_of(project))) as database:
        return database.execute("SELECT key, content FROM fact").fetchall()


@pytest.mark.parametrize("value", [None, 5, "text", b"", b"short", bytes(400)])
def test_a_row_of_anything_else_is_not_believed(project, value):
    if value is not None:
        edit(project, ("UPDATE fact SET content = ? WHERE key = ?", (value, KEYS[0])))
    else:
        edit(project, ("DELETE FROM fact WHERE key = ?", (KEYS[0],)))

    assert known(project, KEYS[:2]) == [None, ALL[1]]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE more (a)",
        "CREATE TRIGGER t AFTER INSERT ON fact BEGIN DELETE FROM fact; END",
        "ALTER TABLE fact ADD COLUMN more",
        "DROP TABLE fact",
        "PRAGMA user_version = 0",
    ],
)
def test_a_file_of_another_shape_is_begun_anew(project, statement):
    edit(project, statement)

    assert known(project) == NOTHING
    assert again(project) == ALL


def test_a_view_in_place_of_the_table_is_never_asked(project):
    """It could go on for ever."""
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT x'00' AS key, 1 AS look, i AS content FROM n"
    edit(project, "DROP TABLE fact", f"CREATE VIEW fact AS {endless}")

    assert known(project, KEYS[:1]) == [None]
    assert again(project) == ALL


# --- not ours, or out of reach --------------------------------------------------------------------------------------------------------


def untouched(project):
    before = path_of(project).read_bytes()
    assert again(project) == NOTHING
    assert path_of(project).read_bytes() == before


@pytest.mark.parametrize("statement", ["PRAGMA application_id = 77", "PRAGMA user_version = 2"])
def test_another_programs_file_and_a_later_editions_are_left_alone(project, statement):
    edit(project, statement)
    untouched(project)


def test_another_programs_database_of_that_name_is_left_alone(project):
    path_of(project).unlink()
    edit(project, "CREATE TABLE theirs (a)")
    untouched(project)


def test_a_locked_file_is_waited_for_and_then_passed_by(project, monkeypatch):
    monkeypatch.setattr(cache, "_PATIENCE", 0.05)
    with closing(sqlite3.connect(path_of(project), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert again(project) == NOTHING
    assert known(project) == ALL


def test_a_file_that_another_run_reads_can_still_be_kept_in(project, monkeypatch):
    monkeypatch.setattr(cache, "_PATIENCE", 0.05)
    with cache.recalling(project) as recall:
        assert recall(KEYS[0]) == ALL[0]
        cache.keep(project, {b"new" * 10: b"content"})
        assert recall(b"new" * 10) == b"content"


@pytest.mark.parametrize("error", [sqlite3.OperationalError("disk I/O error"), sqlite3.OperationalError("database or disk is full"), PermissionError(13, "no")])
def test_what_cannot_be_opened_is_passed_by(project, monkeypatch, error):
    def refuse(*_, **__):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", refuse)
        assert again(project) == NOTHING
    assert known(project) == ALL


def test_a_folder_that_cannot_be_made_is_passed_by(tmp_path):
    (tmp_path / ".mtqg").write_text("một tệp", encoding="utf-8")
    assert again(tmp_path) == NOTHING
    assert (tmp_path / ".mtqg").read_text(encoding="utf-8") == "một tệp"


def test_a_folder_in_its_place_is_left_alone(tmp_path):
    path_of(tmp_path).mkdir(parents=True)
    assert again(tmp_path) == NOTHING
    assert path_of(tmp_path).is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among its files")
def test_a_pipe_in_its_place_is_not_waited_for(tmp_path):
    path_of(tmp_path).parent.mkdir()
    os.mkfifo(path_of(tmp_path))
    assert again(tmp_path) == NOTHING


def test_a_failure_on_the_way_keeps_nothing_of_it(project):
    def failing():
        yield KEYS[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        cache.keep(project, {b"half" * 8: b"done"}, failing())
    assert known(project, [b"half" * 8, KEYS[0]]) == [None, ALL[0]]


# --- how much is kept -----------------------------------------------------------------------------------------------------------------


def test_what_nobody_asks_for_any_more_is_dropped(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "_LOOKS", 3)
    cache.keep(tmp_path, {KEYS[0]: b"used", KEYS[1]: b"not used"})
    for key in KEYS[2:6]:
        cache.keep(tmp_path, {key: b"new"}, [KEYS[0]])

    assert known(tmp_path, KEYS[:6]) == [b"used", None, None, b"new", b"new", b"new"]


def test_the_oldest_goes_once_there_is_too_much(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "LARGEST", 5_000)
    for key in KEYS:
        cache.keep(tmp_path, {key: content(key)}, [KEYS[0]])
    kept = [key for key, each in zip(KEYS, known(tmp_path), strict=True) if each is not None]

    assert kept == [KEYS[0], *KEYS[-14:]]
    assert path_of(tmp_path).stat().st_size < 5 * 5_000


def test_the_file_shrinks_with_what_it_holds(tmp_path, monkeypatch):
    cache.keep(tmp_path, {key: content(key, 50_000) for key in KEYS})
    before = path_of(tmp_path).stat().st_size
    monkeypatch.setattr(cache, "_LOOKS", 1)
    cache.keep(tmp_path, {b"new" * 10: b"content"})

    assert path_of(tmp_path).stat().st_size < before / 10


def test_one_look_may_be_larger_than_all_that_is_kept(tmp_path, monkeypatch):
    """Else a large province would read everything again each time."""
    monkeypatch.setattr(cache, "LARGEST", 1_000)
    assert again(tmp_path) == ALL


def test_projects_have_their_own(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        cache.keep(tmp_path / name, {KEYS[0]: name.encode()})
    assert [known(tmp_path / name, KEYS[:1]) for name in ("a", "b")] == [[b"a"], [b"b"]]
    assert cache.place(Path("dự án")) == Path("dự án/.mtqg/bo-nho-dem.sqlite")

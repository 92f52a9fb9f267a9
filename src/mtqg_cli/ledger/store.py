"""The ledger's file: opened, checked, moved aside if it is damaged, and passed by if it cannot be written. What is entered is `entries`' matter."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, TypeVar

from mtqg_cli.core.system import answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

T = TypeVar("T")

FOLDER = ".mtqg"
NAME = "so-theo-doi.sqlite"
#: "mtqg" in the file's header: whose it is, so that a file of another program is not written into.
_APPLICATION = 0x6D747167
_VERSION = 1
#: Seconds to wait for another run that is writing.
_PATIENCE = 5.0
_TRIES = 3
#: The smallest page of SQLite: no file of its own is shorter, but for one that holds nothing yet.
_FILE_VERSIONS = frozenset({1, 2})
_SMALLEST = 512
#: No version of the program will ever write a ledger of a later version than this one: the number itself is damaged.
_LAST_VERSION = 999

_SCHEMA = """
CREATE TABLE receipt (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  period TEXT NOT NULL, unit TEXT NOT NULL, sha256 TEXT NOT NULL, file TEXT NOT NULL,
  first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, looked_before TEXT,
  errors INTEGER NOT NULL, warnings INTEGER NOT NULL, program TEXT NOT NULL,
  last_look INTEGER NOT NULL, withdrawn INTEGER NOT NULL DEFAULT 0, returned TEXT, facts BLOB
);
CREATE INDEX receipt_of ON receipt (period, unit, sequence);
CREATE TABLE look (period TEXT PRIMARY KEY, number INTEGER NOT NULL, at TEXT);
"""
#: SQLite keeps what it is given, whatever a column is declared as: values of another kind were written by damage only.
_STRANGE = """
SELECT EXISTS (SELECT 1 FROM receipt WHERE typeof(errors) || typeof(warnings) || typeof(last_look) || typeof(withdrawn) <> 'integerintegerintegerinteger'
  OR typeof(period) || typeof(unit) || typeof(sha256) || typeof(file) || typeof(first_seen) || typeof(last_seen) || typeof(program) <> 'texttexttexttexttexttexttext'
  OR typeof(looked_before) NOT IN ('text', 'null') OR typeof(returned) NOT IN ('text', 'null') OR typeof(facts) NOT IN ('blob', 'null'))
OR EXISTS (SELECT 1 FROM look WHERE typeof(period) <> 'text' OR typeof(number) <> 'integer' OR typeof(at) NOT IN ('text', 'null'))
"""

#: What SQLite says of a file that is bad; 0 is what Python's own module finds.
_DAMAGE = frozenset({0, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH})


class Damaged(sqlite3.DatabaseError):
    """The file is no ledger, or one that can no longer be read."""


class Newer(Exception):  # noqa: N818 - a state of the file, told to the user as such
    """The ledger was written by a later version of the program: it is neither read nor replaced."""


def with_ledger(project: Path, now: datetime, work: Callable[[sqlite3.Connection], T]) -> tuple[T | None, tuple[str, ...]]:
    """Does something in one transaction, all of it or nothing; None with a line on why if the ledger cannot be had.

    A damaged file is moved aside under a dated name and a new one begun.
    """
    path = project / FOLDER / NAME
    notes: list[str] = []
    reason = ""
    for _ in range(_TRIES):
        mark = _mark(path)
        try:
            path.parent.mkdir(exist_ok=True)
            return _attempt(path, work), tuple(notes)
        except Newer:
            return None, (*notes, _without("do phiên bản mtqg mới hơn ghi; cần cập nhật mtqg"))
        except (sqlite3.Error, UnicodeDecodeError) as error:  # a damaged text may stand in SQLite's own message
            reason = _reason(error)
            if not _is_damage(error, path):
                break
        except OSError as error:
            reason = answer(error, "ghi")
            break
        try:
            # another run may have moved it aside already: a file that has changed meanwhile is tried once more
            notes += [_move_aside(path, now)] if mark is not None and _mark(path) == mark else []
        except OSError as error:
            reason = f"tệp sổ bị hỏng và không chuyển đi được: {answer(error, 'ghi')}"
            break
    return None, (*notes, _without(reason))


def _mark(path: Path) -> tuple[int, int] | None:
    """What tells one file from another that has taken its name; None for no file. Not its time: SQLite may write into what it then refuses."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def look_into(project: Path, work: Callable[[sqlite3.Connection], T]) -> T | None:
    """Reads without writing, from a ledger that cannot be written; None if that fails as well."""
    path = project / FOLDER / NAME
    try:
        if not path.is_file():
            return None
        with closing(sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)) as ledger:
            return work(ledger) if _header(ledger) == (_APPLICATION, _VERSION) else None
    except (sqlite3.Error, UnicodeDecodeError, OSError):
        return None


def _attempt(path: Path, work: Callable[[sqlite3.Connection], T]) -> T:
    if path.is_file() and 0 < path.stat().st_size < _SMALLEST:
        raise Damaged("cut short")  # SQLite would take it for an empty one
    if path.is_file() and not set(_read_versions(path)) <= _FILE_VERSIONS:
        raise Damaged("of no version")  # SQLite would say that it may only be read
    with closing(sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)) as ledger, _transaction(ledger):
        _prepare(ledger)
        return work(ledger)


def _read_versions(path: Path) -> bytes:
    """The bytes of the header that say which SQLite may write and read the file; none of an empty one."""
    with path.open("rb") as file:
        return file.read(20)[18:]


@contextmanager
def _transaction(ledger: sqlite3.Connection) -> Iterator[None]:
    """Begins by locking: two runs at once enter one after the other, and neither reads what the other is about to change."""
    ledger.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if ledger.in_transaction:
            ledger.execute("ROLLBACK")
        raise
    ledger.execute("COMMIT")


def _header(ledger: sqlite3.Connection) -> tuple[int, int]:
    return ledger.execute("PRAGMA application_id").fetchone()[0], ledger.execute("PRAGMA user_version").fetchone()[0]


def _prepare(ledger: sqlite3.Connection) -> None:
    """A new file gets its tables; one that is there must be ours and whole."""
    application, version = _header(ledger)
    tables = ledger.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if (application, version, tables) == (0, 0, 0):
        for statement in _SCHEMA.split(";"):
            ledger.execute(statement)
        ledger.execute(f"PRAGMA application_id = {_APPLICATION}")
        ledger.execute(f"PRAGMA user_version = {_VERSION}")
        return
    if application != _APPLICATION:
        raise Damaged("written by another program")
    if _VERSION < version <= _LAST_VERSION:
        raise Newer
    if version != _VERSION or ledger.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok" or ledger.execute(_STRANGE).fetchone()[0]:
        raise Damaged("malformed")


def _is_damage(error: Exception, path: Path) -> bool:
    """Whether the file itself is bad, and not merely locked or out of reach. An error without a code is of a text that is none."""
    if path.exists() and not path.is_file():
        return True
    return isinstance(error, Damaged) or _code(error) in _DAMAGE


def _code(error: Exception) -> int:
    """The primary result code, 0 if there is none."""
    return int(getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def _reason(error: Exception) -> str:
    return {
        sqlite3.SQLITE_BUSY: "một lần chạy khác đang ghi",
        sqlite3.SQLITE_LOCKED: "một lần chạy khác đang ghi",
        sqlite3.SQLITE_READONLY: "thư mục hoặc tệp chỉ cho đọc",
        sqlite3.SQLITE_CANTOPEN: "không mở được tệp",
        sqlite3.SQLITE_FULL: "đĩa đã đầy",
    }.get(_code(error), "không đọc, ghi được tệp")


def _without(reason: str) -> str:
    return f"Không ghi được sổ theo dõi {FOLDER}/{NAME} ({reason}); lần chạy này không được ghi vào sổ."


def _move_aside(path: Path, now: datetime) -> str:
    """Gives a damaged file a dated name, with its journal: an old journal would be played back into the new file."""
    stamp = now.strftime("%Y-%m-%d %H%M%S")
    kept = path.with_name(f"{path.stem} (hỏng {stamp}){path.suffix}")
    count = 1
    while kept.exists():
        count += 1
        kept = path.with_name(f"{path.stem} (hỏng {stamp} - {count}){path.suffix}")
    for tail in ("-journal", "-wal", "-shm"):
        beside = path.with_name(f"{path.name}{tail}")
        if beside.exists():
            beside.rename(kept.with_name(f"{kept.name}{tail}"))
    path.rename(kept)
    return f"Sổ theo dõi {FOLDER}/{NAME} bị hỏng, đã chuyển thành “{kept.name}”; lập sổ mới từ các tệp đang có."

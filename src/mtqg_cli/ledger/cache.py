"""What came of workbooks that were looked at before, by what they hold. A help and no source: without it everything is read again.

Whatever is wrong with its file, work goes on: one that is damaged or of an older edition is begun anew, one that is another program's,
a later edition's, locked or not to be written is passed by. What is found in it counts only with a sum that binds it to its key.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import ExitStack, closing, contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

FOLDER = ".mtqg"
NAME = "bo-nho-dem.sqlite"
#: "mtqc" in the file's header: whose it is.
_APPLICATION = 0x6D747163
_VERSION = 1
#: Seconds to wait for another run that is writing; less than reading a handful of workbooks takes.
_PATIENCE = 2.0
#: What nobody has asked for while so many looks brought something new is dropped, and the oldest once there is too much of all.
_LOOKS = 200
LARGEST = 64 * 2**20
#: The bytes of a sum.
_SUM = 16

_TABLE = "CREATE TABLE fact (key BLOB PRIMARY KEY, look INTEGER NOT NULL, content BLOB NOT NULL) WITHOUT ROWID"
_INDEX = "CREATE INDEX fact_look ON fact (look)"
_DAMAGE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR)


class _Unusable(Exception):  # noqa: N818 - a state of the file
    """The file is sound, and not ours to use."""


class _Damaged(sqlite3.DatabaseError):
    """The file says that it is ours, and is not as we make it."""


@contextmanager
def recalling(project: Path) -> Iterator[Callable[[bytes], bytes | None]]:
    """Gives what is known of a key and can be believed; nothing of any key if there is no cache to be had."""
    path = place(project)
    with ExitStack() as stack:
        try:
            cache = stack.enter_context(closing(_open(path))) if path.is_file() else None
            if cache is not None:
                _look_over(cache)
        except (sqlite3.Error, OSError, _Unusable):
            cache = None
        yield lambda key: _recall(cache, key) if cache is not None else None


def _recall(cache: sqlite3.Connection, key: bytes) -> bytes | None:
    try:
        row = cache.execute("SELECT content FROM fact WHERE key = ?", (key,)).fetchone()
    except sqlite3.Error:
        return None
    content = row[0] if row is not None else None
    return content[_SUM:] if isinstance(content, bytes) and content[:_SUM] == _sum(key, content[_SUM:]) else None


def keep(project: Path, new: Mapping[bytes, bytes], used: Iterable[bytes] = ()) -> None:
    """Keeps what is new, in one transaction or not at all; `used` is what was asked for beside it and is worth keeping on."""
    path = place(project)
    if not new:
        return
    with suppress(sqlite3.Error, OSError, _Unusable):
        path.parent.mkdir(exist_ok=True)
        try:
            _write(path, new, used)
        except sqlite3.Error as error:
            if not _is_damage(error):
                return
            path.unlink()
            path.with_name(f"{NAME}-journal").unlink(missing_ok=True)  # an old journal would be played back into the new file
            _write(path, new, used)


def place(project: Path) -> Path:
    """Where a project's cache lies."""
    return project / FOLDER / NAME


def _open(path: Path) -> sqlite3.Connection:
    if path.exists() and not path.is_file():  # a pipe would never answer
        raise _Unusable
    return sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)


def _write(path: Path, new: Mapping[bytes, bytes], used: Iterable[bytes]) -> None:
    with closing(_open(path)) as cache:
        cache.execute("PRAGMA synchronous = OFF")  # what a power cut damages is noticed, and read again
        if not path.stat().st_size:
            cache.execute("PRAGMA auto_vacuum = FULL")  # before anything is in it
        cache.execute("BEGIN IMMEDIATE")
        try:
            if not cache.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] and _header(cache) == (0, 0):
                _begin(cache)
            _look_over(cache)
            _enter(cache, new, used)
        except BaseException:
            if cache.in_transaction:
                cache.execute("ROLLBACK")
            raise
        cache.execute("COMMIT")


def _enter(cache: sqlite3.Connection, new: Mapping[bytes, bytes], used: Iterable[bytes]) -> None:
    look = (cache.execute("SELECT max(look) FROM fact").fetchone()[0] or 0) + 1
    cache.executemany("UPDATE fact SET look = ? WHERE key = ?", ((look, key) for key in used))
    cache.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?, ?)", ((key, look, _sum(key, content) + content) for key, content in new.items()))
    cache.execute("DELETE FROM fact WHERE look <= ?", (look - _LOOKS,))
    room = LARGEST
    for then, size in cache.execute("SELECT look, sum(length(content)) FROM fact GROUP BY look ORDER BY look DESC").fetchall():
        room -= size
        if room < 0 and then != look:
            cache.execute("DELETE FROM fact WHERE look <= ?", (then,))
            break


def _begin(cache: sqlite3.Connection) -> None:
    for statement in (_TABLE, _INDEX, f"PRAGMA application_id = {_APPLICATION}", f"PRAGMA user_version = {_VERSION}"):
        cache.execute(statement)


def _look_over(cache: sqlite3.Connection) -> None:
    """Raises for a file that is not ours, is of a later edition, or holds anything but our own table."""
    application, version = _header(cache)
    if application != _APPLICATION or version > _VERSION:
        raise _Unusable
    made = {row[0] for row in cache.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    if version < _VERSION or made != {_TABLE, _INDEX}:
        message = "not as this edition makes it"
        raise _Damaged(message)


def _header(cache: sqlite3.Connection) -> tuple[int, int]:
    return cache.execute("PRAGMA application_id").fetchone()[0], cache.execute("PRAGMA user_version").fetchone()[0]


def _is_damage(error: sqlite3.Error) -> bool:
    code = int(getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    return isinstance(error, _Damaged) or code in _DAMAGE


def _sum(key: bytes, content: bytes) -> bytes:
    return hashlib.sha256(key + content).digest()[:_SUM]

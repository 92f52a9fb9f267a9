"""Keeps two runs apart that would write the same files. The lock is the system's: that of a process that died is free at once."""

from __future__ import annotations

import contextlib
import json
import os
import platform
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.system import answer
from mtqg_cli.ledger.store import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

#: The file that is locked, and what tells others who holds it: on Windows a locked file cannot be read.
_PROJECT = "dang-chay"


@dataclass(slots=True)
class Held:
    """A lock that is held until it is let go. `note`: why there is none, where the folder cannot be written or its disk knows no locks."""

    lock: FileLock | None
    sign: Path
    note: str = ""

    def release(self) -> None:
        """Lets others in."""
        if self.lock is not None:
            with contextlib.suppress(OSError):
                self.sign.unlink(missing_ok=True)
            self.lock.release()
            self.lock = None


def lock_project(project: Path, doing: str, now: datetime, patience: float = 0) -> Held:
    """The project to this run alone: reading, entering, writing. Raises MtqgError if another run is still at it after so many seconds."""
    return hold(project / FOLDER / _PROJECT, f"Dự án {project}", doing, now, patience)


def hold(place: Path, what: str, doing: str, now: datetime, patience: float = 0) -> Held:
    """Takes the lock `place`.khoa; `what` is locked, `doing` is what others are told about the one who holds it."""
    sign = place.with_name(f"{place.name}.json")
    lock = FileLock(place.with_name(f"{place.name}.khoa"))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=patience, poll_interval=0.1)
    except Timeout:
        message = f"{what} đang có lần chạy khác{_holder(sign)}."
        raise MtqgError(message, "Chờ lần chạy đó xong rồi chạy lại; mtqg batch có --wait GIÂY để tự chờ.") from None
    except (OSError, NotImplementedError) as error:
        reason = answer(error, "ghi") if isinstance(error, OSError) else "ổ đĩa không hỗ trợ khóa tệp"
        return Held(None, sign, f"{what}: không khóa được ({reason}); tránh chạy hai lần cùng lúc.")
    about = {"command": doing, "since": now.isoformat(timespec="seconds"), "host": platform.node(), "pid": os.getpid()}
    with contextlib.suppress(OSError):
        sign.write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    return Held(lock, sign)


def _holder(sign: Path) -> str:
    """Who holds a lock and since when, as far as that is known: the note may be that of a run that died."""
    try:
        found = json.loads(sign.read_text(encoding="utf-8"))
        since = datetime.fromisoformat(found["since"])
        return f": {found['command']}, từ {since:%H:%M} ngày {since:%d/%m/%Y}, trên máy {found['host']} (tiến trình {found['pid']})"
    except (OSError, ValueError, LookupError, TypeError):
        return ""

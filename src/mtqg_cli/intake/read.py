"""The files of a data folder, each read or refused with its reason; what lies there is never changed."""

from __future__ import annotations

import hashlib
import stat
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.opened import opened
from mtqg_cli.core.sheet import Unreadable, Workbook
from mtqg_cli.core.system import answer, may_be_held
from mtqg_cli.core.vietnamese import nfc
from mtqg_cli.intake.guard import file_too_large
from mtqg_cli.intake.limits import MAX_FILE, Refused
from mtqg_cli.intake.workbook import read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mtqg_cli.core.opened import Opened

#: What the operating system leaves in folders, and Excel beside an open file.
_PASSED_OVER = ("~$", ".")
_SYSTEM_FILES = {"thumbs.db", "desktop.ini"}
#: Seconds to wait for a file that is being written to just now.
_PAUSES = (0.1, 0.4, 0.0)
#: How the notes begin that office programs leave beside an open file.
_NOTES = ("~$", ".~lock.")


@dataclass(frozen=True, slots=True)
class Taken:
    """The bytes of a file as they were at one moment, under its name; nothing of them has been looked at."""

    file: str
    sha256: str
    content: bytes


def read_folder(folder: Path) -> tuple[Workbook | Unreadable, ...]:
    """Every file of a folder in the order of names."""
    return read_files(files_of(folder))


def read_files(paths: Iterable[Path]) -> tuple[Workbook | Unreadable, ...]:
    """The named files, each as a workbook or with the reason why it is none."""
    return tuple(read_taken(take(path)) for path in wanted(paths))


def files_of(folder: Path) -> tuple[Path, ...]:
    """What lies in a folder and is meant to be read, in the order of names."""
    try:
        return wanted(sorted(folder.iterdir(), key=lambda path: path.name)) if folder.is_dir() else ()
    except OSError as error:
        message = f"Không đọc được thư mục {folder}: {answer(error)}."
        raise MtqgError(message, "Kiểm tra quyền đọc thư mục và kết nối ổ đĩa, rồi chạy lại.") from error


def wanted(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The paths without what nobody has sent."""
    return tuple(path for path in paths if not path.name.startswith(_PASSED_OVER) and path.name.lower() not in _SYSTEM_FILES)


def open_elsewhere(folder: Path) -> tuple[tuple[str, Opened], ...]:
    """The files of a folder that somebody seems to have open: what was not saved yet is not in them."""
    try:
        if not any(each.name.startswith(_NOTES) for each in folder.iterdir()):
            return ()
    except OSError:
        return ()
    return tuple((nfc(path.name), holder) for path in files_of(folder) if (holder := opened(path)) is not None)


def read_again(path: Path, digest: str) -> bytes:
    """The bytes of a file that was read before; raises MtqgError if it is not the same any more."""
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"Không đọc lại được tệp {path}: {_answer(path, error)}."
        raise MtqgError(message, "Đóng tệp nếu đang mở, rồi chạy lại.") from None
    if hashlib.sha256(content).hexdigest() != digest:
        message = f"Tệp {path} vừa bị thay đổi trong khi kiểm tra."
        raise MtqgError(message, "Đợi tệp được lưu xong rồi chạy lại.")
    return content


def take(path: Path) -> Taken | Unreadable:
    """The bytes of a file, or why they cannot be had."""
    name = nfc(path.name)
    try:
        if path.is_dir():
            return Unreadable(name, "", "folder", "thư mục con không được đọc")
        content = _content(path)
    except Refused as refusal:
        return Unreadable(name, "", refusal.reason, refusal.detail)
    except FileNotFoundError:
        return Unreadable(name, "", "vanished", "tệp biến mất trong khi đang đọc")
    except OSError as error:
        return Unreadable(name, "", "locked", _answer(path, error))
    return Taken(name, hashlib.sha256(content).hexdigest(), content)


def read_taken(taken: Taken | Unreadable) -> Workbook | Unreadable:
    """The workbook in the bytes of a file, or why there is none."""
    if isinstance(taken, Unreadable):
        return taken
    try:
        return read_workbook(taken.file, taken.content, taken.sha256)
    except Refused as refusal:
        return Unreadable(taken.file, taken.sha256, refusal.reason, refusal.detail)


def _answer(path: Path, error: OSError) -> str:
    """Why the operating system did not hand a file over, and who has it."""
    holder = opened(path) if may_be_held(error) else None
    return f"tệp {holder.words}" if holder is not None else answer(error)


def _content(path: Path) -> bytes:
    """The bytes of an ordinary file of bearable size, all of one moment; a pipe or a device would never end."""
    for pause in _PAUSES:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise Refused("not_excel", "không phải tệp thường")
        if about.st_size > MAX_FILE:
            raise file_too_large(about.st_size)
        content = path.read_bytes()
        now = path.stat()
        if (now.st_size, now.st_mtime_ns, len(content)) == (about.st_size, about.st_mtime_ns, now.st_size):
            return content
        time.sleep(pause)
    raise Refused("locked", "tệp đang được ghi hoặc chép đến trong khi đọc")

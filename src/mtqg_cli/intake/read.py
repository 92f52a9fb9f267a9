"""The files of a data folder, each read or refused with its reason; what lies there is never changed."""

from __future__ import annotations

import hashlib
import stat
from typing import TYPE_CHECKING

from mtqg_cli.core.sheet import Unreadable, Workbook
from mtqg_cli.core.vietnamese import nfc
from mtqg_cli.intake.guard import file_too_large
from mtqg_cli.intake.limits import MAX_FILE, Refused
from mtqg_cli.intake.xlsx import read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

#: What the operating system leaves in folders, and Excel beside an open file.
_PASSED_OVER = ("~$", ".")
_SYSTEM_FILES = {"thumbs.db", "desktop.ini"}


def read_folder(folder: Path) -> tuple[Workbook | Unreadable, ...]:
    """Every file of a folder in the order of names."""
    return read_files(sorted(folder.iterdir(), key=lambda path: path.name)) if folder.is_dir() else ()


def read_files(paths: Iterable[Path]) -> tuple[Workbook | Unreadable, ...]:
    """The named files, each as a workbook or with the reason why it is none."""
    wanted = (path for path in paths if not path.name.startswith(_PASSED_OVER) and path.name.lower() not in _SYSTEM_FILES)
    return tuple(_read(path) for path in wanted)


def _read(path: Path) -> Workbook | Unreadable:
    name = nfc(path.name)
    if path.is_dir():
        return Unreadable(name, "", "folder", "thư mục con không được đọc")
    digest = ""
    try:
        content = _content(path)
        digest = hashlib.sha256(content).hexdigest()
        return read_workbook(name, content)
    except Refused as refusal:
        return Unreadable(name, digest, refusal.reason, refusal.detail)
    except FileNotFoundError:
        return Unreadable(name, digest, "vanished", "tệp biến mất trong khi đang đọc")
    except OSError as error:
        return Unreadable(name, digest, "locked", error.strerror or "không mở được")


def _content(path: Path) -> bytes:
    """The bytes of an ordinary file of bearable size; a pipe or a device would never end."""
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise Refused("not_excel", "không phải tệp thường")
    if about.st_size > MAX_FILE:
        raise file_too_large(about.st_size)
    with path.open("rb") as source:
        return source.read(MAX_FILE + 1)

"""The files of a data folder by their hashes alone: what changed since, told without reading a cell."""

from __future__ import annotations

import hashlib
import stat
from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import nfc
from mtqg_cli.intake.limits import MAX_FILE
from mtqg_cli.intake.read import files_of

#: How that begins which stands for the hash of what is no workbook at all: a folder, a pipe, something far too large.
NEVER_READ = "không đọc: "

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def digests(folder: Path) -> dict[str, str]:
    """The sha256 of every file by its name, as `read_folder` would give it; "" for one that cannot be read just now.

    Raises MtqgError for a folder that cannot be read. What is no file, or larger than a workbook may be, is not read here either: its kind and its size stand for it.
    """
    found: dict[str, list[str]] = {}
    for path in files_of(folder):
        found.setdefault(nfc(path.name), []).append(digest_of(path))
    return {name: as_one(several) for name, several in found.items()}


def as_one(several: Sequence[str]) -> str:
    """The hash of all files of one name: Unicode writes a Vietnamese one in two ways, and a folder may have both. "" if one could not be read."""
    if len(several) == 1 or not all(several):
        return min(several)
    return hashlib.sha256(" ".join(sorted(several)).encode()).hexdigest()


def digest_of(path: Path) -> str:
    """The sha256 of one file; "" for one that cannot be read just now."""
    try:
        about = path.stat()
        if stat.S_ISREG(about.st_mode) and about.st_size <= MAX_FILE:
            return hashlib.sha256(path.read_bytes()).hexdigest()
        size = about.st_size if stat.S_ISREG(about.st_mode) else 0
        return f"{NEVER_READ}{stat.S_IFMT(about.st_mode)} {size}"
    except OSError:
        return ""

"""The files of a data folder by their hashes alone: what changed since, told without reading a cell."""

from __future__ import annotations

import hashlib
import stat
from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import nfc
from mtqg_cli.intake.limits import MAX_FILE
from mtqg_cli.intake.read import files_of

if TYPE_CHECKING:
    from pathlib import Path


def digests(folder: Path) -> dict[str, str]:
    """The sha256 of every file by its name, as `read_folder` would give it; "" for one that cannot be read just now.

    Raises MtqgError for a folder that cannot be read. What is no file, or larger than a workbook may be, is not read here either: its kind and its size stand for it.
    """
    return {nfc(path.name): digest_of(path) for path in files_of(folder)}


def digest_of(path: Path) -> str:
    """The sha256 of one file; "" for one that cannot be read just now."""
    try:
        about = path.stat()
        if stat.S_ISREG(about.st_mode) and about.st_size <= MAX_FILE:
            return hashlib.sha256(path.read_bytes()).hexdigest()
        size = about.st_size if stat.S_ISREG(about.st_mode) else 0
        return hashlib.sha256(f"not read: {stat.S_IFMT(about.st_mode)} {size}".encode()).hexdigest()
    except OSError:
        return ""

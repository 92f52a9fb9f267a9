"""What was made of templates, kept as Python keeps compiled modules, and beside the program's own.

Never in a project: its files come from other people, and what lies here is run.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path

from mtqg_cli.core.fresh import fresh_file
from mtqg_cli.reference.version import build, libraries

#: A run may fill all templates, and a new edition of the program leaves those of the last one behind: the oldest go.
_MOST = 64
_ENDING = ".mau"
#: What templates are read, checked and filled by.
_FILLERS = ("jinja2", "markupsafe", "docxtpl", "python-docx", "lxml")
_CHECK = hashlib.sha256().digest_size


def name_of(kind: str, *parts: bytes) -> str:
    """The name of what is made of some content by this edition of the program and of what it fills templates with."""
    digest = hashlib.sha256(_edition())
    for part in (kind.encode(), *parts):
        digest.update(hashlib.sha256(part).digest())
    return f"{kind}-{digest.hexdigest()[:40]}{_ENDING}"


def fetch(name: str) -> bytes | None:
    """What was kept, whole; None if it was not, or cannot be read."""
    folder = _folder()
    with contextlib.suppress(OSError):
        path = folder / name if folder is not None else None
        content = path.read_bytes() if path is not None else b""
        if path is not None and hashlib.sha256(content[_CHECK:]).digest() == content[:_CHECK]:
            _note_use(path)
            return content[_CHECK:]
    return None


def keep(name: str, content: bytes) -> None:
    """Keeps it if that is allowed: the folder may be somebody else's, or Python be asked to write nothing of the kind."""
    folder = _folder()
    if folder is None or sys.dont_write_bytecode:
        return
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, place = fresh_file(folder, "", _ENDING)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(hashlib.sha256(content).digest() + content)
            place.replace(folder / name)
        except OSError:
            place.unlink(missing_ok=True)
        for old in sorted(folder.glob(f"*{_ENDING}"), key=lambda each: each.stat().st_mtime)[:-_MOST]:
            old.unlink()


def _note_use(path: Path) -> None:
    """What is in use does not count as old."""
    with contextlib.suppress(OSError):
        os.utime(path)


def _folder() -> Path | None:
    try:
        return Path(cache_from_source(__file__)).parent
    except NotImplementedError:  # a Python that compiles nothing
        return None


@cache
def _edition() -> bytes:
    return "|".join((sys.version, build(), libraries(*_FILLERS))).encode()

"""What the program and its reference data are just now, as short texts: what was made or read by another edition is not taken for this one's."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

from mtqg_cli.reference.resources import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: The folders of a project that add to or replace the reference data.
OVERRIDING = ("forms", "criteria", "programmes", "indicators", "tables", "van-ban", "units")


@cache
def program() -> str:
    """The program's version; nothing where it runs without being installed."""
    return libraries("mtqg-cli")


@cache
def libraries(*names: str) -> str:
    """The versions of some packages; nothing for one that tells none."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    found = []
    for name in names:
        try:
            found.append(version(name) or "")
        except PackageNotFoundError:
            found.append("")
    return "|".join(found)


@cache
def build() -> str:
    """The program as it is installed: its version, and its own files by name, size and day. It says nothing across machines."""
    package = DATA.parent.parent
    digest = hashlib.sha256(program().encode())
    for path in sorted(package.rglob("*.py")):
        about = path.stat()
        digest.update(f"{path.relative_to(package).as_posix()} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:16]


def reference(project: Path | None = None) -> str:
    """The reference data in use by content: what the program ships, and what a project folder adds or replaces; the same on every machine."""
    digest = hashlib.sha256(_shipped().encode())
    for name in OVERRIDING if project is not None else ():
        folder = project / name if project is not None else DATA
        for line in _lines(folder, name) if folder.is_dir() else ():
            digest.update(line)
    return digest.hexdigest()[:16]


@cache
def _shipped() -> str:
    digest = hashlib.sha256()
    for line in _lines(DATA, ""):
        digest.update(line)
    return digest.hexdigest()


def _lines(folder: Path, name: str) -> Iterator[bytes]:
    """One line a file: its place and the hash of its content, with line ends as they are everywhere."""
    for path in sorted((each for each in folder.rglob("*") if each.suffix in (".toml", ".csv")), key=lambda each: each.relative_to(folder).as_posix()):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        yield f"{name}/{path.relative_to(folder).as_posix()} {hashlib.sha256(content).hexdigest()}\n".encode()

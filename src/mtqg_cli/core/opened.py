"""Who has a file open: what Word, Excel and LibreOffice note beside it while they have it. Read only; a program that crashed leaves its note behind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtqg_cli.core.visible import inert

if TYPE_CHECKING:
    from pathlib import Path

#: Microsoft's note is of 162 (Word) or 165 bytes: the length of the name, the name in the machine's code page, filled up to
#: byte 54 (Word) or 55, then the length and the name in UTF-16. LibreOffice reads and writes them so (svl/source/misc/msodocumentlockfile.cxx).
_SHORTEST, _LONGEST_NAME = 162, 52
_WORD, _EXCEL = 54, 55
#: Names of Word documents lose their first letters in the name of the note: two from eight on, one of seven.
_WORD_ENDINGS = (".doc", ".docx", ".docm", ".rtf", ".odt")
_WHOLE_NAME, _ONE_LESS = 6, 7
#: LibreOffice's note: name, account, machine, time, profile, between commas, ended by a semicolon; a backslash comes before those of a name.
_FIELD = re.compile(r"((?:\\.|[^,;\\])*)[,;]", re.DOTALL)
_MOST = 4096


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is open, or was when its program crashed. `person` is "" where the note does not say."""

    program: str
    person: str

    @property
    def words(self) -> str:
        """As messages tell it."""
        return f"đang mở trong {self.program}" + (f", người mở: {self.person}" if self.person else "")


def opened(path: Path) -> Opened | None:
    """Which note lies beside a file; None if there is none. What cannot be read tells of nobody, and nothing raises."""
    in_word = path.suffix.lower() in _WORD_ENDINGS
    for name in (f"~${_shortened(path) if in_word else path.name}", f"~${path.name}"):
        note = _read(path.with_name(name))
        if note is not None:
            return Opened("Word" if in_word else "Excel", _person_of_owner_file(note))
    note = _read(path.with_name(f".~lock.{path.name}#"))
    return Opened("LibreOffice", _person_of_lock_file(note)) if note is not None else None


def _shortened(path: Path) -> str:
    length = len(path.stem)
    return path.name if length <= _WHOLE_NAME else path.name[1:] if length == _ONE_LESS else path.name[2:]


def _read(path: Path) -> bytes | None:
    """A note; empty where there is one that is held, None where there is none."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return file.read(_MOST)
    except (OSError, ValueError):
        return b""


def _person_of_owner_file(note: bytes) -> str:
    if len(note) < _SHORTEST or not 0 < note[0] <= _LONGEST_NAME:
        return ""
    # a Word note is filled with zeros up to the second length; in the others a space (0x20) stands there, and something before it
    at = _EXCEL if note[_WORD] == ord(" ") and (note[_WORD - 1] or note[_WORD - 2]) else _WORD
    length = note[at]
    if not 0 < length <= _LONGEST_NAME:
        return ""
    start = at + 2
    return _printable(note[start : start + 2 * length].decode("utf-16-le", "replace"))


def _person_of_lock_file(note: bytes) -> str:
    fields = _FIELD.findall(note.decode("utf-8", "replace"))
    named = [re.sub(r"\\(.)", r"\1", each, flags=re.DOTALL).strip() for each in fields[:2]]
    return _printable(next((each for each in named if each), ""))


def _printable(name: str) -> str:
    return inert(name.split("\0", maxsplit=1)[0].strip())

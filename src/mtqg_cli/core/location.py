"""Where something stands: file, sheet, row, column. Carried from the reader, never computed from a list position."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple


@cache  # a sheet has at most 16,384
def column_letter(column: int) -> str:
    """Excel's letters of a 1-based column number: 1 → A, 28 → AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Excel's name of a cell from 1-based numbers: (12, 11) → K12."""
    return f"{column_letter(column)}{row}"


def cell_position(name: str) -> tuple[int, int]:
    """The 1-based (row, column) of a cell name such as K12; ValueError if it is none."""
    letters = name.rstrip("0123456789")
    digits = name[len(letters) :]
    if not letters.isalpha() or not letters.isascii() or not digits:
        message = f"not a cell name: {name!r}"
        raise ValueError(message)
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return int(digits), column


class Location(NamedTuple):
    """A file, or a sheet, row or cell in it; rows and columns are 1-based as Excel shows them. A tuple: every cell has one."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: int | None = None

    @property
    def cell(self) -> str | None:
        """K12, or None where no single cell is meant."""
        if self.row is None or self.column is None:
            return None
        return cell_name(self.row, self.column)

    @property
    def sort_key(self) -> tuple[str, str, int, int]:
        """Orders by file, sheet, row, column; the whole before its parts."""
        return (self.file, self.sheet or "", self.row or 0, self.column or 0)

    @property
    def words(self) -> str:
        """The place within its file as a person says it: Biểu 02, ô K12; empty for the whole file."""
        place = f"ô {self.cell}" if self.cell else (f"dòng {self.row}" if self.row else "")
        return ", ".join(part for part in (self.sheet or "", place) if part)

    def __str__(self) -> str:
        place = self.cell or (f"dòng {self.row}" if self.row else None)
        return "!".join(part for part in (self.file, self.sheet, place) if part)

"""How much an Excel 97-2003 workbook may hold, told from its records before calamine reads all of its sheets at once. Reads no values."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from mtqg_cli.intake.limits import MAX_AREA, MAX_ELEMENTS, MAX_TEXT, Refused, megabytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: An honest old workbook has 400 KB and 20,000 cells.
MAX_STREAM = 8 * 2**20
MAX_CELLS = 150_000
MAX_RECORDS = 1_000_000
_SST, _CONTINUE, _MERGED, _LABEL = 0xFC, 0x3C, 0xE5, 0xFD
_LONG, _RICH, _WIDE = 4, 8, 1


class Tally:
    """What the sheets of one workbook hold together; `add` refuses what is too much."""

    def __init__(self, stream: bytes) -> None:
        if len(stream) > MAX_STREAM:
            raise Refused("too_large", f"bảng tính cũ nặng {megabytes(len(stream))}, giới hạn {megabytes(MAX_STREAM)}")
        self._texts: list[bytes] = []
        self._records = self._cells = self._merged = self._area = 0
        self._lengths: list[int] | None = None
        self._copied = 0

    def note_text(self, kind: int, body: bytes, before: int) -> None:
        """The table of shared texts and its continuations, while the first part of the stream goes by."""
        if kind == _SST or (kind == _CONTINUE and self._texts and before in (_SST, _CONTINUE)):
            self._texts.append(body)

    def note_sheets(self, count: int) -> None:
        """How many sheets there are."""
        if count > MAX_ELEMENTS[b"sheet"]:
            raise Refused("too_large", f"có hơn {MAX_ELEMENTS[b'sheet']} trang tính")

    def note(self, kind: int, body: bytes, cells: int) -> None:
        """One record of a sheet."""
        self._records += 1
        self._cells += cells
        if kind == _MERGED:
            self._merged += struct.unpack_from("<H", body)[0]
        elif kind == _LABEL:
            self._copied += self._length(struct.unpack_from("<I", body, 6)[0])
        for found, most, words in (
            (self._records, MAX_RECORDS, "bản ghi"),
            (self._cells, MAX_CELLS, "ô"),
            (self._merged, MAX_ELEMENTS[b"mergeCell"], "ô gộp"),
            (self._copied, MAX_TEXT, "ký tự trong các ô lặp lại"),
        ):
            if found > most:
                raise Refused("too_large", f"có hơn {most:,} {words}".replace(",", "."))

    def note_area(self, rows: int, columns: int) -> None:
        """How far a sheet's cells reach."""
        self._area += rows * columns
        if self._area > MAX_AREA:
            raise Refused("too_large", "các trang tính cộng lại quá rộng")

    def _length(self, index: int) -> int:
        if self._lengths is None:
            self._lengths = list(_lengths(self._texts))
        return self._lengths[index] if index < len(self._lengths) else 0


def _lengths(bodies: Sequence[bytes]) -> Iterator[int]:
    """The length of each shared text; one may go on in the next record, with a byte that says how wide its letters are there."""
    current, place = 0, 8
    while current < len(bodies):
        body = bodies[current]
        if place + 3 > len(body):
            current, place = current + 1, 0
            continue
        letters, flags = struct.unpack_from("<HB", body, place)
        yield letters
        tail = 4 * struct.unpack_from("<H", body, place + 3)[0] if flags & _RICH else 0
        if flags & _LONG:
            tail += struct.unpack_from("<I", body, place + 3 + (2 if flags & _RICH else 0))[0]
        place += 3 + (2 if flags & _RICH else 0) + (4 if flags & _LONG else 0)
        current, place = _after_letters(bodies, current, place, letters, 1 + (flags & _WIDE))
        while current < len(bodies) and place + tail > len(bodies[current]):
            tail -= len(bodies[current]) - place
            current, place = current + 1, 0
        place += tail


def _after_letters(bodies: Sequence[bytes], current: int, place: int, letters: int, width: int) -> tuple[int, int]:
    """The record and the place in it where the letters of a text have ended."""
    while True:
        here = min(letters, (len(bodies[current]) - place) // width)
        place, letters = place + here * width, letters - here
        if not letters:
            return current, place
        current += 1
        if current == len(bodies):
            return current, 0
        place, width = 1, 1 + (bodies[current][0] & _WIDE if bodies[current] else 0)

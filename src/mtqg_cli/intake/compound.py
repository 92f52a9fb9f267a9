"""The one stream of an Excel 97-2003 file that matters, out of its little file system ([MS-CFB]). Knows nothing of cells."""

from __future__ import annotations

import struct
from typing import NamedTuple

from mtqg_cli.intake.limits import Refused

_END = 0xFFFFFFFA  # from here on a sector number means something else than a sector
_ENTRY = 128
_MINI = 64
_MACROS = "_VBA_PROJECT_CUR"
_EMBEDDED = "MBD"


class Streams(NamedTuple):
    """The workbook stream, and the names of what lies beside it."""

    workbook: bytes
    names: tuple[str, ...]

    @property
    def has_macros(self) -> bool:
        """Whether there is a project of macros."""
        return _MACROS in self.names

    @property
    def has_objects(self) -> bool:
        """Whether documents of other programs lie inside."""
        return any(name.startswith(_EMBEDDED) for name in self.names)


def read_compound(content: bytes) -> Streams:
    """The workbook stream of a compound file; raises Refused for one without, struct.error for a broken one."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    first_directory, _, cutoff, first_mini, _, first_table, tables = struct.unpack_from("<7I", content, 48)
    sectors = list(struct.unpack_from("<109I", content, 76))
    for _ in range(min(tables, len(content) // size)):  # the list of table sectors goes on elsewhere in large files
        more = struct.unpack_from(f"<{size // 4}I", content, (first_table + 1) * size)
        sectors += more[:-1]
        first_table = more[-1]
    following: list[int] = []
    for sector in sectors:
        if sector < _END:
            following += struct.unpack_from(f"<{size // 4}I", content, (sector + 1) * size)
    directory = _chain(content, first_directory, following, size, size)
    entries = [directory[start : start + _ENTRY] for start in range(0, len(directory) - _ENTRY + 1, _ENTRY)]
    found = {_name(entry): entry for entry in reversed(entries) if entry[66] in (1, 2, 5)}
    if "Workbook" not in found:
        raise Refused("old_format", "tệp Excel 95 trở về trước") if "Book" in found else Refused("not_excel", "tệp không phải bảng tính Excel")
    start, length = struct.unpack_from("<II", found["Workbook"], 116)
    if length >= cutoff:
        return Streams(_chain(content, start, following, size, size)[:length], tuple(found))
    small = _chain(content, struct.unpack_from("<I", entries[0], 116)[0], following, size, size)
    table = _chain(content, first_mini, following, size, size)
    links = list(struct.unpack_from(f"<{len(table) // 4}I", table))
    return Streams(_chain(small, start, links, _MINI, 0)[:length], tuple(found))


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")


def _chain(content: bytes, sector: int, following: list[int], size: int, offset: int) -> bytes:
    """The sectors from the first on, in the order of the table; a ring ends after as many as there are."""
    pieces = []
    for _ in range(len(following)):
        if sector >= min(_END, len(following)):
            break
        pieces.append(content[sector * size + offset : (sector + 1) * size + offset])
        sector = following[sector]
    return b"".join(pieces)

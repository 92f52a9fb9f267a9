"""The yellow boxes of notes in a VML drawing. Patched as text: Excel writes VML that is not always well-formed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mtqg_cli.core.location import cell_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from mtqg_cli.render.returned.grid import Grid
    from mtqg_cli.render.returned.package import Package

_URN = "urn:schemas-microsoft-com:"
_NAMESPACES = {"v": f"{_URN}vml", "o": f"{_URN}office:office", "x": f"{_URN}office:excel"}
_EMPTY = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"></xml>'
)
#: Excel gives out the ids of shapes in blocks of so many, and no two drawings of a workbook may use one block.
_BLOCK = 1024
_ID = re.compile(r"_x0000_s(\d+)")
_MAP = re.compile(r'(<\w+:idmap\b[^>]*?\bdata=)(["\'])([\d,\s]*)\2')
_CLOSING = re.compile(r"</(?:\w+:)?xml\s*>\s*$")

# What XlsxWriter and Excel write for a note; {v}, {o} and {x} are the prefixes of the drawing.
_LAYOUT = '<{o}:shapelayout {v}:ext="edit"><{o}:idmap {v}:ext="edit" data="{data}"/></{o}:shapelayout>'
_TYPE = (
    '<{v}:shapetype id="_x0000_t202" coordsize="21600,21600" {o}:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<{v}:stroke joinstyle="miter"/><{v}:path gradientshapeok="t" {o}:connecttype="rect"/></{v}:shapetype>'
)
_SHAPE = (
    '<{v}:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;margin-left:{left:g}pt;margin-top:{top:g}pt;'
    'width:{width:g}pt;height:{height:g}pt;z-index:{order};visibility:hidden" fillcolor="#ffffe1" {o}:insetmode="auto">'
    '<{v}:fill color2="#ffffe1"/><{v}:shadow on="t" color="black" obscured="t"/><{v}:path {o}:connecttype="none"/>'
    '<{v}:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></{v}:textbox>'
    '<{x}:ClientData ObjectType="Note"><{x}:MoveWithCells/><{x}:SizeWithCells/><{x}:Anchor>{anchor}</{x}:Anchor>'
    "<{x}:AutoFill>False</{x}:AutoFill><{x}:Row>{row}</{x}:Row><{x}:Column>{column}</{x}:Column></{x}:ClientData></{v}:shape>"
)
_WIDTH = 320
_LINE, _PER_LINE, _MARGIN = 18, 46, 12
_BESIDE, _ABOVE = 15, 10
_PIXEL = 0.75
#: A row of a form in pixels: boxes grow by whole rows.
_ROW = 20
#: Hidden rows and columns take no room: a box may reach over so many of them.
_FARTHEST = 1000


class Boxes:
    """One drawing part."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._part = part
        raw = package.raw(part)
        self._bom = raw.startswith(b"\xef\xbb\xbf")
        self._text = raw.decode("utf-8-sig", errors="surrogateescape")

    @classmethod
    def new(cls, package: Package, part: str) -> Boxes:
        """An empty drawing, put into the package."""
        package.put(part, _EMPTY.encode())
        return cls(package, part)

    @property
    def empty(self) -> bool:
        """Whether nothing is drawn."""
        return not re.search(r"<(?:\w+:)?(?:shape|rect|oval|line|group|image|polyline|roundrect|curve|arc)\b", self._text)

    def add(self, grid: Grid, notes: Sequence[tuple[int, int, str]]) -> None:
        """A hidden box beside each cell (row, column, text), as large as its text."""
        prefixes = self._prefixes()
        shapes = []
        order = len(_ID.findall(self._text))
        for (row, column, text), number in zip(notes, self._free_ids(len(notes)), strict=True):
            order += 1
            place = _place(grid, row, column, _height(text))
            shapes.append(_SHAPE.format(id=number, order=order, row=row - 1, column=column - 1, **place, **prefixes))
        kind = "" if 'id="_x0000_t202"' in self._text.replace("'", '"') else _TYPE.format(**prefixes)
        closing = _CLOSING.search(self._text)
        if closing is None:
            raise ValueError(self._part)
        self._save(f"{self._text[: closing.start()]}{kind}{''.join(shapes)}{self._text[closing.start() :]}")

    def remove(self, cells: AbstractSet[str]) -> None:
        """Takes the boxes of some cells away."""
        self._each_note(lambda cell, box: "" if cell in cells else box)

    def stretch(self, texts: Mapping[str, str], sign: int) -> None:
        """Makes the boxes of some cells higher by what a text takes, so that it can be read; or lower again."""
        x = self._prefixes()["x"]
        anchor = re.compile(rf"(<{x}:Anchor>(?:[^<,]*,){{6}}\s*)(\d+)")

        def changed(cell: str, box: str) -> str:
            rows = sign * round(_height(texts[cell]) / _ROW) if cell in texts else 0
            return anchor.sub(lambda found: f"{found[1]}{max(int(found[2]) + rows, 0)}", box)

        self._each_note(changed)

    def _each_note(self, change: Callable[[str, str], str]) -> None:
        """Every box of a note, by the name of its cell, becomes what the change makes of it."""
        v, x = self._prefixes()["v"], self._prefixes()["x"]
        shape = re.compile(rf"\s*<{v}:shape\b(?:(?!</{v}:shape>).)*?</{v}:shape>", re.DOTALL)
        place = {name: re.compile(rf"<{x}:{name}>\s*(\d+)\s*</{x}:{name}>") for name in ("Row", "Column")}

        def changed(match: re.Match[str]) -> str:
            row, column = (found.search(match[0]) for found in place.values())
            if "Note" not in match[0] or row is None or column is None:
                return match[0]
            return change(cell_name(int(row[1]) + 1, int(column[1]) + 1), match[0])

        text = shape.sub(changed, self._text)
        if text != self._text:
            self._save(text)

    def _save(self, text: str) -> None:
        self._text = text
        self._package.put(self._part, (b"\xef\xbb\xbf" if self._bom else b"") + text.encode("utf-8", errors="surrogateescape"))

    def _prefixes(self) -> dict[str, str]:
        """The drawing's own prefixes; a namespace that it does not know yet is declared at its root."""
        found = {}
        for usual, uri in _NAMESPACES.items():
            declared = re.search(rf'xmlns:(\w+)=["\']{uri}["\']', self._text)
            if declared is None:
                self._text = re.sub(r"<((?:\w+:)?xml)\b(?!\s+version)", rf'<\1 xmlns:{usual}="{uri}"', self._text, count=1)
            found[usual] = declared[1] if declared else usual
        return found

    def _free_ids(self, count: int) -> Iterator[int]:
        """Ids that are free in the drawing's own blocks, then in new ones."""
        used = {int(each) for each in _ID.findall(self._text)}
        blocks = self._blocks(self._text)
        fresh = max((*self._all_blocks(), *(number // _BLOCK for number in used), 0)) + 1
        free = (number for block in blocks for number in range(block * _BLOCK + 1, (block + 1) * _BLOCK) if number not in used)
        ids = [number for number, _ in zip(free, range(count), strict=False)]
        while len(ids) < count:
            blocks.append(fresh)
            ids += range(fresh * _BLOCK + 1, min((fresh + 1) * _BLOCK, fresh * _BLOCK + 1 + count - len(ids)))
            fresh += 1
        self._declare(blocks)
        return iter(ids)

    def _all_blocks(self) -> Iterator[int]:
        for name in self._package.names:
            if name.lower().endswith(".vml"):
                yield from self._blocks(self._package.raw(name).decode("utf-8", errors="replace"))

    @staticmethod
    def _blocks(text: str) -> list[int]:
        return [int(each) for found in _MAP.findall(text) for each in found[2].split(",") if each.strip()]

    def _declare(self, blocks: Iterable[int]) -> None:
        data = ",".join(str(each) for each in blocks)
        if _MAP.search(self._text):
            self._text = _MAP.sub(lambda match: f"{match[1]}{match[2]}{data}{match[2]}", self._text, count=1)
        else:
            layout = _LAYOUT.format(data=data, **self._prefixes())
            self._text = re.sub(r"(<(?:\w+:)?xml\b[^>]*>)", lambda match: match[0] + layout, self._text, count=1)


def _height(text: str) -> int:
    lines = sum(1 + len(each) // _PER_LINE for each in text.splitlines()) + 1
    return lines * _LINE + _MARGIN


def _place(grid: Grid, row: int, column: int, height: int) -> dict[str, object]:
    """Where a box is drawn: the anchor in columns, rows and pixels within them, and the same in points from the sheet's corner."""
    top = max(row - 1, 1)
    left_offset, top_offset = _BESIDE, _ABOVE if row > 1 else 2
    last_column, right = _walk(grid.width, column + 1, left_offset + _WIDTH)
    last_row, bottom = _walk(grid.height, top, top_offset + height)
    corners = (column, left_offset, top - 1, top_offset, last_column - 1, right, last_row - 1, bottom)
    return {
        "anchor": ", ".join(str(each) for each in corners),
        "left": (sum(grid.width(each) for each in range(1, column + 1)) + left_offset) * _PIXEL,
        "top": (grid.above(top) + top_offset) * _PIXEL,
        "width": _WIDTH * _PIXEL,
        "height": height * _PIXEL,
    }


def _walk(size: Callable[[int], int], start: int, distance: int) -> tuple[int, int]:
    """The row or column in which a distance from the beginning of another one ends, and how far into it."""
    index = start
    for _ in range(_FARTHEST):
        length = size(index)
        if distance < length:
            break
        distance -= length
        index += 1
    return index, distance

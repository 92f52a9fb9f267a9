"""The cells of one worksheet part: finding or making a cell in its place, its style, how wide and high things are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lxml import etree

from mtqg_cli.core.location import cell_name, cell_position
from mtqg_cli.render.returned.markup import beside, child, local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.render.returned.package import Package

#: Excel's own defaults where a sheet does not say: a column, a row; a character and the margin of a column, in pixels.
_COLUMN, _ROW = 64, 20
_CHARACTER, _MARGIN = 7, 5
_POINT = 4 / 3


@dataclass
class Grid:
    """A worksheet part; rows and columns are 1-based as in `Location`."""

    package: Package
    part: str

    @cached_property
    def root(self) -> Any:
        """The tree, to be changed. Cells without names get theirs, so that one can be put between them."""
        root = self.package.edit(self.part)
        row = 0
        for line in self._data(root):
            row = int(line.get("r") or row + 1)
            column = 0
            if line.get("r") is None:
                line.set("r", str(row))
            for each in line:
                if local(each) == "c":
                    column = cell_position(each.get("r"))[1] if each.get("r") else column + 1
                    if each.get("r") is None:
                        each.set("r", cell_name(row, column))
        return root

    @cached_property
    def _rows(self) -> dict[int, Any]:
        return {int(line.get("r")): line for line in self._data(self.root)}

    @cached_property
    def _merged(self) -> list[tuple[int, int, int, int]]:
        holder = child(self.root, "mergeCells")
        found = []
        for each in holder if holder is not None else ():
            first, _, last = each.get("ref", "").partition(":")
            if last:
                found.append((*cell_position(first), *cell_position(last)))
        return found

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The cell itself, or the first one of the merged area that it lies in."""
        inside = (area for area in self._merged if area[0] <= row <= area[2] and area[1] <= column <= area[3])
        return next(((top, left) for top, left, _, _ in inside), (row, column))

    def cell(self, row: int, column: int) -> Any:
        """The element of a cell; a blank one that has none gets it, in the style of its row or column."""
        line = self._rows[row] if row in self._rows else self._new_row(row)
        place = 0
        for each in line:
            if local(each) != "c":
                continue
            there = cell_position(each.get("r"))[1]
            if there == column:
                return each
            if there < column:
                place = line.index(each) + 1
        made = etree.Element(beside(self.root, "c"), r=cell_name(row, column))
        style = self._inherited(line, column)
        if style:
            made.set("s", str(style))
        line.insert(place, made)
        self._widen(line, row, column)
        return made

    def cells(self) -> Iterator[Any]:
        """All cells that the part holds."""
        for line in self._rows.values():
            yield from (each for each in line if local(each) == "c")

    def styled(self) -> Iterator[tuple[Any, str]]:
        """Whatever carries a style, with the name of the attribute: cells, rows, columns."""
        yield from ((each, "s") for each in self.cells())
        yield from ((each, "s") for each in self._rows.values())
        yield from ((each, "style") for each in self._columns)

    def _new_row(self, row: int) -> Any:
        data = child(self.root, "sheetData")
        made = etree.Element(beside(self.root, "row"), r=str(row))
        before = [each for number, each in self._rows.items() if number < row]
        data.insert(data.index(before[-1]) + 1 if before else 0, made)
        self._rows[row] = made
        self.__dict__["_rows"] = dict(sorted(self._rows.items()))
        return made

    def _inherited(self, line: Any, column: int) -> int:
        if line.get("s") and line.get("customFormat") in ("1", "true"):
            return int(line.get("s"))
        found = self._column(column)
        return int(found.get("style") or 0) if found is not None else 0

    def _widen(self, line: Any, row: int, column: int) -> None:
        """What the part says of its own extent still holds."""
        first, _, last = (line.get("spans") or "").partition(":")
        if last and not int(first) <= column <= int(last.split()[-1].split(":")[-1]):
            del line.attrib["spans"]
        dimension = child(self.root, "dimension")
        if dimension is None or not dimension.get("ref"):
            return
        first, _, last = dimension.get("ref").partition(":")
        top, left = cell_position(first)
        bottom, right = cell_position(last or first)
        if not (top <= row <= bottom and left <= column <= right):
            dimension.set("ref", f"{cell_name(min(top, row), min(left, column))}:{cell_name(max(bottom, row), max(right, column))}")

    # How it is drawn ------------------------------------------------------------------------------------------------

    def width(self, column: int) -> int:
        """The width of a column in pixels."""
        found = self._column(column)
        if found is not None and found.get("hidden") in ("1", "true"):
            return 0
        width = (found.get("width") if found is not None else None) or self._defaults.get("defaultColWidth")
        return round(float(width) * _CHARACTER + _MARGIN) if width else _COLUMN

    def height(self, row: int) -> int:
        """The height of a row in pixels."""
        line = self._rows.get(row)
        if line is not None and line.get("hidden") in ("1", "true"):
            return 0
        height = (line.get("ht") if line is not None else None) or self._defaults.get("defaultRowHeight")
        return round(float(height) * _POINT) if height else _ROW

    def above(self, row: int) -> int:
        """The height of all rows before one; added up once, since a sheet may have notes on thousands of rows."""
        while len(self._tops) < row:
            self._tops.append(self._tops[-1] + self.height(len(self._tops)))
        return self._tops[row - 1]

    @cached_property
    def _tops(self) -> list[int]:
        return [0]

    @cached_property
    def _defaults(self) -> dict[str, str]:
        found = child(self.root, "sheetFormatPr")
        return {} if found is None else {str(name): str(value) for name, value in found.attrib.items()}

    def _column(self, column: int) -> Any:
        return next((each for each in self._columns if int(each.get("min")) <= column <= int(each.get("max"))), None)

    @cached_property
    def _columns(self) -> list[Any]:
        holder = child(self.root, "cols")
        return [] if holder is None else [each for each in holder if local(each) == "col"]

    def _data(self, root: Any) -> list[Any]:
        data = child(root, "sheetData")
        return [] if data is None else [each for each in data if local(each) == "row"]

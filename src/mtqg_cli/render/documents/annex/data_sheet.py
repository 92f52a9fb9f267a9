"""The sheet “Dữ liệu”: every cell behind the figures once, a figure's cells side by side where that can be; and where each stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import format_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mtqg_cli.core.figure import Figure
    from mtqg_cli.core.location import Location
    from mtqg_cli.core.report import SourceCell
    from mtqg_cli.render.documents.annex.grid import Grid, Line

#: A cell of a received workbook: files of one unit have the same name in every period.
Place = tuple[str, "Location"]

NAME = "Dữ liệu"
#: The first row with data (1-based), and the column of the values.
FIRST_ROW = 5
VALUE_COLUMN = "I"


def runs(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Row numbers as (first, last) of what follows each other, ascending: 5, 6, 7, 9 → (5, 7), (9, 9)."""
    found: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if found and row == found[-1][1] + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found


def ranges(rows: Iterable[int], column: str, sheet: str = "") -> list[str]:
    """Excel's names of rows of a column, on this sheet or on another: C5:C9, 'Dữ liệu'!$I$7."""
    lead, fixed = (f"'{sheet}'!", "$") if sheet else ("", "")
    ends = [[f"{fixed}{column}{fixed}{row}" for row in dict.fromkeys(run)] for run in runs(rows)]
    return [lead + ":".join(each) for each in ends]


@dataclass(slots=True)
class DataSheet:
    """The cells that are known, and the rows given to those that figures need."""

    cells: Mapping[Place, SourceCell]
    rows: dict[Place, int] = field(default_factory=dict)

    def take(self, grids: Iterable[Grid]) -> None:
        """Gives a row to every cell behind the numbers of tables: column by column, what is within a whole before the whole."""
        for grid in grids:
            for index in range(len(grid.heads)):
                for figure in _inner_first(grid.lines, index):
                    self._enter(figure)

    def _enter(self, figure: Figure) -> None:
        # weights after what they weigh: both are then in one piece
        for leaf in sorted(figure.leaves(), key=lambda each: each.role.endswith("weight")):
            place = (str(leaf.period), leaf.location)
            if place in self.cells:
                self.rows.setdefault(place, FIRST_ROW + len(self.rows))

    def ranges(self, places: Iterable[Place]) -> list[str]:
        """Excel's names of the values of some cells."""
        return ranges((self.rows[place] for place in places), VALUE_COLUMN, NAME)

    def formula(self, place: Place) -> str:
        """How a cell that its form works out follows from others on the sheet; empty for every other cell."""
        cell, period = self.cells[place], place[0]
        parts = [(sign, (period, location)) for sign, location in cell.parts]
        if not parts or any(part not in self.rows or self.cells[part].scale != cell.scale for _, part in parts):
            return ""
        numbers = [(sign, shown_value(self.cells[part])) for sign, part in parts]
        known = [sign * number for sign, number in numbers if isinstance(number, Decimal)]
        if not known or sum(known) != shown_value(cell):
            return ""
        return "".join(f"{'+' if sign > 0 else '-'}{VALUE_COLUMN}{self.rows[part]}" for sign, part in parts).removeprefix("+")

    def lines(self) -> Iterator[tuple[Place, SourceCell]]:
        """The cells in the order of their rows."""
        for place in self.rows:
            yield place, self.cells[place]


def _inner_first(lines: tuple[Line, ...], index: int) -> Iterator[Figure]:
    """The figures of a column; a line comes after the deeper ones that follow it."""
    waiting: list[tuple[int, Figure | str]] = []
    for line in lines:
        while waiting and waiting[-1][0] >= max(line.level, 1):
            yield from _figures(waiting.pop()[1])
        waiting.append((line.level, line.cells[index]))
    for _, cell in reversed(waiting):
        yield from _figures(cell)


def _figures(cell: Figure | str) -> Iterator[Figure]:
    if not isinstance(cell, str):
        yield cell


def shown_value(cell: SourceCell) -> Decimal | str | None:
    """What stands in the column of values: a number, a text, nothing."""
    if isinstance(cell.value, date):
        return format_date(cell.value)
    return Decimal(cell.value) if isinstance(cell.value, int | Decimal) else cell.value

"""Where figures stand on the sheets written so far: the column of the communes that a count of them looks through."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from mtqg_cli.core.figure import Figure

#: A column of a sheet: the sheet's name, the column's letter.
_Column = tuple[str, str]
#: What figures of communes have in common: the id and the split.
_Kind = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(slots=True)
class Standing:
    """The numbers on the sheets by column and row (1-based)."""

    columns: dict[_Column, dict[int, Figure]] = field(default_factory=lambda: defaultdict(dict))
    communes: dict[_Kind, _Column] = field(default_factory=dict)

    def note(self, figure: Figure, sheet: str, column: str, row: int) -> None:
        """A figure stands there."""
        self.columns[sheet, column][row] = figure
        if figure.scope is not None:
            self.communes.setdefault(_kind(figure), (sheet, column))

    def numbers_like(self, figure: Figure) -> tuple[str, tuple[Decimal, ...]] | None:
        """Excel's name of the cells with this figure of all communes, and the numbers there; None where others stand among them."""
        place = self.communes.get(_kind(figure))
        if place is None:
            return None
        rows = [row for row, each in self.columns[place].items() if each.scope is not None and _kind(each) == _kind(figure)]
        within = [each for row, each in self.columns[place].items() if min(rows) <= row <= max(rows)]
        sheet, letter = place
        name = f"'{sheet.replace(chr(39), chr(39) * 2)}'!${letter}${min(rows)}:${letter}${max(rows)}"
        return (name, tuple(each.amount for each in within if each.amount is not None)) if len(within) == len(rows) else None


def _kind(figure: Figure) -> _Kind:
    return figure.id, tuple(sorted(figure.by.items()))

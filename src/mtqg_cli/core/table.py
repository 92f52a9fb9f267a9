"""A sheet after its form has given it a meaning: rows of named cells, each still knowing where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mtqg_cli.core.location import Location
    from mtqg_cli.core.sheet import RawCell


class Cell(NamedTuple):
    """A cell that a form asks for.

    `value` is int (counts, đồng), Decimal, str, date or None (blank). `fault` names why it could not be read;
    a rule must not look at the value of such a cell. `remark` names what was noticed while reading one that is fine.
    `recomputed` tells that the form's own formula was worked out here.
    """

    location: Location
    raw: RawCell | None
    value: object = None
    fault: str | None = None
    remark: str | None = None
    recomputed: bool = False

    @property
    def valid(self) -> bool:
        """Whether the content could be read (a blank is valid)."""
        return self.fault is None

    @property
    def blank(self) -> bool:
        """Whether nothing stands there: no data, never zero."""
        return self.raw is None and self.value is None

    @property
    def sign(self) -> str:
        """The one word for its state: the fault, else the remark, else `blank`; empty for an ordinary cell."""
        return self.fault or self.remark or ("blank" if self.raw is None and self.value is None else "")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; `label` is what a person calls it (thôn Bình Hồ, tiêu chí 10)."""

    cells: Mapping[str, Cell]
    label: str
    number: int

    def known(self, *fields: str) -> tuple[Cell, ...] | None:
        """The cells if all of them were read and none is blank, else None: the door against follow-up messages."""
        found = []
        for name in fields:
            cell = self.cells.get(name)
            if cell is None or cell.fault is not None or cell.value is None:
                return None
            found.append(cell)
        return tuple(found)

    def value(self, field: str) -> object:
        """The value of a field, or None if it is blank, unreadable or absent."""
        cell = self.cells.get(field)
        return cell.value if cell is not None and cell.fault is None else None


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one form on one sheet; `total` is its total row; `location` is the sheet."""

    form: str
    location: Location
    rows: tuple[Row, ...]
    total: Row | None = None

"""A figure with everything that it rests on, and a text that a unit wrote itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mtqg_cli.core.location import Location
    from mtqg_cli.core.period import Period

#: A number (đồng and counts are int, rates Decimal), names, or None for "no data" (never 0).
FigureValue = Decimal | int | tuple[str, ...] | None

#: Who sets plans: the value of a figure's `by["assigned_by"]` and how it is written.
ASSIGNED_BY = {"tinh": "tỉnh giao", "huyen": "huyện giao", "xa": "xã giao"}


@dataclass(frozen=True, slots=True)
class Source:
    """What a figure was made from: a cell or another figure, in a role (addend, numerator, weight …), of a period."""

    role: str
    period: Period
    origin: Location | Figure

    def leaves(self) -> Iterator[Leaf]:
        """The cell itself, or all cells behind the figure with this role before theirs."""
        if not isinstance(self.origin, Figure):
            yield Leaf(self.role, self.period, self.origin)
            return
        for leaf in self.origin.leaves():
            role = self.role if leaf.role == "addend" else f"{self.role}/{leaf.role}"
            yield Leaf(role, leaf.period, leaf.location)


class Leaf(NamedTuple):
    """A cell at the end of a figure's sources, with the roles that lead to it (`minuend/numerator`)."""

    role: str
    period: Period
    location: Location


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `scope` is a commune's code or None for the whole unit; `by` tells figures of one id apart.

    `unit` is what is printed after the number; `scale` is how many of the value's own units make one of those
    (1.000.000 for đồng printed as triệu đồng). A value of None lists the blank cells that were looked at.
    Of a difference, `rising` says that above zero is an increase (later less earlier); else it is a fall. `peers` are the
    exact shares of all parts of the whole that this share, the one at `place`, is a part of: printed, they close together.
    """

    id: str
    label: str
    unit: str
    period: Period
    value: FigureValue
    scope: str | None = None
    by: Mapping[str, str] = field(default_factory=dict)
    numerator: Figure | None = None
    denominator: Figure | None = None
    base: str | None = None
    scale: int = 1
    decimals: int = 0
    family: str = ""
    sources: tuple[Source, ...] = ()
    rising: bool = False
    peers: tuple[Decimal, ...] = ()
    place: int = 0

    @property
    def amount(self) -> Decimal | None:
        """The exact number in the printed unit; None for no data and for names."""
        if self.value is None or isinstance(self.value, tuple):
            return None
        return Decimal(self.value) / self.scale

    @property
    def sides(self) -> tuple[Figure, Figure] | None:
        """Of a difference, the two figures that it lies between, the earlier first; None for any other figure."""
        found = {source.role: source.origin for source in self.sources}
        minuend, subtrahend = found.get("minuend"), found.get("subtrahend")
        if not isinstance(minuend, Figure) or not isinstance(subtrahend, Figure):
            return None
        return (subtrahend, minuend) if self.rising else (minuend, subtrahend)

    def leaves(self) -> Iterator[Leaf]:
        """All cells behind the figure, depth first, in order."""
        for source in self.sources:
            yield from source.leaves()


@dataclass(frozen=True, slots=True)
class Text:
    """Words that a unit wrote, with the cell they stand in."""

    value: str
    sources: tuple[Location, ...] = ()

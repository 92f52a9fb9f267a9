"""A figure with everything that it rests on, and a text that a unit wrote itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mtqg_cli.core.location import Location
    from mtqg_cli.core.period import Period

#: A number (đồng and counts are int, rates Decimal), names, or None for "no data" (never 0).
FigureValue = Decimal | int | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Source:
    """What a figure was made from: a cell or another figure, in a role (addend, numerator, weight …), of a period."""

    role: str
    period: Period
    origin: Location | Figure


@dataclass(frozen=True, slots=True)
class Leaf:
    """A cell at the end of a figure's sources, with the roles that lead to it (`minuend/numerator`)."""

    role: str
    period: Period
    location: Location


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `scope` is a commune's code or None for the whole unit; `by` tells figures of one id apart.

    `unit` is what is printed after the number; `scale` is how many of the value's own units make one of those
    (1.000.000 for đồng printed as triệu đồng). A value of None lists the blank cells that were looked at.
    `rising`: a difference that is positive where things rose (the usual one is opening less closing, a fall).
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
    rising: bool = False
    sources: tuple[Source, ...] = ()

    @property
    def amount(self) -> Decimal | None:
        """The exact number in the printed unit; None for no data and for names."""
        if self.value is None or isinstance(self.value, tuple):
            return None
        return Decimal(self.value) / self.scale

    def leaves(self) -> Iterator[Leaf]:
        """All cells behind the figure, depth first, in order."""
        for source in self.sources:
            if isinstance(source.origin, Figure):
                for leaf in source.origin.leaves():
                    role = source.role if leaf.role == "addend" else f"{source.role}/{leaf.role}"
                    yield Leaf(role, leaf.period, leaf.location)
            else:
                yield Leaf(source.role, source.period, source.origin)


@dataclass(frozen=True, slots=True)
class Text:
    """Words that a unit wrote, with the cell they stand in."""

    value: str
    sources: tuple[Location, ...] = ()

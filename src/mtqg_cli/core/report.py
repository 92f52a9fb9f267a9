"""The complete report before any looks: typed values under the names that templates use, and what comes out at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from mtqg_cli.core.figure import Figure, Text
from mtqg_cli.core.period import Period
from mtqg_cli.core.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from mtqg_cli.core.location import Location


@dataclass(frozen=True, slots=True)
class Record:
    """Named values that belong together: a commune, a programme, a work, the signing block."""

    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of a chart that look the same, one a category; a figure without a value leaves a gap."""

    label: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows. `id` is unique within a report; `unit` is that of all its figures; how it looks is the renderer's matter."""

    id: str
    title: str
    kind: Literal["bar", "column", "line"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str

    @property
    def has_data(self) -> bool:
        """Whether anything is known."""
        return any(figure.amount is not None for series in self.series for figure in series.figures)

    @property
    def worth_drawing(self) -> bool:
        """Whether there is something to compare: more than one figure that is not zero."""
        return sum(bool(figure.amount) for series in self.series for figure in series.figures) > 1


#: Figures and dates stay values here; a str is a name or a label, never a formatted number.
Value = Figure | Text | Period | Unit | date | str | bool | int | None | Record | Chart | tuple["Value", ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A name that a template may use. `kind`: figure, text, period, unit, date, flag, number, chart, record or list.

    `fields` are those of a record or of a list's elements; a list without fields holds texts.
    """

    label: str
    kind: str
    fields: Mapping[str, Field] = field(default_factory=dict)


#: The key of `Style.decimals` that is meant for all sums of money.
MONEY_FAMILY = "tien"


@dataclass(frozen=True, slots=True)
class Style:
    """How numbers look in one document. `decimals`: by an indicator's id, its family, or for all sums of money."""

    leading_zero: bool = True
    decimals: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceCell:
    """A cell behind figures, as its sheet shows it: whose it is, its row and column in words, and its value in the sheet's own unit.

    `scale` is how many of a figure's own units (đồng) make one of `measure`. `parts` are the cells, with their signs, that the
    form itself works this one out from.
    """

    unit: str
    row: str
    column: str
    measure: str
    value: Decimal | int | str | date | None
    scale: int = 1
    parts: tuple[tuple[int, Location], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A report ready to be rendered: every name that `Field`s promise has its value here.

    `cells` are the cells that figures may come from, by period and place, for documents that show them.
    """

    template: str
    unit: Unit
    period: Period
    values: Mapping[str, Value]
    style: Style
    draft: bool = False
    cells: Mapping[tuple[str, Location], SourceCell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished file, not yet written. `figures` is the digest of the figures that it was made from, if it was made from any."""

    name: str
    content: bytes
    figures: str = ""

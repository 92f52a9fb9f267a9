"""A figure as an Excel formula over the sheet of data, by what its sources are; one that would not give the figure is not given."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.core.figure import Figure
from mtqg_cli.render.documents.annex.data_sheet import ranges, shown_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mtqg_cli.core.figure import Source
    from mtqg_cli.render.documents.annex.data_sheet import DataSheet, Place

#: Excel's limits: arguments of a function, characters of a formula.
_ARGUMENTS = 255
_LONGEST = 8192
#: What stands for something else in a criterion of COUNTIF, or cannot stand in a text of a formula.
_SPECIAL = frozenset('*?~"<>=')
_LONGEST_TEXT = 100
_HUNDRED = 100
_EXACT = Decimal("1e-18")


#: How firmly a formula holds together: a sum or difference, a product or quotient, a single cell or call.
_SUM, _PRODUCT, _SINGLE = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula without its “=”, what it gives, and how firmly it holds together."""

    text: str
    value: Decimal
    holds: int = _SINGLE

    def operand(self, needed: int) -> str:
        """The text as an operand, in brackets if it would fall apart there."""
        return self.text if self.holds >= needed else f"({self.text})"


@dataclass(frozen=True, slots=True)
class Below:
    """A cell in the lines that a whole is made of: its row on the sheet, and its figure if it is a number."""

    row: int
    figure: Figure | None


@dataclass(slots=True)
class Formulas:
    """Makes the formulas of one sheet. `placed` are the cells of figures on it: what is there is referred to, not made again."""

    data: DataSheet
    placed: dict[int, str] = field(default_factory=dict)

    def of(self, figure: Figure, below: Sequence[Below] = (), column: str = "") -> Formula | None:
        """The formula of a figure: of the cells below it if these are what it sums, else of its sources; None if there is none that gives its value."""
        made = self._sum_of(figure, below, column) or self._of_sources(figure)
        if made is None or figure.amount is None or len(made.text) >= _LONGEST:
            return None
        return made if _equal(made.value, figure.amount) else None

    def _term(self, figure: Figure | None) -> Formula | None:
        """A figure within another one's formula."""
        if figure is None or figure.amount is None:
            return None
        there = self.placed.get(id(figure))
        return Formula(there, figure.amount) if there is not None else self.of(figure)

    def _sum_of(self, figure: Figure, below: Sequence[Below], column: str) -> Formula | None:
        """The sum of the cells below, if the figure's own cells are exactly theirs."""
        own = _added(figure)
        parts = [each.figure for each in below if each.figure is not None]
        theirs = [place for part in parts for place in _added(part) or ()]
        if not own or len(theirs) != len(own) or set(theirs) != set(own) or len(set(own)) != len(own):
            return None
        # texts in between ("…") add nothing, and keep the range in one piece
        text = _call("SUM", ranges((each.row for each in below), column))
        return Formula(text, sum((part.amount or Decimal(0) for part in parts), Decimal(0)))

    def _of_sources(self, figure: Figure) -> Formula | None:
        roles = frozenset(source.role for source in figure.sources)
        build = next((build for known, build in _BUILDERS if roles and roles <= known), None)
        return build(self, figure) if build is not None else None

    def _sum(self, figure: Figure) -> Formula | None:
        """Cells, blank ones too (a number written there later counts), and other figures."""
        terms = [self._term(source.origin) for source in figure.sources if isinstance(source.origin, Figure) and source.origin.amount is not None]
        by_factor: dict[Decimal, list[Place]] = {}
        for place in self._places(figure.sources):
            by_factor.setdefault(Decimal(self.data.cells[place].scale) / figure.scale, []).append(place)
        terms += [_times(self._sum_of_cells(places), factor) for factor, places in by_factor.items()]
        known = [term for term in terms if term is not None]
        if len(known) < len(terms) or not known:
            return None
        if len(known) == 1:
            return known[0]
        return Formula("+".join(term.operand(_SUM) for term in known), sum((term.value for term in known), Decimal(0)), _SUM)

    def _sum_of_cells(self, places: list[Place]) -> Formula:
        names = self.data.ranges(places)
        text = names[0] if names == [names[0]] and ":" not in names[0] else _call("SUM", names)
        return Formula(text, sum(map(self._number, places), Decimal(0)))

    def _ratio(self, figure: Figure) -> Formula | None:
        """Numerator by denominator, times what makes a percentage of it."""
        origin = {source.role: source.origin for source in figure.sources}
        above, below = (self._term(each if isinstance(each := origin.get(role), Figure) else None) for role in ("numerator", "denominator"))
        if above is None or below is None or figure.amount is None or not below.value:
            return None
        plain = above.value / below.value
        factor = (figure.amount / plain).quantize(Decimal("1e-6")).normalize() if plain else Decimal(_HUNDRED if figure.unit == "%" else 1)
        return _times(Formula(f"{above.operand(_PRODUCT)}/{below.operand(_SINGLE)}", plain, _PRODUCT), factor)

    def _difference(self, figure: Figure) -> Formula | None:
        origin = {source.role: source.origin for source in figure.sources}
        first, second = (self._term(each if isinstance(each := origin.get(role), Figure) else None) for role in ("minuend", "subtrahend"))
        if first is None or second is None:
            return None
        return Formula(f"{first.operand(_SUM)}-{second.operand(_PRODUCT)}", first.value - second.value, _SUM)

    def _count(self, figure: Figure) -> Formula | None:
        """How many cells there are; of those that count for what they say, how many still say so."""
        places = self._places(figure.sources)
        if len(places) != len(figure.sources) or len(set(places)) != len(places):
            return None
        values = {shown_value(self.data.cells[place]) for place in places}
        word = next(iter(values)) if len(values) == 1 else None
        names = self.data.ranges(places)
        said = all(source.role == "counted" for source in figure.sources)
        if said and isinstance(word, str) and len(word) < _LONGEST_TEXT and not _SPECIAL & set(word):
            return Formula("+".join(f'COUNTIF({name},"{word}")' for name in names), Decimal(len(places)), _SINGLE if len(names) == 1 else _SUM)
        return Formula(_call("COUNTA", names), Decimal(sum(shown_value(self.data.cells[place]) is not None for place in places)))

    def _above_zero(self, figure: Figure) -> Formula | None:
        """How many of the cells are above zero."""
        places = self._places(figure.sources)
        if len(places) != len(figure.sources):
            return None
        names = self.data.ranges(places)
        above = sum(self._number(place) > 0 for place in places)
        return Formula("+".join(f'COUNTIF({name},">0")' for name in names), Decimal(above), _SINGLE if len(names) == 1 else _SUM)

    def _weighted(self, figure: Figure) -> Formula | None:
        """The sum of the products by the sum of the weights; as one SUMPRODUCT where both stand in one piece."""
        values = self._places(source for source in figure.sources if source.role == "value")
        weights = self._places(source for source in figure.sources if source.role == "weight")
        pairs = list(zip(values, weights, strict=False))
        whole = sum(map(self._number, weights), Decimal(0))
        if not pairs or len(values) != len(weights) or not whole:
            return None
        pieces = self.data.ranges(values), self.data.ranges(weights)
        in_order = [sorted(each, key=self.data.rows.__getitem__) == each for each in (values, weights)]
        if all(in_order) and [len(each) for each in pieces] == [1, 1]:
            products = f"SUMPRODUCT({pieces[0][0]},{pieces[1][0]})"
        else:
            products = f"({'+'.join('*'.join(self.data.ranges([place])[0] for place in pair) for pair in pairs)})"
        value = sum((self._number(one) * self._number(other) for one, other in pairs), Decimal(0)) / whole
        factor = Decimal(self.data.cells[values[0]].scale) / figure.scale
        return _times(Formula(f"{products}/{_call('SUM', pieces[1])}", value, _PRODUCT), factor)

    def _places(self, sources: Iterable[Source]) -> list[Place]:
        """The cells of some sources that stand on the sheet of data."""
        places = [(str(source.period), source.origin) for source in sources if not isinstance(source.origin, Figure)]
        return [place for place in places if place in self.data.rows]

    def _number(self, place: Place) -> Decimal:
        value = shown_value(self.data.cells[place])
        return value if isinstance(value, Decimal) else Decimal(0)


#: The roles that a kind of figure has, and how it is written. A figure with other roles stays a number.
_BUILDERS: tuple[tuple[frozenset[str], Callable[[Formulas, Figure], Formula | None]], ...] = (
    (frozenset({"addend", "unknown"}), Formulas._sum),  # noqa: SLF001 - its own methods
    (frozenset({"numerator", "denominator"}), Formulas._ratio),  # noqa: SLF001
    (frozenset({"minuend", "subtrahend"}), Formulas._difference),  # noqa: SLF001
    (frozenset({"counted", "filled"}), Formulas._count),  # noqa: SLF001
    (frozenset({"positive"}), Formulas._above_zero),  # noqa: SLF001
    (frozenset({"value", "weight"}), Formulas._weighted),  # noqa: SLF001
)


def _added(figure: Figure) -> list[Place] | None:
    """The cells that a sum or a count takes in; None for every other kind of figure."""
    if not figure.sources or any(
        isinstance(source.origin, Figure) or source.role not in {"addend", "counted", "unknown", "searched"} for source in figure.sources
    ):
        return None
    return [(str(source.period), source.origin) for source in figure.sources if source.role in {"addend", "counted"} and not isinstance(source.origin, Figure)]


def _times(formula: Formula, factor: Decimal) -> Formula:
    """The formula times a factor; by less than one it is divided, so that what is written is a whole number where that can be."""
    if factor == 1:
        return formula
    sign, number = ("*", factor) if factor > 1 or factor == 0 else ("/", 1 / factor)
    return Formula(f"{formula.operand(_PRODUCT)}{sign}{number.normalize():f}", formula.value * factor, _PRODUCT)


def _call(function: str, arguments: list[str]) -> str:
    """A call; where there are more arguments than Excel takes, in groups (sums and counts of groups are added)."""
    if len(arguments) <= _ARGUMENTS:
        return f"{function}({','.join(arguments)})"
    groups = [arguments[start : start + _ARGUMENTS] for start in range(0, len(arguments), _ARGUMENTS)]
    return _call("SUM", [_call(function, group) for group in groups])


def _equal(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= abs(other) * _EXACT

"""How the figure of a whole comes from those of its parts: sums are added, all else is worked out anew from the sums by its own measure."""

from __future__ import annotations

import importlib
from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.aggregate.compute import measure
from mtqg_cli.aggregate.reckoning import Key, Reckoning, key_of
from mtqg_cli.core.figure import Figure, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from mtqg_cli.aggregate.handed_in import Document, Given
    from mtqg_cli.core.figure import FigureValue
    from mtqg_cli.reference.indicator import IndicatorEntry
    from mtqg_cli.reference.request import Request

#: A split, sorted; the figures of the parts for it, by the place of the part among the documents; why a split cannot be told.
Split = tuple[tuple[str, str], ...]
Parts = dict[int, "Given"]
Reasons = dict[Split, str]
#: Counts that are no data, rather than 0, where the marks that decide were left blank.
_COUNTS = frozenset({"count_where", "distinct", "units_with"})
#: Those that find nothing, rather than that there is no data, where sheets were looked through.
_LOOKED = frozenset({"count_where", "distinct", "names_where"})
_POINTS = "diem-phan-tram"


@dataclass(slots=True)
class Joining:
    """The documents in the order of their units, their figures by id and split, and what has been made of them so far."""

    request: Request
    documents: Sequence[Document]
    given: Mapping[str, Mapping[Split, Parts]]
    reckoning: Reckoning
    unknown: dict[Key, int] = field(default_factory=dict)

    def join(self, entry: IndicatorEntry, reasons: Reasons) -> Iterator[Figure]:
        """The figures of the whole for an indicator; where one cannot be told, its split gets a reason."""
        for split, mine in self.given[entry.id].items():
            periods = sorted({str(one.figure.period) for one in mine.values()})
            if len(periods) > 1:
                reasons[split] = f"các đơn vị lấy số của kỳ khác nhau ({', '.join(periods)})"
        parts = {split: mine for split, mine in self.given[entry.id].items() if split not in reasons}
        return _WAYS[way_of(entry)](self, entry, parts, reasons)

    def whole(self, entry: IndicatorEntry, mine: Parts, value: FigureValue, **more: Figure | None) -> Figure:
        """A figure of the whole with those of its parts as sources."""
        first = next(iter(mine.values())).figure
        sources = tuple(
            Source("unknown" if one.figure.value is None else "addend", one.figure.period, replace(one.figure, scope=self.documents[place].header.unit.code))
            for place, one in sorted(mine.items())
        )
        self.unknown[key_of(entry.id, None, first.by)] = sum(one.unknown for one in mine.values())
        return replace(self.reckoning.new(entry, value, by=first.by, sources=sources, **more), period=first.period, base=first.base)


def way_of(entry: IndicatorEntry) -> str:
    """What the measure of an indicator says of wholes and parts."""
    return str(importlib.import_module(f"mtqg_cli.aggregate.measures.{entry.measure}").MERGED)


def _added(joining: Joining, entry: IndicatorEntry, parts: Mapping[Split, Parts], reasons: Reasons) -> Iterator[Figure]:
    """Numbers added up, names one after the other."""
    del reasons
    for mine in parts.values():
        yield joining.whole(entry, mine, _sum(entry, mine, joining))


def _sum(entry: IndicatorEntry, mine: Parts, joining: Joining) -> FigureValue:
    known = [one.figure.value for one in mine.values() if one.figure.value is not None]
    blank = [one for one in mine.values() if one.figure.value is None and one.unknown]
    if not known and not blank and entry.measure in _LOOKED and _looked_elsewhere(joining, entry, mine):
        return () if entry.names else 0
    if not known or (entry.complete and blank):
        return None
    if any(isinstance(each, tuple) for each in known):
        return _names(mine, joining)
    total = sum(each for each in known if isinstance(each, int | Decimal))
    if total == 0 and blank and entry.measure in _COUNTS and not entry.positive:
        return None
    return total


def _looked_elsewhere(joining: Joining, entry: IndicatorEntry, mine: Parts) -> bool:
    """Whether a part that knows nothing of a split has looked through its sheets for others: it has none of this one."""
    others = (place for parts in joining.given[entry.id].values() for place, one in parts.items() if one.figure.value is not None)
    return any(place not in mine for place in others)


def _names(mine: Parts, joining: Joining) -> tuple[str, ...]:
    """The names of all parts in their order; one that two parts have is told with the part's."""
    lists = [(one.figure.value, place) for place, one in sorted(mine.items())]
    told = [(name, place) for names, place in lists if isinstance(names, tuple) for name in names]
    often = Counter(name for name, _ in told)
    return tuple(f"{name} ({joining.documents[place].header.unit.name})" if often[name] > 1 else name for name, place in told)


def _plan(joining: Joining, entry: IndicatorEntry, parts: Mapping[Split, Parts], reasons: Reasons) -> Iterator[Figure]:
    """Plans in numbers that all parts have been set; those in percentage points are nobody's sum."""
    for split, mine in parts.items():
        amounts = [one.figure.value for one in mine.values()]
        if entry.where.get("basis") == _POINTS:
            reasons[split] = "kế hoạch giao bằng điểm phần trăm không cộng được"
        elif len(mine) < len(joining.documents) or None in amounts or (any(amounts) and not all(amounts)):
            reasons[split] = "không phải đơn vị nào cũng được giao"
        else:
            made = joining.whole(entry, mine, sum(each for each in amounts if isinstance(each, int | Decimal)))
            exponent = Decimal(str(made.value)).normalize().as_tuple().exponent
            yield replace(made, decimals=min(entry.decimals, max(0, -exponent if isinstance(exponent, int) else 0)))


def _mean(joining: Joining, entry: IndicatorEntry, parts: Mapping[Split, Parts], reasons: Reasons) -> Iterator[Figure]:
    """All weighted values over all weights; a part of which some are unknown leaves the whole unknown."""
    del reasons
    for mine in parts.values():
        known = [one.figure for one in mine.values() if one.figure.value is not None]
        open_ = any(one.unknown for one in mine.values() if one.figure.value is None)
        sides = [_side(joining, entry, known, name) for name in ("numerator", "denominator")] if known and not open_ else [None, None]
        above, below = (each.value if each is not None else None for each in sides)
        value = Decimal(above) / Decimal(below) if isinstance(above, int | Decimal) and isinstance(below, int | Decimal) and below else None
        yield joining.whole(entry, mine, value, numerator=sides[0], denominator=sides[1])


def _side(joining: Joining, entry: IndicatorEntry, known: Sequence[Figure], name: str) -> Figure | None:
    """The sum of what the parts' figures name above, or below, the line."""
    sides: list[Figure] = [each for one in known if (each := getattr(one, name)) is not None]
    amounts = [each.amount for each in sides if each.amount is not None]
    if len(amounts) < len(known):
        return None
    total = sum(amounts, Decimal(0))
    if name == "numerator":
        made = joining.reckoning.new(entry, None)
        return replace(made, value=total * made.scale, by=known[0].by, period=known[0].period)
    return replace(sides[0], scope=None, value=total)


def _again(joining: Joining, entry: IndicatorEntry, parts: Mapping[Split, Parts], reasons: Reasons) -> Iterator[Figure]:
    """By its own measure, from the figures of the whole."""
    del parts, reasons
    if entry.setting and not getattr(joining.request, entry.setting):
        return iter([joining.reckoning.new(entry, None)])
    return iter(list(measure(entry.measure)(_of_whole(entry), joining.reckoning)))


def _of_whole(entry: IndicatorEntry) -> IndicatorEntry:
    return entry.model_copy(update={"scopes": ("unit",)})


def _earlier(joining: Joining, entry: IndicatorEntry, parts: Mapping[Split, Parts], reasons: Reasons) -> Iterator[Figure]:
    """As the figure of now would be; unknown where a part has that figure now but not then."""
    then = joining.request.book.indicators[entry.of]
    way = way_of(then)
    for split, mine in parts.items():
        now = joining.given.get(entry.of, {}).get(split, {})
        lacking = [place for place, one in now.items() if one.figure.value is not None and (place not in mine or mine[place].figure.value is None)]
        if way == "sum":
            yield joining.whole(entry, mine, None if lacking else _sum(then, mine, joining))
        elif then.measure == "ratio":
            ratio = None if lacking else _ratio(joining, then, mine)
            more = {"numerator": ratio.numerator, "denominator": ratio.denominator} if ratio is not None else {}
            yield joining.whole(entry, mine, ratio.value if ratio is not None else None, **more)
        else:
            reasons[split] = "số của kỳ khác không cộng được"


def _ratio(joining: Joining, entry: IndicatorEntry, mine: Parts) -> Figure | None:
    """The ratio of sums of an earlier period, by the measure itself."""
    known = [one.figure for one in mine.values() if one.figure.value is not None]
    if not known:
        return None
    there = Reckoning(joining.request, {})
    for name, part in (("numerator", entry.numerator), ("denominator", entry.denominator)):
        total = sum((side.amount for each in known if (side := getattr(each, name)) is not None and side.amount is not None), Decimal(0))
        whole = int(total) if total == total.to_integral_value() else total
        there.add(Figure(part, "", "", known[0].period, whole, by=known[0].by))
    return next(iter(measure("ratio")(_of_whole(entry), there)), None)


_WAYS: Mapping[str, Callable[[Joining, IndicatorEntry, Mapping[Split, Parts], Reasons], Iterator[Figure]]] = {
    "sum": _added,
    "plan": _plan,
    "mean": _mean,
    "again": _again,
    "compared": _again,
    "earlier": _earlier,
}

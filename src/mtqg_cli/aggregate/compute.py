"""All figures and listings of a request: indicators in the order of their dependence, each by the measure that it names."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.aggregate.facts import Facts, facts_of, select
from mtqg_cli.aggregate.reckoning import Reckoning, cell_sources
from mtqg_cli.core.figure import Figure, Text
from mtqg_cli.core.report import Record
from mtqg_cli.core.vietnamese import format_date
from mtqg_cli.reference.quantity import NUMERIC

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mtqg_cli.core.report import Value
    from mtqg_cli.core.submission import Batch
    from mtqg_cli.core.table import Row
    from mtqg_cli.reference.indicator import IndicatorEntry, Listing
    from mtqg_cli.reference.quantity import Quantity
    from mtqg_cli.reference.request import Request


@dataclass(frozen=True, slots=True)
class Aggregates:
    """The figures in the order of the book, and the listings by id."""

    figures: tuple[Figure, ...]
    listings: Mapping[str, tuple[Record, ...]]


def measure(name: str) -> Callable[[IndicatorEntry, Reckoning], Iterable[Figure]]:
    """The measure of a name: the function of that name in the file of that name."""
    module = importlib.import_module(f"mtqg_cli.aggregate.measures.{name}")
    found: Callable[[IndicatorEntry, Reckoning], Iterable[Figure]] = getattr(module, name)
    return found


def compute(batches: Mapping[str, Batch], request: Request) -> Aggregates:
    """The figures of a request from its batches by period: its own, those of its as-of groups, those that it is compared with."""
    parents = {(key, code): each.parent for key in request.programmes for each in request.book.programmes[key].parts for code in (each.code, each.parent)}
    facts = {period: facts_of(batch, request.forms, parents) for period, batch in batches.items()}
    reckoning = Reckoning(request, facts, earlier=dict(_earlier(request, facts)))
    entries = request.book.indicators
    _reckon(reckoning, request.book.behind(entries))
    rank = {name: index for index, name in enumerate(entries)}
    figures = sorted(reckoning.figures.values(), key=lambda figure: rank[figure.id])
    listings = {listing.id: tuple(_records(listing, reckoning)) for listing in request.book.listings.values()}
    return Aggregates(tuple(figures), listings)


def _reckon(reckoning: Reckoning, entries: Iterable[IndicatorEntry]) -> None:
    """Makes the figures of entries, which come each after what it needs."""
    unused = reckoning.request.unused
    for entry in entries:
        if (entry.annual and reckoning.period_of(entry).kind != "year") or (entry.datasets and entry.datasets <= unused):
            continue
        for figure in measure(entry.measure)(entry, reckoning):
            reckoning.add(figure)


def _earlier(request: Request, facts: Mapping[str, Facts]) -> Iterator[tuple[str, Reckoning]]:
    """What the request is compared with, as far as there is data: only the figures that are looked back at."""
    for period in request.comparisons:
        own = facts.get(str(period))
        if own is not None:
            reckoning = Reckoning(replace(request, period=own.batch.period, as_of={}, excused={}), {str(own.batch.period): own})
            wanted = [entry.of for entry in request.book.indicators.values() if entry.when and str(request.earlier_period(entry)) == str(period)]
            _reckon(reckoning, request.book.behind(wanted))
            yield str(period), reckoning


def _records(listing: Listing, reckoning: Reckoning) -> Iterator[Record]:
    period = reckoning.request.period_of(listing.group)
    facts = reckoning.facts_by_period[str(period)]
    for each in select(facts.rows(listing.dataset).facts, listing.where):
        values: dict[str, Value] = {}
        for name, field in listing.fields.items():
            values[name] = reckoning.unit_of(each.unit).label if field == "unit" else _value(listing, name, each.row, facts, field)
        yield Record(values)


def _value(listing: Listing, name: str, row: Row, facts: Facts, field: str) -> Value:
    quantity, cell = facts.quantity(listing.dataset, field), row.cells.get(field)
    if quantity is None:
        return Text("")
    value = row.value(field)
    if quantity.type in NUMERIC:
        sources = cell_sources([cell] if cell is not None else [], facts.batch.period)
        number = value if isinstance(value, int | Decimal) else None
        label = listing.labels.get(name, name)
        return Figure(
            f"{listing.id}.{name}", label, quantity.unit, facts.batch.period, number, scale=quantity.scale, decimals=_decimals(quantity), sources=sources
        )
    return Text(_words(value, quantity), (cell.location,) if cell is not None else ())


def _decimals(quantity: Quantity) -> int:
    return 0 if quantity.type in {"count", "money"} else quantity.decimals


def _words(value: object, quantity: Quantity) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return format_date(value)
    return next((choice.label for choice in quantity.choices if choice.id == value), str(value))

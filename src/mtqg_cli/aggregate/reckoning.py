"""The figures made so far, and what a measure needs to make the next ones."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mtqg_cli.aggregate.facts import GROUP, Fact, Facts, Rows, in_year, leave_out, positive, said, select, undecided, valid_on
from mtqg_cli.core.figure import Figure, Source
from mtqg_cli.reference.quantity import MONEY_SCALES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mtqg_cli.core.figure import FigureValue
    from mtqg_cli.core.location import Location
    from mtqg_cli.core.period import Period
    from mtqg_cli.core.table import Cell, Row
    from mtqg_cli.core.unit import Unit
    from mtqg_cli.reference.indicator import IndicatorEntry
    from mtqg_cli.reference.request import Request

#: What tells the figures of one id apart: the scope and the sorted split.
Key = tuple[str, str | None, tuple[tuple[str, str], ...]]
#: The splits by project, for which all datasets tell the values.
_PROJECT_SPLITS = {("programme", "project"), ("programme", GROUP)}
#: Rows of a scope (None: the whole unit) and a split.
Group = tuple[str | None, dict[str, str], "Sequence[Fact]"]


def key_of(name: str, scope: str | None, by: Mapping[str, str]) -> Key:
    """The key of a figure."""
    return (name, scope, tuple(sorted(by.items())))


@dataclass(slots=True)
class Reckoning:
    """Facts of the periods that are needed, the request, and the figures by key in the order in which they were made.

    `earlier` holds, by period, what this one is compared with: a reckoning of its own, from that period's facts alone.
    """

    request: Request
    facts_by_period: Mapping[str, Facts]
    figures: dict[Key, Figure] = field(default_factory=dict)
    by_id: dict[str, list[Figure]] = field(default_factory=dict)
    known_groups: dict[object, list[Group]] = field(default_factory=dict)
    earlier: Mapping[str, Reckoning] = field(default_factory=dict)
    communes: Mapping[str, Unit] = field(init=False)
    project_order: Mapping[tuple[str, ...], tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        self.communes = {unit.code: unit for unit in self.request.communes}
        self.project_order = _project_order(self.request)

    def period_of(self, entry: IndicatorEntry) -> Period:
        """The period that an indicator is taken from."""
        return self.request.period_of(entry.group)

    def facts_of(self, entry: IndicatorEntry) -> Facts:
        """The facts of that period."""
        return self.facts_by_period[str(self.period_of(entry))]

    def scopes_of(self, entry: IndicatorEntry) -> Iterator[str | None]:
        """None for the whole unit, then the codes of the communes if the indicator is made for them."""
        if "unit" in entry.scopes:
            yield None
        if "commune" in entry.scopes:
            yield from (unit.code for unit in self.request.communes)

    def find(self, name: str, scope: str | None, by: Mapping[str, str]) -> Figure | None:
        """The figure of an id for a scope and split, or the one of the whole where that is not split."""
        return self.figures.get(key_of(name, scope, by)) or self.figures.get(key_of(name, scope, {}))

    def exact(self, name: str, scope: str | None, by: Mapping[str, str]) -> Figure | None:
        """The figure of an id for just this scope and split: a part is never the whole's."""
        return self.figures.get(key_of(name, scope, by))

    def made(self, name: str, entry: IndicatorEntry) -> list[Figure]:
        """The figures of another indicator in the scopes and splits that an entry asks for."""
        wanted = {"unit": {tuple(sorted(split)) for split in entry.splits}, "commune": {tuple(sorted(split)) for split in entry.commune_splits}}
        asked = {scope: splits for scope, splits in wanted.items() if scope in entry.scopes}
        return [figure for figure in self.by_id.get(name, ()) if tuple(sorted(figure.by)) in asked.get("unit" if figure.scope is None else "commune", ())]

    def compared(self, entry: IndicatorEntry) -> Iterator[tuple[dict[str, str], list[tuple[Unit, Figure]]]]:
        """For the whole and each split that an entry asks for: the communes that have data, in the order of reports, with their figures."""
        splits = {tuple(sorted(split)) for split in entry.splits}
        alike: dict[tuple[tuple[str, str], ...], dict[str, Figure]] = {(): {}} if () in splits else {}
        for figure in self.by_id.get(entry.among, ()):
            if figure.scope is not None and tuple(sorted(figure.by)) in splits:
                mine = alike.setdefault(tuple(sorted(figure.by.items())), {})
                if figure.amount is not None:
                    mine[figure.scope] = figure
        for by, mine in alike.items():
            yield dict(by), [(unit, mine[unit.code]) for unit in self.request.communes if unit.code in mine]

    def add(self, figure: Figure) -> None:
        """Enters a figure."""
        self.figures[key_of(figure.id, figure.scope, figure.by)] = figure
        self.by_id.setdefault(figure.id, []).append(figure)

    def new(self, entry: IndicatorEntry, value: FigureValue, **more: object) -> Figure:
        """A figure of an entry, with the entry's label, unit and looks."""
        return Figure(
            id=entry.id,
            label=entry.label,
            unit=self.request.words(entry.unit),
            period=self.period_of(entry),
            value=value,
            base=entry.base or None,
            scale=MONEY_SCALES.get(entry.unit.split("/")[0], 1),
            decimals=entry.decimals,
            family=entry.family,
            rising=entry.rising,
            **more,  # type: ignore[arg-type]
        )

    def as_entry(self, entry: IndicatorEntry, figure: Figure) -> Figure:
        """The figure of another indicator, or of another period, under an entry's name: its value, its period and what it was made from."""
        more = {"scope": figure.scope, "by": figure.by, "numerator": figure.numerator, "denominator": figure.denominator, "sources": figure.sources}
        return replace(self.new(entry, figure.value, **more), period=figure.period, base=entry.base or figure.base)

    def groups(self, entry: IndicatorEntry, dataset: str) -> list[Group]:
        """A dataset's rows that an entry asks for, by scope and split; worked out once for entries that ask alike."""
        narrowed = (tuple(sorted(entry.where.items())), tuple(sorted(entry.leaving_out.items())), entry.positive, entry.valid_on, entry.in_year)
        key = (str(self.period_of(entry)), dataset, narrowed, entry.scopes, entry.splits, entry.commune_splits)
        if key not in self.known_groups:
            self.known_groups[key] = list(self._groups(entry, dataset))
        return self.known_groups[key]

    def _groups(self, entry: IndicatorEntry, dataset: str) -> Iterator[Group]:
        facts = self.facts_of(entry)
        everything = facts.rows(dataset)
        rows = self._rows(entry, everything)
        for scope in self.scopes_of(entry):
            for split in entry.splits_in(scope):
                for values in self._values_of(split, everything, facts, scope):
                    by = dict(zip(split, values, strict=True))
                    yield scope, by, rows.of(scope, by)

    def _rows(self, entry: IndicatorEntry, everything: Rows) -> Rows:
        """The rows that an entry is about. What holds is asked for the day that the figures are counted to."""
        rows = leave_out(select(everything.facts, entry.where), entry.leaving_out)
        if entry.valid_on:
            rows = valid_on(rows, entry.valid_on, self.facts_of(entry).batch.period.as_of)
        if entry.in_year:
            rows = in_year(rows, entry.in_year, self.period_of(entry).year)
        return Rows(positive(rows, entry.positive) if entry.positive else rows)

    def anything_known(self, entry: IndicatorEntry, dataset: str, scope: str | None, by: Mapping[str, str]) -> bool:
        """Whether the fields that decide are filled in at all: a sheet of blank marks counts nothing, not even zero.

        Only the rows that are not ruled out are asked: the stars of a product without a decision are no gap.
        """
        facts = self.facts_of(entry)
        if not facts.looked_at(dataset, scope, by):
            return False
        rows = undecided(facts.rows(dataset).of(scope, by), entry.where)
        wanted = [name for name in (*entry.where, entry.positive, entry.valid_on) if name in facts.fields(dataset)]
        return not rows or any(all(each.value(name) is not None for name in wanted) for each in rows)

    def searched(self, entry: IndicatorEntry, dataset: str, scope: str | None, by: Mapping[str, str]) -> tuple[Source, ...]:
        """The sheets in which there was nothing to count, as sources."""
        period = self.period_of(entry)
        return tuple(Source("searched", period, sheet) for sheet in self.facts_of(entry).looked_at(dataset, scope, by))

    def without_data(self, entry: IndicatorEntry) -> Iterator[Figure]:
        """An entry's figures where there is nothing to make them from: one in each scope and each split that is known beforehand."""
        facts = self.facts_of(entry)
        for scope in self.scopes_of(entry):
            for split in entry.splits_in(scope):
                for values in self._values_of(split, facts.rows(""), facts, scope):
                    yield self.new(entry, None, scope=scope, by=dict(zip(split, values, strict=True)))

    def _values_of(self, split: tuple[str, ...], rows: Rows, facts: Facts, scope: str | None) -> list[tuple[str, ...]]:
        """The values of a split in the order of reports. Programmes and criteria sets in use are all there, data or not.

        So are the projects that any dataset names: one with works has its capital without data, one with capital has no works.
        """
        if not split:
            return [()]
        in_use = {"programme": self.request.programmes, "criteria_set": self.request.criteria}
        if len(split) == 1 and split[0] in in_use:
            return [(value,) for value in in_use[split[0]]]
        if split in _PROJECT_SPLITS:
            order = self.project_order
            return sorted(facts.projects(split[1], scope), key=lambda values: (order.get(values, (len(order), 0)), values))
        return sorted(set(said(rows.of(scope), split)))

    def unit_of(self, row_unit: str) -> Unit:
        """The unit that a row came from."""
        return self.communes.get(row_unit, self.request.unit)


def _project_order(request: Request) -> dict[tuple[str, ...], tuple[int, int]]:
    return {
        (programme, project.code): (rank, index)
        for rank, programme in enumerate(request.programmes)
        for index, project in enumerate(request.book.programmes[programme].projects)
    }


def cell_sources(cells: Iterable[Cell], period: Period, role: str = "addend") -> tuple[Source, ...]:
    """Cells as sources; a blank or unreadable one in the role "unknown", which no sum takes in."""
    return tuple(Source(role if cell.valid and cell.value is not None else "unknown", period, cell.location) for cell in cells)


def place_of(row: Row, fields: tuple[str, ...]) -> Location:
    """The cell that stands for a row: that of the first of the fields which the row has, else its first cell."""
    cell = next((row.cells[name] for name in fields if name in row.cells), None) or next(iter(row.cells.values()))
    return cell.location

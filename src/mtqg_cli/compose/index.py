"""The figures by what tells them apart: which of them a name means. What they are called together is the other modules' work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.figure import Figure
from mtqg_cli.core.report import Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mtqg_cli.core.report import Value
    from mtqg_cli.reference.book import Book
    from mtqg_cli.reference.indicator import IndicatorEntry
    from mtqg_cli.reference.request import Request


def entries(book: Book, split: tuple[str, ...], *, for_communes: bool) -> list[IndicatorEntry]:
    """The indicators that are made for a split (in any order of its fields), for communes or for the whole."""
    scope = "commune" if for_communes else "unit"
    wanted = tuple(sorted(split))
    return [
        entry
        for entry in book.indicators.values()
        if scope in entry.scopes and wanted in {tuple(sorted(each)) for each in (entry.commune_splits if for_communes else entry.splits)}
    ]


def figure_fields(book: Book, split: tuple[str, ...], *, for_communes: bool = False) -> dict[str, Field]:
    """What templates may know of them."""
    return {entry.id: Field(f"{entry.label} ({entry.unit})", "figure") for entry in entries(book, split, for_communes=for_communes)}


class Index:
    """The figures of a request; a name without a figure gets one without data, so that no field is missing."""

    def __init__(self, request: Request, figures: Iterable[Figure]) -> None:
        self.request = request
        self.figures = {(figure.id, figure.scope, tuple(sorted(figure.by.items()))): figure for figure in figures}
        self._entries: dict[tuple[tuple[str, ...], bool], list[IndicatorEntry]] = {}
        self._splits: dict[frozenset[str], set[tuple[tuple[str, str], ...]]] = {}
        for _, _, by in (key for key in self.figures if key[1] is None):
            self._splits.setdefault(frozenset(name for name, _ in by), set()).add(by)

    def get(self, entry: IndicatorEntry, scope: str | None, by: Mapping[str, str]) -> Figure:
        """The figure of an indicator for a scope and split."""
        found = self.figures.get((entry.id, scope, tuple(sorted(by.items()))))
        if found is not None:
            return found
        period = self.request.earlier_period(entry) if entry.when else self.request.period_of(entry.group)
        return Figure(entry.id, entry.label, self.request.words(entry.unit), period, None, scope, dict(by), decimals=entry.decimals, family=entry.family)

    def plain(self, scope: str | None) -> dict[str, Value]:
        """The figures of the whole (or of a commune) that are not split."""
        return self.split({}, scope)

    def split(self, by: Mapping[str, str], scope: str | None = None) -> dict[str, Value]:
        """The figures of a split."""
        key = (tuple(by), scope is not None)
        if key not in self._entries:
            self._entries[key] = entries(self.request.book, tuple(by), for_communes=scope is not None)
        return {entry.id: self.get(entry, scope, by) for entry in self._entries[key]}

    def values_of(self, name: str, by: Mapping[str, str]) -> set[str]:
        """The values of a split's field that the unit's figures have, beside other fields' given values."""
        found = (dict(each) for each in self._splits.get(frozenset({name, *by}), ()))
        return {each[name] for each in found if each.items() >= by.items()}

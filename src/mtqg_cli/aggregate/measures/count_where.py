"""How many rows there are of a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.aggregate.facts import ROW, UNIT, select
from mtqg_cli.aggregate.reckoning import place_of
from mtqg_cli.core.figure import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.reference.indicator import IndicatorEntry

#: What an indicator of this measure must say.
NEEDS = ("dataset",)


def count_where(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Đếm số dòng thỏa điều kiện. Có biểu mà không có dòng nào thì bằng 0; không có biểu nào thì chưa có số liệu."""
    period, facts = reckoning.period_of(entry), reckoning.facts_of(entry)
    sheets = facts.sheets.get(entry.dataset, ())
    for scope, by, rows in reckoning.groups(entry, entry.dataset):
        form = facts.forms.get(entry.dataset)
        shown = (*entry.where, *(form.key if form is not None else ()))
        counted = tuple(Source("counted", period, place_of(row, shown)) for row in rows[ROW])
        looked_at = [sheet for sheet in sheets if scope is None or _belongs(reckoning, entry, scope, sheet.file)]
        searched = tuple(Source("searched", period, sheet) for sheet in looked_at)
        value = len(rows) if looked_at and _anything_known(entry, reckoning, scope, by) else None
        yield reckoning.new(entry, value, scope=scope, by=by, sources=counted or searched)


def _belongs(reckoning: Reckoning, entry: IndicatorEntry, scope: str, file: str) -> bool:
    return any(each.file == file and each.unit.code == scope for each in reckoning.facts_of(entry).batch.submissions)


def _anything_known(entry: IndicatorEntry, reckoning: Reckoning, scope: str | None, by: dict[str, str]) -> bool:
    """Whether the fields that decide are filled in at all: a sheet of blank marks counts nothing, not even zero."""
    rows = reckoning.facts_of(entry).frame(entry.dataset)
    rows = select(rows if scope is None else rows[rows[UNIT] == scope], by)
    fields = [name for name in entry.where if name in rows]
    return rows.empty or not fields or bool(rows[fields].notna().all(axis=1).any())

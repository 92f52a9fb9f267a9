"""How many rows there are of a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.aggregate.facts import ROW
from mtqg_cli.aggregate.reckoning import place_of
from mtqg_cli.core.figure import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.reference.indicator import IndicatorEntry

#: What an indicator of this measure must say.
NEEDS = ("dataset",)
#: How the figure of a whole comes from those of its parts (aggregate/merge.py).
MERGED = "sum"


def count_where(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Đếm số dòng thỏa điều kiện. Có biểu mà không có dòng nào thì bằng 0; không có biểu nào thì chưa có số liệu."""
    period, facts = reckoning.period_of(entry), reckoning.facts_of(entry)
    form = facts.forms.get(entry.dataset)
    shown = (*entry.where, *(form.key if form is not None else ()))
    for scope, by, rows in reckoning.groups(entry, entry.dataset):
        counted = tuple(Source("counted", period, place_of(row, shown)) for row in rows[ROW])
        searched = tuple(Source("searched", period, sheet) for sheet in facts.looked_at(entry.dataset, scope, by))
        value = len(rows) if reckoning.anything_known(entry, entry.dataset, scope, by) else None
        yield reckoning.new(entry, value, scope=scope, by=by, sources=counted or searched)

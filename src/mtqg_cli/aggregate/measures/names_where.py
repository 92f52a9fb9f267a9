"""The names that a count counts: units in the order of reports, or words as they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.aggregate.facts import ROW, UNIT
from mtqg_cli.aggregate.reckoning import place_of
from mtqg_cli.core.figure import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.reference.indicator import IndicatorEntry

#: What an indicator of this measure must say.
NEEDS = ("dataset", "names")
#: How the figure of a whole comes from those of its parts (aggregate/merge.py).
MERGED = "sum"


def names_where(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Nêu tên các xã, công trình thỏa điều kiện, mỗi tên một lần, theo thứ tự của báo cáo."""
    period, facts = reckoning.period_of(entry), reckoning.facts_of(entry)
    for scope, by, rows in reckoning.groups(entry, entry.dataset):
        names = _units(entry, reckoning, rows) if entry.names in {"unit", "commune"} else _words(entry, reckoning, rows)
        sources = tuple(Source("name", period, place_of(row, (entry.names,))) for row in rows[ROW])
        looked_at = facts.looked_at(entry.dataset, scope, by) if not entry.positive else reckoning.anything_known(entry, entry.dataset, scope, by)
        yield reckoning.new(entry, tuple(dict.fromkeys(names)) if looked_at else None, scope=scope, by=by, sources=sources)


def _units(entry: IndicatorEntry, reckoning: Reckoning, rows: pd.DataFrame) -> Iterator[str]:
    codes = set(rows[UNIT] if entry.names == "unit" else rows.get("commune", ()))
    return (unit.label for unit in (*reckoning.request.communes, reckoning.request.unit) if unit.code in codes)


def _words(entry: IndicatorEntry, reckoning: Reckoning, rows: pd.DataFrame) -> Iterator[str]:
    for code, row in zip(rows[UNIT], rows[ROW], strict=True):
        name = row.value(entry.names)
        if name is not None:
            yield f"{name} ({reckoning.unit_of(code).label})" if entry.with_unit else str(name)

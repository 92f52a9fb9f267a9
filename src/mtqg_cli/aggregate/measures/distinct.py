"""How many different ones there are among the rows of each unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.aggregate.facts import ROW, UNIT
from mtqg_cli.aggregate.reckoning import place_of
from mtqg_cli.core.figure import Source
from mtqg_cli.core.vietnamese import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.core.table import Row
    from mtqg_cli.reference.indicator import IndicatorEntry

#: What an indicator of this measure must say.
NEEDS = ("inputs",)
#: How the figure of a whole comes from those of its parts (aggregate/merge.py).
MERGED = "sum"


def distinct(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Đếm các tên khác nhau ghi ở một cột, không phân biệt cách viết hoa, viết thường; cùng tên ở hai đơn vị là hai."""
    dataset, field = entry.inputs[0].split(".", 1)
    period, facts = reckoning.period_of(entry), reckoning.facts_of(entry)
    for scope, by, rows in reckoning.groups(entry, dataset):
        first: dict[tuple[str, str], Row] = {}
        for code, row in zip(rows[UNIT], rows[ROW], strict=True):
            if row.value(field) is not None:
                first.setdefault((code, name_key(str(row.value(field)))), row)
        sources = tuple(Source("counted", period, place_of(row, (field,))) for row in first.values())
        searched = tuple(Source("searched", period, sheet) for sheet in facts.looked_at(dataset, scope, by))
        value = len(first) if reckoning.anything_known(entry, dataset, scope, by) else None
        yield reckoning.new(entry, value, scope=scope, by=by, sources=sources or searched)

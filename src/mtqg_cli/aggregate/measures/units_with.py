"""How many units have sent rows of a kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.aggregate.facts import ROW, UNIT
from mtqg_cli.aggregate.reckoning import place_of
from mtqg_cli.core.figure import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.reference.indicator import IndicatorEntry

#: What an indicator of this measure must say.
NEEDS = ("inputs",)
#: How the figure of a whole comes from those of its parts (aggregate/merge.py).
MERGED = "sum"


def units_with(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Đếm số đơn vị đã điền một cột của biểu, mỗi đơn vị một lần; đơn vị chưa gửi hoặc để trống thì không đếm.

    Có mục positive thì chỉ đếm đơn vị ghi số lớn hơn 0; mọi đơn vị đều ghi 0 thì bằng 0.
    """
    dataset, field = entry.inputs[0].split(".", 1)
    period = reckoning.period_of(entry)
    for scope, by, rows in reckoning.groups(entry, dataset):
        first = rows.dropna(subset=[field]).drop_duplicates(UNIT) if field in rows else rows.iloc[0:0]
        sources = tuple(Source("positive" if entry.positive else "filled", period, place_of(row, (field,))) for row in first[ROW])
        zero = 0 if entry.positive and reckoning.anything_known(entry, dataset, scope, by) else None
        yield reckoning.new(entry, len(first) or zero, scope=scope, by=by, sources=sources)

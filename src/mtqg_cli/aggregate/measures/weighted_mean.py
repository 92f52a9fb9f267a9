"""A mean in which each row counts by its weight."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.aggregate.facts import ROW
from mtqg_cli.core.figure import Figure, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.reference.indicator import IndicatorEntry

#: What an indicator of this measure must say.
NEEDS = ("inputs", "weight")
#: How the figure of a whole comes from those of its parts (aggregate/merge.py).
MERGED = "mean"


def weighted_mean(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Bình quân có trọng số: tổng (giá trị × trọng số) chia tổng trọng số, không phải trung bình cộng.

    Còn đơn vị chưa có số thì chưa có bình quân chung.
    """
    dataset, field = entry.inputs[0].split(".", 1)
    weight = entry.weight.split(".", 1)[1]
    period = reckoning.period_of(entry)
    for scope, by, rows in reckoning.groups(entry, dataset):
        pairs = [cells for row in rows[ROW] if (cells := row.known(field, weight)) is not None]
        numbers = [(Decimal(str(value.value)), Decimal(str(amount.value))) for value, amount in pairs]
        whole = sum((amount for _, amount in numbers), Decimal(0))
        blanks = [row.cells[name] for row in rows[ROW] for name in (field, weight) if name in row.cells and row.value(name) is None]
        weighted = sum((each * amount for each, amount in numbers), Decimal(0))
        known = bool(whole) and not blanks
        sources = tuple(Source(role, period, cell.location) for pair in pairs for role, cell in zip(("value", "weight"), pair, strict=True))
        sources += tuple(Source("unknown", period, cell.location) for cell in blanks)
        above = reckoning.new(entry, weighted if known else None, scope=scope, by=by)
        below = Figure(entry.weight, "Tổng trọng số", "", period, whole if known else None, scope, by)
        yield reckoning.new(entry, weighted / whole if known else None, scope=scope, by=by, numerator=above, denominator=below, sources=sources)

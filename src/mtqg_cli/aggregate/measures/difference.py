"""One figure less another, from their exact values: a fall is positive where the earlier one comes first."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.core.figure import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.reference.indicator import IndicatorEntry

#: What an indicator of this measure must say.
NEEDS = ("minuend", "subtrahend")
#: How the figure of a whole comes from those of its parts (aggregate/merge.py).
MERGED = "again"


def difference(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Hiệu của hai số (số trước trừ số sau, dương là giảm; rising = true thì số sau trừ số trước, dương là tăng), tính từ giá trị chưa làm tròn; thiếu một số thì chưa có hiệu."""
    for minuend in reckoning.made(entry.minuend, entry):
        subtrahend = reckoning.find(entry.subtrahend, minuend.scope, minuend.by)
        if subtrahend is None:
            continue
        value: int | Decimal | None = None
        if isinstance(minuend.value, int) and isinstance(subtrahend.value, int):
            value = minuend.value - subtrahend.value
        elif isinstance(minuend.value, int | Decimal) and isinstance(subtrahend.value, int | Decimal):
            value = Decimal(minuend.value) - Decimal(subtrahend.value)
        sources = (Source("minuend", minuend.period, minuend), Source("subtrahend", subtrahend.period, subtrahend))
        yield reckoning.new(entry, value, scope=minuend.scope, by=minuend.by, sources=sources)

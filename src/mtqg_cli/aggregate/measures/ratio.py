"""One figure divided by another: a percentage, or an average per unit."""

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
NEEDS = ("numerator", "denominator")
#: How the figure of a whole comes from those of its parts (aggregate/merge.py).
MERGED = "again"


def ratio(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Tỷ lệ tính từ tổng tử số và tổng mẫu số, không bao giờ là trung bình của các tỷ lệ. Mẫu số 0 thì không có tỷ lệ."""
    for numerator in reckoning.made(entry.numerator, entry):
        denominator = reckoning.find(entry.denominator, numerator.scope, numerator.by)
        if denominator is None:
            continue
        above, below = numerator.amount, denominator.amount
        factor = entry.multiplier if entry.multiplier is not None else Decimal(100 if entry.unit == "%" else 1)
        value = above / below * factor if above is not None and below else None
        sources = (Source("numerator", numerator.period, numerator), Source("denominator", denominator.period, denominator))
        yield reckoning.new(entry, value, scope=numerator.scope, by=numerator.by, numerator=numerator, denominator=denominator, sources=sources)

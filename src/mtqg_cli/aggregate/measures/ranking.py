"""The communes from the highest to the lowest by a figure of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.figure import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.reference.indicator import IndicatorEntry

#: What an indicator of this measure must say.
NEEDS = ("among",)
#: How the figure of a whole comes from those of its parts (aggregate/merge.py).
MERGED = "compared"


def ranking(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Nêu tên các đơn vị từ cao xuống thấp theo một chỉ tiêu; bằng nhau thì theo thứ tự của báo cáo, chưa có số liệu thì không nêu."""
    for by, compared in reckoning.compared(entry):
        ranked = sorted(compared, key=lambda each: each[1].amount or 0, reverse=True)
        sources = tuple(Source("compared", figure.period, figure) for _, figure in ranked)
        yield reckoning.new(entry, tuple(unit.label for unit, _ in ranked) or None, by=by, sources=sources)

"""A figure as it was in another period, worked out from that period's own workbooks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.reference.indicator import IndicatorEntry

#: What an indicator of this measure must say.
NEEDS = ("of", "when")
#: How the figure of a whole comes from those of its parts (aggregate/merge.py).
MERGED = "earlier"


def earlier(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Số của năm trước (nam-truoc) hoặc của cùng kỳ năm trước (cung-ky), tính lại từ tệp của kỳ đó.

    Dự án không có dữ liệu kỳ đó thì chưa có số liệu.
    """
    period = reckoning.request.earlier_period(entry)
    there = reckoning.earlier.get(str(period))
    if there is None:
        yield from (replace(figure, period=period) for figure in reckoning.without_data(entry))
        return
    for figure in there.made(entry.of, entry):
        yield reckoning.as_entry(entry, figure)

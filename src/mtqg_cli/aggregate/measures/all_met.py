"""Communes that meet every criterion of a set today, whatever has been decided about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.figure import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.reference.indicator import IndicatorEntry

#: What an indicator of this measure must say.
NEEDS = ("numerator",)
#: How the figure of a whole comes from those of its parts (aggregate/merge.py).
MERGED = "sum"


def all_met(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Số xã (hoặc tên xã) hiện đạt đủ mọi tiêu chí của bộ tiêu chí; khác với số xã đã có quyết định công nhận."""
    for criteria in reckoning.request.criteria:
        size = len(reckoning.request.book.criteria[criteria].criteria)
        judged = [(unit, reckoning.find(entry.numerator, unit.code, {"criteria_set": criteria})) for unit in reckoning.request.communes]
        known = [(unit, figure) for unit, figure in judged if figure is not None and figure.value is not None]
        whole = [(unit, figure) for unit, figure in known if figure.value == size]
        value = (tuple(unit.label for unit, _ in whole) if entry.names else len(whole)) if known else None
        sources = tuple(Source("counted", figure.period, figure) for _, figure in whole)
        yield reckoning.new(entry, value, by={"criteria_set": criteria}, sources=sources)

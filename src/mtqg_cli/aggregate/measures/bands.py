"""Communes by how many criteria they meet; a band without communes is there too, so that the bands close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.figure import Source
from mtqg_cli.reference.request import band_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.reference.indicator import IndicatorEntry

#: What an indicator of this measure must say.
NEEDS = ("numerator",)
#: How the figure of a whole comes from those of its parts (aggregate/merge.py).
MERGED = "sum"


def bands(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Số xã (hoặc tên xã) trong từng nhóm số tiêu chí đạt; các nhóm lấy từ mtqg.toml, nhóm không có xã bằng 0."""
    for criteria in reckoning.request.criteria:
        met = [
            (unit, figure)
            for unit in reckoning.request.communes
            if (figure := reckoning.find(entry.numerator, unit.code, {"criteria_set": criteria})) and figure.value is not None
        ]
        for band in reckoning.request.bands:
            inside = [(unit, figure) for unit, figure in met if isinstance(figure.value, int) and band[0] <= figure.value <= band[1]]
            value = (tuple(unit.label for unit, _ in inside) if entry.names else len(inside)) if met else None
            counted = tuple(Source("counted", figure.period, figure) for _, figure in inside)
            sources = counted or tuple(Source("searched", figure.period, figure) for _, figure in met)
            yield reckoning.new(entry, value, by={"criteria_set": criteria, "band": band_id(band)}, sources=sources)

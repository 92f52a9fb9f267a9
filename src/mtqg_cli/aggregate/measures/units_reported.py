"""How many communes have sent what the figures are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.figure import Source
from mtqg_cli.core.location import Location
from mtqg_cli.reference.layout import FACE_COLUMN, UNIT_ROW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.reference.indicator import IndicatorEntry

#: What an indicator of this measure must say.
NEEDS = ()
#: How the figure of a whole comes from those of its parts (aggregate/merge.py).
MERGED = "sum"


def units_reported(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Số đơn vị có tệp số liệu được tổng hợp trong kỳ; đơn vị chưa gửi hoặc được miễn báo cáo thì không tính."""
    codes = {unit.code for unit in reckoning.request.communes}
    sent = [each for each in reckoning.facts_of(entry).batch.submissions if each.unit.code in codes and each.tables]
    faces = {each.unit.code: Location(each.file, next(iter(each.tables.values())).location.sheet, UNIT_ROW, FACE_COLUMN) for each in sent}
    sources = tuple(Source("counted", reckoning.period_of(entry), face) for face in faces.values())
    yield reckoning.new(entry, len(faces), sources=sources)

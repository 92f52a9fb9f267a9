"""How many communes there are, whether or not they have reported."""

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


def unit_count(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Số đơn vị cấp xã theo danh mục hành chính; có nêu biểu (dataset) thì chỉ đếm loại đơn vị phải lập biểu đó.

    Đếm theo loại đơn vị của biểu, dù dự án có giao biểu ấy cho đơn vị hay không.
    """
    facts, period = reckoning.facts_of(entry), reckoning.period_of(entry)
    forms = [form for form in reckoning.request.book.forms.values() if form.data == entry.dataset]
    counted = [unit for unit in reckoning.request.communes if not forms or any(form.applies(unit) for form in forms)]
    codes = {unit.code for unit in counted}
    sources = tuple(
        Source("counted", period, Location(each.file, next(iter(each.tables.values())).location.sheet, UNIT_ROW, FACE_COLUMN))
        for each in facts.batch.submissions
        if each.unit.code in codes and each.tables
    )
    yield reckoning.new(entry, len(counted), sources=sources)

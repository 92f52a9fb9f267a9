"""The sum of a field, or of several, over rows."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.aggregate.facts import cells
from mtqg_cli.aggregate.reckoning import cell_sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.reference.indicator import IndicatorEntry

#: What an indicator of this measure must say.
NEEDS = ("inputs",)
#: How the figure of a whole comes from those of its parts (aggregate/merge.py).
MERGED = "sum"


def total(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Cộng một hoặc nhiều cột trên các dòng được chọn. Không có ô nào có số thì chưa có số liệu, không phải 0.

    Chỉ tiêu ghi complete thì còn một ô trống cũng chưa có số liệu; các ô trống là ô nguồn.
    """
    dataset = entry.inputs[0].split(".")[0]
    names = [each.split(".", 1)[1] for each in entry.inputs]
    period = reckoning.period_of(entry)
    for scope, by, rows in reckoning.groups(entry, dataset):
        found = [cell for name in names for cell in cells(rows, name)]
        values = [cell.value for cell in found if isinstance(cell.value, int | Decimal) and cell.valid]
        if entry.complete and len(values) < len(names) * len(rows):
            values, found = [], [cell for cell in found if not cell.valid or cell.value is None]
        value = sum(values) if values else None
        yield reckoning.new(entry, value, scope=scope, by=by, sources=cell_sources(found, period))

"""The sum of a field, or of several, over rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.aggregate.reckoning import cell_sources, cells_of

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
        cells = [cell for name in names for cell in cells_of(rows, name)]
        values = [value for name in names if name in rows for value in rows[name].dropna()]
        if entry.complete and len(values) < len(names) * len(rows):
            values, cells = [], [cell for cell in cells if not cell.valid or cell.value is None]
        value = sum(values) if values else None
        yield reckoning.new(entry, value, scope=scope, by=by, sources=cell_sources(iter(cells), period))

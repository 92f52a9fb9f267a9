"""What each level has set as a plan, as it was assigned."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.aggregate.reckoning import cell_sources, cells_of
from mtqg_cli.core.figure import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.reference.indicator import IndicatorEntry

#: What an indicator of this measure must say.
NEEDS = ("inputs", "where", "by")
#: How the figure of a whole comes from those of its parts (aggregate/merge.py).
MERGED = "plan"


def plan(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Mức kế hoạch của từng cấp giao, đúng như đã giao, không cộng các cấp. Một cấp ghi hai dòng thì chưa biết mức nào, nên chưa có số liệu."""
    dataset, field = entry.inputs[0].split(".", 1)
    period = reckoning.period_of(entry)
    for scope, by, rows in reckoning.groups(entry, dataset):
        cells = list(cells_of(rows, field))
        if not cells:
            continue
        single = len(cells) == 1
        one = cells[0].value if single and cells[0].valid else None
        sources = cell_sources(iter(cells), period) if single else tuple(Source("unknown", period, cell.location) for cell in cells)
        figure = reckoning.new(entry, one if isinstance(one, int | Decimal) else None, scope=scope, by=by, sources=sources)
        yield replace(figure, decimals=min(entry.decimals, _written(one)))


def _written(value: object) -> int:
    """How many decimals a number has as it was assigned: 2,3 is not printed as 2,30."""
    exponent = value.normalize().as_tuple().exponent if isinstance(value, Decimal) else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0

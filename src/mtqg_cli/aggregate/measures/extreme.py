"""The highest or lowest figure among communes, or who has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.figure import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.core.figure import Figure, FigureValue
    from mtqg_cli.reference.indicator import IndicatorEntry

#: What an indicator of this measure must say.
NEEDS = ("among", "end")
#: How the figure of a whole comes from those of its parts (aggregate/merge.py).
MERGED = "compared"


def extreme(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Số cao nhất (thấp nhất) trong các đơn vị đã có số liệu, hoặc tên đơn vị có số đó; nhiều đơn vị bằng nhau thì nêu đủ tên."""
    choose = max if entry.end == "highest" else min
    for by, compared in reckoning.compared(entry):
        value: FigureValue = None
        if compared:
            edge = choose(figure.amount or 0 for _, figure in compared)
            reached = [(unit, figure) for unit, figure in compared if figure.amount == edge]
            value = tuple(unit.label for unit, _ in reached) if entry.names else reached[0][1].value
        sources = tuple(Source("compared", figure.period, figure) for _, figure in compared)
        yield reckoning.new(entry, value, by=by, sources=sources)

"""Several figures added up: a whole of which every part must be known."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.core.figure import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.reference.indicator import IndicatorEntry

#: What an indicator of this measure must say.
NEEDS = ("parts",)
#: How the figure of a whole comes from those of its parts (aggregate/merge.py).
MERGED = "again"


def plus(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Cộng các chỉ tiêu nêu tên; còn một chỉ tiêu chưa có số liệu thì chưa có tổng."""
    for first in reckoning.made(entry.parts[0], entry):
        parts = [reckoning.exact(name, first.scope, first.by) for name in entry.parts]
        known = [part for part in parts if part is not None]
        numbers = [part.value for part in known if isinstance(part.value, int | Decimal)]
        value = sum(numbers) if len(numbers) == len(parts) else None
        sources = tuple(Source("addend", part.period, part) for part in known)
        yield reckoning.new(entry, value, scope=first.scope, by=first.by, sources=sources)

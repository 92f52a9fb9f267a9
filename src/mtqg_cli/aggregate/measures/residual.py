"""What is left of a whole when named parts are taken away."""

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
NEEDS = ("minuend", "parts")
#: How the figure of a whole comes from those of its parts (aggregate/merge.py).
MERGED = "again"


def residual(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Phần còn lại: số chung trừ các phần nêu tên. Thiếu một số thì chưa có số liệu.

    Các phần lớn hơn số chung là số liệu còn lỗi nên cũng chưa có số liệu, không in số âm.
    """
    for whole in reckoning.made(entry.minuend, entry):
        found = [reckoning.exact(name, whole.scope, whole.by) for name in entry.parts]
        parts = [part for part in found if part is not None]
        numbers = [part.value for part in parts if isinstance(part.value, int | Decimal)]
        left = whole.value - sum(numbers) if isinstance(whole.value, int | Decimal) and len(numbers) == len(found) else None
        value = left if left is not None and left >= 0 else None
        sources = (Source("minuend", whole.period, whole), *(Source("subtrahend", part.period, part) for part in parts))
        yield reckoning.new(entry, value, scope=whole.scope, by=whole.by, sources=sources)

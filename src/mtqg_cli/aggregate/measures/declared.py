"""A figure whose meaning each unit declares for itself in mtqg.toml: one of several others, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.reference.indicator import IndicatorEntry

#: What an indicator of this measure must say.
NEEDS = ("setting", "result")
#: How the figure of a whole comes from those of its parts (aggregate/merge.py).
MERGED = "again"


def declared(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Lấy theo định nghĩa mà địa phương khai trong mtqg.toml; chưa khai thì chưa có số liệu, vì các cách hiểu cho số khác nhau."""
    chosen = entry.result.get(getattr(reckoning.request, entry.setting))
    if chosen is None:
        yield from reckoning.without_data(entry)
        return
    for figure in reckoning.made(chosen, entry):
        yield reckoning.as_entry(entry, figure)

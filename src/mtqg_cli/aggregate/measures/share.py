"""A part of a whole in per cent, beside the shares of all other parts, which close to a hundred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.figure import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.reference.indicator import IndicatorEntry

#: What an indicator of this measure must say.
NEEDS = ("numerator", "denominator")
#: How the figure of a whole comes from those of its parts (aggregate/merge.py).
MERGED = "again"


def share(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Tỷ trọng của một phần trong số chung; cộng mọi phần là 100%. Các phần là các chỉ tiêu ở mục parts, hoặc một chỉ tiêu chia theo mục across.

    Còn một phần chưa có số liệu, các phần cộng lại khác số chung, hoặc số chung bằng 0 thì không có tỷ trọng.
    """
    for part in reckoning.made(entry.numerator, entry):
        outside = {name: value for name, value in part.by.items() if name != entry.across}
        whole = reckoning.find(entry.denominator, part.scope, outside)
        if whole is None:
            continue
        parts = _parts(entry, reckoning, part, outside)
        place = next(index for index, each in enumerate(parts) if each is part)
        shares = _shares([each.amount if each is not None else None for each in parts], whole.amount)
        sources = (Source("numerator", part.period, part), Source("denominator", whole.period, whole))
        more = {"numerator": part, "denominator": whole, "sources": sources, "peers": shares, "place": place}
        yield reckoning.new(entry, shares[place] if shares else None, scope=part.scope, by=part.by, **more)


def _parts(entry: IndicatorEntry, reckoning: Reckoning, part: Figure, outside: Mapping[str, str]) -> list[Figure | None]:
    """All parts of the whole that a part belongs to, itself among them."""
    if not entry.across:
        return [reckoning.exact(name, part.scope, part.by) for name in entry.parts]
    alike = (each for each in reckoning.made(entry.numerator, entry) if each.scope == part.scope)
    return [each for each in alike if {name: value for name, value in each.by.items() if name != entry.across} == outside]


def _shares(parts: Sequence[Decimal | None], whole: Decimal | None) -> tuple[Decimal, ...]:
    """The shares of all parts; none where they cannot be told."""
    known = [each for each in parts if each is not None]
    if not whole or len(known) != len(parts) or sum(known) != whole:
        return ()
    return tuple(each / whole * 100 for each in known)

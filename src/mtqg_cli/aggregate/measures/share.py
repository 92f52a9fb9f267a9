"""A part of a whole in per cent, beside the shares of all other parts, which close to a hundred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.figure import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.reference.indicator import IndicatorEntry

#: What an indicator of this measure must say.
NEEDS = ("numerator", "denominator", "parts")


def share(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """Tỷ trọng của một phần trong số chung; cộng mọi phần là 100%.

    Còn một phần chưa có số liệu, các phần cộng lại khác số chung, hoặc số chung bằng 0 thì không có tỷ trọng.
    """
    place = entry.parts.index(entry.numerator)
    for part in reckoning.made(entry.numerator, entry):
        whole = reckoning.find(entry.denominator, part.scope, part.by)
        if whole is None:
            continue
        parts = [reckoning.exact(name, part.scope, part.by) for name in entry.parts]
        shares = _shares([each.amount if each is not None else None for each in parts], whole.amount)
        sources = (Source("numerator", part.period, part), Source("denominator", whole.period, whole))
        more = {"numerator": part, "denominator": whole, "sources": sources, "peers": shares, "place": place}
        yield reckoning.new(entry, shares[place] if shares else None, scope=part.scope, by=part.by, **more)


def _shares(parts: Sequence[Decimal | None], whole: Decimal | None) -> tuple[Decimal, ...]:
    """The shares of all parts; none where they cannot be told."""
    known = [each for each in parts if each is not None]
    if not whole or len(known) != len(parts) or sum(known) != whole:
        return ()
    return tuple(each / whole * 100 for each in known)

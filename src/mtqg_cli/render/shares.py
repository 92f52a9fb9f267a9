"""Shares of one whole, rounded so that what is printed adds up to exactly 100; knows no figure and no words."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from functools import lru_cache

from mtqg_cli.core.vietnamese import percent_places, round_half_up

_WHOLE = Decimal(100)
#: Divisions are cut after many digits: shares whose sum is this near to the whole are all of it.
_NEAR = Decimal("1e-15")


def places_for(shares: tuple[Decimal, ...], decimals: int) -> int:
    """The decimals that all the shares are printed with: none but zero looks like 0, none but the whole looks like 100."""
    while True:
        needed = max(_true_places(exact, shown, decimals) for exact, shown in zip(shares, closing(shares, decimals), strict=True))
        if needed == decimals:
            return decimals
        decimals = needed


def _true_places(exact: Decimal, shown: Decimal, decimals: int) -> int:
    """One more where rounding together has made 0 or 100 of a share that is neither."""
    plain = percent_places(exact, decimals)
    return plain + 1 if plain == decimals and shown != exact and shown in (0, _WHOLE) else plain


@lru_cache(maxsize=2**10)  # every share of a table asks for all of them
def closing(shares: tuple[Decimal, ...], decimals: int) -> tuple[Decimal, ...]:
    """The shares rounded to decimals by the largest remainders; shares that do not make a whole are rounded one by one."""
    if abs(sum(shares) - _WHOLE) > _NEAR or any(share < 0 for share in shares):
        return tuple(round_half_up(share, decimals) for share in shares)
    unit = Decimal(1).scaleb(-decimals)
    floors = [share.quantize(unit, rounding=ROUND_FLOOR) for share in shares]
    missing = int((_WHOLE - sum(floors)) / unit)
    order = sorted(range(len(shares)), key=lambda index: (floors[index] - shares[index], index))
    raised = set(order[:missing])
    return tuple(floor + unit if index in raised else floor for index, floor in enumerate(floors))

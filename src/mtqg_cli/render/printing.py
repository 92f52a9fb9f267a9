"""Figures as text: decimals, signs, leading zeros, names, and what stands where there is no data. Knows no template."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.core.report import MONEY_FAMILY
from mtqg_cli.core.vietnamese import format_number, format_percent, join_names, join_units, percent_places, round_half_up
from mtqg_cli.render.shares import closing, places_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mtqg_cli.core.figure import Figure
    from mtqg_cli.core.report import Style

NO_DATA = "chưa có số liệu"
TOO_LITTLE = "chưa đủ số liệu"
NO_PLAN = "không giao"
NO_NAMES = "không có"

#: The unit of a difference of two percentages; in running text it is printed as a percentage.
POINTS = "điểm %"

_MONEY = re.compile(r"(?:nghìn |triệu |tỷ )?đồng\b")
_MONEY_PLACES = 3
_KINDS = ("xã ", "thị trấn ", "phường ", "đặc khu ", "huyện ", "thị xã ", "thành phố ", "tỉnh ")
#: Characters that no XML document may hold.
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def print_figure(figure: Figure, style: Style) -> str:
    """The figure as a report prints it: 03, 61.864, 52,5%, "xã Đại Bình, Quảng An và Quảng Lâm", "chưa có số liệu"."""
    if isinstance(figure.value, tuple):
        return list_names(figure.value) or NO_NAMES
    return print_amount(figure, style, leading_zero=style.leading_zero)


def print_in_table(figure: Figure, style: Style) -> str:
    """The figure in a cell of a table whose heading names the unit: no leading zero, no %, the sign kept, "…" for no data."""
    if figure.value is None:
        missing = print_missing(figure)
        return missing if missing == NO_PLAN else "…"
    if isinstance(figure.value, tuple):
        return list_names(figure.value) or "-"
    if figure.amount == 0:
        return "0"
    sign = "-" if figure.unit == POINTS and (figure.amount or 0) < 0 else ""
    return sign + print_amount(figure, style, leading_zero=False).removesuffix("%")


def print_amount(figure: Figure, style: Style, *, leading_zero: bool, absolute: bool = False, decimals: int | None = None) -> str:
    """The number alone. A difference of percentages never shows its sign: words do (giảm 0,05%)."""
    amount = figure.amount
    if amount is None:
        return print_missing(figure)
    decimals = places(figure, style) if decimals is None else decimals
    if figure.unit in ("%", POINTS):
        unsigned = absolute or figure.unit == POINTS
        shown = printed_value(figure, style, decimals) if figure.peers else amount
        return format_percent(abs(shown) if unsigned else shown, decimals)
    zero = leading_zero and not _MONEY.match(figure.unit) and amount == amount.to_integral_value()
    return format_number(abs(amount) if absolute else amount, decimals, leading_zero=zero)


def print_ratio(figure: Figure, style: Style) -> str:
    """Numerator over denominator, which need no leading zeros side by side: 32.479/61.864 triệu đồng, 5/6 xã."""
    top, bottom = figure.numerator, figure.denominator
    if top is None or bottom is None or top.value is None or bottom.value is None:
        return print_missing(figure)
    return with_unit(top, "/".join(print_amount(part, style, leading_zero=False) for part in (top, bottom)))


def with_unit(figure: Figure, printed: str) -> str:
    """A printed number with what it counts, unless it says that itself (52,5%) or there is no number."""
    plain = figure.value is None or isinstance(figure.value, tuple) or figure.unit in ("", "%", POINTS)
    return printed if plain else f"{printed} {figure.unit}"


def printed_value(figure: Figure, style: Style, decimals: int | None = None) -> Decimal:
    """The number that a reader sees, as a number; shares of one whole are rounded together, so that they close to 100."""
    decimals = places(figure, style) if decimals is None else decimals
    if figure.peers and figure.amount is not None:
        return closing(figure.peers, decimals)[figure.place]
    return round_half_up(figure.amount or Decimal(0), decimals)


def print_missing(figure: Figure) -> str:
    """Where there is no value: a plan of zero was not assigned, a difference lacks a side, everything else has no data."""
    if figure.sides is not None:
        return TOO_LITTLE
    plan = figure.denominator
    return NO_PLAN if "assigned_by" in figure.by and plan is not None and plan.amount == 0 else NO_DATA


def places(figure: Figure, style: Style) -> int:
    """Decimals: what the style says, else the indicator; whole money takes what it needs; what is not zero never looks like it."""
    decimals = _wanted(figure, style)
    if decimals is None:
        decimals = figure.decimals or (_needed(figure.amount or Decimal(0)) if _MONEY.match(figure.unit) else 0)
    return true_places(figure, decimals)


def true_places(figure: Figure, decimals: int) -> int:
    """As many decimals or more, so that only zero looks like it, and only the whole like 100%."""
    amount = figure.amount or Decimal(0)
    while amount and round_half_up(amount, decimals) == 0:
        decimals += 1
    if figure.unit not in ("%", POINTS):
        return decimals
    return places_for(figure.peers, decimals) if figure.peers else percent_places(amount, decimals)


def _wanted(figure: Figure, style: Style) -> int | None:
    """What the style says of the figure itself, of its family, or of sums of money (not of averages with decimals of their own)."""
    names = [figure.id, figure.family]
    if _MONEY.match(figure.unit) and not figure.decimals:
        names.append(MONEY_FAMILY)
    return next((style.decimals[name] for name in names if name in style.decimals), None)


def _needed(amount: Decimal) -> int:
    decimals = _MONEY_PLACES
    while decimals and round_half_up(amount, decimals) == round_half_up(amount, decimals - 1):
        decimals -= 1
    return decimals


def list_names(names: Iterable[str]) -> str:
    """Units as "xã A, B và thị trấn C"; names of anything else, which may hold commas themselves, as "a; b"."""
    items = [printable(each) for each in names]
    units = all(each.startswith(_KINDS) and "," not in each for each in items)
    return join_units(items) if units else join_names(items, "; ")


def list_names_in_text(names: tuple[str, ...]) -> str:
    """Names inside a sentence: several units of one kind are "các xã A, B và C"."""
    printed = list_names(names)
    kind = next((kind for kind in _KINDS if len(names) > 1 and all(name.startswith(kind) for name in names)), "")
    return f"các {printed}" if kind else printed


def printable(text: str) -> str:
    """The text without characters that would break a document; line ends stay."""
    return _UNPRINTABLE.sub("", text)

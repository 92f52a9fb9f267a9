"""An amount told less exactly than it is known (hơn, gần, khoảng), and ranges of amounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.render.printing import TOO_LITTLE, print_amount, printed_value, true_places, with_unit

if TYPE_CHECKING:
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.core.report import Style

#: What may stand before an amount that is more than what is printed; "khoảng" stands before one that is less, too.
ROUNDING_WORDS = ("hơn", "trên", "khoảng")


def rounded(figure: Figure, style: Style, decimals: int, word: str = "hơn") -> str:
    """Hơn 52%, gần 53%, khoảng 53%; no word where the rounded amount is the exact one."""
    if figure.amount is None:
        return print_amount(figure, style, leading_zero=False)
    decimals = true_places(figure, decimals)
    shown = printed_value(figure, style, decimals)
    printed = with_unit(figure, print_amount(figure, style, leading_zero=style.leading_zero, decimals=decimals))
    if shown == figure.amount:
        return printed
    return f"{word if word == 'khoảng' or shown < figure.amount else 'gần'} {printed}"


def spread(one: Figure, other: Figure, style: Style) -> str:
    """Từ 05 đến 08 xã, from the smaller to the larger; one number where they are equal."""
    if one.amount is None or other.amount is None:
        return TOO_LITTLE
    low, high = sorted((one, other), key=lambda each: each.amount or 0)
    first, last = (print_amount(each, style, leading_zero=style.leading_zero) for each in (low, high))
    return with_unit(high, last) if first == last else f"từ {first} đến {with_unit(high, last)}"


def span(one: Figure, other: Figure, style: Style) -> str:
    """10-14 tiêu chí: a range as a label, which needs no leading zeros."""
    if one.amount is None or other.amount is None:
        return TOO_LITTLE
    low, high = sorted((one, other), key=lambda each: each.amount or 0)
    first, last = (print_amount(each, style, leading_zero=False) for each in (low, high))
    return with_unit(high, last) if first == last else f"{first.removesuffix('%')}-{with_unit(high, last)}"

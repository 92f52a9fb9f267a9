"""Rises and falls in words: the word comes from the sign, the two values stand beside it, rounding is admitted."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from jinja2.exceptions import TemplateRuntimeError

from mtqg_cli.core.vietnamese import format_number
from mtqg_cli.render.phrases.comparisons import earlier_moment, versus
from mtqg_cli.render.printing import TOO_LITTLE, places, print_amount, printed_value, with_unit

if TYPE_CHECKING:
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.core.report import Style

TOO_LITTLE_TO_COMPARE = f"{TOO_LITTLE} để so sánh"
ROUNDED = "(chênh lệch do làm tròn)"
#: From this multiple on a rise is told as one.
_MULTIPLE = Decimal("1.5")
#: Two values that look alike get more decimals, up to this many.
_MOST_PLACES = 9


def direction(figure: Figure) -> int:
    """1 for a rise, -1 for a fall, 0 for neither or no data."""
    sides = _sides(figure)
    if sides is None:
        return 0
    amount = figure.amount or 0
    sign = (amount > 0) - (amount < 0)
    return sign if figure.rising else -sign


def change(figure: Figure, style: Style) -> str:
    """Giảm 06 hộ, tăng 0,05%, không thay đổi."""
    if figure.amount is None:
        return TOO_LITTLE
    word = {1: "tăng ", -1: "giảm "}.get(direction(figure))
    return word + with_unit(figure, print_amount(figure, style, leading_zero=style.leading_zero, absolute=True)) if word else "không thay đổi"


def from_to(figure: Figure, style: Style) -> str:
    """Từ 0,12% xuống còn 0,07%; values that look alike get as many decimals as tell them apart."""
    sides = _sides(figure)
    if sides is None:
        return TOO_LITTLE_TO_COMPARE
    before, after = (_amount(side, style, decimals) for side, decimals in zip(sides, _apart(sides, style), strict=True))
    way = direction(figure)
    return f"từ {before} {'lên' if way > 0 else 'xuống còn'} {after}" if way else f"giữ ở mức {after}"


def movement(figure: Figure, style: Style) -> str:
    """Giảm 0,05%, từ 0,12% xuống còn 0,07%; where the printed values do not give the printed change, that is said."""
    sides = _sides(figure)
    if sides is None or not direction(figure):
        return from_to(figure, style)
    note = f" {ROUNDED}" if rounding_shows(figure, style, _apart(sides, style)) else ""
    return f"{change(figure, style)}, {from_to(figure, style)}{note}"


def reached(figure: Figure, style: Style, what: str) -> str:
    """Giảm 06 hộ, còn 08 hộ; giảm 14 hộ, không còn hộ nghèo; tăng 03 hộ, lên 17 hộ. `what` is counted: hộ nghèo."""
    sides = _sides(figure)
    if sides is None:
        return TOO_LITTLE_TO_COMPARE
    before, after = sides
    told, now = change(figure, style), _amount(after, style)
    way = direction(figure)
    if way > 0:
        return f"{told}, lên {now}" if before.amount else f"{told} ({earlier_moment(figure)} không có {what})"
    if way < 0:
        return f"{told}, còn {now}" if after.amount else f"{told}, không còn {what}"
    return f"{told}, giữ ở mức {now}" if after.amount else "không phát sinh"


def compared(figure: Figure, style: Style) -> str:
    """Tăng 03 xã so với cùng kỳ năm 2023; chưa đủ số liệu để so sánh với cùng kỳ năm 2023."""
    against = versus(figure)
    if figure.amount is None:
        return f"{TOO_LITTLE_TO_COMPARE} {against.removeprefix('so ')}".rstrip()
    return f"{change(figure, style)} {against}".rstrip()


def multiple(figure: Figure, _style: Style) -> str:
    """Gấp 2,5 lần, of a difference or of a percentage of a plan; nothing where there was nothing before, or not much less."""
    before, after = _parts(figure)
    if after is None or before is None or before <= 0 or after / before < _MULTIPLE:
        return ""
    times = after / before
    return f"gấp {format_number(times, 0 if times == times.to_integral_value() else 1)} lần"


def rounding_shows(figure: Figure, style: Style, decimals: tuple[int, int] | None = None) -> bool:
    """Whether a reader who takes the printed values (of so many decimals) from one another gets another difference."""
    if figure.amount is None or figure.sides is None:
        return False
    before, after = (printed_value(side, style, each) for side, each in zip(figure.sides, decimals or (None, None), strict=True))
    return abs(after - before) != abs(printed_value(figure, style))


def _sides(figure: Figure) -> tuple[Figure, Figure] | None:
    """The two values, or None without data. Of what is no difference nobody can say that it rose: the template is wrong."""
    if figure.amount is not None and figure.sides is None:
        message = f"“{figure.label}” không phải là một hiệu: không nói được là tăng hay giảm"
        raise TemplateRuntimeError(message)
    return None if figure.amount is None else figure.sides


def _parts(figure: Figure) -> tuple[Decimal | None, Decimal | None]:
    """What was before (or planned) and what is."""
    if figure.sides is not None:
        return figure.sides[0].amount, figure.sides[1].amount
    if figure.unit == "%" and figure.denominator is not None and figure.numerator is not None:
        return figure.denominator.amount, figure.numerator.amount
    return None, None


def _amount(figure: Figure, style: Style, decimals: int | None = None) -> str:
    return with_unit(figure, print_amount(figure, style, leading_zero=style.leading_zero, decimals=decimals))


def _apart(sides: tuple[Figure, Figure], style: Style) -> tuple[int, int]:
    """The decimals of the two values, more than usual where they would look alike without being so."""
    before, after = sides
    found = places(before, style), places(after, style)
    most = max(found)
    while before.amount != after.amount and most < _MOST_PLACES and printed_value(before, style, found[0]) == printed_value(after, style, found[1]):
        most += 1
        found = most, most
    return found

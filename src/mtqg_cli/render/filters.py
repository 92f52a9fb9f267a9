"""Filters that make words of a figure and something more (another figure, a word, a number of decimals), and what they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2.exceptions import TemplateRuntimeError

from mtqg_cli.render.phrases.amounts import ROUNDING_WORDS, rounded, span, spread
from mtqg_cli.render.phrases.changes import reached
from mtqg_cli.render.phrases.plans import plans_met
from mtqg_cli.render.views import FigureView, RecordView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from mtqg_cli.core.figure import Figure
    from mtqg_cli.core.report import Style


def reached_level(value: object, what: object) -> str:
    """Giảm 06 hộ, còn 08 hộ; the argument names what is counted: hộ nghèo."""
    return reached(*_behind(value), str(what))


def range_in_words(value: object, other: object) -> str:
    """Từ 05 đến 08 xã."""
    figure, style = _behind(value)
    return spread(figure, _behind(other)[0], style)


def range_as_label(value: object, other: object) -> str:
    """10-14 tiêu chí."""
    figure, style = _behind(value)
    return span(figure, _behind(other)[0], style)


def less_exact(value: object, decimals: int, word: str = ROUNDING_WORDS[0]) -> str:
    """Hơn 52%, gần 53%."""
    if word not in ROUNDING_WORDS:
        message = f"bộ lọc lam_tron chỉ nhận các từ: {', '.join(ROUNDING_WORDS)}"
        raise TemplateRuntimeError(message)
    return rounded(*_behind(value), decimals, word)


def percent_of_plans(levels: Iterable[object], name: str, unit: object = "", whose: object = "") -> str:
    """Đạt 42,86% kế hoạch năm huyện giao (kế hoạch giảm 14 hộ): of a list like `cap_giao`, the percentages of that name.

    `unit` takes only plans in that unit (hộ, điểm %); `whose` stands after "kế hoạch" in the brackets.
    """
    found = [_behind(level[name]) for level in levels if isinstance(level, RecordView)]
    wanted = [figure for figure, _ in found if not str(unit) or (figure.denominator is not None and figure.denominator.unit == str(unit))]
    return plans_met(wanted, found[0][1], str(whose)) if wanted else ""


def led_by(text: object, lead: object) -> str:
    """The text with something before it (a comma, a semicolon), or nothing at all where there is no text."""
    words = str(text)
    return f"{lead}{words}" if words else ""


def _behind(value: object) -> tuple[Figure, Style]:
    if isinstance(value, FigureView):
        return value.behind
    raise TemplateRuntimeError("bộ lọc này chỉ dùng cho số liệu")


PHRASE_FILTERS: Mapping[str, Callable[..., str]] = {
    "den": range_in_words,
    "den_muc": reached_level,
    "doan": range_as_label,
    "ke_hoach": percent_of_plans,
    "lam_tron": less_exact,
    "noi_sau": led_by,
}
#: What stands before them (of `core.report.Field`).
PHRASE_NEEDS = {"den": "figure", "den_muc": "figure", "doan": "figure", "ke_hoach": "list", "lam_tron": "figure"}
#: What stands in their brackets: a kind, with ? where it may be left out; "element": a figure of the list's elements, by name.
ARGUMENTS = {
    "den": ("figure",),
    "den_muc": ("text",),
    "doan": ("figure",),
    "join": ("text?",),
    "ke_hoach": ("element", "text?", "text?"),
    "lam_tron": ("number", "text?"),
    "noi_sau": ("text",),
}

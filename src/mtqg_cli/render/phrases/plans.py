"""A result against what was planned, in words: percentages of plans, disbursement, how many units have reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.render.phrases.comparisons import plan_of
from mtqg_cli.render.printing import NO_DATA, print_amount, print_figure, print_ratio, with_unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mtqg_cli.core.figure import Figure
    from mtqg_cli.core.report import Style

_GIVEN = " giao"


def of_plan(figure: Figure, style: Style) -> str:
    """Đạt 85% kế hoạch năm tỉnh giao; tỉnh không giao chỉ tiêu; chưa có số liệu."""
    return plans_met((figure,), style) or NO_DATA


def plans_met(figures: Iterable[Figure], style: Style, whose: str | None = None) -> str:
    """Percentages of the plans of several levels; levels whose results and plans are the same are told together.

    What has no plan or no result is left out; a plan of zero was not assigned. With `whose` ("", " của toàn huyện") each
    plan stands in brackets after its percentage.
    """
    alike: dict[object, list[Figure]] = {}
    absent = []
    for figure in figures:
        result, plan = figure.numerator, figure.denominator
        if plan is not None and plan.amount == 0:
            absent.append(_level(figure))
        elif result is not None and plan is not None and figure.amount is not None:
            alike.setdefault((figure.amount, result.amount, plan.amount, plan.unit), []).append(figure)
    told = " và ".join(_met(group, style, whose) for group in alike.values())
    unplanned = f"{', '.join(absent)} không giao chỉ tiêu".lstrip() if absent else ""
    return "; ".join(each for each in (told, unplanned) if each)


def disbursed(figure: Figure, style: Style) -> str:
    """Đã giải ngân 5.989,0/11.041,0 triệu đồng, đạt 54,2% kế hoạch vốn được giao; chưa giải ngân; không được giao vốn.

    `figure` is the rate of disbursement. Where there is a plan, money that nobody has reported is not disbursed.
    """
    done, plan = figure.numerator, figure.denominator
    spent, given = (each.amount if each is not None else None for each in (done, plan))
    if done is None or not spent:
        if given == 0:
            return "không được giao vốn"
        return "chưa giải ngân" if given or spent is not None else "chưa có số liệu giải ngân"
    if not given:
        return f"đã giải ngân {with_unit(done, print_figure(done, style))}"
    return f"đã giải ngân {print_ratio(figure, style)}, đạt {print_figure(figure, style)} kế hoạch vốn được giao"


def coverage(figure: Figure, style: Style) -> str:
    """(124/130 xã, thị trấn đã báo cáo), with the space before it; nothing where all have reported."""
    reported, expected = figure.numerator, figure.denominator
    if expected is None or not expected.amount or (reported is not None and reported.amount == expected.amount):
        return ""
    if reported is None or not reported.amount:
        return f" (chưa có {expected.unit} nào báo cáo)"
    return f" ({print_ratio(figure, style)} đã báo cáo)"


def _met(group: list[Figure], style: Style, whose: str | None) -> str:
    figure = group[0]
    result, plan = figure.numerator, figure.denominator
    if result is None or plan is None:
        return ""
    levels = ", ".join(_level(each) for each in group)
    year = "năm " if levels and result.period.kind != "year" else ""
    name = f"kế hoạch {year}{levels}{_GIVEN if levels else ''}".rstrip()
    told = f"{'bằng' if len(group) > 1 else 'đạt'} {print_figure(figure, style)} {name}" if (result.amount or 0) > 0 else f"chưa đạt {name}"
    return told if whose is None else f"{told} (kế hoạch{whose} {_planned(plan, result, style)})"


def _planned(plan: Figure, result: Figure, style: Style) -> str:
    """Giảm 14 hộ: the plan of a change is a change the same way, whatever became of it."""
    way = "" if result.sides is None else "tăng " if result.rising else "giảm "
    return way + with_unit(plan, print_amount(plan, style, leading_zero=style.leading_zero, absolute=True))


def _level(figure: Figure) -> str:
    return plan_of(figure).removesuffix(_GIVEN)

"""What a figure is compared with, in words: chosen from the other figure's period, or from who has set the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.figure import ASSIGNED_BY

if TYPE_CHECKING:
    from mtqg_cli.core.figure import Figure


def versus(figure: Figure) -> str:
    """So với cùng kỳ năm 2023, so với đầu năm, so với kế hoạch tỉnh giao; nothing where there is nothing to compare with."""
    moment = earlier_moment(figure)
    return f"so với {moment}" if moment else ""


def earlier_moment(figure: Figure) -> str:
    """Cùng kỳ năm 2023, đầu năm, cuối năm 2023, năm 2023, kế hoạch tỉnh giao."""
    plan = plan_of(figure)
    if plan:
        return f"kế hoạch {plan}"
    if figure.sides is None:
        return ""
    own, then = figure.period, figure.sides[0].period
    if (own.kind, own.number) == (then.kind, then.number):
        if own.year == then.year:
            return "đầu năm" if own.kind in ("months", "year") else own.opening_label
        return f"năm {then.year}" if then.kind == "year" else f"cùng kỳ năm {then.year}"
    return f"cuối {then.label}" if then.kind == "year" or str(then) == str(own.before) else then.label


def plan_of(figure: Figure) -> str:
    """Tỉnh giao: who has set the plan that a figure is measured by or compared with."""
    others = (figure, figure.denominator, figure.sides[0] if figure.sides else None)
    level = next((each.by["assigned_by"] for each in others if each is not None and "assigned_by" in each.by), "")
    return ASSIGNED_BY.get(level, "")

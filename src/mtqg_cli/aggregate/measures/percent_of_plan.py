"""A result against the plan that each level has set, by the basis that the plan names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.figure import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.reference.indicator import IndicatorEntry

#: What an indicator of this measure must say.
NEEDS = ("plans", "result", "by")
#: How the figure of a whole comes from those of its parts (aggregate/merge.py).
MERGED = "again"


def percent_of_plan(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """So với kế hoạch của từng cấp giao, chia cho mức giao theo đúng căn cứ (số hộ, số lượng hoặc điểm %). Mức giao 0 là “không giao”.

    Một cấp giao theo cả hai căn cứ thì so với căn cứ nêu trước.
    """
    for basis, plan in _plans(entry, reckoning):
        result = reckoning.find(entry.result.get(basis, ""), plan.scope, {})
        if result is None:
            continue
        done, wanted = result.amount, plan.amount
        value = done / wanted * 100 if done is not None and wanted else None
        sources = (Source("numerator", result.period, result), Source("denominator", plan.period, plan))
        yield reckoning.new(entry, value, scope=plan.scope, by=plan.by, numerator=result, denominator=plan, sources=sources)


def _plans(entry: IndicatorEntry, reckoning: Reckoning) -> list[tuple[str, Figure]]:
    """The plan of each level with its basis: the first that sets anything, else the first that is there (0: not assigned)."""
    found: dict[tuple[str | None, str], tuple[str, Figure]] = {}
    for basis, name in entry.plans.items():
        for plan in reckoning.made(name, entry):
            key = (plan.scope, plan.by["assigned_by"])
            if plan.value is not None and (key not in found or (plan.amount and not found[key][1].amount)):
                found[key] = (basis, plan)
    return list(found.values())

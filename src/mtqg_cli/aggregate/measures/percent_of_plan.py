"""A result against the plan that each level has set, by the basis that the plan names."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.aggregate.facts import ROW, select
from mtqg_cli.core.figure import Figure, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.aggregate.reckoning import Reckoning
    from mtqg_cli.core.table import Row
    from mtqg_cli.reference.indicator import IndicatorEntry

_PLANS = "ke-hoach-giao"
_UNITS = {"so-ho": "hộ", "diem-phan-tram": "điểm %"}

#: What an indicator of this measure must say.
NEEDS = ("target", "result")


def percent_of_plan(entry: IndicatorEntry, reckoning: Reckoning) -> Iterator[Figure]:
    """So với kế hoạch của từng cấp giao, chia cho mức giao theo đúng căn cứ (số hộ hoặc điểm %). Mức giao 0 là “không giao”."""
    rows = select(reckoning.facts_of(entry).frame(_PLANS), {"target": entry.target})
    for row in rows[ROW]:
        result = reckoning.find(entry.result.get(str(row.value("basis")), ""), None, {})
        if result is None or row.value("assigned_by") is None:
            continue
        plan = _plan(entry, reckoning, row)
        done, wanted = result.amount, plan.amount
        value = done / wanted * 100 if done is not None and wanted else None
        sources = (Source("numerator", result.period, result), Source("denominator", plan.period, plan))
        by = {"assigned_by": str(row.value("assigned_by"))}
        yield reckoning.new(entry, value, by=by, numerator=result, denominator=plan, sources=sources)


def _plan(entry: IndicatorEntry, reckoning: Reckoning, row: Row) -> Figure:
    basis, amount = str(row.value("basis")), row.value("amount")
    unit = _UNITS.get(basis, "")
    cell = row.cells["amount"]
    period = reckoning.period_of(entry)
    return Figure(
        id=f"{entry.id}.ke_hoach",
        label="Kế hoạch giao",
        unit=unit,
        period=period,
        value=amount if isinstance(amount, Decimal) else None,
        by={"assigned_by": str(row.value("assigned_by"))},
        decimals=0 if unit == "hộ" else 2,
        sources=(Source("addend", period, cell.location),),
    )

"""T333: a poverty rate that falls faster than it does in a period."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.vietnamese import format_number, format_percent
from mtqg_cli.validate.registry import Finding, rule
from mtqg_cli.validate.within import any_exceeded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.table import Table
    from mtqg_cli.validate.context import TableContext


@rule("T333", Severity.WARNING)
def poverty_rate_fall(context: TableContext) -> Iterator[Finding]:
    """Tỷ lệ hộ nghèo của xã giảm rất nhanh trong kỳ.

    Ngưỡng để hỏi lại là 10 điểm phần trăm, do phần mềm đặt, đổi ở [rules] limits, mục giam_ty_le_ngheo.
    Cách xử lý: kiểm tra số hộ thoát nghèo từng thôn; nếu đúng thì giữ nguyên, nêu rõ lý do;
    cơ quan tổng hợp ghi lý do ở mục [[accepted]] của mtqg.toml.
    """
    if context.form.data != "ho-ngheo" or "so-lieu" not in context.tables:
        return
    if any_exceeded({form.id: form for form in context.request.forms}, context.tables):
        return
    households = context.tables["so-lieu"]
    rates = [_rate(context.table, field, households, whole) for field, whole in (("opening", "households_opening"), ("closing", "households_closing"))]
    if rates[0] is None or rates[1] is None or rates[0] - rates[1] <= context.request.limit("giam_ty_le_ngheo"):
        return
    total = context.table.total
    location = total.cells["closing"].location if total is not None and "closing" in total.cells else context.table.location
    yield Finding(
        location,
        f"Tỷ lệ hộ nghèo giảm {format_number(rates[0] - rates[1], 2)} điểm phần trăm trong kỳ, từ {format_percent(rates[0], 2)} xuống còn {format_percent(rates[1], 2)}.",
        "Kiểm tra số hộ thoát nghèo từng thôn và tổng số hộ; nếu đúng thì giữ nguyên và nêu rõ lý do.",
        found=format_percent(rates[1], 2),
    )


def _rate(table: Table, field: str, households: Table, whole: str) -> Decimal | None:
    """The rate of the commune in percent, each date on its own number of households; None where anything is missing."""
    poor = [row.value(field) for row in table.rows]
    base = next((row.value(whole) for row in households.rows), None)
    if not poor or not isinstance(base, int) or not base or not all(isinstance(value, int) for value in poor):
        return None
    return Decimal(sum(value for value in poor if isinstance(value, int))) * 100 / base

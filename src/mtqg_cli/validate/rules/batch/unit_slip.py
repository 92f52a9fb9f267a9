"""X407: a column that is a thousand times what it is elsewhere."""

from __future__ import annotations

from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.vietnamese import format_number
from mtqg_cli.validate.context import column_title, shown
from mtqg_cli.validate.likeness import column_of, given_fields
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.table import Table
    from mtqg_cli.reference.form import Form
    from mtqg_cli.validate.context import BatchContext

#: With fewer units there is no telling what is usual.
_FEWEST = 4


@rule("X407", Severity.WARNING, once="sheet", doubts=True)
def unit_slip(context: BatchContext) -> Iterator[Finding]:
    """Số của một đơn vị gấp khoảng nghìn lần, hoặc chỉ bằng khoảng một phần nghìn, so với các đơn vị khác.

    Thường do ghi đồng hoặc nghìn đồng vào biểu tính bằng triệu đồng. So tổng của từng cột với các đơn vị cùng gửi biểu; mức để hỏi lại
    do phần mềm đặt, đổi ở [rules] limits, mục lech_don_vi_tinh. Cách xử lý: kiểm tra đơn vị tính; nếu số đúng thì chấp nhận trong mtqg.toml.
    """
    for form in context.request.forms:
        for field in given_fields(form):
            yield from _field(context, form, field)


def _field(context: BatchContext, form: Form, field: str) -> Iterator[Finding]:
    tables = [table for submission in context.batch.submissions if (table := submission.tables.get(form.id)) is not None]
    totals = {table.location.file: total for table in tables if (total := _total(table, field))}
    if len(totals) < _FEWEST:
        return
    extremes = max(totals.values()), min(totals.values())
    times = context.request.limit("lech_don_vi_tinh")
    for table in tables:
        mine = totals.get(table.location.file)
        if not mine or mine not in extremes:
            continue
        others = [total for file, total in totals.items() if file != table.location.file]
        usual = median(others)
        if mine >= usual * times and mine > max(others) * 10:
            words = f"gấp {format_number(mine / usual)} lần"
        elif mine * times <= usual and mine * 10 < min(others):
            words = f"chỉ bằng 1/{format_number(usual / mine)}"
        else:
            continue
        cell = next(row.cells[field] for row in table.rows if row.value(field))
        quantity = form.quantity(field)
        title = column_title(form, field)
        unit = f" {quantity.unit}" if quantity is not None and quantity.unit else ""
        yield Finding(
            cell.location,
            f"{title[:1].upper()}{title[1:]}: cộng được {_shown(form, field, mine)}{unit}, {words} mức thường gặp ở các đơn vị khác ({_shown(form, field, usual)}{unit}).",
            "Kiểm tra có ghi nhầm đơn vị tính không; nếu số đúng thì ghi lý do ở mục [[accepted]] của mtqg.toml.",
            found=shown(cell.value, quantity),
        )


def _total(table: Table, field: str) -> Decimal:
    return sum((Decimal(value) for value in column_of(table, field) if isinstance(value, int | Decimal)), Decimal(0))


def _shown(form: Form, field: str, total: Decimal) -> str:
    """A total rounded to what matters in a comparison."""
    quantity = form.quantity(field)
    amount = total / (quantity.scale if quantity is not None else 1)
    return format_number(amount, 0 if amount >= 10 else 3).removesuffix(",000")  # noqa: PLR2004 - small amounts need their decimals

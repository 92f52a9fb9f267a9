"""C103: a number outside of what the form allows."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.validate.context import place, raw_text, shown
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext


@rule("C103")
def out_of_range(context: CellContext) -> Iterator[Finding]:
    """Số nằm ngoài khoảng cho phép của cột, thường là số âm.

    Cách xử lý: kiểm tra lại số đã ghi; nếu ô tự tính ra số âm thì kiểm tra các cột thành phần.
    """
    cell, quantity = context.cell, context.quantity
    if cell.fault == "too_large":
        text = raw_text(cell.raw)
        message = f"{place(context.form, context.row, context.field)}: số {text} quá lớn, không thể là số liệu thật."
        yield Finding(cell.location, message, "Kiểm tra lại số đã ghi và đơn vị tính.", found=text)
    if _has_negative_part(context) or not cell.valid or not isinstance(cell.value, int | Decimal):
        return
    value = Decimal(cell.value) / quantity.scale
    low, high = quantity.lowest, Decimal(len(context.request.communes)) if quantity.maximum_from == "communes" else quantity.highest
    if (low is None or value >= low) and (high is None or value <= high):
        return
    limit = f"từ {shown(low, None)} trở lên" if high is None else f"từ {shown(low, None)} đến {shown(high, None)}"
    text = shown(cell.value, quantity)
    message = f"{place(context.form, context.row, context.field)}: số {text} nằm ngoài khoảng cho phép ({limit})."
    yield Finding(cell.location, message, "Kiểm tra lại số đã ghi, hoặc các cột dùng để tính ra số này.", found=text, expected=limit)


def _has_negative_part(context: CellContext) -> bool:
    """Whether a worked-out cell takes in a negative part, which is told at its own place."""
    column = context.form.column(context.field)
    parts = [context.row.value(name) for _, name in column.terms] if column is not None else []
    return any(isinstance(part, int) and part < 0 for part in parts)

"""C103: a number outside of what the form allows."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.reference.quantity import NUMERIC
from mtqg_cli.validate.context import place, raw_text, shown
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext


@rule("C103", doubts=True, types=NUMERIC)
def out_of_range(context: CellContext) -> Iterator[Finding]:
    """Số nằm ngoài khoảng cho phép của cột, thường là số âm.

    Cách xử lý: kiểm tra lại số đã ghi; nếu ô tự tính ra số âm thì kiểm tra các cột thành phần.
    """
    cell, quantity = context.cell, context.quantity
    if cell.fault == "too_large":
        text = raw_text(cell.raw)
        message = f"{place(context.form, context.row, context.field)}: ghi {text}, quá lớn, không thể là số liệu thật."
        yield Finding(cell.location, message, "Kiểm tra lại số đã ghi và đơn vị tính.", found=text)
    communes = len(context.request.communes) if quantity.maximum_from == "communes" and cell.valid else None
    if cell.fault != "out_of_range" and (communes is None or not isinstance(cell.value, int) or cell.value <= communes):
        return
    low, high = quantity.lowest, Decimal(communes) if communes is not None else quantity.highest
    limit = f"từ {shown(low, None)} trở lên" if high is None else f"từ {shown(low, None)} đến {shown(high, None)}"
    text = shown(cell.value, quantity)
    message = f"{place(context.form, context.row, context.field)}: ghi {text}, nằm ngoài khoảng cho phép ({limit})."
    yield Finding(cell.location, message, "Kiểm tra lại số đã ghi, hoặc các cột dùng để tính ra số này.", found=text, expected=limit)

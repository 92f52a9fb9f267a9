"""C109: a number that was typed as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.validate.context import place, raw_text, shown
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext


_REMARKS = {"number_as_text", "one_point", "dash"}


@rule("C109", Severity.WARNING, once="column", signs=_REMARKS)
def number_as_text(context: CellContext) -> Iterator[Finding]:
    """Số được ghi dưới dạng chữ; đã đọc được và cần kiểm tra lại.

    Gồm số có dấu cách, có đơn vị đi kèm, dấu gạch thay cho số 0, hoặc dấu chấm ngăn hàng nghìn trong cột đếm.
    Cách xử lý: kiểm tra số đã đọc; lần sau chỉ ghi chữ số, không ghi đơn vị tính.
    """
    cell = context.cell
    if not cell.valid or cell.remark not in _REMARKS:
        return
    found, read = raw_text(cell.raw), shown(cell.value, context.quantity)
    message = f"{place(context.form, context.row, context.field)}: ghi “{found}” dưới dạng chữ, đã đọc là {read}."
    yield Finding(cell.location, message, "Kiểm tra số đã đọc; nếu đúng thì không phải làm gì thêm.", found=found, expected=read)

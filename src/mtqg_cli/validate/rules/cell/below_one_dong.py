"""C112: an amount of money finer than one đồng."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import place, raw_text
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext


@rule("C112", signs={"below_one_dong"})
def below_one_dong(context: CellContext) -> Iterator[Finding]:
    """Số tiền lẻ dưới 1 đồng.

    Thường do gõ thừa chữ số hoặc nhầm đơn vị tính. Cách xử lý: làm tròn đến đồng rồi ghi lại.
    """
    cell = context.cell
    if cell.fault == "below_one_dong":
        found = raw_text(cell.raw)
        message = f"{place(context.form, context.row, context.field)}: ghi {found} {context.quantity.unit}, có phần lẻ dưới 1 đồng."
        yield Finding(cell.location, message, "Kiểm tra số và đơn vị tính, làm tròn đến đồng rồi ghi lại.", found=found)

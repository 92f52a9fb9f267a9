"""C113: a cell in a percent format where something else is counted."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import format_number
from mtqg_cli.validate.context import place, raw_text
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext


@rule("C113", once="column", signs={"percent_cell"})
def percent_cell(context: CellContext) -> Iterator[Finding]:
    """Ô số lượng hoặc số tiền đang định dạng phần trăm.

    Excel hiển thị 46,5% nhưng giữ giá trị 0,465; không biết được số nào là số muốn ghi.
    Cách xử lý: đổi định dạng ô sang Số (Number), rồi ghi lại số liệu.
    """
    cell = context.cell
    if cell.fault != "percent_cell" or cell.raw is None or not isinstance(cell.raw.value, int | float):
        return
    kept = raw_text(cell.raw)
    shown = f"{format_number(Decimal(f'{cell.raw.value * 100:.12g}').normalize(), 2).rstrip('0').rstrip(',')}%"
    message = f"{place(context.form, context.row, context.field)}: ô định dạng phần trăm, hiển thị {shown} nhưng giá trị là {kept}."
    yield Finding(cell.location, message, "Đổi định dạng ô sang Số (Number), rồi ghi lại số liệu.", found=shown)

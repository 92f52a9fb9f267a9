"""C122: a date or time where a number belongs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mtqg_cli.validate.context import place, raw_text
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext


@rule("C122", signs={"date_for_number"})
def date_for_number(context: CellContext) -> Iterator[Finding]:
    """Ô số đang chứa ngày tháng hoặc giờ, thường do Excel tự đổi khi gõ 3.2 hoặc 3/2.

    Cách xử lý: đổi định dạng ô sang Số (Number), rồi gõ lại; số lẻ dùng dấu phẩy (3,2).
    """
    cell = context.cell
    if cell.fault != "date_for_number" or cell.raw is None:
        return
    found, value = raw_text(cell.raw), cell.raw.value
    where = place(context.form, context.row, context.field)
    kind = f"ngày {found}; có thể đã gõ {value.day}.{value.month} hoặc {value.day},{value.month}" if isinstance(value, date) else f"giờ {found}"
    yield Finding(cell.location, f"{where}: Excel đã đổi nội dung thành {kind}.", "Đổi định dạng ô sang Số (Number), rồi gõ lại.", found=found, expected="số")

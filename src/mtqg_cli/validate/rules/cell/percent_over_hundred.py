"""C116: more than all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.validate.context import percent_value, place, raw_text
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext

_ALL = 100


@rule("C116", Severity.WARNING, types={"percent", "result"})
def percent_over_hundred(context: CellContext) -> Iterator[Finding]:
    """Kết quả tính bằng % nhưng lớn hơn 100 hoặc nhỏ hơn 0.

    Thường do ghi số lượng (số hộ, số người) vào ô tỷ lệ, hoặc gõ thiếu dấu phẩy.
    Cách xử lý: kiểm tra lại số đã ghi; chỉ tiêu tính bằng % thì cột “Kết quả thực hiện” chỉ ghi tỷ lệ.
    """
    value = percent_value(context)
    if value is None or 0 <= value <= _ALL or context.quantity.type == "percent":  # a column of percents has its range
        return
    cell, found = context.cell, raw_text(context.cell.raw)
    message = f"{place(context.form, context.row, context.field)}: ghi {found}, trong khi ô này tính bằng % nên phải từ 0 đến 100."
    yield Finding(cell.location, message, "Kiểm tra lại số đã ghi; ô này ghi tỷ lệ, không ghi số lượng.", found=found, expected="từ 0 đến 100")

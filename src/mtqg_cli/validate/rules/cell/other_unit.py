"""C114: an amount with another unit than the column's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import place, raw_text
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext


@rule("C114", signs={"other_unit"})
def other_unit(context: CellContext) -> Iterator[Finding]:
    """Số tiền ghi kèm đơn vị tính khác đơn vị của cột.

    Chương trình không tự quy đổi. Cách xử lý: đổi số liệu sang đơn vị tính của cột, chỉ ghi số.
    """
    cell = context.cell
    if cell.fault == "other_unit":
        found, unit = raw_text(cell.raw), context.quantity.unit
        message = f"{place(context.form, context.row, context.field)}: ghi “{found}”, trong khi cột này tính bằng {unit}."
        yield Finding(cell.location, message, f"Đổi số liệu sang {unit}, chỉ ghi số, không ghi đơn vị tính vào ô.", found=found, expected=unit)

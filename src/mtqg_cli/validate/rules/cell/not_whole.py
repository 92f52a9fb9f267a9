"""C104: a fraction where whole things are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import place, raw_text
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext


@rule("C104", signs={"not_whole"})
def not_whole(context: CellContext) -> Iterator[Finding]:
    """Cột đếm (hộ, người, thôn) có số lẻ.

    Cách xử lý: ghi số nguyên; nếu là tỷ lệ thì đã ghi nhầm cột.
    """
    cell = context.cell
    if cell.fault == "not_whole":
        found, unit = raw_text(cell.raw), context.quantity.unit
        message = f"{place(context.form, context.row, context.field)}: ghi {found}, nhưng ô này {f'đếm số {unit} nên phải là số nguyên' if unit else 'chỉ nhận số nguyên'}."
        yield Finding(cell.location, message, "Ghi lại số nguyên.", found=found, expected="số nguyên")

"""C102: words where a number belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import place, raw_text
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext


@rule("C102", signs={"not_a_number"})
def not_a_number(context: CellContext) -> Iterator[Finding]:
    """Ô số đang chứa chữ, không đọc thành số được.

    Cách xử lý: ghi lại thành số, phần đơn vị và lời giải thích chuyển sang cột ghi chú.
    """
    cell = context.cell
    if cell.fault == "not_a_number":
        found = raw_text(cell.raw)
        yield Finding(
            cell.location,
            f"{place(context.form, context.row, context.field)}: ghi “{found}”, không phải là số.",
            "Ghi lại thành số.",
            found=found,
            expected="số",
        )

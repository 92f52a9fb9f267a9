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

    Cách xử lý: ghi lại bằng số, không phát sinh thì ghi 0; lời giải thích chuyển sang cột ghi chú nếu biểu có cột này.
    """
    cell = context.cell
    if cell.fault == "not_a_number":
        found = raw_text(cell.raw)
        yield Finding(
            cell.location,
            f"{place(context.form, context.row, context.field)}: ghi “{found}”, không phải là số.",
            "Ghi lại bằng số; không phát sinh thì ghi 0.",
            found=found,
            expected="số",
        )

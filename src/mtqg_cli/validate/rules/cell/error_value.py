"""C106: a formula that ends in an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import place, raw_text
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext


@rule("C106", signs={"error_value"})
def error_value(context: CellContext) -> Iterator[Finding]:
    """Ô đang hiện lỗi của Excel (#DIV/0!, #REF!, #N/A …).

    Cách xử lý: sửa công thức trong ô này, hoặc ghi thẳng số liệu.
    """
    cell = context.cell
    if cell.fault == "error_value":
        found = raw_text(cell.raw)
        message = f"{place(context.form, context.row, context.field)}: ô đang hiện lỗi {found} của Excel."
        yield Finding(cell.location, message, "Sửa công thức trong ô, hoặc ghi thẳng số liệu.", found=found)

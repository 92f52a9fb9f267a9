"""C107: a formula that was never calculated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import place, raw_text
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext


@rule("C107", once="file", signs={"formula_without_value"})
def formula_without_value(context: CellContext) -> Iterator[Finding]:
    """Ô có công thức nhưng chưa có kết quả.

    Tệp do phần mềm khác ghi ra và chưa được tính. Công thức có sẵn của biểu mẫu thì chương trình tự tính, không báo lỗi này.
    Cách xử lý: mở tệp bằng Excel, nhấn F9 rồi lưu lại.
    """
    cell = context.cell
    if cell.fault == "formula_without_value":
        found = raw_text(cell.raw)
        message = f"{place(context.form, context.row, context.field)}: công thức {found} chưa có kết quả."
        yield Finding(cell.location, message, "Mở tệp bằng Excel, nhấn F9 để tính, lưu lại rồi gửi lại.", found=found)

"""C117: a mark that people read in two ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.validate.context import place, raw_text, shown
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext


@rule("C117", signs={"unclear_mark", "dash_mark"})
def unclear_mark(context: CellContext) -> Iterator[Finding]:
    """Dấu đánh giá có thể hiểu theo hai cách, ví dụ ✗, 1, ?.

    Có nơi dùng ✗ để đánh dấu đã chọn, có nơi dùng cho chưa đạt; chương trình không đoán.
    Riêng dấu gạch (-) được đọc là Chưa đạt, kèm cảnh báo này.
    Cách xử lý: chọn Đạt hoặc Chưa đạt trong danh sách thả xuống của ô.
    """
    cell, choices = context.cell, context.quantity.choices
    if cell.fault != "unclear_mark" and cell.remark != "dash_mark":
        return
    found, where = raw_text(cell.raw), place(context.form, context.row, context.field)
    names = [choice.label for choice in choices]
    labels = " hoặc ".join(names)
    if cell.fault == "unclear_mark":
        yield Finding(
            cell.location, f"{where}: dấu “{found}” không rõ là {' hay '.join(names)}.", f"Chọn {labels} trong danh sách của ô.", found=found, expected=labels
        )
    else:
        read = shown(cell.value, context.quantity)
        message = f"{where}: ghi dấu gạch “{found}”, đã đọc là {read}."
        yield Finding(
            cell.location, message, f"Nếu đúng thì không phải làm gì thêm; nếu sai thì chọn {labels}.", found=found, expected=read, severity=Severity.WARNING
        )

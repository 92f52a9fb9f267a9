"""F106: a workbook that was not made from our forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.location import Location
from mtqg_cli.core.sheet import Workbook
from mtqg_cli.reference.layout import RETURNED_SHEET
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import FileContext


@rule("F106")
def foreign(context: FileContext) -> Iterator[Finding]:
    """Bảng tính không được lập từ biểu mẫu đã phát.

    Không có trang tính nào mang tên của biểu mẫu và cũng không có dấu nhận dạng của biểu mẫu.
    Cách xử lý: nếu là báo cáo của xã thì đề nghị xã điền vào biểu mẫu đã phát (mtqg forms); nếu không thì đưa tệp ra khỏi thư mục dữ liệu.
    """
    if isinstance(context.source, Workbook) and context.identity is None:
        sheets = ", ".join(f"“{sheet.name}”" for sheet in context.source.sheets[:5] if not sheet.hidden and sheet.name != RETURNED_SHEET)
        yield Finding(
            Location(context.source.file),
            f"Bảng tính không theo biểu mẫu đã phát: chỉ thấy trang tính {sheets}.",
            "Điền vào biểu mẫu đã phát rồi gửi lại; tệp không phải báo cáo thì đưa ra khỏi thư mục dữ liệu.",
        )

"""F105: a workbook in the format of Excel 97-2003."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.location import Location
from mtqg_cli.core.sheet import Unreadable
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import FileContext


@rule("F105")
def old_excel(context: FileContext) -> Iterator[Finding]:
    """Tệp ở định dạng Excel 97-2003 (.xls), chưa được đọc.

    Cách xử lý: mở bằng Excel, chọn Lưu dưới dạng (Save As) “Excel Workbook (.xlsx)” rồi gửi lại.
    """
    source = context.source
    if isinstance(source, Unreadable) and source.reason == "old_format":
        yield Finding(Location(source.file), "Tệp ở định dạng cũ .xls, chưa được đọc.", "Mở bằng Excel, lưu dưới dạng .xlsx rồi đặt lại vào thư mục dữ liệu.")

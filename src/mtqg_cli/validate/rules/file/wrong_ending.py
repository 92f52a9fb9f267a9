"""F114: an ending that does not fit what the file is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.location import Location
from mtqg_cli.core.sheet import Workbook
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import FileContext

#: The endings that Excel gives each format.
_ENDINGS = {"xlsx": (".xlsx", ".xlsm", ".xltx"), "xls": (".xls", ".xlt")}


@rule("F114", Severity.WARNING)
def wrong_ending(context: FileContext) -> Iterator[Finding]:
    """Đuôi tệp không khớp với định dạng thật của tệp.

    Thường do đổi tên .xls thành .xlsx thay vì lưu lại. Số liệu vẫn được đọc theo định dạng thật, nhưng Excel có thể không mở.
    Cách xử lý: mở bằng Excel, chọn Lưu dưới dạng (Save As) “Excel Workbook (.xlsx)”.
    """
    source = context.source
    if not isinstance(source, Workbook) or context.identity is None or source.file.lower().endswith(_ENDINGS[source.form]):
        return
    real = "Excel 97-2003 (.xls)" if source.form == "xls" else "Excel (.xlsx)"
    message = f"Đuôi tệp không khớp: nội dung là định dạng {real}."
    yield Finding(Location(source.file), message, "Mở bằng Excel, lưu dưới dạng .xlsx rồi gửi lại; không chỉ đổi tên tệp.", found=source.file, expected=".xlsx")

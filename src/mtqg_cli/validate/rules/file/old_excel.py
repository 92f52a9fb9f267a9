"""F105: a workbook in the format of Excel 97-2003."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.location import Location
from mtqg_cli.core.sheet import Unreadable, Workbook
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import FileContext


@rule("F105", Severity.WARNING)
def old_excel(context: FileContext) -> Iterator[Finding]:
    """Tệp ở định dạng Excel 97-2003 (.xls).

    Số liệu vẫn được đọc, nhưng không kiểm tra được công thức: không biết công thức nào của biểu mẫu đã bị sửa
    hay chưa được tính lại. Tệp của Excel 95 trở về trước thì không đọc được.
    Cách xử lý: mở bằng Excel, chọn Lưu dưới dạng (Save As) “Excel Workbook (.xlsx)” rồi gửi lại.
    """
    source = context.source
    hint = "Mở bằng Excel, lưu dưới dạng .xlsx rồi gửi lại."
    if isinstance(source, Unreadable) and source.reason == "old_format":
        yield Finding(Location(source.file), f"Tệp ở định dạng quá cũ, không đọc được ({source.detail}).", hint, severity=Severity.ERROR)
    elif isinstance(source, Workbook) and source.form == "xls":
        message = "Tệp ở định dạng cũ .xls: đã đọc số liệu, nhưng không kiểm tra được công thức trong các ô."
        yield Finding(Location(source.file), message, hint)

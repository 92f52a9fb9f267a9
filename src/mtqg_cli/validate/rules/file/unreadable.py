"""F101: a file that cannot be opened as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.location import Location
from mtqg_cli.core.sheet import Unreadable
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import FileContext


_WORDS = {
    "not_excel": ("Tệp không phải bảng tính Excel.", "Đưa tệp này ra khỏi thư mục dữ liệu; nếu là báo cáo của xã thì đề nghị xã gửi lại tệp .xlsx."),
    "damaged": ("Tệp bị hỏng, không đọc được ({detail}).", "Đề nghị đơn vị gửi lại tệp, hoặc mở bằng Excel rồi lưu thành tệp .xlsx mới."),
    "encoding": ("Tệp ghi bằng bảng mã lạ, không đọc được ({detail}).", "Mở bằng Excel rồi lưu thành tệp .xlsx mới."),
    "locked": ("Không mở được tệp ({detail}).", "Đóng tệp trong Excel hoặc kiểm tra quyền đọc, rồi chạy lại."),
    "vanished": ("Tệp biến mất trong khi đang đọc.", "Kiểm tra thư mục dữ liệu, rồi chạy lại."),
    "folder": ("Đây là thư mục con; các tệp bên trong không được đọc.", "Chuyển các tệp .xlsx ra thư mục của kỳ báo cáo."),
}


@rule("F101")
def unreadable(context: FileContext) -> Iterator[Finding]:
    """Tệp trong thư mục dữ liệu không mở được như một bảng tính Excel.

    Tệp bị hỏng khi gửi, bị Excel đang giữ, hoặc không phải là bảng tính. Các tệp khác vẫn được đọc bình thường.
    Cách xử lý: đề nghị đơn vị gửi lại tệp .xlsx; tệp không liên quan thì đưa ra khỏi thư mục dữ liệu.
    """
    source = context.source
    if isinstance(source, Unreadable) and source.reason in _WORDS:
        message, hint = _WORDS[source.reason]
        yield Finding(Location(source.file), message.format(detail=source.detail), hint)

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
    "not_excel": ("Tệp không phải bảng tính Excel.", "Nếu là báo cáo của xã thì gửi lại tệp Excel (.xlsx); nếu không thì đưa tệp ra khỏi thư mục dữ liệu."),
    "damaged": ("Tệp bị hỏng, không đọc được ({detail}).", "Gửi lại tệp; Excel còn mở được thì lưu thành tệp .xlsx mới rồi gửi."),
    "encoding": ("Nội dung tệp ghi bằng bảng mã lạ, không đọc được ({detail}).", "Mở bằng Excel, lưu thành tệp .xlsx mới rồi gửi lại."),
    "locked": ("Không mở được tệp ({detail}).", "Đóng tệp trong Excel hoặc kiểm tra quyền đọc, rồi chạy lại."),
    "vanished": ("Tệp biến mất trong khi đang đọc.", "Kiểm tra thư mục dữ liệu, rồi chạy lại."),
    "folder": ("Đây là thư mục con; các tệp bên trong không được đọc.", "Chuyển các tệp .xlsx ra thư mục của kỳ báo cáo."),
}


@rule("F101")
def unreadable(context: FileContext) -> Iterator[Finding]:
    """Tệp trong thư mục dữ liệu không mở được như một bảng tính Excel.

    Tệp bị hỏng khi gửi, đang mở trong Excel, hoặc không phải là bảng tính. Các tệp khác vẫn được đọc bình thường.
    Cách xử lý: đề nghị đơn vị gửi lại tệp .xlsx; tệp không liên quan thì đưa ra khỏi thư mục dữ liệu.
    """
    source = context.source
    if isinstance(source, Unreadable) and source.reason in _WORDS:
        message, hint = _WORDS[source.reason]
        yield Finding(Location(source.file), message.format(detail=source.detail), hint)

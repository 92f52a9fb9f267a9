"""F113: a web page or a text under the name of a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.location import Location
from mtqg_cli.core.sheet import Unreadable
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import FileContext


@rule("F113")
def text_as_workbook(context: FileContext) -> Iterator[Finding]:
    """Tệp mang đuôi .xls hoặc .xlsx nhưng thật ra là trang web, XML hoặc văn bản CSV.

    Thường do phần mềm khác “xuất Excel”. Excel vẫn mở được nên người gửi không biết.
    Cách xử lý: mở bằng Excel, lưu dưới dạng .xlsx, hoặc chép số liệu sang biểu mẫu đã phát rồi gửi lại.
    """
    source = context.source
    if isinstance(source, Unreadable) and source.reason in {"web_page", "plain_text"}:
        message = f"Tệp không phải bảng tính Excel mà là {source.detail}."
        hint = "Chép số liệu sang biểu mẫu đã phát rồi gửi lại; tệp không phải báo cáo thì đưa ra khỏi thư mục dữ liệu."
        yield Finding(Location(source.file), message, hint)

"""F112: a spreadsheet in a format that is not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.location import Location
from mtqg_cli.core.sheet import Unreadable
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import FileContext

_WORDS = {"binary_workbook": "Excel nhị phân (.xlsb)", "open_document": "OpenDocument (.ods)"}


@rule("F112")
def other_spreadsheet(context: FileContext) -> Iterator[Finding]:
    """Tệp là bảng tính nhưng ở định dạng chương trình không đọc được (.xlsb, .ods), dù đuôi tệp có thể là .xlsx.

    Cách xử lý: mở bằng Excel hoặc LibreOffice, lưu dưới dạng .xlsx rồi gửi lại.
    """
    source = context.source
    if isinstance(source, Unreadable) and source.reason in _WORDS:
        message = f"Tệp ở định dạng {_WORDS[source.reason]}, chương trình không đọc được."
        yield Finding(Location(source.file), message, "Mở bằng Excel hoặc LibreOffice, lưu dưới dạng .xlsx rồi gửi lại.", expected=".xlsx")

"""F103: a workbook that carries macros."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.location import Location
from mtqg_cli.core.sheet import Unreadable
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import FileContext


@rule("F103")
def with_macros(context: FileContext) -> Iterator[Finding]:
    """Tệp chứa macro nên không được nhận.

    Biểu mẫu phát ra không có macro; tệp có macro có thể chứa mã độc.
    Cách xử lý: mở bằng Excel, chọn Lưu dưới dạng (Save As) “Excel Workbook (.xlsx)” rồi gửi lại.
    """
    source = context.source
    if isinstance(source, Unreadable) and source.reason == "macros":
        yield Finding(Location(source.file), "Tệp chứa macro, không được nhận.", "Mở bằng Excel, lưu dưới dạng .xlsx (không có macro) rồi gửi lại.")

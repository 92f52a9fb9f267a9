"""F104: a workbook beyond the limits of an honest one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.location import Location
from mtqg_cli.core.sheet import Unreadable
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import FileContext


@rule("F104")
def over_limits(context: FileContext) -> Iterator[Finding]:
    """Tệp lớn bất thường hoặc có cấu trúc nguy hiểm.

    Một tệp nhỏ có thể giải nén ra hàng GB hoặc chứa khai báo DTD làm treo máy; biểu mẫu đã phát không như vậy.
    Cách xử lý: chép số liệu sang biểu mẫu đã phát (tệp chưa điền, lập lại bằng mtqg forms) rồi gửi lại.
    """
    source = context.source
    if isinstance(source, Unreadable) and source.reason in {"too_large", "entities"}:
        fault = "vượt giới hạn an toàn" if source.reason == "too_large" else "có cấu trúc lạ, có thể gây hại cho máy"
        yield Finding(
            Location(source.file), f"Tệp {fault}, không được đọc ({source.detail}).", "Chép số liệu sang biểu mẫu đã phát (tệp chưa điền) rồi gửi lại."
        )

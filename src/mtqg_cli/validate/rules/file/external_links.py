"""F115: a workbook that draws on other workbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.location import Location
from mtqg_cli.core.sheet import Workbook
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import FileContext

_ENOUGH = 5


@rule("F115", Severity.WARNING)
def external_links(context: FileContext) -> Iterator[Finding]:
    """Tệp có liên kết tới tệp Excel khác.

    Chương trình không mở các tệp đó; ô nào của biểu lấy số liệu từ đó thì được nêu riêng (C120).
    Cách xử lý: trong Excel chọn Data > Edit Links > Break Link (Dữ liệu > Chỉnh sửa liên kết > Ngắt liên kết), rồi gửi lại.
    """
    source = context.source
    if not isinstance(source, Workbook) or context.identity is None or not source.links:
        return
    names = [f"“{name}”" for name in dict.fromkeys(source.links) if name]
    named = ": " + ", ".join(names[:_ENOUGH]) + (" …" if len(names) > _ENOUGH else "") if names else ""
    message = f"Tệp có liên kết tới tệp Excel khác{named}."
    yield Finding(Location(source.file), message, "Trong Excel chọn Data > Edit Links > Break Link để ngắt liên kết, rồi gửi lại.", found=", ".join(names))

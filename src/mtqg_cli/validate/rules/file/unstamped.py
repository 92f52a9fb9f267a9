"""F110: a workbook that has lost its stamp."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import FileContext


@rule("F110", Severity.WARNING)
def unstamped(context: FileContext) -> Iterator[Finding]:
    """Tệp mất dấu nhận dạng của biểu mẫu, phải nhận theo tên trang tính và phần đầu biểu.

    Thường do chép từng trang tính sang tệp mới. Khi đó không biết được phiên bản của biểu mẫu.
    Cách xử lý: kiểm tra tên đơn vị và kỳ báo cáo ở đầu biểu; lần sau điền trực tiếp vào tệp đã phát.
    """
    if context.identity is not None and context.identity.unit is not None and not context.identity.stamped:
        yield Finding(
            context.identity.face,
            "Tệp không còn dấu nhận dạng của biểu mẫu; đơn vị và kỳ báo cáo được lấy từ phần đầu biểu.",
            "Kiểm tra lại tên đơn vị và kỳ báo cáo ở đầu biểu; lần sau điền trực tiếp vào tệp đã phát.",
            found=context.identity.unit_text,
        )

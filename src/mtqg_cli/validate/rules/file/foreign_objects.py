"""F116: a workbook that carries things of other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.location import Location
from mtqg_cli.core.sheet import Workbook
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import FileContext


@rule("F116", Severity.WARNING)
def foreign_objects(context: FileContext) -> Iterator[Finding]:
    """Tệp chứa đối tượng nhúng (OLE), điều khiển ActiveX hoặc kết nối dữ liệu ngoài.

    Biểu mẫu phát ra không có những thứ này; chúng có thể chứa mã độc. Chương trình không mở, chỉ đọc số liệu trong ô.
    Cách xử lý: không bấm vào phần lạ trong tệp; chép số liệu sang biểu mẫu đã phát rồi gửi lại.
    """
    source = context.source
    if isinstance(source, Workbook) and context.identity is not None and source.objects:
        found = ", ".join(source.objects)
        message = f"Tệp có chứa {found}; chương trình không mở phần này."
        yield Finding(Location(source.file), message, "Xóa phần này khỏi tệp, hoặc chép số liệu sang biểu mẫu đã phát rồi gửi lại.", found=found)

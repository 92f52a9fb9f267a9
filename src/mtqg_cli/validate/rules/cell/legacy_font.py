"""C118: words in an encoding older than Unicode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.legacy import read_legacy
from mtqg_cli.validate.context import place, raw_text
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext


@rule("C118", signs={"legacy_font"})
def legacy_font(context: CellContext) -> Iterator[Finding]:
    """Chữ gõ bằng phông và bảng mã cũ (TCVN3, VNI), không phải Unicode.

    Nhìn trên máy có phông .VnTime, VNI-Times thì đúng, nhưng nội dung lưu trong ô là ký tự khác, in ra báo cáo sẽ sai chữ.
    Chương trình chỉ gợi ý cách đọc, không tự chuyển mã. Cách xử lý: gõ lại bằng bảng mã Unicode (phông Times New Roman).
    """
    cell = context.cell
    if cell.fault != "legacy_font" or cell.raw is None:
        return
    found = raw_text(cell.raw)
    read = read_legacy(str(cell.raw.value), cell.raw.legacy)
    if read is not None:
        encoding, text = read
        message = f"{place(context.form, context.row, context.field)}: “{found}” gõ bằng bảng mã cũ {encoding}, có thể là “{text}”."
        yield Finding(cell.location, message, "Gõ lại bằng bảng mã Unicode (phông Times New Roman), rồi gửi lại.", found=found, expected=text)

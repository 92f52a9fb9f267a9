"""S202: a sheet on which a form's headings are not found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.legacy import read_legacy
from mtqg_cli.core.location import Location
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.sheet import Sheet
    from mtqg_cli.validate.context import SheetContext


#: How far down headings are looked for.
_UPPER_ROWS = 40


@rule("S202")
def missing_headings(context: SheetContext) -> Iterator[Finding]:
    """Trang tính mang đúng tên nhưng không tìm thấy phần đầu bảng của biểu mẫu.

    Phần lớn tiêu đề cột đã bị xóa hoặc sửa, nên không biết cột nào ghi số liệu gì.
    Cách xử lý: chép số liệu sang biểu mẫu đã phát (tệp chưa điền) rồi gửi lại.
    """
    if context.sheet is not None and context.match is None:
        old = next(_old_encodings(context.sheet), None)
        reason = f"; chữ trên trang gõ bằng bảng mã cũ {old}, không phải Unicode" if old is not None else ""
        yield Finding(
            Location(context.sheet.file, context.sheet.name),
            f"Không tìm thấy các tiêu đề cột của biểu “{context.form.title}” trên trang tính này{reason}.",
            "Chép số liệu sang biểu mẫu đã phát (tệp chưa điền) rồi gửi lại.",
        )


def _old_encodings(sheet: Sheet) -> Iterator[str]:
    """The encodings before Unicode that the upper part of a sheet is typed in."""
    for row in range(1, min(sheet.height, _UPPER_ROWS) + 1):
        for column, value in enumerate(sheet.rows[row - 1], start=1):
            if isinstance(value, str) and (read := read_legacy(value, sheet.legacy.get((row, column)))):
                yield read[0]

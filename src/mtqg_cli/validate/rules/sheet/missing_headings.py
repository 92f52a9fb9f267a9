"""S202: a sheet on which a form's headings are not found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.location import Location
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import SheetContext


@rule("S202")
def missing_headings(context: SheetContext) -> Iterator[Finding]:
    """Trang tính mang đúng tên nhưng không tìm thấy phần đầu bảng của biểu mẫu.

    Phần lớn tiêu đề cột đã bị xóa hoặc sửa, nên không biết cột nào chứa gì.
    Cách xử lý: chép số liệu sang biểu mẫu trắng rồi gửi lại.
    """
    if context.sheet is not None and context.match is None:
        yield Finding(
            Location(context.sheet.file, context.sheet.name),
            f"Không tìm thấy các tiêu đề cột của biểu “{context.form.title}” trên trang tính này.",
            "Chép số liệu sang biểu mẫu trắng đã phát rồi gửi lại.",
        )

"""S201: a form without its sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.location import Location
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import SheetContext


@rule("S201")
def missing_sheet(context: SheetContext) -> Iterator[Finding]:
    """Tệp thiếu một trang tính của biểu mẫu.

    Trang tính bị xóa hoặc bị đổi tên.
    Cách xử lý: đặt lại đúng tên trang tính, hoặc chép trang tính từ biểu mẫu đã phát rồi điền số liệu.
    """
    if context.sheet is None and (context.issued or not context.form.optional):
        yield Finding(
            Location(context.workbook.file, context.form.sheet),
            f"Thiếu trang tính “{context.form.sheet}” ({context.form.title}).",
            f"Đặt lại tên trang tính là “{context.form.sheet}”, hoặc chép trang này từ biểu mẫu đã phát rồi điền số liệu.",
            expected=context.form.sheet,
        )

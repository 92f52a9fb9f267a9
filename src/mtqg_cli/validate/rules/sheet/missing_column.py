"""S203: a column whose heading is not on the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import SheetContext


@rule("S203")
def missing_column(context: SheetContext) -> Iterator[Finding]:
    """Thiếu một cột của biểu mẫu.

    Cột bị xóa hoặc tiêu đề cột bị sửa thành chữ khác. Các cột bị dời chỗ mà tiêu đề còn nguyên thì vẫn nhận được.
    Cách xử lý: khôi phục cột và tiêu đề như biểu mẫu đã phát.
    """
    match = context.match
    if match is None:
        return
    for column in match.missing:
        if column.printed:
            continue
        title = ": ".join(column.path)
        yield Finding(
            match.sheet.at(match.header_row, 1),
            f"Thiếu cột “{title}” trong phần tiêu đề của bảng (từ dòng {match.header_row}).",
            "Khôi phục cột và tiêu đề cột như biểu mẫu đã phát, rồi điền số liệu.",
            expected=title,
        )

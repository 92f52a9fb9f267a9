"""S207: a second sheet of the same form with other figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import name_key
from mtqg_cli.validate.match import match_sheet
from mtqg_cli.validate.registry import Finding, rule
from mtqg_cli.validate.tables import build_table, is_unfilled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.sheet import Sheet
    from mtqg_cli.validate.context import SheetContext


@rule("S207")
def copied_sheet(context: SheetContext) -> Iterator[Finding]:
    """Tệp có hai trang tính của cùng một biểu với số liệu khác nhau.

    Thường do chép trang tính để sửa rồi quên xóa bản cũ; chương trình chỉ đọc trang mang đúng tên biểu.
    Cách xử lý: giữ lại một trang tính mang đúng tên biểu, xóa trang còn lại.
    """
    if context.sheet is None or context.match is None:
        return
    for other in context.workbook.sheets:
        if other is not context.sheet and _is_copy(other, context):
            read = context.sheet.name
            yield Finding(
                other.at(context.match.header_row, 1),
                f"Trang tính “{other.name}” cũng là “{read}” nhưng số liệu khác; chỉ trang “{read}” được đọc.",
                f"Kiểm tra trang nào ghi đúng; giữ trang đó với tên “{read}”, xóa trang còn lại.",
                related=(context.sheet.at(context.match.header_row, 1),),
            )


def _is_copy(other: Sheet, context: SheetContext) -> bool:
    """By its name (Excel calls a copy "Biểu 02 (2)"; spaces and capitals aside), its headings, and figures that are not the same."""
    if context.sheet is None or not f"{name_key(other.name)} ".startswith(f"{name_key(context.sheet.name)} ") or other.rows == context.sheet.rows:
        return False
    match = match_sheet(context.form, other)
    return match is not None and not is_unfilled(build_table(match, context.unit.kind), context.form, context.period.kind)

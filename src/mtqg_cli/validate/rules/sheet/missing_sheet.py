"""S201: a form without its sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.location import Location
from mtqg_cli.validate.match import match_sheet, printed_rows
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.sheet import Sheet
    from mtqg_cli.reference.form import Form
    from mtqg_cli.validate.context import SheetContext


@rule("S201")
def missing_sheet(context: SheetContext) -> Iterator[Finding]:
    """Tệp thiếu một trang tính của biểu mẫu.

    Trang tính bị xóa hoặc bị đổi tên.
    Cách xử lý: đặt lại đúng tên trang tính, hoặc chép trang tính từ biểu mẫu đã phát rồi điền số liệu.
    """
    if context.sheet is None and (context.issued or not context.form.optional):
        likely = next((each.name for each in context.workbook.sheets if _is_likely(each, context.form)), None)
        renamed = f"Trang “{likely}” có tiêu đề của biểu này: đổi" if likely is not None else "Đặt"
        yield Finding(
            Location(context.workbook.file, context.form.sheet),
            f"Thiếu trang tính “{context.form.sheet}” ({context.form.title}).",
            f"{renamed} lại tên trang tính là “{context.form.sheet}”, hoặc chép trang này từ biểu mẫu đã phát rồi điền số liệu.",
            expected=context.form.sheet,
        )


def _is_likely(sheet: Sheet, form: Form) -> bool:
    """Whether a sheet of another name has all of the form's headings, and its printed rows if there are any."""
    match = match_sheet(form, sheet)
    return match is not None and not match.missing and (not form.rows or len(printed_rows(match)) * 2 > len(form.rows))

"""S205: a printed unit or period that is not the stamp's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.vietnamese import name_key
from mtqg_cli.reference.layout import FACE_COLUMN, PERIOD_ROW, UNIT_ROW, layout_of
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import SheetContext


@rule("S205", Severity.WARNING, once="file")
def face_differs(context: SheetContext) -> Iterator[Finding]:
    """Đơn vị hoặc kỳ báo cáo in ở đầu biểu khác với dấu nhận dạng của tệp.

    Thường do chép trang tính của xã khác hoặc kỳ khác vào tệp; số liệu có thể không phải của đơn vị này.
    Cách xử lý: kiểm tra trang tính là số liệu của đơn vị nào, kỳ nào; chép nhầm thì điền lại.
    """
    match = context.match
    if match is None or match.header_row != layout_of(context.form).header_row:
        return
    for row, what, wanted in ((UNIT_ROW, "đơn vị", context.unit.name), (PERIOD_ROW, "kỳ báo cáo", context.period.label)):
        found = match.sheet.text(row, FACE_COLUMN)
        if found and name_key(found) != name_key(wanted):
            yield Finding(
                match.sheet.at(row, FACE_COLUMN),
                f"Đầu biểu ghi {what} “{found}”, nhưng dấu nhận dạng của tệp là {wanted}.",
                "Kiểm tra trang tính có bị chép từ tệp khác không; chép nhầm thì điền lại số liệu.",
                found=found,
                expected=wanted,
            )

"""S205: a printed unit or period that is not the stamp's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.vietnamese import name_key
from mtqg_cli.reference.layout import FACE_COLUMN, PERIOD_LABEL, PERIOD_ROW, UNIT_LABEL, UNIT_ROW
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
    if match is None:
        return
    # inserted rows and columns move the face with the table; where its labels are not found, there is nothing to compare
    down, right = match.header_row - context.form.layout.header_row, match.serial_column - 1
    facts = ((UNIT_ROW, UNIT_LABEL, "đơn vị", context.unit.name), (PERIOD_ROW, PERIOD_LABEL, "kỳ báo cáo", context.period.label))
    for face_row, label, what, wanted in facts:
        row, column = face_row + down, FACE_COLUMN + right
        found = match.sheet.text(row, column) if name_key(match.sheet.text(row, 1 + right)) == name_key(label) else ""
        if found and name_key(found) != name_key(wanted):
            yield Finding(
                match.sheet.at(row, column),
                f"Đầu biểu ghi {what} “{found}”, nhưng tệp này lập cho {what} {wanted}.",
                "Kiểm tra trang tính có bị chép từ tệp khác không; chép nhầm thì điền lại số liệu.",
                found=found,
                expected=wanted,
            )

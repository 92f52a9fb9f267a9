"""T303: a printed row that is no longer there."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import TableContext

#: Longer names are cut: the blank form has them whole.
_LONGEST = 100


@rule("T303")
def missing_row(context: TableContext) -> Iterator[Finding]:
    """Thiếu một dòng in sẵn của biểu (tiêu chí, chỉ tiêu, nội dung).

    Dòng bị xóa hoặc bị sửa cả số thứ tự và tên. Cách xử lý: khôi phục dòng như biểu mẫu đã phát.
    """
    form = context.form
    if form.kind != "fixed":
        return
    if form.one_value_a_row:
        there = {key for row in context.table.rows for key in row.cells}
        missing = [row for row in form.rows if row.field not in there and not row.applies_to]
    else:
        there = {str(row.value("key")) for row in context.table.rows}
        missing = [row for row in form.rows if row.key not in there]
    for row in missing:
        yield Finding(
            context.table.location,
            f"Thiếu dòng “{shorten(row.label, _LONGEST, placeholder=' …')}” ({row.key}).",
            "Khôi phục dòng này như biểu mẫu đã phát, rồi điền số liệu.",
            expected=row.key,
        )

"""S206: rows with figures outside of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.match import end_of_data, rows_beyond, rows_unknown
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import SheetContext


_ENOUGH = 10


@rule("S206")
def beyond_the_table(context: SheetContext) -> Iterator[Finding]:
    """Có dòng số liệu nằm ngoài các dòng của bảng, không được tính.

    Thường do chèn một dòng cộng ở giữa bảng, ghi tiếp dưới dòng tổng khi hết dòng trống, hoặc tự thêm dòng vào biểu có dòng in sẵn.
    Cách xử lý: chuyển số liệu vào đúng dòng của bảng; xóa dòng cộng ở giữa bảng và dòng tự thêm.
    """
    match = context.match
    if match is None:
        return
    free = match.form.kind == "rows"
    rows = rows_beyond(match) if free else rows_unknown(match)
    if not rows:
        return
    named = ", ".join(str(row) for row in rows[:_ENOUGH]) + (" …" if len(rows) > _ENOUGH else "")
    place = match.sheet.at(rows[0], match.serial_column)
    if free:
        end = end_of_data(match)
        message = f"Dòng {named} có số liệu nhưng nằm dưới dòng {end} (dòng tổng hoặc phần ký), nên không được tính."
        hint = f"Chuyển các dòng này lên trên dòng {end}; nếu dòng {end} là dòng cộng ở giữa bảng thì xóa."
        yield Finding(place, message, hint, related=(match.sheet.at(end, match.serial_column),))
    else:
        message = f"Dòng {named} có số liệu nhưng không phải là dòng in sẵn của biểu, hoặc lặp lại một dòng in sẵn, nên không được tính."
        yield Finding(place, message, "Ghi số liệu vào đúng dòng in sẵn rồi xóa dòng thừa.")

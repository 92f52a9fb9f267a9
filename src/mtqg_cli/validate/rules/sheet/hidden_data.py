"""S204: figures in hidden rows, columns or sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.location import column_letter
from mtqg_cli.validate.match import data_rows, printed_rows
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import SheetContext

_HINT = "Bỏ ẩn (Unhide), kiểm tra số liệu; phần thừa thì xóa."


@rule("S204", Severity.WARNING)
def hidden_data(context: SheetContext) -> Iterator[Finding]:
    """Có dòng, cột hoặc trang tính chứa số liệu đang bị ẩn.

    Phần bị ẩn vẫn được tính, dù người xem không nhìn thấy.
    Cách xử lý: bỏ ẩn (chọn dòng hoặc cột, nhấp chuột phải, Bỏ ẩn (Unhide)), xóa phần thừa nếu có rồi gửi lại.
    """
    match = context.match
    if match is None:
        return
    sheet = match.sheet
    if sheet.hidden:
        yield Finding(sheet.at(match.header_row, 1), f"Trang tính “{sheet.name}” bị ẩn nhưng vẫn được tính.", _HINT)
    rows = data_rows(match) if match.form.kind == "rows" else printed_rows(match).values()
    for row in sorted(set(rows) & sheet.hidden_rows):
        yield Finding(sheet.at(row, 1), f"Dòng {row} bị ẩn nhưng có số liệu và vẫn được tính.", _HINT)
    for column in sorted(set(match.columns.values()) & sheet.hidden_columns):
        yield Finding(sheet.at(match.header_row, column), f"Cột {column_letter(column)} bị ẩn nhưng vẫn được tính.", _HINT)

"""S204: figures in hidden rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.validate.match import data_rows
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import SheetContext


@rule("S204", Severity.WARNING)
def hidden_rows(context: SheetContext) -> Iterator[Finding]:
    """Có dòng số liệu đang bị ẩn.

    Dòng bị ẩn vẫn được cộng vào tổng, dù người xem không nhìn thấy.
    Cách xử lý: bỏ ẩn (chọn các dòng, nhấp chuột phải, Bỏ ẩn (Unhide)), xóa dòng thừa nếu có rồi gửi lại.
    """
    match = context.match
    if match is None or match.form.kind != "rows" or not match.sheet.hidden_rows:
        return
    for row in data_rows(match):
        if row in match.sheet.hidden_rows:
            yield Finding(match.sheet.at(row, 1), f"Dòng {row} bị ẩn nhưng có số liệu và vẫn được tính.", "Bỏ ẩn dòng, kiểm tra số liệu; dòng thừa thì xóa.")

"""C120: a value that comes out of another workbook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.validate.context import place, raw_text
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext

#: [1]Sheet!A1, '[1]Tháng 5'!A1, [1]!Tên
_ELSEWHERE = re.compile(r"\[\d+\][^\[\]!]*!")


@rule("C120", Severity.WARNING, formulas=True)
def external_value(context: CellContext) -> Iterator[Finding]:
    """Số liệu trong ô được lấy từ một tệp Excel khác.

    Tệp kia không gửi kèm; số đang có là của lần cập nhật cuối trên máy người lập, có thể đã cũ.
    Cách xử lý: mở cả hai tệp để cập nhật, rồi dán lại dưới dạng giá trị (Paste Special > Values).
    """
    cell = context.cell
    if cell.valid and cell.raw is not None and cell.raw.formula and _ELSEWHERE.search(cell.raw.formula):
        found = raw_text(cell.raw)
        message = f"{place(context.form, context.row, context.field)}: giá trị {found} lấy từ tệp Excel khác, có thể đã cũ."
        yield Finding(cell.location, message, "Đối chiếu với tệp gốc, rồi dán lại dưới dạng giá trị (Paste Special > Values).", found=cell.raw.formula)

"""C111: a code that Excel has turned into a number or a date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mtqg_cli.validate.context import place, raw_text
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.sheet import RawCell
    from mtqg_cli.validate.context import CellContext


@rule("C111", signs={"code_turned_number"})
def code_turned_number(context: CellContext) -> Iterator[Finding]:
    """Mã dự án đã bị Excel đổi thành số hoặc ngày tháng.

    Khi đó 1.10 và 1.1 không còn phân biệt được, 3.2 có thể thành ngày 3 tháng 2.
    Cách xử lý: đổi định dạng ô sang Văn bản (Text), rồi chọn lại mã trong danh sách.
    """
    cell = context.cell
    if cell.fault == "code_turned_number":
        found = raw_text(cell.raw)
        message = f"{place(context.form, context.row, context.field)}: mã đã bị Excel đổi thành “{found}”, không biết chắc mã ban đầu{_guess(cell.raw)}."
        yield Finding(cell.location, message, "Đổi định dạng ô sang Văn bản (Text), rồi chọn lại mã trong danh sách.", found=found)


def _guess(raw: RawCell | None) -> str:
    """What may have been typed: a date was day.month; 1.1 may have been 1.10."""
    if raw is not None and isinstance(raw.value, date):
        return f" (có thể là {raw.value.day}.{raw.value.month})"
    typed = raw_text(raw).replace(",", ".")
    return f" (có thể là {typed} hoặc {typed}0)" if len(typed.partition(".")[2]) == 1 else ""

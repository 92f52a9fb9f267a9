"""C115: a share of one where a percent is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.validate.context import percent_value, place, printed_label, raw_text, shown
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext

#: Rates that may honestly be below one percent, by what their rows speak of.
_LOW = ("nghèo", "suy dinh dưỡng")


@rule("C115", Severity.WARNING, types={"percent", "result"})
def ratio_for_percent(context: CellContext) -> Iterator[Finding]:
    """Tỷ lệ phần trăm có vẻ được ghi theo dạng hệ số, ví dụ 0,95 thay cho 95.

    Số liệu được giữ nguyên như đã ghi, không tự nhân 100.
    Cách xử lý: ô tính bằng % thì ghi 95 (hoặc 95%); nếu đúng là 0,95% thì không phải sửa.
    """
    cell = context.cell
    value = percent_value(context)
    if value is None or not 0 < value <= 1 or any(word in printed_label(context).casefold() for word in _LOW):
        return
    found, percent = raw_text(cell.raw), shown(value * 100, None)
    message = f"{place(context.form, context.row, context.field)}: ghi {found}, trong khi ô này tính bằng %; có thể muốn ghi {percent}."
    yield Finding(cell.location, message, f"Ghi {percent} nếu là {percent}%; nếu đúng là {found}% thì không phải làm gì thêm.", found=found, expected=percent)

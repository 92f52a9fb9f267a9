"""T316: a commune recognised at a higher level without the lower one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import shown
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import TableContext

#: From the lowest level up: each takes in the one before.
_LEVELS = ("dat-chuan", "nang-cao", "kieu-mau")


@rule("T316")
def level_not_nested(context: TableContext) -> Iterator[Finding]:
    """Xã được công nhận ở mức cao nhưng biểu không có công nhận ở mức thấp hơn.

    Xã nông thôn mới kiểu mẫu phải là xã nâng cao, xã nâng cao phải là xã đạt chuẩn; thiếu dòng thì số xã đạt chuẩn bị tính thiếu.
    Cách xử lý: bổ sung dòng công nhận ở mức thấp hơn, hoặc chọn lại mức đạt chuẩn, tình trạng.
    """
    if context.form.data != "cong-nhan-ntm":
        return
    rows = {
        (cells[0].value, cells[1].value): row
        for row in context.table.rows
        if (cells := row.known("commune", "level", "status")) and cells[2].value == "cong-nhan"
    }
    for (commune, level), row in rows.items():
        below = _LEVELS[_LEVELS.index(str(level)) - 1] if level in _LEVELS[1:] else None
        if below is not None and (commune, below) not in rows:
            quantity = context.form.column("level")
            mine, wanted = shown(level, quantity), shown(below, quantity)
            name = shown(commune, context.form.column("commune"))
            yield Finding(
                row.cells["level"].location,
                f"{name} được công nhận “{mine}” nhưng không có dòng công nhận “{wanted}”.",
                f"Bổ sung dòng công nhận “{wanted}” của xã, hoặc chọn lại mức đạt chuẩn, tình trạng.",
                found=mine,
                expected=wanted,
            )

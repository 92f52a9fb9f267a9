"""T332: a number of households that changes more than households do."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.vietnamese import format_percent
from mtqg_cli.validate.context import place, shown
from mtqg_cli.validate.registry import Finding, rule
from mtqg_cli.validate.within import any_exceeded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import TableContext


@rule("T332", Severity.WARNING, doubts=True)
def households_jump(context: TableContext) -> Iterator[Finding]:
    """Tổng số hộ cuối kỳ tăng hoặc giảm nhiều so với đầu kỳ.

    Ngưỡng để hỏi lại là 3%, do phần mềm đặt, đổi ở [rules] limits, mục bien_dong_so_ho.
    Cách xử lý: kiểm tra hai số; nếu đúng do điều chỉnh địa giới hoặc tách, nhập hộ thì giữ nguyên, nêu rõ lý do;
    cơ quan tổng hợp ghi lý do ở mục [[accepted]] của mtqg.toml.
    """
    if any_exceeded({form.id: form for form in context.request.forms}, context.tables):
        return
    limit = context.request.limit("bien_dong_so_ho")
    for row in context.table.rows if context.form.data == "so-lieu" else ():
        cells = row.known("households_opening", "households_closing")
        if cells is None or not isinstance(cells[0].value, int) or not isinstance(cells[1].value, int) or not cells[0].value:
            continue
        change = Decimal(cells[1].value - cells[0].value) * 100 / cells[0].value
        if abs(change) > limit:
            words = "tăng" if change > 0 else "giảm"
            before = shown(cells[0].value, None)
            yield Finding(
                cells[1].location,
                f"{place(context.form, row, 'households_closing')}: ghi {shown(cells[1].value, None)}, {words} {format_percent(abs(change), 1)} so với đầu kỳ ({before}).",
                "Kiểm tra số hộ đầu kỳ và cuối kỳ; nếu đúng thì giữ nguyên và nêu rõ lý do.",
                found=shown(cells[1].value, None),
                expected=f"gần {before}",
                related=(cells[0].location,),
            )

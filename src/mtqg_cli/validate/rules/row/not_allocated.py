"""R211: capital not yet allocated when most of the year is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.validate.context import place, shown
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import RowContext

#: Allocation in full is expected after the first quarter; a warning is worth reading once the year is nearly over.
_LATE = 9


@rule("R211", Severity.WARNING, forms=lambda form: form.data == "von")
def not_allocated(context: RowContext) -> Iterator[Finding]:
    """Đã hết 9 tháng mà kế hoạch vốn chưa được phân bổ chi tiết hết.

    Cách xử lý: kiểm tra cột đã phân bổ; đúng là chưa phân bổ hết thì giữ nguyên và nêu lý do ở phần tồn tại của báo cáo.
    """
    cells = context.row.known("plan_total", "allocated") if context.form.data == "von" else None
    if cells is None or context.request.period.last_month < _LATE:
        return
    plan, allocated = cells[0].value, cells[1].value
    if isinstance(plan, int) and isinstance(allocated, int) and allocated < plan:
        column = context.form.column("allocated")
        found, right = shown(allocated, column), shown(plan, column)
        yield Finding(
            cells[1].location,
            f"{place(context.form, context.row, 'allocated')}: ghi {found} trên kế hoạch {right}, còn {shown(plan - allocated, column)} chưa phân bổ.",
            "Kiểm tra số đã phân bổ; đúng là chưa phân bổ hết thì giữ nguyên và nêu lý do trong báo cáo.",
            found=found,
            expected=right,
            related=(cells[0].location,),
        )

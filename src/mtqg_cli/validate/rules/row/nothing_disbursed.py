"""R212: capital of which nothing was disbursed when most of the year is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.validate.context import place, shown
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import RowContext

_LATE = 9


@rule("R212", Severity.WARNING, forms=lambda form: form.data == "von")
def nothing_disbursed(context: RowContext) -> Iterator[Finding]:
    """Đã hết 9 tháng mà khoản vốn chưa giải ngân đồng nào.

    Cách xử lý: kiểm tra có quên ghi giải ngân, hoặc ghi nhầm vào dòng khác không; đúng là chưa giải ngân thì giữ nguyên.
    """
    cells = context.row.known("plan_total", "disbursed_total") if context.form.data == "von" else None
    if cells is None or context.request.period.last_month < _LATE:
        return
    if isinstance(cells[0].value, int) and cells[0].value > 0 and cells[1].value == 0:
        plan = shown(cells[0].value, context.form.column("plan_total"))
        yield Finding(
            cells[1].location,
            f"{place(context.form, context.row, 'disbursed_total')}: chưa giải ngân, trong khi kế hoạch là {plan} và đã hết 9 tháng.",
            "Kiểm tra có quên ghi hoặc ghi nhầm vào dòng khác không; đúng là chưa giải ngân thì giữ nguyên.",
            found="0",
            related=(cells[0].location,),
        )

"""R213: works that are paid for in full before they have begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.validate.context import place, shown
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import RowContext


@rule("R213", Severity.WARNING, forms=lambda form: form.data == "cong-trinh")
def paid_before_start(context: RowContext) -> Iterator[Finding]:
    """Công trình đang chuẩn bị đầu tư nhưng đã giải ngân hết kế hoạch vốn năm.

    Cách xử lý: kiểm tra giai đoạn thực hiện và số giải ngân, sửa ô ghi nhầm.
    """
    cells = context.row.known("stage", "plan_year", "disbursed") if context.form.data == "cong-trinh" else None
    if cells is None or cells[0].value != "chuan-bi":
        return
    plan, paid = cells[1].value, cells[2].value
    if isinstance(plan, int) and plan > 0 and paid == plan:
        stage, text = shown(cells[0].value, context.form.column("stage")), shown(paid, context.form.column("disbursed"))
        yield Finding(
            cells[2].location,
            f"{place(context.form, context.row, 'disbursed')}: ghi {text}, hết kế hoạch vốn năm, nhưng giai đoạn thực hiện ghi “{stage}”.",
            "Kiểm tra giai đoạn thực hiện và số giải ngân, sửa ô ghi nhầm.",
            found=text,
            related=(cells[0].location, cells[1].location),
        )

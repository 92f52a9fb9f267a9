"""T318: payments of which every one is a round number, as estimates are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import TableContext

_PAIRS = (("plan_carried", "disbursed_carried"), ("plan_year", "disbursed_year"))
#: Đồng.
_ROUND = 100_000_000


@rule("T318", Severity.WARNING)
def round_disbursements(context: TableContext) -> Iterator[Finding]:
    """Mọi số giải ngân trong biểu đều tròn trăm triệu đồng.

    Giải ngân theo khối lượng nghiệm thu hiếm khi tròn hết; thường là số ước. Số ô để hỏi lại do phần mềm đặt; đổi ở [rules] limits,
    mục so_o_giai_ngan_tron. Cách xử lý: ghi số theo đối chiếu với Kho bạc; nếu đúng thì chấp nhận trong mtqg.toml kèm lý do.
    """
    if context.form.data != "von":
        return
    pairs = [cells for row in context.table.rows for fields in _PAIRS if (cells := row.known(*fields)) is not None]
    # what is paid out whole is as round as its plan
    paid = [cell for plan, cell in pairs if isinstance(cell.value, int) and cell.value > 0 and cell.value != plan.value]
    if len(paid) >= context.request.limit("so_o_giai_ngan_tron") and all(isinstance(cell.value, int) and cell.value % _ROUND == 0 for cell in paid):
        yield Finding(
            paid[0].location,
            f"Cả {len(paid)} số giải ngân chưa hết kế hoạch đều tròn trăm triệu đồng.",
            "Ghi số theo đối chiếu với Kho bạc, không ghi số ước; nếu đúng thì ghi lý do ở mục [[accepted]] của mtqg.toml.",
            related=tuple(cell.location for cell in paid[1:]),
        )

"""T331: capital of which every line is disbursed to the last đồng."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import TableContext


@rule("T331", Severity.WARNING)
def everything_disbursed(context: TableContext) -> Iterator[Finding]:
    """Mọi khoản vốn đều giải ngân đúng 100%.

    Hiếm khi xảy ra; thường do chép cột kế hoạch sang cột giải ngân. Ngưỡng để hỏi lại do phần mềm đặt, đổi ở [rules] limits,
    mục so_dong_giai_ngan_het. Cách xử lý: đối chiếu với Kho bạc; nếu đúng thì giữ nguyên, nêu rõ lý do;
    cơ quan tổng hợp ghi lý do ở mục [[accepted]] của mtqg.toml.
    """
    if context.form.data != "von":
        return
    pairs = [cells for row in context.table.rows if (cells := row.known("plan_total", "disbursed_total")) is not None and cells[0].value]
    if len(pairs) >= context.request.limit("so_dong_giai_ngan_het") and all(plan.value == disbursed.value for plan, disbursed in pairs):
        yield Finding(
            pairs[0][1].location,
            f"Cả {len(pairs)} khoản vốn đều giải ngân đúng bằng kế hoạch vốn.",
            "Đối chiếu với Kho bạc: kiểm tra có chép nhầm cột kế hoạch sang cột giải ngân không; nếu đúng thì giữ nguyên và nêu rõ lý do.",
            related=tuple(disbursed.location for _, disbursed in pairs[1:]),
        )

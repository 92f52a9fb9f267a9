"""X413: figures that continue those of another poverty standard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.location import Location
from mtqg_cli.reference.poverty_line import standard_of
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import BatchContext


@rule("X413", Severity.NOTE)
def standard_changed(context: BatchContext) -> Iterator[Finding]:
    """Kỳ này và kỳ trước dùng hai chuẩn nghèo khác nhau.

    Số hộ nghèo, hộ cận nghèo của hai chuẩn không nối tiếp nhau, nên số đầu kỳ không được đối chiếu với số cuối kỳ trước.
    Cách xử lý: số đầu kỳ lấy theo kết quả rà soát của chuẩn mới; khi so sánh với kỳ trước thì báo cáo phải ghi rõ hai chuẩn.
    """
    previous = context.previous
    now = standard_of(context.batch.period.year)
    then = standard_of(previous.period.year) if previous is not None else None
    if previous is not None and now is not None and then is not None and now != then and previous.submissions:
        yield Finding(
            Location(f"data/{context.batch.period}"),
            f"{previous.period.label[:1].upper()}{previous.period.label[1:]} theo chuẩn nghèo của {then.basis}, kỳ này theo {now.basis}; số hộ đầu kỳ không được đối chiếu với cuối kỳ trước.",
            "Số đầu kỳ lấy theo kết quả rà soát của chuẩn mới; trong báo cáo, chỗ so sánh với kỳ trước ghi rõ hai chuẩn.",
        )

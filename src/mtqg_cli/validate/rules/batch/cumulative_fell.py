"""X408: a figure that runs on through the year and has fallen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.unit import REFORM_DAY
from mtqg_cli.validate.context import pairs_with, place, shown
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import BatchContext


@rule("X408", doubts=True)
def cumulative_fell(context: BatchContext) -> Iterator[Finding]:
    """Số lũy kế từ đầu năm nhỏ hơn ở báo cáo trước đó trong năm.

    Giải ngân lũy kế chỉ giảm khi có thu hồi hoặc điều chỉnh; khi đó ghi rõ ở cột “Ghi chú” thì chỉ còn là cảnh báo.
    Cách xử lý: kiểm tra có ghi số trong kỳ thay cho số lũy kế không, rồi sửa; nếu có thu hồi thì ghi ở cột “Ghi chú”.
    """
    earlier = context.earlier
    for form in context.request.forms if earlier is not None else ():
        for mine, old in pairs_with(context.batch, earlier, form):
            for field in form.cumulative:
                now, then = mine.known(field), old.known(field)
                if earlier is None or now is None or then is None or not isinstance(now[0].value, int) or not isinstance(then[0].value, int):
                    continue
                if now[0].value >= then[0].value:
                    continue
                found, before = shown(now[0].value, form.column(field)), shown(then[0].value, form.column(field))
                yield Finding(
                    now[0].location,
                    f"{place(form, mine, field)}: ghi {found}, ít hơn số lũy kế {before} ở báo cáo {earlier.period.label}.",
                    "Ghi số lũy kế từ đầu năm, không phải số trong kỳ; nếu có thu hồi, điều chỉnh thì ghi ở cột “Ghi chú”.",
                    found=found,
                    expected=f"từ {before} trở lên",
                    related=(then[0].location._replace(file=f"{earlier.period}/{then[0].location.file}"),),
                    severity=Severity.WARNING if mine.value("note") or earlier.period.end < REFORM_DAY <= context.batch.period.end else None,
                )

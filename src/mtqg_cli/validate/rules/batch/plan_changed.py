"""X409: a plan that has changed within the year without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.validate.context import pairs_with, place, shown
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import BatchContext


@rule("X409", Severity.WARNING)
def plan_changed(context: BatchContext) -> Iterator[Finding]:
    """Kế hoạch vốn khác với báo cáo trước đó trong năm mà không ghi văn bản điều chỉnh.

    Cách xử lý: kiểm tra số kế hoạch; nếu có điều chỉnh thì ghi số, ngày văn bản ở cột “Ghi chú” của dòng đó.
    """
    earlier = context.earlier
    for form in context.request.forms if earlier is not None else ():
        for mine, old in pairs_with(context.batch, earlier, form):
            for field in form.steady if not mine.value("note") else ():
                now, then = mine.known(field), old.known(field)
                if earlier is None or now is None or then is None or now[0].value == then[0].value:
                    continue
                found, before = shown(now[0].value, form.column(field)), shown(then[0].value, form.column(field))
                yield Finding(
                    now[0].location,
                    f"{place(form, mine, field)}: ghi {found}, nhưng báo cáo {earlier.period.label} ghi {before}.",
                    "Kiểm tra số kế hoạch; nếu có điều chỉnh thì ghi số, ngày văn bản điều chỉnh ở cột “Ghi chú”.",
                    found=found,
                    expected=before,
                    related=(then[0].location._replace(file=f"{earlier.period}/{then[0].location.file}"),),
                )

"""T307: a criterion marked as met although one of its indicators is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import TableContext


@rule("T307", Severity.WARNING)
def criterion_mark(context: TableContext) -> Iterator[Finding]:
    """Tiêu chí đánh giá Đạt trong khi có chỉ tiêu của nó Chưa đạt.

    Đánh giá của xã vẫn là căn cứ tổng hợp. Cách xử lý: xem lại tiêu chí và chỉ tiêu, sửa nếu đánh giá nhầm.
    """
    if not context.form.criteria_set:
        return
    rows = context.table.rows
    for row in rows:
        if row.value("level") != "criterion" or row.value("mark") != "dat":
            continue
        prefix = f"{row.value('key')}."
        failing = [each for each in rows if str(each.value("key")).startswith(prefix) and each.value("mark") == "chua"]
        if failing:
            names = ", ".join(str(each.value("key")) for each in failing)
            yield Finding(
                row.cells["mark"].location,
                f"Tiêu chí {row.value('key')} đánh giá Đạt, nhưng chỉ tiêu {names} đánh giá Chưa đạt.",
                "Xem lại đánh giá của tiêu chí và các chỉ tiêu, sửa nếu nhầm.",
                found="Đạt",
                related=tuple(each.cells["mark"].location for each in failing),
            )

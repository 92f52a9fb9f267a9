"""T307: a criterion marked as met although one of its indicators is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.table import Row
    from mtqg_cli.validate.context import TableContext


@rule("T307", Severity.WARNING, forms=lambda form: form.criteria_set)
def criterion_mark(context: TableContext) -> Iterator[Finding]:
    """Đánh giá của tiêu chí trái với đánh giá của các chỉ tiêu trong tiêu chí đó.

    Đánh giá của xã vẫn là căn cứ tổng hợp. Cách xử lý: xem lại đánh giá của tiêu chí và các chỉ tiêu, sửa ô ghi nhầm.
    """
    if not context.form.criteria_set:
        return
    rows = [(str(row.value("key")), row) for row in context.table.rows]
    for key, row in rows:
        if row.value("level") != "criterion":
            continue
        parts = [each for number, each in rows if number.startswith(f"{key}.")]
        failing = [each for each in parts if each.value("mark") == "chua"]
        if row.value("mark") == "dat" and failing:
            names = ", ".join(str(each.value("key")) for each in failing)
            yield _finding(row, f"ghi Đạt, nhưng chỉ tiêu {names} ghi Chưa đạt.", failing)
        elif row.value("mark") == "chua" and parts and all(each.value("mark") == "dat" for each in parts):
            yield _finding(row, "ghi Chưa đạt, nhưng mọi chỉ tiêu đều ghi Đạt.", parts)


def _finding(row: Row, message: str, parts: list[Row]) -> Finding:
    return Finding(
        row.cells["mark"].location,
        f"Tiêu chí {row.value('key')} {message}",
        "Xem lại đánh giá của tiêu chí và các chỉ tiêu, sửa ô ghi nhầm.",
        found="Đạt" if row.value("mark") == "dat" else "Chưa đạt",
        related=tuple(each.cells["mark"].location for each in parts),
    )

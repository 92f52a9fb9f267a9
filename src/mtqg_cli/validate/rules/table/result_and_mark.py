"""T317: a result that contradicts the mark, where the threshold is known."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.validate.context import shown
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import TableContext

_THRESHOLD = re.compile(r"([≥≤=]) (\d+(?:,\d+)?)")
_RESULT = re.compile(r"(\d+(?:,\d+)?) ?%?")


@rule("T317", Severity.WARNING, forms=lambda form: form.criteria_set)
def result_and_mark(context: TableContext) -> Iterator[Finding]:
    """Kết quả thực hiện trái với đánh giá Đạt hoặc Chưa đạt, xét theo mức quy định in trên biểu.

    Chỉ xét chỉ tiêu có mức quy định lấy từ nguồn công khai; đánh giá của xã vẫn là căn cứ tổng hợp.
    Cách xử lý: kiểm tra kết quả và đánh giá, sửa ô ghi nhầm; đúng cả hai thì giữ nguyên và ghi lý do vào cột ghi chú.
    """
    for row in context.table.rows if context.form.criteria_set else ():
        printed = context.form.row(str(row.value("key")))
        threshold = _THRESHOLD.fullmatch(printed.texts.get("threshold", "")) if printed is not None else None
        cells = row.known("result", "mark")
        value = _number(cells[0].value) if cells is not None else None
        if printed is None or threshold is None or cells is None or value is None:
            continue
        limit = _decimal(threshold[2])
        reached = {"≥": value >= limit, "≤": value <= limit, "=": value == limit}[threshold[1]]
        if reached == (cells[1].value == "dat"):
            continue
        mark = shown(cells[1].value, context.form.column("mark"))
        label = {"criterion": "Tiêu chí", "both": "Tiêu chí", "condition": "Điều kiện"}.get(printed.level, "Chỉ tiêu")
        yield Finding(
            cells[1].location,
            f"{label} {printed.key}: kết quả ghi {shown(cells[0].value, None)}, mức quy định {printed.texts['threshold']}, nhưng đánh giá {mark}.",
            "Kiểm tra kết quả và đánh giá, sửa ô ghi nhầm; đúng cả hai thì giữ nguyên và ghi lý do vào cột ghi chú.",
            found=mark,
            expected="Đạt" if reached else "Chưa đạt",
            related=(cells[0].location,),
        )


def _number(value: object) -> Decimal | None:
    """A result as a number: 82, 82,5, 82%; None for words."""
    if isinstance(value, Decimal | int):
        return Decimal(value)
    match = _RESULT.fullmatch(str(value).strip())
    return _decimal(match[1]) if match is not None else None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))

"""R207: a grade that is not the one of the points."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.validate.context import column_title, place, shown
from mtqg_cli.validate.registry import Finding, rule
from mtqg_cli.validate.strands import severity_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import RowContext


@rule("R207", forms=lambda form: form.grade)
def grade_and_points(context: RowContext) -> Iterator[Finding]:
    """Số sao của sản phẩm OCOP không khớp với số điểm.

    Khung xếp hạng: từ 50 điểm 3 sao, từ 70 điểm 4 sao, từ 90 điểm 5 sao.
    Cách xử lý: đối chiếu với quyết định công nhận, sửa số sao hoặc số điểm.
    """
    for line in context.form.grade:
        cells = context.row.known(line.grade, line.points)
        if cells is None or not isinstance(cells[1].value, int | Decimal):
            continue
        reached = [grade for grade, least in line.lowest.items() if cells[1].value >= least]
        right = max(reached, key=lambda grade: line.lowest[grade]) if reached else None
        if str(cells[0].value) == right:
            continue
        grade = context.form.column(line.grade)
        unit = grade.unit if grade is not None else ""
        found, points = str(cells[0].value), shown(cells[1].value, context.form.column(line.points))
        words = f"ứng với {right} {unit}" if right is not None else "chưa đủ để xếp hạng"
        yield Finding(
            cells[0].location,
            f"{place(context.form, context.row, line.grade)}: ghi {found}, nhưng {column_title(context.form, line.points)} là {points}, {words}.",
            line.hint or "Đối chiếu với quyết định công nhận, sửa ô ghi sai.",
            found=found,
            expected=right,
            related=(cells[1].location,),
            severity=severity_of(line),
        )

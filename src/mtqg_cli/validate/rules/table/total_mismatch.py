"""T302: a total row that is not the sum of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import place, shown
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import TableContext


@rule("T302")
def total_mismatch(context: TableContext) -> Iterator[Finding]:
    """Dòng tổng cộng không bằng tổng các dòng phía trên.

    Thường do công thức SUM bỏ sót dòng cuối hoặc tổng được gõ tay. Cách xử lý: khôi phục công thức tổng, hoặc sửa dòng ghi sai.
    """
    total = context.table.total
    for field, cell in total.cells.items() if total is not None else ():
        values = [row.value(field) for row in context.table.rows]
        if not cell.valid or not isinstance(cell.value, int) or not all(isinstance(value, int) for value in values):
            continue
        expected = sum(value for value in values if isinstance(value, int))
        if total is None or cell.value == expected:
            continue
        column = context.form.column(field)
        found, right = shown(cell.value, column), shown(expected, column)
        yield Finding(
            cell.location,
            f"{place(context.form, total, field)}: ghi {found}, nhưng cộng {len(values)} dòng phía trên được {right}.",
            "Khôi phục công thức tổng (cộng đủ từ dòng đầu đến dòng cuối), hoặc sửa dòng ghi sai.",
            found=found,
            expected=right,
            remedies=((cell.location, expected - cell.value), *((row.cells[field].location, cell.value - expected) for row in context.table.rows)),
        )

"""R201: a worked-out cell that is not what its parts give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import place, shown
from mtqg_cli.validate.registry import Finding, rule
from mtqg_cli.validate.tables import computed_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.location import Location
    from mtqg_cli.core.table import Cell
    from mtqg_cli.reference.form import Column
    from mtqg_cli.validate.context import RowContext


@rule("R201", forms=lambda form: any(column.computed for column in form.columns))
def computed_mismatch(context: RowContext) -> Iterator[Finding]:
    """Ô tự tính không khớp với các cột thành phần.

    Gồm cân đối hộ nghèo, hộ cận nghèo cuối kỳ (9=1-2-3-4+5+6+7+8), tổng kế hoạch vốn, tổng giải ngân.
    Công thức của biểu mẫu đã bị ghi đè bằng số gõ tay. Cách xử lý: sửa cột thành phần ghi sai, hoặc khôi phục công thức.
    """
    for column in context.form.columns:
        cells = context.row.known(column.field, *(name for _, name in column.terms)) if column.computed else None
        if cells is None:
            continue
        expected = computed_value(column, context.row.cells)
        if expected is None or cells[0].value == expected:
            continue
        numbers = context.form.layout.numbers
        found, right = shown(cells[0].value, column), shown(expected, column)
        yield Finding(
            cells[0].location,
            f"{place(context.form, context.row, column.field)}: ghi {found}, nhưng tính theo {numbers[column.field]} được {right}.",
            "Kiểm tra các cột thành phần, sửa cột ghi sai; cột này để công thức tự tính.",
            found=found,
            expected=right,
            related=tuple(cell.location for cell in cells[1:]),
            remedies=_remedies(column, cells, expected),
        )


def _remedies(column: Column, cells: tuple[Cell, ...], expected: int) -> tuple[tuple[Location, int], ...]:
    """The result itself, or any one of its parts."""
    if not isinstance(cells[0].value, int):
        return ()
    surplus = cells[0].value - expected
    return ((cells[0].location, -surplus), *((cell.location, sign * surplus) for (sign, _), cell in zip(column.terms, cells[1:], strict=True)))

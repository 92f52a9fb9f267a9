"""T313: a printed row that is worked out from others, and is not what they give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import column_title, shown
from mtqg_cli.validate.registry import Finding, rule
from mtqg_cli.validate.strands import by_key, row_title, terms_in_words
from mtqg_cli.validate.tables import printed_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.location import Location
    from mtqg_cli.core.table import Cell
    from mtqg_cli.validate.context import TableContext


@rule("T313", doubts=True)
def printed_sum_mismatch(context: TableContext) -> Iterator[Finding]:
    """Dòng cộng in sẵn không bằng tổng các dòng thành phần.

    Ví dụ: cộng các nguồn lực huy động, tổng số nhà được hỗ trợ, tổng số lượt thiếu hụt. Công thức của biểu mẫu đã bị ghi đè bằng số gõ tay.
    Cách xử lý: sửa dòng thành phần ghi sai, hoặc khôi phục công thức của dòng cộng.
    """
    rows = by_key(context.table)
    for printed in context.form.rows:
        row = rows.get(printed.key) if printed.computed else None
        for column in context.form.figures if row is not None else ():
            known = row.known(column.field) if row is not None else None
            expected = printed_value(printed, column.field, rows)
            if known is None or expected is None or known[0].value == expected:
                continue
            title = row_title(context.form, printed.key)
            found, right = shown(known[0].value, column), shown(expected, column)
            parts = tuple(key for _, key in printed.terms)
            yield Finding(
                known[0].location,
                f"{title[0].upper()}{title[1:]}, {column_title(context.form, column.field)}: ghi {found}, nhưng cộng {terms_in_words(context.form, parts)} được {right}.",
                "Kiểm tra các dòng thành phần, sửa dòng ghi sai; dòng cộng để công thức tự tính.",
                found=found,
                expected=right,
                related=tuple(rows[key].cells[column.field].location for key in parts),
                remedies=_remedies(known[0], [(sign, rows[key].cells[column.field]) for sign, key in printed.terms], expected),
            )


def _remedies(whole: Cell, parts: list[tuple[int, Cell]], expected: int) -> tuple[tuple[Location, int], ...]:
    """The row's own cell, or one of its parts, changed by what is missing."""
    if not isinstance(whole.value, int):
        return ()
    missing = whole.value - expected
    return ((whole.location, -missing), *((cell.location, sign * missing) for sign, cell in parts))

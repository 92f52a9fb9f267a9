"""S206: rows with figures below the end of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.match import end_of_data, rows_beyond
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import SheetContext


@rule("S206")
def beyond_the_table(context: SheetContext) -> Iterator[Finding]:
    """Có dòng số liệu nằm dưới dòng tổng cộng hoặc dưới phần ký, không được tính.

    Thường do chèn một dòng cộng ở giữa bảng, hoặc ghi tiếp dưới dòng tổng khi hết dòng trống.
    Cách xử lý: chuyển các dòng đó lên trên dòng tổng cộng; bỏ dòng cộng ở giữa bảng.
    """
    match = context.match
    if match is None or match.form.kind != "rows":
        return
    rows = rows_beyond(match)
    if rows:
        end = end_of_data(match)
        named = ", ".join(str(row) for row in rows[:10]) + (" …" if len(rows) > 10 else "")  # noqa: PLR2004 - enough to find them
        yield Finding(
            match.sheet.at(rows[0], match.serial_column),
            f"Dòng {named} có số liệu nhưng nằm dưới dòng {end} (dòng tổng hoặc phần ký), nên không được tính.",
            f"Chuyển các dòng này lên trên dòng {end}; nếu dòng {end} là dòng cộng ở giữa bảng thì xóa.",
            related=(match.sheet.at(end, match.serial_column),),
        )

"""T305: a table in which nothing was filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.registry import Finding, rule
from mtqg_cli.validate.tables import is_unfilled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import TableContext


@rule("T305")
def no_rows(context: TableContext) -> Iterator[Finding]:
    """Biểu chưa điền dòng nào.

    Biểu trống không có nghĩa là bằng 0. Cách xử lý: ghi đủ các dòng, không phát sinh thì ghi 0 ở từng dòng.
    """
    form = context.form
    if form.may_be_empty or not is_unfilled(context.table, form, context.request.period.kind):
        return
    hint = (
        f"Ghi mỗi {form.subject} một dòng; không phát sinh thì ghi 0." if form.kind == "rows" else "Điền đủ các ô bắt buộc của biểu; không phát sinh thì ghi 0."
    )
    yield Finding(context.table.location, f"Biểu “{form.title}” chưa điền {'dòng' if form.kind == 'rows' else 'ô'} nào.", hint)

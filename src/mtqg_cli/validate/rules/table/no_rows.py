"""T305: a table in which nothing was filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import TableContext


@rule("T305")
def no_rows(context: TableContext) -> Iterator[Finding]:
    """Biểu chưa điền dòng nào.

    Biểu trống không có nghĩa là bằng 0. Cách xử lý: ghi đủ các dòng, không phát sinh thì ghi 0 ở từng dòng.
    """
    if context.form.kind == "rows" and not context.table.rows and not context.form.may_be_empty:
        yield Finding(
            context.table.location,
            f"Biểu “{context.form.title}” chưa điền dòng nào.",
            f"Ghi mỗi {context.form.subject} một dòng; không phát sinh thì ghi 0.",
        )

"""T311: parts counted on other sheets that are together more than the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import column_title
from mtqg_cli.validate.registry import Finding, rule
from mtqg_cli.validate.within import exceeded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import TableContext


@rule("T311", doubts=True, forms=lambda form: form.within)
def more_than_the_whole(context: TableContext) -> Iterator[Finding]:
    """Hộ nghèo và hộ cận nghèo cộng lại nhiều hơn tổng số hộ dân cư.

    Cách xử lý: kiểm tra tổng số hộ ở Biểu 06 và số hộ nghèo, hộ cận nghèo ở Biểu 02, Biểu 03, sửa biểu ghi sai.
    """
    for line in context.form.within:
        found = exceeded(context.form, line, context.tables)
        if found is not None:
            whole, total = found
            title = column_title(context.form, line.whole)
            yield Finding(
                whole.location,
                f"{title[0].upper()}{title[1:]}: ghi {whole.value}, ít hơn số hộ nghèo và hộ cận nghèo cộng lại ({total}).",
                "Kiểm tra tổng số hộ và số hộ nghèo, hộ cận nghèo của xã, sửa biểu ghi sai.",
                found=str(whole.value),
                expected=f"từ {total} trở lên",
            )

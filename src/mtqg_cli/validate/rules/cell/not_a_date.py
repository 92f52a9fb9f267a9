"""C110: something else where a date belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import format_date
from mtqg_cli.validate.context import place, raw_text
from mtqg_cli.validate.parse import likely_date
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext


@rule("C110", signs={"not_a_date"})
def not_a_date(context: CellContext) -> Iterator[Finding]:
    """Ô ngày tháng không đọc thành ngày được.

    Cách xử lý: ghi theo thứ tự ngày/tháng/năm, ví dụ 20/6/2024.
    """
    cell = context.cell
    if cell.fault == "not_a_date":
        found = raw_text(cell.raw)
        likely = likely_date(cell.raw) if cell.raw is not None else None
        guess = f", có thể là ngày {format_date(likely)}" if likely is not None else ""
        message = f"{place(context.form, context.row, context.field)}: “{found}” không phải là ngày tháng hợp lệ{guess}."
        yield Finding(cell.location, message, "Ghi theo thứ tự ngày/tháng/năm, ví dụ 20/6/2024.", found=found, expected="ngày/tháng/năm")

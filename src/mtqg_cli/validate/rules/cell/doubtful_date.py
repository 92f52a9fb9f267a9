"""C119: a date that was perhaps meant otherwise."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.vietnamese import format_date
from mtqg_cli.validate.context import CLOSING_DAY, place, raw_text
from mtqg_cli.validate.parse import swapped
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext

_HINT = "Nếu đúng thì không phải làm gì thêm; nếu sai thì ghi lại theo thứ tự ngày/tháng/năm."


@rule("C119", Severity.WARNING, types={"date"})
def doubtful_date(context: CellContext) -> Iterator[Finding]:
    """Ngày tháng đọc được nhưng đáng ngờ: năm ghi hai chữ số, ngày sau kỳ báo cáo, hoặc ngày và tháng có thể bị đảo.

    Excel cài theo kiểu Mỹ đổi 5/6/2024 thành ngày 06 tháng 5 mà không báo.
    Cách xử lý: kiểm tra lại ngày; sai thì ghi lại theo thứ tự ngày/tháng/năm.
    """
    cell, period = context.cell, context.request.period
    if not cell.valid or not isinstance(cell.value, date):
        return
    where, read, found = place(context.form, context.row, context.field), format_date(cell.value), raw_text(cell.raw)
    other = swapped(cell.value)
    if cell.remark == "short_year":
        yield Finding(cell.location, f"{where}: “{found}” đã đọc là ngày {read}.", _HINT, found=found, expected=read)
    elif any(context.field == line.until for line in context.form.expiry):
        return  # what expires lies ahead by its nature, and is compared with what it runs from
    elif other is not None and cell.value != period.as_of and (other == period.as_of or (cell.value > period.end and other <= period.end)):
        meant = format_date(other)
        yield Finding(cell.location, f"{where}: Excel có thể đã đảo ngày và tháng: đang là {read}, có thể đúng là {meant}.", _HINT, found=read, expected=meant)
    elif cell.value > period.end and context.field != CLOSING_DAY:  # that day is compared with the report's
        message = f"{where}: ghi {read}, sau ngày kết thúc kỳ báo cáo ({format_date(period.end)})."
        yield Finding(cell.location, message, _HINT, found=read)

"""R208: a last day that does not follow from the day of the decision."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import format_date
from mtqg_cli.validate.context import place
from mtqg_cli.validate.registry import Finding, rule
from mtqg_cli.validate.strands import holds_for, severity_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import RowContext


@rule("R208", forms=lambda form: form.expiry)
def expiry_differs(context: RowContext) -> Iterator[Finding]:
    """Ngày hết giá trị không phải là 36 tháng sau ngày quyết định công nhận sản phẩm OCOP.

    Cách xử lý: đối chiếu với quyết định công nhận, sửa ngày ghi sai.
    """
    for line in context.form.expiry:
        cells = context.row.known(line.until, line.since) if holds_for(line.when, context.row) else None
        if cells is None or not isinstance(cells[0].value, date) or not isinstance(cells[1].value, date):
            continue
        right = months_after(cells[1].value, line.months)
        # some count the day of the decision itself: the last day is then one earlier
        if 0 <= (right - cells[0].value).days <= 1:
            continue
        found, expected = format_date(cells[0].value), format_date(right)
        yield Finding(
            cells[0].location,
            f"{place(context.form, context.row, line.until)}: ghi {found}, nhưng {line.months} tháng sau ngày quyết định {format_date(cells[1].value)} là {expected}.",
            line.hint or "Đối chiếu với quyết định công nhận, sửa ngày ghi sai.",
            found=found,
            expected=expected,
            related=(cells[1].location,),
            severity=severity_of(line),
        )


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))

"""R210: money of a level of government that is no more."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.vietnamese import format_date
from mtqg_cli.validate.context import place, shown
from mtqg_cli.validate.registry import Finding, rule
from mtqg_cli.validate.strands import holds_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import RowContext


@rule("R210", Severity.WARNING, forms=lambda form: form.ended)
def level_abolished(context: RowContext) -> Iterator[Finding]:
    """Ghi vốn ngân sách huyện trong kỳ bắt đầu từ ngày 01/7/2025, khi không còn cấp huyện.

    Kỳ có cả thời gian trước ngày đó thì vẫn được ghi. Cách xử lý: ghi vốn vào ngân sách tỉnh hoặc ngân sách xã đã tiếp nhận.
    """
    for line in context.form.ended:
        cells = context.row.known(line.field) if context.request.period.start >= line.day and holds_for(line.when, context.row) else None
        if cells is not None and isinstance(cells[0].value, int | Decimal) and cells[0].value > 0:
            text = shown(cells[0].value, context.form.column(line.field))
            yield Finding(
                cells[0].location,
                f"{place(context.form, context.row, line.field)}: ghi {text} cho cấp huyện, nhưng từ ngày {format_date(line.day)} không còn cấp này.",
                line.hint or "Ghi vốn vào cấp ngân sách đã tiếp nhận.",
                found=text,
            )

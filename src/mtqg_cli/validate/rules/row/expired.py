"""R209: something that no longer held on the reporting day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.vietnamese import format_date
from mtqg_cli.validate.context import place
from mtqg_cli.validate.registry import Finding, rule
from mtqg_cli.validate.strands import holds_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import RowContext


@rule("R209", Severity.WARNING, forms=lambda form: form.expiry)
def expired(context: RowContext) -> Iterator[Finding]:
    """Kết quả công nhận sản phẩm OCOP đã hết giá trị vào ngày chốt số liệu.

    Cách xử lý: sản phẩm đã được công nhận lại thì ghi theo quyết định mới; chưa thì chọn lại bước thực hiện.
    """
    day = context.request.period.as_of
    for line in context.form.expiry:
        cells = context.row.known(line.until) if holds_for(line.when, context.row) else None
        if cells is not None and isinstance(cells[0].value, date) and cells[0].value < day:
            found = format_date(cells[0].value)
            yield Finding(
                cells[0].location,
                f"{place(context.form, context.row, line.until)}: ghi {found}, đã hết giá trị vào ngày chốt số liệu {format_date(day)}.",
                "Đã được công nhận lại thì ghi theo quyết định mới; chưa thì chọn lại bước thực hiện.",
                found=found,
                expected=f"từ {format_date(day)} trở đi",
            )

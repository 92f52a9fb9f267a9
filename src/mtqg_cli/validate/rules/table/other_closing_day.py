"""T309: figures counted to another day than the report's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.vietnamese import format_date
from mtqg_cli.validate.parse import swapped
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import TableContext


@rule("T309", Severity.WARNING)
def other_closing_day(context: TableContext) -> Iterator[Finding]:
    """Ngày chốt số liệu của xã khác ngày chốt của báo cáo.

    Báo cáo in “Số liệu tính đến ngày …”; số chốt ở ngày khác thì câu đó không đúng với xã này.
    Cách xử lý: đề nghị xã cập nhật số liệu đến đúng ngày; nếu ngày chốt của báo cáo ghi sai thì sửa [reporting] cutoff trong mtqg.toml.
    """
    wanted = context.request.period.as_of
    for row in context.table.rows if context.form.id == "thong-tin" else ():
        cells = row.known("data_date")
        if cells is not None and isinstance(cells[0].value, date) and cells[0].value != wanted and swapped(cells[0].value) != wanted:
            found, expected = format_date(cells[0].value), format_date(wanted)
            yield Finding(
                cells[0].location,
                f"Xã chốt số liệu ngày {found}, nhưng báo cáo tính đến ngày {expected}.",
                f"Cập nhật số liệu đến hết ngày {expected}, ghi lại ngày chốt rồi gửi lại.",
                found=found,
                expected=expected,
            )

"""X401: a unit that has not sent its workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.location import Location
from mtqg_cli.reference.unit import workbook_names
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import BatchContext


@rule("X401")
def missing_submission(context: BatchContext) -> Iterator[Finding]:
    """Một đơn vị chưa gửi báo cáo của kỳ.

    Số liệu tổng hợp sẽ thiếu phần của đơn vị đó. Cách xử lý: đôn đốc đơn vị gửi; nếu được phép không báo cáo thì ghi vào
    [[not_reporting]] trong mtqg.toml kèm lý do, khi đó báo cáo nêu rõ thiếu đơn vị nào.
    """
    names = workbook_names(context.request.unit, context.request.communes)
    unread = {each.file for each in context.batch.files if each.unit is None}
    for unit in context.batch.missing:
        # a file of this name that could not be read is told already: the unit has sent something
        if unit.code in context.request.excused or names.get(unit.code) in unread:
            continue
        own = unit.code == context.request.unit.code
        what = f"Thiếu tệp của {unit.label} (don-vi.xlsx)" if own else f"{unit.name} (mã {unit.code}) chưa gửi báo cáo"
        yield Finding(
            Location(f"data/{context.batch.period}"),
            f"{what} kỳ {context.batch.period.label}.",
            "Lập tệp bằng mtqg forms rồi đặt vào thư mục dữ liệu."
            if own
            else "Đôn đốc đơn vị gửi; được phép không báo cáo thì ghi lý do ở mục [[not_reporting]] của mtqg.toml.",
            expected=unit.name,
        )

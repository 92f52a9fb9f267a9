"""F109: a workbook of another period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import FileContext


@rule("F109")
def wrong_period(context: FileContext) -> Iterator[Finding]:
    """Kỳ báo cáo ghi trong tệp khác kỳ đang tổng hợp.

    Cách xử lý: đề nghị đơn vị gửi tệp của đúng kỳ, hoặc chuyển tệp sang thư mục data của kỳ đó.
    """
    identity = context.identity
    if identity is None or identity.unit is None:  # another district's file is told as that
        return
    wanted = context.request.period
    if identity.period is None or str(identity.period) != str(wanted):
        found = identity.period.label if identity.period is not None else identity.period_text
        named = f"Tệp ghi kỳ báo cáo “{found}”, trong khi" if found else "Tệp không ghi kỳ báo cáo;"
        yield Finding(
            identity.period_face,
            f"{named} kỳ đang tổng hợp là {wanted.label}.",
            "Gửi tệp của đúng kỳ báo cáo; nếu đặt nhầm thư mục thì chuyển tệp sang thư mục của kỳ đó.",
            found=found,
            expected=wanted.label,
        )

"""F108: a workbook of a unit that does not belong here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import FileContext


@rule("F108")
def wrong_unit(context: FileContext) -> Iterator[Finding]:
    """Đơn vị ghi trong tệp không thuộc danh sách đơn vị của báo cáo.

    Tên hoặc mã đơn vị không có trong danh mục hành chính tại thời điểm báo cáo, hoặc thuộc đơn vị khác.
    Cách xử lý: kiểm tra xem tệp có gửi nhầm nơi không; nếu đơn vị đổi tên, sửa [unit] date trong mtqg.toml.
    """
    identity = context.identity
    if identity is not None and identity.unit is None:
        unit = context.request.unit
        code = f" (mã {identity.unit_code})" if identity.unit_code else ""
        named = f"Đơn vị “{identity.unit_text}”{code} ghi trong tệp không thuộc {unit.label}" if identity.unit_text or code else "Tệp không ghi tên đơn vị"
        yield Finding(
            identity.face,
            f"{named}.",
            "Kiểm tra tệp có gửi nhầm nơi nhận không; dùng đúng biểu mẫu đã phát cho đơn vị rồi gửi lại.",
            found=identity.unit_text,
            expected=unit.name,
        )

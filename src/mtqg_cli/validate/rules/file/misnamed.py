"""F111: a file name that speaks of another unit than the stamp."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.location import Location
from mtqg_cli.core.vietnamese import bare_key
from mtqg_cli.reference.unit import workbook_names
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import FileContext


@rule("F111", Severity.WARNING)
def misnamed(context: FileContext) -> Iterator[Finding]:
    """Tên tệp mang tên một đơn vị khác với đơn vị ghi trong tệp.

    Đơn vị ghi trong tệp được lấy làm căn cứ, tên tệp không quyết định.
    Cách xử lý: mở tệp kiểm tra là số liệu của đơn vị nào, rồi đổi lại tên tệp cho khớp.
    """
    identity = context.identity
    if identity is None or identity.unit is None:
        return
    stem = bare_key(context.source.file.rsplit(".", 1)[0])
    names = workbook_names(context.request.unit, context.request.communes)
    other = next((unit for unit in context.request.communes if bare_key(names[unit.code].removesuffix(".xlsx")) == stem), None)
    if other is None and bare_key(identity.unit.proper_name) not in stem:
        other = next((unit for unit in context.request.communes if bare_key(unit.proper_name) in stem), None)
    if other is not None and other.code != identity.unit.code:
        yield Finding(
            Location(context.source.file),
            f"Tên tệp ghi {other.label}, nhưng trong tệp là số liệu của {identity.unit.label}.",
            "Kiểm tra tệp là số liệu của đơn vị nào, rồi đổi tên tệp cho khớp.",
            found=context.source.file,
            expected=identity.unit.label,
        )

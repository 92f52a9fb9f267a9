"""F107: a workbook made from another version of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.location import Location
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import FileContext


@rule("F107")
def old_form(context: FileContext) -> Iterator[Finding]:
    """Biểu được lập trên phiên bản khác của biểu mẫu.

    Số liệu của phiên bản khác có thể nằm ở cột khác, nên không dùng thay được.
    Cách xử lý: phát lại biểu mẫu hiện hành bằng mtqg forms; đơn vị chép số liệu sang và gửi lại.
    """
    identity = context.identity
    if identity is None or identity.unit is None:
        return
    for form in context.request.forms_for(identity.unit):
        version = identity.versions.get(form.id)
        if version is not None and version != form.version:
            yield Finding(
                Location(context.source.file, identity.sheets.get(form.id, form.sheet)),
                f"Biểu “{form.title}” lập theo phiên bản {version} của biểu mẫu, phiên bản hiện hành là {form.version}.",
                "Chép số liệu sang biểu mẫu hiện hành do cơ quan tổng hợp phát lại, rồi gửi lại.",
                found=version,
                expected=form.version,
            )

"""R204: a row of which most was left blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import column_title, unfinished_fields
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import RowContext


@rule("R204", forms=lambda form: form.kind == "rows")
def unfinished(context: RowContext) -> Iterator[Finding]:
    """Dòng mới điền dở: nhiều ô bắt buộc còn trống.

    Để trống nghĩa là chưa có số liệu, không được coi là số 0.
    Cách xử lý: điền đủ các ô bắt buộc của dòng, không phát sinh thì ghi 0; dòng thừa thì xóa nội dung.
    """
    blank = unfinished_fields(context.row, context.form, context.request.period.kind)
    if blank:
        titles = ", ".join(column_title(context.form, name) for name in blank[:3]) + (" và các cột khác" if len(blank) > 3 else "")  # noqa: PLR2004 - enough to see
        yield Finding(
            context.row.cells[blank[0]].location,
            f"{context.row.label[:1].upper()}{context.row.label[1:]}: còn trống {len(blank)} ô bắt buộc, gồm {titles}.",
            "Điền đủ các ô bắt buộc của dòng, không phát sinh thì ghi 0; dòng thừa thì xóa nội dung.",
            related=tuple(context.row.cells[name].location for name in blank[1:]),
        )

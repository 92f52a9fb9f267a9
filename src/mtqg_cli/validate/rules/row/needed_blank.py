"""R206: cells that a row of this kind needs, left blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import column_title, shown
from mtqg_cli.validate.registry import Finding, rule
from mtqg_cli.validate.strands import holds_for, severity_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.reference.lines import Needed
    from mtqg_cli.validate.context import RowContext


@rule("R206", forms=lambda form: form.needed)
def needed_blank(context: RowContext) -> Iterator[Finding]:
    """Dòng đã được công nhận nhưng thiếu thông tin của quyết định công nhận.

    Ví dụ: sản phẩm OCOP đã công nhận thiếu số sao, số quyết định, ngày quyết định; xã được công nhận trong năm thiếu số, ngày quyết định.
    Cách xử lý: ghi theo quyết định công nhận; chưa có quyết định thì chọn lại tình trạng.
    """
    for line in context.form.needed:
        row = context.row
        blank = [field for field in line.fields if field in row.cells and row.cells[field].blank]
        if not blank or not holds_for(line.when, row) or not _concerns(line, context):
            continue
        state = ", ".join(f"“{shown(row.value(field), context.form.column(field))}”" for field in line.when)
        titles = ", ".join(column_title(context.form, field) for field in blank)
        yield Finding(
            row.cells[blank[0]].location,
            f"{row.label[:1].upper()}{row.label[1:]}: {state} nhưng còn trống {titles}.",
            line.hint or "Điền đủ các ô còn trống.",
            related=tuple(row.cells[field].location for field in blank[1:]),
            severity=severity_of(line),
        )


def _concerns(line: Needed, context: RowContext) -> bool:
    """Whether the line asks for these cells: always, or from the report's year on, or because some of them are there."""
    year = str(context.row.value(line.since)) if line.since else ""
    recent = year.isdigit() and int(year) >= context.request.period.year
    return not line.since or recent or any(not context.row.cells[field].blank for field in line.fields if field in context.row.cells)

"""C101: a required cell is blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.reference.quantity import NUMERIC
from mtqg_cli.validate.context import place, unfinished_fields
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext


@rule("C101", signs={"blank", "merged"})
def required_blank(context: CellContext) -> Iterator[Finding]:
    """Ô bắt buộc đang để trống.

    Để trống nghĩa là chưa có số liệu, không được coi là số 0.
    Cách xử lý: điền số liệu; không phát sinh thì ghi 0.
    """
    cell, quantity = context.cell, context.quantity
    kind = context.request.period.kind
    if cell.valid and cell.blank and quantity.required_in(kind) and not unfinished_fields(context.row, context.form, kind):
        where = place(context.form, context.row, context.field)
        hint = "Điền số liệu; không phát sinh thì ghi 0." if quantity.type in NUMERIC else "Điền nội dung vào ô này."
        yield Finding(cell.location, f"{where}: ô bắt buộc đang để trống.", hint, found="")

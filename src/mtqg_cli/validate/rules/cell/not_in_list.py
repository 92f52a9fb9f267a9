"""C105: a word that is not one of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import place, raw_text
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext


#: How many entries of a list a message names.
_MOST = 8


@rule("C105", signs={"not_in_list", "more_than_one"})
def not_in_list(context: CellContext) -> Iterator[Finding]:
    """Nội dung không có trong danh sách lựa chọn của ô.

    Cách xử lý: bấm vào ô, chọn một mục trong danh sách thả xuống.
    """
    cell, choices = context.cell, context.quantity.choices
    if cell.fault not in {"not_in_list", "more_than_one"}:
        return
    found = raw_text(cell.raw)
    labels = [choice.label for choice in choices]
    expected = "; ".join(labels[:_MOST]) + ("; …" if len(labels) > _MOST else "")
    reason = "trùng với nhiều mục, phải ghi đủ tên" if cell.fault == "more_than_one" else "không có trong danh sách"
    message = f"{place(context.form, context.row, context.field)}: ghi “{found}”, {reason}."
    yield Finding(cell.location, message, f"Chọn một mục trong danh sách của ô: {expected}.", found=found, expected=expected)

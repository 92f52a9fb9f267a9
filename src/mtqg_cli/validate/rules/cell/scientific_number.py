"""C121: a number written with a power of ten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import place, raw_text
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext


@rule("C121", signs={"scientific_number"})
def scientific_number(context: CellContext) -> Iterator[Finding]:
    """Số ghi dưới dạng chữ theo kiểu khoa học, ví dụ 1,2E+05.

    Khi Excel thu gọn một số như vậy thì các chữ số cuối đã mất, không khôi phục được.
    Cách xử lý: ghi lại đầy đủ các chữ số.
    """
    cell = context.cell
    if cell.fault == "scientific_number":
        found = raw_text(cell.raw)
        message = f"{place(context.form, context.row, context.field)}: “{found}” là số Excel đã thu gọn, không còn đủ chữ số."
        yield Finding(cell.location, message, "Ghi lại đầy đủ các chữ số, không dùng E+.", found=found, expected="số đầy đủ")

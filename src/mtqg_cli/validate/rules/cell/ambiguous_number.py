"""C108: a number that can be read in two ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import place, raw_text
from mtqg_cli.validate.parse import split_unit
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import CellContext


@rule("C108", signs={"ambiguous_number"})
def ambiguous_number(context: CellContext) -> Iterator[Finding]:
    """Số có thể hiểu theo hai cách, ví dụ 1.234 hay 1,234 (một nghìn hai trăm ba mươi tư hay một phẩy hai ba tư).

    Chương trình không đoán. Cách xử lý: ghi 1234 hoặc 1,234 theo đúng số liệu.
    """
    cell = context.cell
    if cell.fault == "ambiguous_number":
        found, written = raw_text(cell.raw), split_unit(str(cell.raw.value) if cell.raw is not None else "")[0]
        whole, decimal = written.replace(".", "").replace(",", ""), written.replace(".", ",")
        message = f"{place(context.form, context.row, context.field)}: “{found}” có thể hiểu là {whole} hoặc {decimal}."
        yield Finding(cell.location, message, f"Ghi lại {whole} hoặc {decimal} theo đúng số liệu.", found=found, expected=f"{whole} hoặc {decimal}")

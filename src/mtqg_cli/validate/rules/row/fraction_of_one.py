"""R205: a number of whole things that is not whole."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.validate.context import place, shown
from mtqg_cli.validate.registry import Finding, rule
from mtqg_cli.validate.strands import holds_for, severity_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import RowContext


@rule("R205", forms=lambda form: form.whole)
def fraction_of_one(context: RowContext) -> Iterator[Finding]:
    """Chỉ tiêu giao theo số hộ nhưng mức giao có phần lẻ.

    Cách xử lý: ghi số nguyên; nếu kế hoạch giao theo điểm phần trăm thì chọn lại căn cứ tính.
    """
    for line in context.form.whole:
        cells = context.row.known(line.field) if holds_for(line.when, context.row) else None
        if cells is not None and isinstance(cells[0].value, Decimal) and cells[0].value % 1:
            text = shown(cells[0].value, context.form.column(line.field))
            words = ", ".join(f"“{shown(context.row.value(field), context.form.column(field))}”" for field in line.when)
            yield Finding(
                cells[0].location,
                f"{place(context.form, context.row, line.field)}: ghi {text}, nhưng căn cứ tính là {words} nên phải là số nguyên.",
                line.hint or "Ghi số nguyên.",
                found=text,
                expected="số nguyên",
                related=tuple(context.row.cells[field].location for field in line.when),
                severity=severity_of(line),
            )

"""R214: a choice that does not go with another one in its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import place, shown
from mtqg_cli.validate.registry import Finding, rule
from mtqg_cli.validate.strands import holds_for, severity_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.reference.form import Form
    from mtqg_cli.validate.context import RowContext


@rule("R214", forms=lambda form: form.fitting)
def not_fitting(context: RowContext) -> Iterator[Finding]:
    """Căn cứ tính không dùng được cho chỉ tiêu kế hoạch đã chọn.

    Ví dụ: số sản phẩm OCOP giao theo số hộ. Mức giao đó không so được với kết quả nào, nên báo cáo sẽ thiếu tỷ lệ so với kế hoạch.
    Cách xử lý: chọn lại căn cứ tính, hoặc chọn lại chỉ tiêu.
    """
    form, row = context.form, context.row
    for line in form.fitting:
        cells = row.known(line.field) if holds_for(line.when, row) else None
        if cells is None or cells[0].value in line.values:
            continue
        found = shown(cells[0].value, form.column(line.field))
        wanted = " hoặc ".join(f"“{_label(form, line.field, each)}”" for each in line.values)
        state = ", ".join(f"“{shown(row.value(field), form.column(field))}”" for field in line.when)
        yield Finding(
            cells[0].location,
            f"{place(form, row, line.field)}: ghi “{found}”, nhưng {state} chỉ tính theo {wanted}.",
            line.hint or f"Chọn lại {wanted}, hoặc chọn lại chỉ tiêu.",
            found=found,
            expected=" hoặc ".join(_label(form, line.field, each) for each in line.values),
            severity=severity_of(line),
        )


def _label(form: Form, field: str, value: str) -> str:
    return shown(value, form.column(field))

"""R202: a part that is larger than what it is a part of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import column_title, place, shown
from mtqg_cli.validate.registry import Finding, rule
from mtqg_cli.validate.strands import is_contradicted, severity_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import RowContext


@rule("R202", doubts=True, forms=lambda form: form.at_most)
def exceeds(context: RowContext) -> Iterator[Finding]:
    """Số liệu vượt mức tối đa có thể có: giải ngân vượt kế hoạch vốn, một phần lớn hơn toàn bộ.

    Cách xử lý: kiểm tra có ghi nhầm dòng, nhầm nguồn vốn hoặc nhầm đơn vị tính không, rồi sửa ô ghi sai.
    """
    told: set[str] = set()
    for line in context.form.at_most:
        cells = context.row.known(line.smaller, line.larger)
        wrong = any(is_contradicted(context.form, context.row, field, {}) for field in (line.smaller, line.larger))
        if cells is None or wrong or line.smaller in told:
            continue
        smaller, larger = cells
        if not isinstance(smaller.value, int) or not isinstance(larger.value, int) or smaller.value <= larger.value:
            continue
        told.add(line.smaller)
        found, limit = shown(smaller.value, context.form.quantity(line.smaller)), shown(larger.value, context.form.quantity(line.larger))
        yield Finding(
            smaller.location,
            f"{place(context.form, context.row, line.smaller)}: ghi {found}, vượt {column_title(context.form, line.larger)} đang ghi {limit}.",
            line.hint or "Kiểm tra có ghi nhầm dòng, nhầm nguồn vốn hoặc nhầm đơn vị tính không, rồi sửa ô ghi sai.",
            found=found,
            expected=f"không quá {limit}",
            related=(larger.location,),
            severity=severity_of(line),
        )

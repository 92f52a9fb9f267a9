"""R202: a part that is larger than what it is a part of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import column_title, place, shown
from mtqg_cli.validate.registry import Finding, rule
from mtqg_cli.validate.tables import computed_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import RowContext


@rule("R202")
def exceeds(context: RowContext) -> Iterator[Finding]:
    """Một số vượt quá giới hạn của nó: giải ngân vượt kế hoạch vốn, số của một phần vượt số của toàn bộ.

    Cách xử lý: kiểm tra có ghi nhầm dòng, nhầm nguồn vốn hoặc nhầm đơn vị tính không.
    """
    for line in context.form.at_most:
        cells = context.row.known(line.smaller, line.larger)
        if cells is None or _is_wrong(context, line.smaller) or _is_wrong(context, line.larger):
            continue
        smaller, larger = cells
        if not isinstance(smaller.value, int) or not isinstance(larger.value, int) or smaller.value <= larger.value:
            continue
        found, limit = shown(smaller.value, context.form.quantity(line.smaller)), shown(larger.value, context.form.quantity(line.larger))
        yield Finding(
            smaller.location,
            f"{place(context.form, context.row, line.smaller)}: ghi {found}, vượt {column_title(context.form, line.larger)} đang ghi {limit}.",
            "Kiểm tra có ghi nhầm dòng, nhầm nguồn vốn hoặc nhầm đơn vị tính không, rồi sửa ô ghi sai.",
            found=found,
            expected=f"không quá {limit}",
            related=(larger.location,),
        )


def _is_wrong(context: RowContext, field: str) -> bool:
    """Whether a worked-out cell contradicts its parts: that is told already, and nothing follows from it."""
    column = context.form.column(field)
    return column is not None and bool(column.computed) and computed_value(column, context.row.cells) != context.row.value(field)

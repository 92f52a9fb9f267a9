"""T330: one cell that explains several findings at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity, has_errors
from mtqg_cli.validate.context import place, shown
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import FindingsContext


@rule("T330")
def one_wrong_cell(context: FindingsContext) -> Iterator[Finding]:
    """Một ô ghi sai làm nhiều chỗ không khớp cùng một lúc.

    Các chỗ không khớp ở dòng, ở cột hoặc ở biểu khác đều lệch đúng bằng nhau tại một ô, nên nhiều khả năng chính ô đó ghi sai.
    Chương trình nêu số làm cho mọi chỗ cùng khớp nhưng không tự sửa. Cách xử lý: đối chiếu hồ sơ, sửa ô được nêu.
    """
    at = context.place
    value = at.cell.value
    if not isinstance(value, int):
        return
    quantity = at.form.quantity(at.field)
    found, right = shown(value, quantity), shown(value + context.amount, quantity)
    yield Finding(
        context.location,
        f"{place(at.form, at.row, at.field)}: ghi {found} làm {len(context.members)} chỗ không khớp; nếu ghi {right} thì tất cả đều khớp.",
        f"Đối chiếu hồ sơ; nếu đúng là {right} thì sửa ô này, các chỗ kéo theo tự hết.",
        found=found,
        expected=right,
        related=tuple(each.location for each in context.members),
        severity=Severity.ERROR if has_errors(context.members) else Severity.WARNING,
    )

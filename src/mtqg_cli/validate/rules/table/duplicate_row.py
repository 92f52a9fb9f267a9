"""T301: the same row twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import row_key
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.table import Row
    from mtqg_cli.validate.context import TableContext


@rule("T301", forms=lambda form: form.key)
def duplicate_row(context: TableContext) -> Iterator[Finding]:
    """Một thôn, một công trình hoặc một khoản vốn xuất hiện hai lần trong cùng biểu.

    Dòng trùng làm số liệu bị cộng hai lần. Cách xử lý: xóa dòng thừa hoặc gộp hai dòng; nếu là hai đối tượng khác nhau thì ghi tên khác nhau.
    """
    seen: dict[tuple[str, ...], Row] = {}
    for row in context.table.rows if context.form.key else ():
        cells = row.known(*context.form.key)
        if cells is None:
            continue
        first = seen.setdefault(row_key(row, context.form), row)
        if first is row:
            continue
        yield Finding(
            cells[0].location,
            f"{row.label[:1].upper()}{row.label[1:]} đã có ở dòng {first.number}, dòng {row.number} ghi trùng.",
            "Xóa dòng thừa hoặc gộp hai dòng; nếu là hai đối tượng khác nhau thì ghi tên khác nhau.",
            found=str(cells[0].value),
            related=(first.cells[context.form.key[0]].location,),
        )

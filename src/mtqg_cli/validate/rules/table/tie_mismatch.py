"""T304: two sheets that tell the same thing differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import column_title, place, row_key, shown
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.location import Location
    from mtqg_cli.core.table import Cell, Row, Table
    from mtqg_cli.reference.form import Form
    from mtqg_cli.validate.context import TableContext


@rule("T304", doubts=True, forms=lambda form: form.tie)
def tie_mismatch(context: TableContext) -> Iterator[Finding]:
    """Cùng một số liệu ở hai biểu không khớp nhau.

    Hộ nghèo trở thành hộ cận nghèo (Biểu 02) phải bằng hộ từ nghèo chuyển sang (Biểu 03), và ngược lại, theo từng thôn.
    Cách xử lý: đối chiếu danh sách hộ, sửa biểu ghi sai.
    """
    for line in context.form.tie:
        other_form = next((form for form in context.request.forms if form.id == line.form), None)
        other = context.tables.get(line.form)
        if other is None or other_form is None:
            continue
        partners = _by_key(other, other_form)
        keys = [row_key(row, context.form) for row in context.table.rows]
        for row in context.table.rows:
            # a row that stands twice is told by another rule
            partner = partners.get(row_key(row, context.form)) if keys.count(row_key(row, context.form)) == 1 else None
            mine, theirs = row.known(line.field), partner.known(line.other) if partner is not None else None
            if mine is None or theirs is None or mine[0].value == theirs[0].value:
                continue
            found, expected = shown(mine[0].value, context.form.column(line.field)), shown(theirs[0].value, other_form.column(line.other))
            title = column_title(other_form, line.other)
            yield Finding(
                mine[0].location,
                f"{place(context.form, row, line.field)}: ghi {found}, nhưng {other_form.sheet}, {title} ghi {expected}.",
                "Đối chiếu danh sách hộ của thôn, sửa biểu ghi sai.",
                found=found,
                expected=expected,
                related=(theirs[0].location,),
                remedies=_remedies(mine[0], theirs[0]),
            )


def _remedies(mine: Cell, theirs: Cell) -> tuple[tuple[Location, int], ...]:
    if not isinstance(mine.value, int) or not isinstance(theirs.value, int):
        return ()
    return ((mine.location, theirs.value - mine.value), (theirs.location, mine.value - theirs.value))


def _by_key(table: Table, form: Form) -> dict[tuple[str, ...], Row]:
    return {row_key(row, form): row for row in table.rows}

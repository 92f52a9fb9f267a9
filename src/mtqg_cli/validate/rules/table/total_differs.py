"""T314: a total that another sheet of the workbook tells differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import name_key
from mtqg_cli.validate.context import column_title, shown
from mtqg_cli.validate.registry import Finding, rule
from mtqg_cli.validate.strands import by_key, is_contradicted, remedies, row_title, severity_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.location import Location
    from mtqg_cli.core.table import Row, Table
    from mtqg_cli.reference.form import Form
    from mtqg_cli.reference.lines import Total
    from mtqg_cli.validate.context import TableContext


@rule("T314", doubts=True, forms=lambda form: form.total)
def total_differs(context: TableContext) -> Iterator[Finding]:
    """Số tổng của biểu này không khớp với số tương ứng ở biểu khác.

    Ví dụ: số hộ nghèo cuối kỳ ở các biểu phân tích phải bằng số hộ nghèo cuối kỳ của Biểu 02; số cuộc kiểm tra ở hai biểu phải bằng nhau.
    Cách xử lý: đối chiếu danh sách hộ hoặc sổ theo dõi, sửa biểu ghi sai.
    """
    told: set[tuple[str, str]] = set()
    for line in context.form.total:
        name, _, field = line.other.partition(".")
        other, table = next((form for form in context.request.forms if form.id == name), None), context.tables.get(name)
        if other is None or table is None or (line.field, line.row) in told:
            continue
        mine, theirs = _own(context, line), _sum(other, table, field, list(table.rows))
        if mine is None or theirs is None or mine == theirs or (line.mode == "at_most" and mine < theirs):
            continue
        told.add((line.field, line.row))
        title, location = _place(context, line)
        found, expected = shown(mine, context.form.quantity(line.field)), shown(theirs, other.quantity(field))
        words = "vượt số ở" if line.mode == "at_most" else "nhưng"
        yield Finding(
            location,
            f"{title}: {'cộng được' if not line.row else 'ghi'} {found}, {words} {other.sheet}, {column_title(other, field)} là {expected}.",
            line.hint or "Đối chiếu hai biểu, sửa biểu ghi sai.",
            found=found,
            expected=expected if line.mode == "equal" else f"không quá {expected}",
            related=tuple(row.cells[field].location for row in table.rows if field in row.cells),
            severity=severity_of(line),
            remedies=tuple(_remedies(context, line, (other, table, field), theirs - mine)) if line.mode == "equal" else (),
        )


def _remedies(context: TableContext, line: Total, other: tuple[Form, Table, str], missing: int) -> Iterator[tuple[Location, int]]:
    """Any cell that makes up one of the two totals: which of them is wrong shows where another finding points to the same cell."""
    for row in _own_rows(context, line):
        yield from remedies(context.form, row, line.field, missing)
    form, table, field = other
    for row in table.rows:
        yield from remedies(form, row, field, -missing)


def _own(context: TableContext, line: Total) -> int | None:
    rows = _own_rows(context, line)
    return _sum(context.form, context.table, line.field, rows) if rows or not line.row else None


def _own_rows(context: TableContext, line: Total) -> list[Row]:
    """The printed row that the line names, or the rows that it counts."""
    if line.row:
        row = by_key(context.table).get(line.row)
        return [row] if row is not None else []
    left_out = {name_key(name) for name in line.leaving_out}
    return [row for row in context.table.rows if not left_out or name_key(str(row.value(context.form.key[0]))) not in left_out]


def _sum(form: Form, table: Table, field: str, rows: list[Row]) -> int | None:
    """The sum of a field over rows; None if one of them is blank, unreadable, negative or contradicted, or if the table is empty."""
    keyed = by_key(table) if form.keyed else {}
    total = 0
    for row in rows:
        value = row.value(field)
        if not isinstance(value, int) or value < 0 or is_contradicted(form, row, field, keyed):
            return None
        total += value
    return total if table.rows else None


def _place(context: TableContext, line: Total) -> tuple[str, Location]:
    """The printed row's cell, or the total row's, or the sheet."""
    form, table = context.form, context.table
    if line.row:
        title = row_title(form, line.row)
        return f"{title[0].upper()}{title[1:]}, {column_title(form, line.field)}", by_key(table)[line.row].cells[line.field].location
    title = column_title(form, line.field)
    without = f" (trừ dòng {', '.join(line.leaving_out)})" if line.leaving_out else ""
    cell = table.total.cells.get(line.field) if table.total is not None else None
    return f"{title[0].upper()}{title[1:]}{without}", cell.location if cell is not None else table.location

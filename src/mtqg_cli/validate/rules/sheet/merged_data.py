"""S208: merged cells among the data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.location import cell_name
from mtqg_cli.validate.match import data_rows, printed_rows
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.reference.quantity import Quantity
    from mtqg_cli.validate.context import SheetContext
    from mtqg_cli.validate.match import SheetMatch


@rule("S208")
def merged_data(context: SheetContext) -> Iterator[Finding]:
    """Có ô bị gộp (Merge) trong phần số liệu.

    Ô gộp chỉ giữ nội dung của ô đầu tiên; các ô còn lại không có số liệu, chương trình không tự điền.
    Là lỗi nếu trong số đó có ô bắt buộc, còn lại là cảnh báo.
    Cách xử lý: chọn ô, bỏ gộp (Unmerge Cells), ghi số liệu vào từng ô.
    """
    match = context.match
    if match is None or not match.covered:
        return
    keys = {number: key for key, number in printed_rows(match).items()} if match.form.kind == "fixed" else dict.fromkeys(data_rows(match), "")
    hidden: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place, anchor in match.covered.items():
        if place[0] in keys:
            hidden.setdefault(anchor, []).append(place)
    for anchor, places in sorted(hidden.items()):
        last = cell_name(max(row for row, _ in places), max(column for _, column in places))
        needed = any(
            quantity is not None and quantity.required_in(context.period.kind) for place in places for quantity in [_quantity(match, place, keys[place[0]])]
        )
        yield Finding(
            match.sheet.at(*anchor),
            f"Các ô từ {cell_name(*anchor)} đến {last} bị gộp; chỉ ô {cell_name(*anchor)} có nội dung, các ô còn lại không có số liệu.",
            "Bỏ gộp ô (Unmerge Cells), ghi số liệu vào từng ô.",
            related=tuple(match.sheet.at(*place) for place in places[:10]),
            severity=None if needed else Severity.WARNING,
        )


def _quantity(match: SheetMatch, place: tuple[int, int], key: str) -> Quantity | None:
    """What the form asks for in a cell."""
    if match.form.one_value_a_row:
        return next((row for row in match.form.rows if row.key == key), None)
    return next((column for column in match.form.columns if match.columns.get(column.field) == place[1] and not column.computed), None)

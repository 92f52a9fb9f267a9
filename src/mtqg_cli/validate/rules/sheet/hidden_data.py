"""S204: figures in hidden rows, columns or sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.location import column_letter
from mtqg_cli.validate.match import data_rows, printed_rows
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import SheetContext

_HINT = "Bỏ ẩn (Unhide), kiểm tra số liệu; phần thừa thì xóa."


@rule("S204", Severity.WARNING)
def hidden_data(context: SheetContext) -> Iterator[Finding]:
    """Có dòng, cột hoặc trang tính chứa số liệu đang bị ẩn.

    Phần bị ẩn vẫn được tính, dù người xem không nhìn thấy.
    Cách xử lý: bỏ ẩn (chọn dòng hoặc cột, nhấp chuột phải, Bỏ ẩn (Unhide)), xóa phần thừa nếu có rồi gửi lại.
    """
    match = context.match
    if match is None:
        return
    sheet = match.sheet
    if sheet.hidden:
        yield Finding(sheet.at(match.header_row, 1), f"Trang tính “{sheet.name}” bị ẩn nhưng vẫn được tính.", _HINT)
    rows = data_rows(match) if match.form.kind == "rows" else printed_rows(match).values()
    for first, last in _runs(set(rows) & sheet.hidden_rows):
        which = f"Dòng {first}" if first == last else f"Các dòng {first} đến {last}"
        yield Finding(sheet.at(first, 1), f"{which} bị ẩn nhưng có số liệu và vẫn được tính.", _HINT)
    for first, last in _runs(set(match.columns.values()) & sheet.hidden_columns):
        letter = column_letter(first)
        which = f"Cột {letter}" if first == last else f"Các cột {letter} đến {column_letter(last)}"
        yield Finding(sheet.at(match.header_row, first), f"{which} bị ẩn nhưng vẫn được tính.", _HINT)


def _runs(numbers: set[int]) -> Iterator[tuple[int, int]]:
    """What was hidden in one go is told once: {3, 4, 5, 9} → (3, 5), (9, 9)."""
    for first in sorted(each for each in numbers if each - 1 not in numbers):
        last = first
        while last + 1 in numbers:
            last += 1
        yield first, last

"""S210: two columns under one heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.location import column_letter
from mtqg_cli.validate.match import data_rows, printed_rows
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import SheetContext


@rule("S210")
def doubled_column(context: SheetContext) -> Iterator[Finding]:
    """Hai cột có cùng một tiêu đề nhưng số liệu khác nhau, không biết cột nào đúng.

    Thường do chép một cột sang bên cạnh để sửa rồi quên xóa cột cũ.
    Cách xử lý: giữ cột ghi đúng, xóa cột còn lại.
    """
    match = context.match
    for column, number in match.doubles if match is not None else ():
        if match is None or column.printed:
            continue
        read = match.columns[column.field]
        rows = data_rows(match) if match.form.kind == "rows" else printed_rows(match).values()
        row = next((row for row in rows if match.sheet.value(row, read) != match.sheet.value(row, number)), None)
        if row is not None:
            title, one, other = ": ".join(column.path), column_letter(read), column_letter(number)
            yield Finding(
                match.sheet.at(match.header_row, number),
                f"Cột {one} và cột {other} cùng mang tiêu đề “{title}” nhưng khác số liệu (từ dòng {row}); chỉ cột {one} được đọc.",
                f"Kiểm tra cột {one} và cột {other}, giữ cột ghi đúng, xóa cột còn lại.",
                related=(match.sheet.at(match.header_row, read),),
            )

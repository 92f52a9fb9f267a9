"""T308: households counted by another poverty line than the report's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import TableContext


_LABELS = {"tw": "chuẩn của Trung ương", "tinh": "chuẩn của tỉnh"}


@rule("T308")
def other_poverty_line(context: TableContext) -> Iterator[Finding]:
    """Chuẩn nghèo của xã khác chuẩn nghèo của báo cáo.

    Số hộ theo chuẩn của Trung ương và theo chuẩn của tỉnh là hai dãy số khác nhau, không được cộng với nhau.
    Cách xử lý: đề nghị xã lập lại biểu theo chuẩn đang dùng, hoặc sửa [programmes] poverty_line trong mtqg.toml.
    """
    wanted = context.request.poverty_line
    for row in context.table.rows if context.form.id == "thong-tin" else ():
        cells = row.known("poverty_line")
        if cells is not None and cells[0].value != wanted:
            found, expected = _LABELS[str(cells[0].value)], _LABELS[wanted]
            yield Finding(
                cells[0].location,
                f"Biểu hộ nghèo của xã theo {found}, nhưng báo cáo theo {expected}.",
                "Lập lại biểu hộ nghèo, hộ cận nghèo theo chuẩn của báo cáo rồi gửi lại.",
                found=found,
                expected=expected,
            )

"""The sheet that tells what the project codes mean: an officer in a commune has nothing but the workbook. Never read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mtqg_cli.forms.measure import line_count, row_height
from mtqg_cli.forms.page import set_paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mtqg_cli.forms.page import Styles
    from mtqg_cli.reference.programme import Programme

CATALOGUE_SHEET = "Danh mục mã"

_WIDTHS = (20, 10, 78)
_SIZE = 11


def write_catalogue(workbook: Any, styles: Styles, programmes: Sequence[Programme]) -> None:
    """Adds the sheet: programme, code, name; one block a programme, in the order of the drop-down."""
    sheet = workbook.add_worksheet(CATALOGUE_SHEET)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.merge_range(0, 0, 0, 2, "DANH MỤC MÃ DỰ ÁN, TIỂU DỰ ÁN, NỘI DUNG THÀNH PHẦN", styles.get(bold=True, font_size=13, align="center"))
    sheet.merge_range(
        1, 0, 1, 2, "Để tra cứu khi điền cột mã; cùng một mã có nghĩa khác nhau ở mỗi chương trình.", styles.get(italic=True, font_size=10, align="center")
    )
    heading = styles.get(bold=True, border=1, align="center", bg_color="#F2F2F2", font_size=_SIZE)
    for column, title in enumerate(("Chương trình", "Mã", "Tên")):
        sheet.write_string(2, column, title, heading)
    look: dict[str, object] = {"border": 1, "font_size": _SIZE, "text_wrap": True}
    row = 3
    for programme in programmes:
        for project in programme.projects:
            sheet.write_string(row, 0, programme.short, styles.get(**look, indent=1))
            sheet.write_string(row, 1, project.code, styles.get(**look, align="center", num_format="@"))
            sheet.write_string(row, 2, project.name, styles.get(**look, indent=1, bold=not project.parent))
            sheet.set_row(row, row_height(line_count(project.name, _WIDTHS[2], _SIZE), _SIZE))
            row += 1
    sheet.freeze_panes(3, 0)
    sheet.protect()
    set_paper(sheet)
    sheet.repeat_rows(2)
    sheet.hide_gridlines(2)

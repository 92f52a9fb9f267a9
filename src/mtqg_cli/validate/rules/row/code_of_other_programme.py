"""R203: a project code that the row's own programme does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.context import place
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import RowContext


@rule("R203", forms=lambda form: "programme" in form.column_of and "project" in form.column_of)
def code_of_other_programme(context: RowContext) -> Iterator[Finding]:
    """Mã dự án không thuộc chương trình ghi ở cùng dòng.

    Cùng một mã có nghĩa khác nhau ở mỗi chương trình; ghi lẫn thì số liệu của dự án không khớp với số liệu của chương trình.
    Cách xử lý: chọn lại chương trình hoặc mã dự án; danh mục mã ở trang “Danh mục mã” của tệp.
    """
    cells = context.row.known("programme", "project")
    programme = context.request.book.programmes.get(str(cells[0].value)) if cells is not None else None
    if cells is None or programme is None:
        return
    codes = [project.code for project in programme.projects]
    if cells[1].value not in codes:
        yield Finding(
            cells[1].location,
            f"{place(context.form, context.row, 'project')}: mã {cells[1].value} không thuộc Chương trình {programme.name}.",
            "Chọn lại chương trình hoặc mã dự án; các mã của từng chương trình ở trang “Danh mục mã” của tệp.",
            found=str(cells[1].value),
            expected=", ".join(codes),
            related=(cells[0].location,),
        )

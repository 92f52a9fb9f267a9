"""T310: capital on a project and again on a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.table import Row
    from mtqg_cli.validate.context import TableContext


@rule("T310")
def project_and_its_part(context: TableContext) -> Iterator[Finding]:
    """Vốn ghi ở cả dự án và tiểu dự án của dự án đó.

    Dự án đã gồm các tiểu dự án, nên cộng cả hai là tính hai lần.
    Cách xử lý: chỉ giữ các dòng tiểu dự án, bỏ dòng cộng của dự án.
    """
    if context.form.data != "von":
        return
    first: dict[tuple[str, str], Row] = {}
    for row in context.table.rows:
        cells = row.known("programme", "project")
        if cells is not None:
            first.setdefault((str(cells[0].value), str(cells[1].value)), row)
    for (key, code), row in first.items():
        programme = context.request.book.programmes.get(key)
        parent = next((project.parent for project in programme.projects if project.code == code), "") if programme is not None else ""
        whole = first.get((key, parent)) if parent else None
        if whole is not None:
            yield Finding(
                whole.cells["project"].location,
                f"Dòng {whole.number} ghi vốn của dự án {parent}, dòng {row.number} lại ghi vốn của tiểu dự án {code} thuộc dự án đó.",
                "Chỉ giữ các dòng tiểu dự án, bỏ dòng cộng của dự án.",
                found=parent,
                related=(row.cells["project"].location,),
            )

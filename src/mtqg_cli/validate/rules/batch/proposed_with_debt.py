"""X412: a commune put forward for recognition whose own sheet still shows debts for works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.validate.context import shown
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.submission import Submission
    from mtqg_cli.core.table import Cell
    from mtqg_cli.reference.form import Form
    from mtqg_cli.validate.context import BatchContext


@rule("X412", Severity.WARNING)
def proposed_with_debt(context: BatchContext) -> Iterator[Finding]:
    """Xã đang trình hồ sơ công nhận đạt chuẩn nhưng biểu nợ đọng của xã vẫn còn nợ xây dựng cơ bản.

    Theo các trang giới thiệu điều kiện công nhận giai đoạn 2021-2025, xã được công nhận phải không có nợ đọng xây dựng cơ bản
    trong thực hiện Chương trình. Cách xử lý: đối chiếu số nợ với xã; đúng là còn nợ thì nêu ở phần tồn tại và kế hoạch trả nợ.
    """
    forms = {form.data: form for form in context.request.forms}
    if "cong-nhan-ntm" not in forms or "no-dong" not in forms:
        return
    debts = {submission.unit.code: _debts(submission, forms["no-dong"]) for submission in context.batch.submissions}
    for submission in context.batch.submissions:
        table = submission.tables.get(forms["cong-nhan-ntm"].id)
        for row in table.rows if table is not None else ():
            cells = row.known("commune", "level", "status")
            owed = debts.get(str(cells[0].value), []) if cells is not None and cells[2].value == "dang-trinh" else []
            if cells is not None and owed:
                yield _finding(cells, owed, forms["cong-nhan-ntm"], forms["no-dong"])


def _debts(submission: Submission, form: Form) -> list[Cell]:
    table = submission.tables.get(form.id)
    cells = [row.cells["debt"] for row in table.rows if isinstance(row.value("debt"), int)] if table is not None else []
    return [cell for cell in cells if isinstance(cell.value, int) and cell.value > 0]


def _finding(cells: tuple[Cell, ...], owed: list[Cell], form: Form, debts: Form) -> Finding:
    commune, level, status = (shown(cell.value, form.column(field)) for cell, field in zip(cells, ("commune", "level", "status"), strict=True))
    total = shown(sum(cell.value for cell in owed if isinstance(cell.value, int)), debts.column("debt"))
    return Finding(
        cells[2].location,
        f"{commune}, “{level}”: ghi “{status}”, nhưng {debts.sheet} của xã còn nợ {total} triệu đồng ở {len(owed)} công trình.",
        "Đối chiếu số nợ với xã; đúng là còn nợ thì nêu ở phần tồn tại của báo cáo và kế hoạch trả nợ, ghi lý do ở mục [[accepted]] của mtqg.toml.",
        found=status,
        expected="không còn nợ đọng xây dựng cơ bản",
        related=tuple(cell.location for cell in owed),
    )

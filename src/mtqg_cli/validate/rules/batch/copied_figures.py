"""X406: figures that two units have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.validate.context import column_title
from mtqg_cli.validate.likeness import column_of, distinct, figures_of, given_fields
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.submission import Submission
    from mtqg_cli.core.table import Table
    from mtqg_cli.reference.form import Form
    from mtqg_cli.validate.context import BatchContext


@rule("X406", Severity.WARNING, once="file")
def copied_figures(context: BatchContext) -> Iterator[Finding]:
    """Số liệu của một biểu, hoặc của một cột, trùng hoàn toàn với đơn vị khác.

    Thường do lấy tệp của đơn vị khác làm nền rồi quên thay số. Ngưỡng để hỏi lại do phần mềm đặt, đổi ở [rules] limits,
    mục so_lieu_trung_nhau. Cách xử lý: cả hai đơn vị đối chiếu với số liệu gốc của mình; nếu đúng thì giữ nguyên, nêu rõ lý do;
    cơ quan tổng hợp ghi lý do ở mục [[accepted]] của mtqg.toml.
    """
    least = int(context.request.limit("so_lieu_trung_nhau"))
    for form in context.request.forms:
        seen: dict[object, tuple[Submission, Table]] = {}
        for submission in context.batch.submissions:
            table = submission.tables.get(form.id)
            if table is None:
                continue
            figures = figures_of(table, form)
            if distinct(figures) >= least and figures in seen:
                other, theirs = seen[figures]
                yield _finding(
                    submission, table, (other, theirs), f"Mọi số liệu của {form.sheet} trùng hoàn toàn với {other.unit.label}", table.location.column
                )
                continue
            seen.setdefault(figures, (submission, table))
            yield from _columns(submission, table, form, seen, least)


def _columns(submission: Submission, table: Table, form: Form, seen: dict[object, tuple[Submission, Table]], least: int) -> Iterator[Finding]:
    """Single columns of free rows that agree: told only where the sheets as a whole do not."""
    for field in given_fields(form) if form.kind == "rows" else ():
        values = column_of(table, field)
        if distinct(values) < least:
            continue
        other, theirs = seen.setdefault((field, values), (submission, table))
        if other is not submission:
            what = f"{column_title(form, field)[:1].upper()}{column_title(form, field)[1:]} trùng từng dòng với {other.unit.label} ({len(values)} dòng)"
            yield _finding(submission, table, (other, theirs), what, field)


def _finding(submission: Submission, table: Table, other: tuple[Submission, Table], what: str, field: str | int | None) -> Finding:
    first = table.rows[0].cells.get(field) if isinstance(field, str) else None
    theirs = other[1].rows[0].cells.get(field) if isinstance(field, str) else None
    return Finding(
        first.location if first is not None else table.location,
        f"{what}.",
        f"{submission.unit.name} và {other[0].unit.label} đối chiếu với số liệu gốc của mình; nếu đúng thì giữ nguyên và nêu rõ lý do.",
        related=(theirs.location if theirs is not None else other[1].location,),
    )

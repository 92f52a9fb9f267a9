"""X405: a sheet that says the same as in the period before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.vietnamese import join_names
from mtqg_cli.validate.likeness import distinct, figures_of
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.submission import Submission
    from mtqg_cli.core.table import Table
    from mtqg_cli.reference.form import Form
    from mtqg_cli.validate.context import BatchContext


@rule("X405", Severity.WARNING)
def same_as_before(context: BatchContext) -> Iterator[Finding]:
    """Mọi số liệu của một biểu trùng hoàn toàn với biểu đó của kỳ trước.

    Thường do gửi lại tệp cũ sau khi chỉ sửa kỳ báo cáo. Ngưỡng để hỏi lại do phần mềm đặt, đổi ở [rules] limits,
    mục so_lieu_trung_nhau. Cách xử lý: kiểm tra có gửi nhầm tệp cũ không; nếu đúng là không thay đổi thì giữ nguyên, nêu rõ lý do;
    cơ quan tổng hợp ghi lý do ở mục [[accepted]] của mtqg.toml.
    """
    for batch in (context.previous, context.earlier):
        before = {submission.unit.code: submission for submission in batch.submissions} if batch is not None else {}
        for submission in context.batch.submissions:
            old = before.get(submission.unit.code)
            same = _same_tables(submission, old, context) if old is not None else []
            if batch is not None and same:
                names = join_names(form.sheet for form, _, _ in same)
                yield Finding(
                    same[0][1].location,
                    f"Mọi số liệu của {names} trùng hoàn toàn với báo cáo {batch.period.label}.",
                    "Kiểm tra có gửi nhầm tệp cũ không; nếu số liệu đúng là không thay đổi thì giữ nguyên và nêu rõ lý do.",
                    related=tuple(old.location._replace(file=f"{batch.period}/{old.location.file}") for _, _, old in same),
                )


def _same_tables(mine: Submission, theirs: Submission, context: BatchContext) -> list[tuple[Form, Table, Table]]:
    """The tables with enough figures to tell, all of which are the other's."""
    least = context.request.limit("so_lieu_trung_nhau")
    pairs = [(form, mine.tables[form.id], theirs.tables[form.id]) for form in context.request.forms if form.id in mine.tables and form.id in theirs.tables]
    return [(form, new, old) for form, new, old in pairs if distinct(new_figures := figures_of(new, form)) >= least and new_figures == figures_of(old, form)]

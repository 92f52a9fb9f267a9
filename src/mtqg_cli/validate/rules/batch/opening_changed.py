"""X403: an opening figure that does not continue the closing figure of the period before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import name_key
from mtqg_cli.validate.context import place, shown
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.submission import Submission
    from mtqg_cli.core.table import Row
    from mtqg_cli.reference.form import Carry, Form
    from mtqg_cli.validate.context import BatchContext


@rule("X403")
def opening_changed(context: BatchContext) -> Iterator[Finding]:
    """Số đầu kỳ khác số cuối kỳ của báo cáo kỳ trước.

    Số hộ nghèo, hộ cận nghèo đầu kỳ phải bằng số cuối kỳ trước đã được công nhận, theo từng thôn.
    Cách xử lý: sửa số đầu kỳ; thay đổi do điều chỉnh địa giới thì ghi vào cột “Số hộ khác tăng”, “Số hộ khác giảm”.
    """
    if context.previous is None:
        return
    before = {submission.unit.code: submission for submission in context.previous.submissions}
    for submission in context.batch.submissions:
        earlier = before.get(submission.unit.code)
        if earlier is None:
            continue
        for form in context.request.forms:
            for line in form.carry:
                yield from _compare(submission, earlier, form, line)


def _compare(submission: Submission, earlier: Submission, form: Form, line: Carry) -> Iterator[Finding]:
    table, old = submission.tables.get(form.id), earlier.tables.get(form.id)
    closing = {_key(row, form): row for row in old.rows} if old is not None else {}
    keys = [_key(row, form) for row in table.rows] if table is not None else []
    for row in table.rows if table is not None else ():
        # a row that stands twice is told by another rule; which of them continues the old one cannot be known
        then = closing.get(_key(row, form)) if keys.count(_key(row, form)) == 1 else None
        mine, theirs = row.known(line.opening), then.known(line.closing) if then is not None else None
        if mine is None or theirs is None or mine[0].value == theirs[0].value:
            continue
        column = form.column(line.opening)
        found, expected = shown(mine[0].value, column), shown(theirs[0].value, column)
        yield Finding(
            mine[0].location,
            f"{place(form, row, line.opening)}: ghi {found}, nhưng cuối {earlier.period.label} là {expected}.",
            "Sửa số đầu kỳ cho bằng số cuối kỳ trước; điều chỉnh địa giới thì ghi vào cột khác tăng, khác giảm.",
            found=found,
            expected=expected,
            related=(theirs[0].location,),
        )


def _key(row: Row, form: Form) -> tuple[str, ...]:
    return tuple(name_key(str(row.value(name))) for name in form.key)

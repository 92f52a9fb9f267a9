"""X403: an opening figure that does not continue the closing figure of the period before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.reference.poverty_line import standard_of
from mtqg_cli.validate.context import place, row_key, shown
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.location import Location
    from mtqg_cli.core.submission import Submission
    from mtqg_cli.core.table import Cell
    from mtqg_cli.reference.form import Form
    from mtqg_cli.reference.lines import Carry
    from mtqg_cli.validate.context import BatchContext


@rule("X403", doubts=True)
def opening_changed(context: BatchContext) -> Iterator[Finding]:
    """Số đầu kỳ khác số cuối kỳ của báo cáo kỳ trước.

    Số hộ nghèo, hộ cận nghèo đầu kỳ phải bằng số cuối kỳ trước đã được công nhận, theo từng thôn.
    Cách xử lý: sửa số đầu kỳ; thay đổi do điều chỉnh địa giới thì ghi vào cột “Số hộ khác tăng”, “Số hộ khác giảm”.
    """
    if context.previous is None or standard_of(context.previous.period.year) != standard_of(context.batch.period.year):
        return
    before = {submission.unit.code: submission for submission in context.previous.submissions}
    for submission in context.batch.submissions:
        earlier = before.get(submission.unit.code)
        if earlier is None:
            continue
        for form in context.request.forms:
            for line in form.carry:
                yield from _compare(submission, earlier, form, line)
                yield from _compare_names(submission, earlier, form, line)


def _compare_names(submission: Submission, earlier: Submission, form: Form, line: Carry) -> Iterator[Finding]:
    """Rows that have gone or come: fine while the commune's total goes on unchanged."""
    table, old = submission.tables.get(form.id), earlier.tables.get(form.id)
    if table is None or old is None or not table.rows or not old.rows:
        return
    names = {row_key(row, form): row.label for row in table.rows}
    then = {row_key(row, form): row.label for row in old.rows}
    gone = [label for key, label in then.items() if key not in names]
    come = [label for key, label in names.items() if key not in then]
    opening, closing = [row.value(line.opening) for row in table.rows], [row.value(line.closing) for row in old.rows]
    if not (gone or come) or not all(isinstance(value, int) for value in (*opening, *closing)):
        return
    mine, theirs = sum(value for value in opening if isinstance(value, int)), sum(value for value in closing if isinstance(value, int))
    if mine != theirs:
        parts = [f"{words} {', '.join(labels)}" for words, labels in (("không còn", gone), ("mới có", come)) if labels]
        yield Finding(
            table.location,
            f"{form.title}: cộng số đầu kỳ được {mine}, nhưng cuối {earlier.period.label} là {theirs}; so với kỳ trước {'; '.join(parts)}.",
            "Bổ sung dòng còn thiếu hoặc ghi đúng tên như kỳ trước; thay đổi do điều chỉnh địa giới thì ghi vào cột “Số hộ khác tăng”, “Số hộ khác giảm”.",
            found=str(mine),
            expected=str(theirs),
        )


def _compare(submission: Submission, earlier: Submission, form: Form, line: Carry) -> Iterator[Finding]:
    table, old = submission.tables.get(form.id), earlier.tables.get(form.id)
    closing = {row_key(row, form): row for row in old.rows} if old is not None else {}
    keys = [row_key(row, form) for row in table.rows] if table is not None else []
    for row in table.rows if table is not None else ():
        # a row that stands twice is told by another rule; which of them continues the old one cannot be known
        then = closing.get(row_key(row, form)) if keys.count(row_key(row, form)) == 1 else None
        mine, theirs = row.known(line.opening), then.known(line.closing) if then is not None else None
        if mine is None or theirs is None or mine[0].value == theirs[0].value or (isinstance(mine[0].value, int) and mine[0].value < 0):
            continue
        column = form.column(line.opening)
        found, expected = shown(mine[0].value, column), shown(theirs[0].value, column)
        yield Finding(
            mine[0].location,
            f"{place(form, row, line.opening)}: ghi {found}, nhưng cuối {earlier.period.label} là {expected}.",
            "Sửa số đầu kỳ cho bằng số cuối kỳ trước; thay đổi do điều chỉnh địa giới thì ghi vào cột “Số hộ khác tăng”, “Số hộ khác giảm”.",
            found=found,
            expected=expected,
            related=(theirs[0].location._replace(file=f"{earlier.period}/{theirs[0].location.file}"),),
            remedies=_remedy(mine[0], theirs[0]),
        )


def _remedy(mine: Cell, theirs: Cell) -> tuple[tuple[Location, int], ...]:
    """Only the opening figure: the period before is closed."""
    return ((mine.location, theirs.value - mine.value),) if isinstance(mine.value, int) and isinstance(theirs.value, int) else ()

"""X410: more capital carried over than the year before left."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mtqg_cli.validate.context import place, shown
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.submission import Submission
    from mtqg_cli.core.table import Row
    from mtqg_cli.reference.form import Form
    from mtqg_cli.validate.context import BatchContext

#: What a carried amount keeps from one year to the next.
_KEY = ("programme", "project", "source", "kind")


@rule("X410", doubts=True)
def carried_too_much(context: BatchContext) -> Iterator[Finding]:
    """Vốn kéo dài nhiều hơn phần chưa giải ngân của năm trước.

    Vốn kéo dài không thể vượt kế hoạch năm trước trừ đi số đã giải ngân, tính theo từng dự án, nguồn vốn và loại vốn.
    Cách xử lý: đối chiếu với báo cáo năm trước và văn bản cho phép kéo dài, sửa số ghi sai.
    """
    previous = context.previous
    if previous is None or previous.period.kind != "year" or previous.period.year != context.batch.period.year - 1:
        return
    before = {submission.unit.code: submission for submission in previous.submissions}
    for submission in context.batch.submissions:
        for form in context.request.forms:
            if form.data == "von" and submission.unit.code in before:
                yield from _of_unit(submission, before[submission.unit.code], form)


def _of_unit(submission: Submission, earlier: Submission, form: Form) -> Iterator[Finding]:
    table, old = submission.tables.get(form.id), earlier.tables.get(form.id)
    if table is None or old is None:
        return
    left: dict[tuple[object, ...], int | None] = defaultdict(int)
    for row in old.rows:
        values = row.value("plan_total"), row.value("disbursed_total")
        key, rest = _key(row), left[_key(row)]
        left[key] = rest + values[0] - values[1] if rest is not None and isinstance(values[0], int) and isinstance(values[1], int) else None
    for row in table.rows:
        cells = row.known(*_KEY, "plan_carried")
        rest = left.get(_key(row))
        if cells is None or rest is None or not isinstance(cells[-1].value, int) or cells[-1].value <= rest:
            continue
        found, limit = shown(cells[-1].value, form.column("plan_carried")), shown(max(rest, 0), form.column("plan_carried"))
        yield Finding(
            cells[-1].location,
            f"{place(form, row, 'plan_carried')}: ghi {found}, nhiều hơn số chưa giải ngân {limit} ở báo cáo {earlier.period.label}.",
            "Đối chiếu với báo cáo năm trước và văn bản cho phép kéo dài, sửa số ghi sai.",
            found=found,
            expected=f"không quá {limit}",
        )


def _key(row: Row) -> tuple[object, ...]:
    return tuple(row.value(name) for name in _KEY)

"""X411: a recognised commune that has lost so many criteria that its recognition may be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.vietnamese import join_names
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.submission import Submission
    from mtqg_cli.core.table import Row, Table
    from mtqg_cli.reference.criteria import CriteriaSet, Revocation
    from mtqg_cli.validate.context import BatchContext

_HALF = 50
_WHOLE = ("criterion", "both")


@rule("X411", Severity.WARNING)
def recognition_at_risk(context: BatchContext) -> Iterator[Finding]:
    """Xã đã được công nhận nhưng nay có nhiều tiêu chí chưa đạt, đến mức có thể bị xem xét thu hồi quyết định công nhận.

    Theo các trang giới thiệu Quyết định số 18/2022/QĐ-TTg: từ 30% đến dưới 50% số tiêu chí chưa đạt, trong đó có một trong các tiêu chí
    thu nhập, môi trường và an toàn thực phẩm, quốc phòng và an ninh; hoặc từ 50% số tiêu chí trở lên.
    Cách xử lý: kiểm tra lại đánh giá của xã; nếu đúng thì báo cáo cấp có thẩm quyền;
    cơ quan tổng hợp ghi lý do ở mục [[accepted]] của mtqg.toml.
    """
    by_unit = {submission.unit.code: submission for submission in context.batch.submissions}
    for row in _recognised(context):
        submission = by_unit.get(str(row.value("commune")))
        for form in context.request.forms if submission is not None else ():
            criteria = context.request.book.criteria.get(form.criteria_set)
            table = submission.tables.get(form.id) if submission is not None else None
            if criteria is None or criteria.revocation is None or criteria.revocation.level != row.value("level") or table is None:
                continue
            failed = _failed(table)
            if submission is not None and failed is not None and _at_risk(failed, len(criteria.criteria), criteria.revocation):
                yield _finding(submission, table, failed, criteria)


def _recognised(context: BatchContext) -> Iterator[Row]:
    for submission in context.batch.submissions:
        table = submission.tables.get("cong-nhan-ntm")
        for row in table.rows if table is not None else ():
            if row.known("commune", "level", "status") is not None and row.value("status") == "cong-nhan":
                yield row


def _failed(table: Table) -> list[Row] | None:
    """The criteria that are not met; None while a mark is missing."""
    rows = [row for row in table.rows if row.value("level") in _WHOLE]
    if any(row.value("mark") is None for row in rows):
        return None
    return [row for row in rows if row.value("mark") == "chua"]


def _at_risk(failed: list[Row], size: int, revocation: Revocation) -> bool:
    share = len(failed) * 100 / size
    return share >= _HALF or (share >= revocation.least and any(row.value("key") in revocation.keys for row in failed))


def _finding(submission: Submission, table: Table, failed: list[Row], criteria: CriteriaSet) -> Finding:
    names = join_names(str(row.value("key")) for row in failed)
    return Finding(
        table.location,
        f"{submission.unit.name} đã được công nhận nhưng có {len(failed)}/{len(criteria.criteria)} tiêu chí chưa đạt ({names}), "
        f"thuộc trường hợp xem xét thu hồi quyết định công nhận theo {criteria.revocation.basis if criteria.revocation is not None else ''}.",
        "Kiểm tra lại đánh giá của xã; nếu đúng thì giữ nguyên và báo cáo cấp có thẩm quyền.",
        found=f"{len(failed)}/{len(criteria.criteria)}",
        related=tuple(row.cells["mark"].location for row in failed),
    )

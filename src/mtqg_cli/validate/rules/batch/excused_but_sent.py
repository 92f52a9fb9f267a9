"""X404: a unit that is excused and has sent all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.location import Location
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import BatchContext


@rule("X404", Severity.WARNING)
def excused_but_sent(context: BatchContext) -> Iterator[Finding]:
    """Đơn vị được phép không báo cáo nhưng vẫn có tệp; tệp đó được tính.

    Cách xử lý: bỏ đơn vị khỏi mục [[not_reporting]] của mtqg.toml; nếu không muốn tính thì đưa tệp ra khỏi thư mục dữ liệu.
    """
    for submission in context.sent:
        if submission.unit.code in context.request.excused:
            yield Finding(
                Location(submission.file),
                f"{submission.unit.name} có trong mục [[not_reporting]] nhưng vẫn gửi tệp; tệp này được tính.",
                "Bỏ đơn vị khỏi mục [[not_reporting]] của mtqg.toml; không tính thì đưa tệp ra khỏi thư mục dữ liệu.",
            )

"""X402: two workbooks of one unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.location import Location
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.validate.context import BatchContext


@rule("X402")
def two_files(context: BatchContext) -> Iterator[Finding]:
    """Hai tệp cùng của một đơn vị và một kỳ; không tệp nào được tính.

    Cách xử lý: xác định tệp đúng, đưa các tệp còn lại ra khỏi thư mục dữ liệu.
    """
    by_unit: dict[str, list[str]] = {}
    for submission in context.sent:
        by_unit.setdefault(submission.unit.code, []).append(submission.file)
    names = {submission.unit.code: submission.unit.name for submission in context.sent}
    for code, files in by_unit.items():
        if len(files) > 1:
            yield Finding(
                Location(files[0]),
                f"{names[code]} có {len(files)} tệp cùng kỳ: {', '.join(files)}; chưa tệp nào được tính.",
                "Xác định tệp đúng, đưa các tệp còn lại ra khỏi thư mục dữ liệu.",
                found=", ".join(files),
                related=tuple(Location(file) for file in files[1:]),
            )

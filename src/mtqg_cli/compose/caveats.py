"""What a reader of the figures has to be told: whose data is not in them, and in a draft what is still wrong; in whole sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.vietnamese import join_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mtqg_cli.core.diagnostic import Diagnostic
    from mtqg_cli.core.submission import Batch
    from mtqg_cli.reference.request import Request


def caveats(request: Request, batch: Batch, diagnostics: Iterable[Diagnostic], *, draft: bool) -> Iterator[str]:
    """The sentences of the notes: excused communes; units without counted data; in a draft, the findings that remain."""
    for unit in request.communes:
        if unit.code in request.excused:
            yield f"{unit.name} không báo cáo kỳ này (lý do: {request.excused[unit.code].reason})."
    counted = {submission.unit.code for submission in batch.submissions}
    absent = [unit.label for unit in request.communes if unit.code not in counted and unit.code not in request.excused]
    parts = [join_units(absent)] if absent else []
    if request.unit.code not in counted:
        parts.append(f"phần do {request.unit.label} trực tiếp báo cáo")
    if parts:
        yield f"Số liệu chưa bao gồm {'; '.join(parts)}."
    found = [each.severity for each in diagnostics]
    remaining = [f"{found.count(severity)} {severity.label}" for severity in (Severity.ERROR, Severity.WARNING) if severity in found]
    if draft and remaining:
        yield f"Bản dự thảo lập khi dữ liệu còn {', '.join(remaining)} chưa xử lý."

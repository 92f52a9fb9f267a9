"""What a reader of the figures has to be told: whose data is not in them, and what was accepted; in whole sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mtqg_cli.core.diagnostic import Diagnostic
    from mtqg_cli.core.submission import Batch
    from mtqg_cli.reference.request import Request


def caveats(request: Request, batch: Batch, diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """The sentences of the notes: excused communes, communes without counted data, findings that remain."""
    for unit in request.communes:
        if unit.code in request.excused:
            yield f"{unit.name} không báo cáo kỳ này: {request.excused[unit.code]}."
    counted = {submission.unit.code for submission in batch.submissions}
    absent = [unit for unit in (*request.communes, request.unit) if unit.code not in counted and unit.code not in request.excused]
    if absent:
        names = ", ".join(unit.name for unit in absent)
        yield f"Số liệu chưa gồm: {names}."
    found = list(diagnostics)
    for severity in (Severity.ERROR, Severity.WARNING):
        number = sum(1 for each in found if each.severity is severity)
        if number:
            yield f"Còn {number} {severity.label} chưa xử lý khi lập báo cáo (chạy mtqg validate để xem)."

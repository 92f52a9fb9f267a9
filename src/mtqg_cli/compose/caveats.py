"""What a reader of the figures has to be told: whose data is not in them, and in a draft what is still wrong; in whole sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.vietnamese import join_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mtqg_cli.core.diagnostic import Diagnostic
    from mtqg_cli.core.submission import Batch
    from mtqg_cli.core.unit import Unit
    from mtqg_cli.reference.request import Request


def caveats(request: Request, batches: Mapping[str, Batch], diagnostics: Iterable[Diagnostic], *, draft: bool) -> Iterator[str]:
    """The sentences of the notes: excused communes; units without counted data, in each period used; in a draft, the findings that remain."""
    for unit in request.communes:
        if unit.code in request.excused:
            yield f"{unit.name} không báo cáo kỳ này (lý do: {request.excused[unit.code].reason})."
    counted = {submission.unit.code for submission in batches[str(request.period)].submissions}
    absent = [unit for unit in (*request.communes, request.unit) if unit.code not in counted and unit.code not in request.excused]
    if absent:
        yield f"Số liệu chưa bao gồm {_parts(request, absent)}."
    taken = {str(each) for each in request.as_of.values()}
    for name, batch in batches.items():
        used = name in taken or request.compared_in(name)
        if used and name != str(request.period) and batch.missing:
            yield f"Số liệu {batch.period.label} chưa bao gồm {_parts(request, batch.missing)}."
    found = [each.severity for each in diagnostics]
    remaining = [f"{found.count(severity)} {severity.label}" for severity in (Severity.ERROR, Severity.WARNING) if severity in found]
    if draft and remaining:
        yield f"Bản dự thảo lập khi dữ liệu còn {', '.join(remaining)} chưa xử lý."


def _parts(request: Request, absent: Iterable[Unit]) -> str:
    """xã A và B; phần do huyện C trực tiếp báo cáo."""
    codes = {unit.code for unit in absent}
    communes = [unit.label for unit in request.communes if unit.code in codes]
    own = f"phần do {request.unit.label} trực tiếp báo cáo" if request.unit.code in codes else ""
    return "; ".join(part for part in (join_units(communes) if communes else "", own) if part)

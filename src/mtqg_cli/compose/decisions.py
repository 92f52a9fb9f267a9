"""What was decided by hand about the data of a report: excused units, corrected cells, accepted warnings; for its annex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.report import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mtqg_cli.core.diagnostic import Decision, Diagnostic
    from mtqg_cli.core.submission import Batch
    from mtqg_cli.reference.request import Request


def decisions(request: Request, batch: Batch, diagnostics: Iterable[Diagnostic]) -> Iterator[Record]:
    """One record a decision, under the names of `fields`: units that need not report first, then what the findings carry."""
    for unit in request.communes:
        if unit.code in request.excused:
            yield _record("Không báo cáo", unit.name, f"Không báo cáo số liệu {request.period.label}.", request.excused[unit.code])
    units = {submission.file: submission.unit.name for submission in batch.submissions}
    for each in diagnostics:
        if each.decision is not None:
            kind = "Sửa số liệu" if each.code == "K105" else "Chấp nhận cảnh báo"
            place = ", ".join(part for part in (each.location.sheet, f"ô {each.location.cell}" if each.location.cell else "") if part)
            yield _record(kind, units.get(each.location.file, each.location.file), f"{place}: {each.message}" if place else each.message, each.decision)


def _record(kind: str, unit: str, content: str, decision: Decision) -> Record:
    return Record(
        {
            "loai": kind,
            "don_vi": unit,
            "noi_dung": content,
            "ly_do": decision.reason,
            "nguoi": decision.by,
            "ngay": decision.date,
            "co_ngay": decision.date is not None,
        }
    )

"""Where each unit stands: the folder as it is now, beside what the ledger knows of it. Pure: the day is an argument."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.receipt import History, Overview, Receipt, Resubmission, Standing, State
from mtqg_cli.ledger.differences import differences
from mtqg_cli.reference.unit import workbook_names

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from mtqg_cli.core.diagnostic import Diagnostic
    from mtqg_cli.core.submission import Batch
    from mtqg_cli.core.unit import Unit
    from mtqg_cli.reference.request import Request


def overview(request: Request, batch: Batch, diagnostics: Sequence[Diagnostic], history: History, deadline: date | None, now: datetime) -> Overview:
    """All units that are asked for, in the order of the project, the unit's own workbook last."""
    names = workbook_names(request.unit, request.communes)
    unread = {each.file for each in batch.files if each.unit is None}
    standings = []
    for unit in request.asked:
        files = tuple(each.file for each in batch.files if each.unit == unit.code)
        waiting = names[unit.code] if not files and names[unit.code] in unread else None
        state: State = "excused" if unit.code in request.excused else "missing"
        if files:
            state = "sent" if len(files) == 1 else "conflict"
        elif waiting is not None:
            state, files = "unreadable", (waiting,)
        present = frozenset(each.sha256 for each in batch.files if each.unit == unit.code)
        receipts = _that_count(history.receipts.get(unit.code, ()), present)
        errors, warnings = (count(diagnostics, files, severity) for severity in (Severity.ERROR, Severity.WARNING))
        excused = request.excused.get(unit.code)
        why = excused.reason if excused is not None else ""
        standing = Standing(unit, state, files, errors, warnings, receipts, resubmissions(receipts, request, unit), why)
        standings.append(_dated(standing, deadline, now))
    return Overview(request.unit, batch.period, deadline, now, tuple(standings))


def count(diagnostics: Sequence[Diagnostic], files: Sequence[str], severity: Severity) -> int:
    """How many findings of a severity stand in some files."""
    return sum(each.severity is severity and each.location.file in files for each in diagnostics)


def resubmissions(receipts: Sequence[Receipt], request: Request, unit: Unit) -> tuple[Resubmission, ...]:
    """Each workbook that took the place of an earlier one, with what changed."""
    forms = request.forms_for(unit)
    return tuple(
        Resubmission(new, old, differences(old.facts, new.facts, forms) if old.facts is not None and new.facts is not None else None)
        for old, new in pairwise(receipts)
    )


def _that_count(receipts: Sequence[Receipt], present: frozenset[str]) -> tuple[Receipt, ...]:
    """The receipts up to the one that lies there now; what could not be entered in this run says nothing of the earlier ones."""
    last = max((each.sequence for each in receipts if each.sha256 in present), default=None)
    return tuple(each for each in receipts if last is None or each.sequence <= last)


def _dated(standing: Standing, deadline: date | None, now: datetime) -> Standing:
    latest = standing.receipts[-1] if standing.receipts else None
    there = standing.state in ("sent", "conflict")
    if latest is not None and latest.returned is not None and (standing.errors or standing.warnings):  # what was accepted since is not waited for
        returned = latest.returned.astimezone(now.tzinfo)
        standing = replace(standing, returned=returned, waiting=max(0, (now.date() - returned.date()).days))
    if deadline is None or standing.state == "excused" or (there and latest is None):
        return standing
    if latest is None:
        return replace(standing, late=max(0, (now.date() - deadline).days), late_known=standing.state != "unreadable")
    first = standing.receipts[0]
    seen = min(first.first_seen, now)  # the clock was ahead, or is behind: nothing was seen later than now
    late = max(0, (seen.astimezone(now.tzinfo).date() - deadline).days)
    looked = first.looked_before
    if first.first_seen > now or (looked is not None and looked > first.first_seen):
        return replace(standing, late=late, late_known=False)  # which of the two days is wrong cannot be known
    return replace(standing, late=late, late_known=late == 0 or (looked is not None and looked.astimezone(now.tzinfo).date() > deadline))

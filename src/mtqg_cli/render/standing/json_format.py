"""Where each unit stands, as JSON for other programs; the keys are a contract."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mtqg_cli.render.standing.words import change_text

if TYPE_CHECKING:
    from datetime import datetime

    from mtqg_cli.core.receipt import Change, Overview, Receipt, Resubmission, Standing


def render(overview: Overview) -> str:
    """The document of `status --format json`; times are local with their offset from UTC."""
    missing = [standing.unit.code for standing in overview.standings if standing.state in ("missing", "unreadable")]
    document = {
        "period": str(overview.period),
        "unit": {"code": overview.unit.code, "name": overview.unit.name},
        "now": overview.now.isoformat(timespec="seconds"),
        "deadline": overview.deadline.isoformat() if overview.deadline is not None else None,
        "sent": sum(standing.state in ("sent", "conflict") for standing in overview.standings),
        "expected": sum(standing.state != "excused" for standing in overview.standings),
        "missing": missing,
        "units": [_unit(standing, overview) for standing in overview.standings],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _unit(standing: Standing, overview: Overview) -> dict[str, Any]:
    receipts = standing.receipts
    return {
        "code": standing.unit.code,
        "name": standing.unit.name,
        "state": standing.state,
        "files": list(standing.files),
        "errors": standing.errors,
        "warnings": standing.warnings,
        "first_seen": _time(receipts[0].first_seen, overview) if receipts else None,
        "late_days": standing.late,
        "late_certain": standing.late_known,
        "excuse": standing.excuse or None,
        "returned": _time(standing.returned, overview),
        "waiting_days": standing.waiting,
        "submissions": [_receipt(each, receipts[index + 1].sha256 if index + 1 < len(receipts) else None, overview) for index, each in enumerate(receipts)],
        "resubmissions": [_resubmission(number, each) for number, each in enumerate(standing.resubmissions, start=1)],
    }


def _receipt(receipt: Receipt, superseded_by: str | None, overview: Overview) -> dict[str, Any]:
    return {
        "sequence": receipt.sequence,
        "sha256": receipt.sha256,
        "file": receipt.file,
        "first_seen": _time(receipt.first_seen, overview),
        "last_seen": _time(receipt.last_seen, overview),
        "errors": receipt.errors,
        "warnings": receipt.warnings,
        "forms": {name: form.version for name, form in receipt.facts.items()} if receipt.facts is not None else {},
        "program": receipt.program,
        "returned": _time(receipt.returned, overview),
        "superseded_by": superseded_by,
    }


def _resubmission(number: int, each: Resubmission) -> dict[str, Any]:
    return {
        "number": number,
        "sha256": each.receipt.sha256,
        "earlier": each.earlier.sha256,
        "changes": [_change(change) for change in each.changes] if each.changes is not None else None,
    }


def _change(change: Change) -> dict[str, str | None]:
    return {
        "kind": change.kind,
        "form": change.form,
        "sheet": change.sheet,
        "row": change.row or None,
        "column": change.column or None,
        "old": change.old,
        "new": change.new,
        "unit": change.unit or None,
        "text": change_text(change),
    }


def _time(time: datetime | None, overview: Overview) -> str | None:
    return time.astimezone(overview.now.tzinfo).isoformat(timespec="seconds") if time is not None else None

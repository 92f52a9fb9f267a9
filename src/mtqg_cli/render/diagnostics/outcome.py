"""What a check of submitted files gave, as the formats are handed it; no words and no looks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mtqg_cli.core.diagnostic import Diagnostic
    from mtqg_cli.core.period import Period
    from mtqg_cli.core.submission import Batch, FileStatus
    from mtqg_cli.core.unit import Unit
    from mtqg_cli.reference.request import Request


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check of submitted files gave: `communes` are all that report, `missing` and `excused` (code → why) those that did not.

    `asks_for_all` is False where single files were checked: then nobody is missing.
    """

    unit: Unit
    period: Period
    communes: Sequence[Unit]
    files: Sequence[FileStatus]
    diagnostics: Sequence[Diagnostic]
    missing: Sequence[Unit] = ()
    excused: Mapping[str, str] = field(default_factory=dict)
    asks_for_all: bool = True


def outcome_of(request: Request, batch: Batch, diagnostics: Sequence[Diagnostic]) -> Outcome:
    """What the check of the whole folder of a period gave."""
    missing = tuple(unit for unit in batch.missing if unit.code not in request.excused)
    excused = {code: why.reason for code, why in request.excused.items()}
    return Outcome(request.unit, request.period, request.communes, batch.files, diagnostics, missing, excused)

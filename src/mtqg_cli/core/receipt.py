"""What was received from whom and when, how one workbook differs from the one before it, and where each unit stands. Values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from mtqg_cli.core.period import Period
    from mtqg_cli.core.unit import Unit


@dataclass(frozen=True, slots=True)
class RowFacts:
    """One row as it was read: what it is known by, what a person calls it, and its values as the form writes them (blanks left out)."""

    key: tuple[str, ...]
    label: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FormFacts:
    """One form of a workbook; `rows` is None where the sheet was asked for and could not be read."""

    version: str
    rows: tuple[RowFacts, ...] | None
    total: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A workbook that came in. `sequence` gives the order: the clock of an office may go back.

    `looked_before` is when the folder was looked at before the file was found in it; `facts` are by form id, None if nothing could be read.
    """

    sequence: int
    unit: str
    sha256: str
    file: str
    first_seen: datetime
    last_seen: datetime
    looked_before: datetime | None
    errors: int
    warnings: int
    program: str
    returned: datetime | None = None
    facts: Mapping[str, FormFacts] | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two workbooks of a unit, in the words of the form.

    `value`: `old` and `new` of a cell (None is blank), `unit` where the number needs one; `row_come`, `row_gone`; `sheet_come`, `sheet_gone`;
    `version`: the form itself has changed, so its figures are not compared.
    """

    kind: Literal["value", "row_come", "row_gone", "sheet_come", "sheet_gone", "version"]
    form: str
    sheet: str
    row: str = ""
    column: str = ""
    old: str | None = None
    new: str | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Resubmission:
    """A workbook that takes the place of an earlier one; `changes` is None if one of the two could not be read."""

    receipt: Receipt
    earlier: Receipt
    changes: tuple[Change, ...] | None


@dataclass(frozen=True, slots=True)
class History:
    """What the ledger knows of a period, by unit and in order; `fresh` are the sequences that this run added, `notes` what went wrong with it."""

    receipts: Mapping[str, tuple[Receipt, ...]] = field(default_factory=dict)
    fresh: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()


State = Literal["sent", "conflict", "unreadable", "excused", "missing"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands. `files`, `errors` and `warnings` are of the folder as it is now, everything else is history.

    `late` is how many days after the deadline the first workbook was seen, or for how long one has been overdue; `late_known` is False
    if the folder was not looked at between the deadline and that day: the file may have lain there in time. `waiting` is for how many
    days a returned workbook has not come back.
    """

    unit: Unit
    state: State
    files: tuple[str, ...]
    errors: int
    warnings: int
    receipts: tuple[Receipt, ...]
    resubmissions: tuple[Resubmission, ...]
    excuse: str = ""
    late: int | None = None
    late_known: bool = True
    returned: datetime | None = None
    waiting: int | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """All units of a period with the day that it was looked at."""

    unit: Unit
    period: Period
    deadline: date | None
    now: datetime
    standings: tuple[Standing, ...]

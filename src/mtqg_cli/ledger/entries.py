"""What the ledger records: each workbook by its content, in the order of arrival. The times are arguments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.receipt import History, Receipt
from mtqg_cli.ledger.facts import facts_of, pack, unpack
from mtqg_cli.ledger.standing import count
from mtqg_cli.ledger.store import Damaged, look_into, with_ledger

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from mtqg_cli.core.diagnostic import Diagnostic
    from mtqg_cli.core.receipt import FormFacts
    from mtqg_cli.core.submission import Batch
    from mtqg_cli.reference.request import Request

_COLUMNS = "sequence, unit, sha256, file, first_seen, last_seen, looked_before, errors, warnings, program, returned, facts"


@dataclass(frozen=True, slots=True)
class Found:
    """A workbook that lies in the folder of a period, with what the check said of it; `facts` is None if it could not be read."""

    file: str
    sha256: str
    unit: str
    errors: int
    warnings: int
    facts: Mapping[str, FormFacts] | None


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the folder of a period. `complete` is False if a file there could not be told to a unit: it may be anybody's."""

    period: str
    found: Sequence[Found]
    now: datetime
    program: str
    complete: bool = True


def look_at(request: Request, batch: Batch, diagnostics: Sequence[Diagnostic], now: datetime, program: str) -> Look:
    """The look that a checked batch is: every file that could be told to a unit."""
    submissions = {each.file: each for each in batch.submissions}
    units = {unit.code: unit for unit in (*request.communes, request.unit)}
    found = []
    for each in batch.files:
        if each.unit is None:
            continue
        submission = submissions.get(each.file)
        facts = facts_of(submission, request.forms_for(units[each.unit])) if submission is not None else None
        errors, warnings = (count(diagnostics, (each.file,), severity) for severity in (Severity.ERROR, Severity.WARNING))
        found.append(Found(each.file, each.sha256, each.unit, errors, warnings, facts))
    return Look(str(batch.period), found, now, program, complete=len(found) == len(batch.files))


def record(project: Path, look: Look) -> History:
    """Enters what was seen and gives back all that is known of the period; without a ledger, what can be read of it."""
    known, notes = with_ledger(project, look.now, lambda ledger: _record(ledger, look))
    if known is None:
        known = known_of(project, look.period)
    return History(known.receipts, known.fresh, notes)


def known_of(project: Path, period: object) -> History:
    """What is known of a period, without entering anything; nothing where there is no ledger that can be read."""
    return look_into(project, lambda ledger: History(_receipts(ledger, str(period)))) or History()


def mark_returned(project: Path, period: str, hashes: Collection[str], now: datetime) -> tuple[str, ...]:
    """Notes that these files were sent back to their units; gives the lines to be told if that could not be written.

    A file that was sent back before keeps its first day: since then it is waited for.
    """

    def mark(ledger: sqlite3.Connection) -> bool:
        for each in sorted(hashes):
            ledger.execute(
                "UPDATE receipt SET returned = coalesce(returned, ?) WHERE sequence = (SELECT max(sequence) FROM receipt WHERE period = ? AND sha256 = ?)",
                (_stamp(now), period, each),
            )
        return True

    return with_ledger(project, now, mark)[1]


@dataclass(frozen=True, slots=True)
class _Now:
    """What all entries of one look share."""

    look: Look
    number: int
    looked_before: str | None


def _record(ledger: sqlite3.Connection, look: Look) -> History:
    number, at = ledger.execute("SELECT number, at FROM look WHERE period = ?", (look.period,)).fetchone() or (0, None)
    now = _Now(look, number + 1, at)
    by_unit: dict[str, dict[str, Found]] = {}
    for each in look.found:
        by_unit.setdefault(each.unit, {}).setdefault(each.sha256, each)
    fresh = frozenset(sequence for unit, present in by_unit.items() for sequence in _of_unit(ledger, unit, present, now))
    ledger.execute(
        "INSERT INTO look VALUES (?, ?, ?) ON CONFLICT (period) DO UPDATE SET number = excluded.number, at = excluded.at",
        (look.period, now.number, _stamp(look.now) if look.complete else at),
    )
    return History(_receipts(ledger, look.period), fresh)


def _of_unit(ledger: sqlite3.Connection, unit: str, present: Mapping[str, Found], now: _Now) -> list[int]:
    """Enters the workbooks of one unit that lie in the folder; gives the sequences of those that are new."""
    chain = ledger.execute(
        "SELECT sha256, sequence, last_look FROM receipt WHERE period = ? AND unit = ? AND NOT withdrawn ORDER BY sequence",
        (now.look.period, unit),
    ).fetchall()
    known = {sha256: (sequence, last_look) for sha256, sequence, last_look in chain}
    only = next(iter(present)) if len(present) == 1 else None
    if only is not None and only in known and chain[-1][0] != only:
        sequence, last_look = known[only]
        if last_look == chain[-1][2]:  # they lay side by side, and the later one was taken away again
            ledger.execute("UPDATE receipt SET withdrawn = 1 WHERE period = ? AND unit = ? AND sequence > ?", (now.look.period, unit, sequence))
        else:  # an earlier workbook was sent once more, or put back
            return [_enter(ledger, present[only], now)]
    fresh = []
    for sha256, each in present.items():
        if sha256 in known:
            _seen_again(ledger, known[sha256][0], each, now)
        else:
            fresh.append(_enter(ledger, each, now))
    return fresh


def _enter(ledger: sqlite3.Connection, found: Found, now: _Now) -> int:
    look, time = now.look, _stamp(now.look.now)
    values = (look.period, found.unit, found.sha256, found.file, time, time, now.looked_before, now.number)
    entered = ledger.execute(
        "INSERT INTO receipt (period, unit, sha256, file, first_seen, last_seen, looked_before, last_look, errors, warnings, program, facts)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, found.errors, found.warnings, look.program, _packed(found)),
    )
    return int(entered.lastrowid or 0)


def _seen_again(ledger: sqlite3.Connection, sequence: int, found: Found, now: _Now) -> None:
    """The same content: its first day stays; what the forms of today read in it takes the place of what earlier ones did."""
    ledger.execute(
        "UPDATE receipt SET file = ?, last_seen = ?, last_look = ?, errors = ?, warnings = ?, program = ?, facts = coalesce(?, facts) WHERE sequence = ?",
        (found.file, _stamp(now.look.now), now.number, found.errors, found.warnings, now.look.program, _packed(found), sequence),
    )


def _packed(found: Found) -> bytes | None:
    return pack(found.facts) if found.facts else None


def _receipts(ledger: sqlite3.Connection, period: str) -> dict[str, tuple[Receipt, ...]]:
    found: dict[str, tuple[Receipt, ...]] = {}
    for row in ledger.execute(f"SELECT {_COLUMNS} FROM receipt WHERE period = ? AND NOT withdrawn ORDER BY sequence", (period,)):  # noqa: S608 - a constant
        receipt = _receipt(row)
        found[receipt.unit] = (*found.get(receipt.unit, ()), receipt)
    return found


def _receipt(row: tuple[object, ...]) -> Receipt:
    sequence, unit, sha256, file, first_seen, last_seen, looked_before, errors, warnings, program, returned, facts = row
    try:
        return Receipt(
            sequence=int(str(sequence)),
            unit=str(unit),
            sha256=str(sha256),
            file=str(file),
            first_seen=_time(first_seen),
            last_seen=_time(last_seen),
            looked_before=_time(looked_before) if looked_before is not None else None,
            errors=int(str(errors)),
            warnings=int(str(warnings)),
            program=str(program),
            returned=_time(returned) if returned is not None else None,
            facts=unpack(facts),
        )
    except ValueError:
        raise Damaged("a value that was not written by this program") from None


def _stamp(now: datetime) -> str:
    """In UTC: an office that changes its clock or its time zone does not change what was written."""
    return now.astimezone(UTC).isoformat(timespec="seconds")


def _time(text: object) -> datetime:
    found = datetime.fromisoformat(str(text))
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)

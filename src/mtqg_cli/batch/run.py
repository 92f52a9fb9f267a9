"""A run over the jobs of a file: locks, journal, and the one process that writes. What is said about it is `cli`'s matter."""

from __future__ import annotations

import contextlib
import hashlib
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mtqg_cli.batch.flow import Asked, Flow
from mtqg_cli.batch.job import FINDINGS, JobMade
from mtqg_cli.batch.journal import Journal
from mtqg_cli.batch.lock import Held, hold, lock_project
from mtqg_cli.batch.orders import JobOrder, same_place
from mtqg_cli.core.errors import MtqgError
from mtqg_cli.deliver import deliver
from mtqg_cli.handover import FILE
from mtqg_cli.ledger.entries import record
from mtqg_cli.ledger.store import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from mtqg_cli.batch.flow import Underway
    from mtqg_cli.batch.stopping import Stopping
    from mtqg_cli.batch.workers import Crew
    from mtqg_cli.reading import Packed


@dataclass(frozen=True, slots=True)
class Ended:
    """A job that has ended and whose files are written. `hashes`: of the files by name. `resumed`: an interrupted run had done it."""

    order: JobOrder
    made: JobMade
    began: datetime
    ended: datetime
    seconds: float
    hashes: dict[str, str]
    kept: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class Manner:
    """How a run goes. `name`: of the file of jobs, with its part if it is run in parts; `patience`: seconds to wait for another run."""

    path: Path
    name: str
    total: int
    only_changed: bool
    patience: float
    now: Callable[[], datetime]


class Run:
    """One run; it is entered to have the list of jobs to itself. `notes` are what could not be had: a lock, a journal."""

    def __init__(self, orders: Sequence[JobOrder], manner: Manner, stopping: Stopping) -> None:
        self._orders, self._manner, self._stopping = orders, manner, stopping
        place = manner.path.parent / FOLDER / manner.name
        self._held = hold(place, f"Danh sách {manner.path.name}", self._doing, manner.now(), manner.patience)
        self._journal = Journal(place.with_name(f"{manner.name}.nhat-ky"))
        self._projects: dict[Path, Held] = {}
        self._waited: dict[Path, float] = {}
        self._told: Callable[[Path, int], None] | None = None

    @property
    def _doing(self) -> str:
        return f"mtqg batch {self._manner.path}"

    @property
    def total(self) -> int:
        """How many jobs the whole list has, as they are numbered."""
        return self._manner.total

    def watch(self, told: Callable[[Path, int], None]) -> None:
        """Has workbooks told as they are read by workers."""
        self._told = told

    @property
    def notes(self) -> tuple[str, ...]:
        """What the run had to do without."""
        return tuple(each for each in (self._held.note, self._journal.note) if each)

    def results(self, crew: Crew) -> Iterator[Ended]:
        """Each job as it is written, in the order of the file. An interrupted run leaves its journal."""
        before = self._journal.left_over(self._orders)
        skip = frozenset(self._orders) if self._manner.only_changed else before
        with self._stopping.shielded() if crew.width > 1 else contextlib.nullcontext():
            for order, job in Flow(self._orders, crew, self, Asked(skip, self._manner.now)).results():
                yield self._settle(order, job, known=order in before)
        self._journal.close()

    def close(self) -> None:
        """Lets go of everything that is locked."""
        for held in (*self._projects.values(), self._held):
            held.release()

    def enter(self, project: Path) -> bool:
        """The project to this run alone, if no other is at it."""
        if project in self._projects or not project.is_dir():
            return True
        since = self._waited.setdefault(project, time.monotonic())
        try:
            self._projects[project] = lock_project(project, self._doing, self._manner.now())
        except MtqgError:
            if time.monotonic() - since >= self._manner.patience:
                raise
            return False
        del self._waited[project]
        return True

    def leave(self, project: Path) -> None:
        """The project to others again: whoever holds thousands of locks to the end runs out of open files."""
        held = self._projects.pop(project, None)
        if held is not None:
            held.release()

    def heed(self) -> None:
        """The place to end."""
        self._stopping.heed()

    def keep(self, project: Path, packed: Sequence[Packed]) -> None:
        """Stores what workers read, so that making the report finds it."""
        from mtqg_cli.pipeline import keep  # noqa: PLC0415

        keep(project, packed)
        if self._told is not None:
            self._told(project, len(packed))

    def _settle(self, order: JobOrder, job: Underway, *, known: bool) -> Ended:
        """Writes what a job made, and lets go of it: the next one needs the memory."""
        made, job.made = job.made, None
        if not isinstance(made, JobMade):
            raise TypeError(order)
        with self._stopping.shielded():
            ended = self._write(order, made, job, resumed=known and made.status == "unchanged")
            if ended.made.status in ("made", "unchanged"):
                self._journal.add(order)
        return ended

    def _write(self, order: JobOrder, made: JobMade, job: Underway, *, resumed: bool) -> Ended:
        """What a job made, onto the disk and into the ledger; a file that cannot be written is how the job ended."""
        notes: tuple[str, ...] = ()
        kept: tuple[Path, ...] = ()
        written: dict[str, str] = {}
        if made.look is not None:
            notes = record(order.project, made.look).notes
        try:
            if made.artifacts:
                kept = deliver(order.folder, made.artifacts, made.about).kept
                written = {each.name: hashlib.sha256(each.content).hexdigest() for each in made.artifacts}
        except MtqgError as error:
            made = replace(made, status="failed", exit_code=error.exit_code, message=error.message, hint=error.hint)
        bare = replace(made, artifacts=(), look=None)
        return Ended(order, bare, job.began, self._manner.now(), time.monotonic() - job.at, written, kept, notes, resumed)


def refuse_doubles(orders: Sequence[JobOrder]) -> None:
    """Raises MtqgError, naming both, if two jobs would write the same file."""
    by_folder: dict[str, list[JobOrder]] = {}
    for each in orders:
        if not each.problem:
            by_folder.setdefault(same_place(each.folder), []).append(each)
    found = [told for several in by_folder.values() if len(several) > 1 for told in _doubles(several)]
    if found:
        message = "Hai việc cùng ghi một tệp:\n" + "\n".join(f"  {each}" for each in found)
        raise MtqgError(message, "Ghi mục out khác nhau, có {project} và {period} trong tên thư mục; chưa lập báo cáo nào.", exit_code=2)


def _doubles(orders: Sequence[JobOrder]) -> Iterator[str]:
    """The page of findings of one project and period may be written twice: it is the same page."""
    first: dict[str, JobOrder] = {}
    for each in orders:
        for name in _outputs(each):
            other = first.setdefault(name, each)
            shared = name in (FINDINGS, FILE) and (other.project, other.period, other.draft) == (each.project, each.period, each.draft)
            if other is not each and not shared:
                yield f"việc {other.number} và việc {each.number}: {each.folder / name}"


def _outputs(order: JobOrder) -> tuple[str, ...]:
    from mtqg_cli.batch.job import open_job, outputs_of  # noqa: PLC0415

    with contextlib.suppress(MtqgError):
        return tuple(outputs_of(open_job(order)))
    return ()  # it is told when its turn comes

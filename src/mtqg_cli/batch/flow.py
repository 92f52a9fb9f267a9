"""The order of work in a batch: which call may go when, what follows from it, what becomes of calls whose worker died. It writes nothing."""

from __future__ import annotations

import gzip
import heapq
import io
import pickle
import time
import traceback
from concurrent.futures import FIRST_COMPLETED, CancelledError, wait
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, Protocol

from mtqg_cli.batch.job import JobMade, make, skipped, stumbled, too_large
from mtqg_cli.core.errors import MtqgError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from concurrent.futures import Future
    from datetime import datetime
    from pathlib import Path

    from mtqg_cli.batch.orders import JobOrder
    from mtqg_cli.batch.workers import Crew
    from mtqg_cli.reading import Packed, Work

#: Seconds between two looks at projects that others are working on, and at whether the run is to end.
_TICK = 0.2
#: So many jobs for each worker may be under way before the first of them is written: what is made waits in memory.
_WINDOW = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """How a run is to go: the jobs that are left out if nothing changed, and the time that is entered in the ledger."""

    skip: Collection[JobOrder]
    now: Callable[[], datetime]


class Keeper(Protocol):
    """What only the process that writes may do."""

    def enter(self, project: Path) -> bool:
        """Whether this run has the project to itself; False while another run is at it. Raises MtqgError when it has been waited for long enough."""

    def leave(self, project: Path) -> None:
        """Nothing of the project is under way any more."""

    def keep(self, project: Path, packed: Sequence[Packed]) -> None:
        """Stores what workers read."""

    def heed(self) -> None:
        """Raises KeyboardInterrupt if the run is to end: between two steps, never inside a pool, whose locks would stay closed."""


@dataclass(order=True, slots=True)
class _Task:
    """A call that is to be made for the job at a place; reading goes before making, which leaves one worker idle at the end, then the earlier job."""

    last: bool
    place: int
    number: int
    stage: Literal["plan", "check", "make"] = field(compare=False)
    work: Work | None = field(compare=False, default=None)
    losses: int = field(compare=False, default=0)


@dataclass(slots=True)
class Underway:
    """A job that was begun at a time, and how many chunks of its workbooks are still being read; `at` is of a clock that never goes back."""

    began: datetime
    at: float = field(default_factory=time.monotonic)
    left: int = 0
    made: JobMade | bytes | None = None

    def open(self) -> None:
        """What came from a worker, unpacked when its turn has come."""
        if isinstance(self.made, bytes):
            self.made = pickle.loads(gzip.decompress(self.made))  # noqa: S301 - from a worker of this run, as all that executors hand back


def plan(order: JobOrder, skip: bool, share: bool) -> tuple[tuple[Work, ...], JobMade | None]:  # noqa: FBT001 - crosses to workers
    """What is to be read for a job before it can be made, in chunks that several workers can share; or its end, if there is nothing to do."""
    from mtqg_cli.pipeline import unread  # noqa: PLC0415
    from mtqg_cli.project import load_project  # noqa: PLC0415

    done = skipped(order) if skip else None
    if done is not None or not share or order.problem:
        return (), done
    try:
        project = load_project(order.project)
        return unread(project, project.period(order.period)), None
    except (MtqgError, OSError):
        return (), None  # it is told when the job is made


class Flow:
    """One run over the jobs: `results` gives each job with its end, in the order of the jobs whoever was first."""

    def __init__(self, orders: Sequence[JobOrder], crew: Crew, keeper: Keeper, asked: Asked) -> None:
        self._orders, self._crew, self._keeper, self._asked = orders, crew, keeper, asked
        self._ready: list[_Task] = []
        self._under_way: dict[Future[Any], _Task] = {}
        self._suspects: list[_Task] = []
        self._jobs: dict[int, Underway] = {}
        self._next = 0
        self._count = 0

    def results(self) -> Iterator[tuple[JobOrder, Underway]]:
        """Works until every job has ended."""
        while self._next < len(self._orders):
            self._keeper.heed()
            waiting = self._admit()
            self._hand_over()
            if self._under_way:
                self._collect()
            elif waiting and not self._ready:
                time.sleep(_TICK)
            while (job := self._jobs.get(self._next)) is not None and job.made is not None:
                del self._jobs[self._next]
                self._next += 1
                job.open()
                order = self._orders[self._next - 1]
                yield order, job
                if all(self._orders[place].project != order.project for place in self._jobs):
                    self._keeper.leave(order.project)

    def _admit(self) -> bool:
        """Begins jobs whose turn has come; tells whether one waits for a project that another run is at."""
        waiting = False
        window = self._next + (_WINDOW * self._crew.width if self._crew.width > 1 else 1)
        busy = {self._orders[place].project for place, job in self._jobs.items() if job.made is None and self._is_reading(place, job)}
        for place, order in enumerate(self._orders[self._next : window], start=self._next):
            if place in self._jobs or order.project in busy:
                continue
            busy.add(order.project)
            try:
                if not self._keeper.enter(order.project):
                    waiting = True
                    continue
            except MtqgError as error:
                self._jobs[place] = Underway(self._asked.now(), made=JobMade("failed", error.exit_code, error.message, error.hint))
                continue
            self._jobs[place] = Underway(self._asked.now())
            self._add(place, "plan")
        return waiting

    def _is_reading(self, place: int, job: Underway) -> bool:
        """Whether a job still has to be planned or read: the next one of the same project would read the same files."""
        tasks = (*self._ready, *self._under_way.values(), *self._suspects)
        return job.left > 0 or any(each.place == place and each.stage == "plan" for each in tasks)

    def _add(self, place: int, stage: Literal["plan", "check", "make"], work: Work | None = None) -> None:
        self._count += 1
        heapq.heappush(self._ready, _Task(stage == "make", place, self._count, stage, work))

    def _hand_over(self) -> None:
        """Gives the crew what it can take; what a worker may have died of goes alone."""
        if self._suspects:
            while self._suspects and not self._under_way:
                task = self._suspects.pop(0)
                if self._is_open(task.place):
                    self._submit(task)
            return
        while self._ready and len(self._under_way) < self._crew.ahead:
            task = heapq.heappop(self._ready)
            if self._is_open(task.place) and not self._submit(task):
                return

    def _submit(self, task: _Task) -> bool:
        order = self._orders[task.place]
        try:
            if task.stage == "plan":
                future = self._crew.submit(plan, order, order in self._asked.skip, self._crew.shares)
            elif task.stage == "check":
                future = self._crew.submit(check, task.work)
            else:
                future = self._crew.submit(make if self._crew.width == 1 else packed, order, self._asked.now())
        except RuntimeError as error:
            if not self._crew.lost(error):
                raise
            heapq.heappush(self._ready, task)  # a worker died while nothing of ours was looking
            self._gather_the_rest()
            return False
        self._under_way[future] = task
        return True

    def _collect(self) -> None:
        """Takes what has come back. After a loss all that was under way is lost, or comes back with what was lost."""
        done, _ = wait(self._under_way, _TICK, return_when=FIRST_COMPLETED)
        losses = sum(self._take(future) for future in done)
        if losses:
            self._gather_the_rest()

    def _gather_the_rest(self) -> None:
        if self._crew.patience > 1:
            for future in wait(self._under_way).done:
                self._take(future)
        self._crew.renew()

    def _take(self, future: Future[Any]) -> bool:
        """What follows from a call that came back; tells whether its worker was lost."""
        task = self._under_way.pop(future)
        error = future.exception() if not future.cancelled() else CancelledError()
        if error is None:
            self._go_on(task, future.result())
        elif self._crew.lost(error):
            self._was_lost(task)
            return True
        else:
            self._end(task.place, too_large() if isinstance(error, MemoryError) else stumbled("".join(traceback.format_exception(error))))
        return False

    def _go_on(self, task: _Task, result: Any) -> None:
        if task.stage == "check":
            self._keeper.keep(self._orders[task.place].project, result)
        if not self._is_open(task.place):
            return
        job = self._jobs[task.place]
        if task.stage == "make":
            self._end(task.place, result)
        elif task.stage == "plan":
            works, made = result
            if made is not None:
                self._end(task.place, made)
                return
            job.left = len(works)
            for work in works:
                self._add(task.place, "check", work)
        else:
            job.left -= 1
        if job.left == 0 and task.stage != "make":
            self._add(task.place, "make")

    def _was_lost(self, task: _Task) -> None:
        task.losses += 1
        if task.losses < self._crew.patience:
            self._suspects.append(task)
            return
        if task.work is not None and len(task.work.paths) > 1 and self._is_open(task.place):
            self._split(task, task.work)  # one of them is to blame, and it is named
            return
        doing = f"kiểm tra {_named(task.work)}" if task.work is not None else "lập báo cáo"
        message = f"Tiến trình {doing} bị dừng đột ngột {task.losses} lần liền."
        otherwise = "; nếu vẫn vậy thì tạm chuyển tệp đó ra khỏi thư mục dữ liệu" if task.work is not None else ""
        self._end(task.place, JobMade("failed", 3, message, f"Có thể máy thiếu bộ nhớ: chạy lại với --jobs 1{otherwise}."))

    def _split(self, task: _Task, work: Work) -> None:
        """The workbooks of a chunk one by one, each with one try less than a chunk has."""
        self._jobs[task.place].left += len(work.paths) - 1
        for path in work.paths:
            self._count += 1
            self._suspects.append(_Task(last=False, place=task.place, number=self._count, stage="check", work=replace(work, paths=(path,)), losses=1))

    def _is_open(self, place: int) -> bool:
        """Whether a job still goes on: one that failed over a chunk of its workbooks is not made."""
        job = self._jobs.get(place)
        return job is not None and job.made is None

    def _end(self, place: int, made: JobMade | bytes) -> None:
        if self._is_open(place):
            self._jobs[place].made = made


def packed(order: JobOrder, now: datetime) -> bytes:
    """A job made in a worker. The figures of a large province are tens of megabytes of words that are much alike, and several jobs wait to be written."""
    content = io.BytesIO()
    with gzip.GzipFile(fileobj=content, mode="wb", compresslevel=1, mtime=0) as stream:
        pickle.dump(make(order, now), stream, pickle.HIGHEST_PROTOCOL)
    return content.getvalue()


def check(work: Work) -> tuple[Packed, ...]:
    """The workbooks of one chunk, read and checked."""
    from mtqg_cli.pipeline import check_work  # noqa: PLC0415

    return check_work(work)


def _named(work: Work) -> str:
    names = [each.name for each in work.paths]
    return f"tệp {names[0]}" if len(names) == 1 else f"{len(names)} tệp từ {names[0]} đến {names[-1]}"

"""How a batch shows where it is: a bar with the time left on a terminal, nothing elsewhere. The lines of the product are printed above it."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Protocol

from mtqg_cli.cli import console

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mtqg_cli.batch.orders import JobOrder

#: Making a report takes about as long as reading so many workbooks.
_REPORT = 10


class Progress(Protocol):
    """What a run tells of its progress."""

    def line(self, text: str) -> None:
        """A line of the product."""

    def read(self, project: Path, workbooks: int) -> None:
        """Workbooks of a project were read."""

    def finished(self, order: JobOrder) -> None:
        """A job has ended."""

    def close(self) -> None:
        """The run is over."""


class Plain:
    """Lines only, each as soon as it is known."""

    def line(self, text: str) -> None:
        """Prints it at once, also into a file."""
        console.out(text)
        sys.stdout.flush()

    def read(self, project: Path, workbooks: int) -> None:
        """Says nothing."""

    def finished(self, order: JobOrder) -> None:
        """Says nothing."""

    def close(self) -> None:
        """Nothing to close."""


class Bar:
    """A bar on the terminal that standard error goes to. A job weighs what it has to read and to make."""

    def __init__(self, orders: Sequence[JobOrder]) -> None:
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import BarColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415
        from rich.progress import Progress as RichProgress  # noqa: PLC0415

        self._workbooks = {each: _workbooks(each) for each in orders}
        self._unread: dict[Path, int] = {}
        for each, number in self._workbooks.items():
            self._unread[each.project] = self._unread.get(each.project, 0) + number
        self._total = len(orders)
        self._done = 0
        columns = (TextColumn("{task.fields[jobs]}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TextColumn("còn"), TimeRemainingColumn())
        self._bar = RichProgress(*columns, console=Console(stderr=True, highlight=False), transient=True, redirect_stdout=False)
        self._task = self._bar.add_task("", total=_REPORT * len(orders) + sum(self._workbooks.values()), jobs=self._jobs())
        self._bar.start()

    def _jobs(self) -> str:
        return f"{self._done}/{self._total} việc"

    def line(self, text: str) -> None:
        """Above the bar where both share a screen."""
        if sys.stdout.isatty():
            self._bar.console.print(text, markup=False, highlight=False, soft_wrap=True)
        else:
            console.out(text)
            sys.stdout.flush()

    def read(self, project: Path, workbooks: int) -> None:
        """Moves the bar by what was read, as far as it is the project's own period."""
        step = min(workbooks, self._unread.get(project, 0))
        self._unread[project] = self._unread.get(project, 0) - step
        self._bar.advance(self._task, step)

    def finished(self, order: JobOrder) -> None:
        """Moves the bar by the report, and by workbooks that were not read anew."""
        self._done += 1
        del self._workbooks[order]
        others = sum(number for each, number in self._workbooks.items() if each.project == order.project)
        known = max(0, self._unread[order.project] - others)
        self._unread[order.project] -= known
        self._bar.update(self._task, advance=_REPORT + known, jobs=self._jobs())

    def close(self) -> None:
        """Takes the bar away."""
        self._bar.stop()


def progress_of(orders: Sequence[JobOrder]) -> Progress:
    """A bar where somebody may be watching."""
    return Bar(orders) if sys.stderr.isatty() and os.environ.get("TERM") != "dumb" else Plain()


def _workbooks(order: JobOrder) -> int:
    """About how many workbooks a job has to read; it is only for the bar."""
    try:
        return sum(1 for each in os.scandir(order.project / "data" / order.period) if each.name.endswith((".xlsx", ".xls")))
    except OSError:
        return 0

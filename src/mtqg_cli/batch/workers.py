"""Where work is done: in this process, in processes of this machine, or on a Dask cluster. What the work is, is `flow`'s matter."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

#: As in the program itself: what is read is kept to the end of a job, and looking for garbage finds none.
_FEW_LOOKS = 500_000
#: Windows waits for no more processes at once.
_MOST = 61


class Crew(Protocol):
    """Those who work. `width` is how many do so at once; `ahead` how many calls they are handed before the first comes back.

    A call whose worker was lost is tried `patience` times, the first time in company, then alone. `shares`: whether what one reads
    of a workbook is of use to the others.
    """

    shares: bool
    width: int
    ahead: int
    patience: int

    def submit(self, call: Callable[..., Any], *arguments: object) -> Future[Any]:
        """Hands over a call that can be pickled."""

    def lost(self, error: BaseException) -> bool:
        """Whether this failure of a call says that its worker died, and nothing of the call itself. Raises MtqgError if all workers are gone for good."""

    def renew(self) -> None:
        """Makes the crew whole again after a loss; nothing may be under way."""

    def close(self) -> None:
        """Stops whatever is still under way; nobody is left behind."""


class Here:
    """This process alone: the call is done when it has been handed over."""

    shares = False
    width = ahead = patience = 1

    def submit(self, call: Callable[..., Any], *arguments: object) -> Future[Any]:
        """Does it."""
        future: Future[Any] = Future()
        try:
            future.set_result(call(*arguments))
        except Exception as error:  # noqa: BLE001 - as any executor does
            future.set_exception(error)
        return future

    def lost(self, error: BaseException) -> bool:  # noqa: ARG002
        """Never: then this process is lost as well."""
        return False

    def renew(self) -> None:
        """Nothing to renew."""

    def close(self) -> None:
        """Nobody to stop."""


class Pool:
    """Processes of this machine, started afresh (spawn) on every system alike: a fork would copy threads and locks in mid-air.

    Each holds the reading end of a pipe whose writing end only this process has: when it closes, because this process says so
    or because it was killed, the workers end at once. They live as long as the run: replacing them after so many
    calls (max_tasks_per_child) can hang in Python 3.11 to 3.13 (https://github.com/python/cpython/issues/115634).
    """

    shares = True
    patience = 3

    def __init__(self, width: int) -> None:
        self.width = min(width, _MOST) if sys.platform == "win32" else width
        self.ahead = 2 * self.width
        self._start()

    def _start(self) -> None:
        context = get_context("spawn")
        self._reading, self._writing = context.Pipe(duplex=False)
        self._executor = ProcessPoolExecutor(self.width, mp_context=context, initializer=_settle_in, initargs=(self._reading,))

    def submit(self, call: Callable[..., Any], *arguments: object) -> Future[Any]:
        """Hands over a call."""
        return self._executor.submit(call, *arguments)

    def lost(self, error: BaseException) -> bool:
        """A process that dies breaks the whole pool: every call under way ends so."""
        return isinstance(error, BrokenProcessPool)

    def renew(self) -> None:
        """A new pool."""
        self.close()
        self._start()

    def close(self) -> None:
        """Workers with nothing to do leave by themselves; the others are told by the pipe."""
        self._writing.close()
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._reading.close()


def _settle_in(reading: Connection) -> None:
    """The first thing that a worker does. Ctrl-C reaches every process of a console: it is the parent's to answer."""
    for name in ("SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    gc.set_threshold(_FEW_LOOKS)
    threading.Thread(target=_leave_with_the_parent, args=(reading,), daemon=True).start()


def _leave_with_the_parent(reading: Connection) -> None:
    try:
        reading.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)

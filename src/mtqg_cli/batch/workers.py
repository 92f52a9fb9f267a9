"""Where work is done: in this process, in processes of this machine, or on a Dask cluster. What the work is, is `flow`'s matter."""

from __future__ import annotations

import gc
import os
import pickle
import shutil
import signal
import sys
import tempfile
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

#: As in the program itself: what is read is kept to the end of a job, and looking for garbage finds none.
FEW_LOOKS = 500_000
#: Bytes that go through a pipe in one piece, with what the pool adds (POSIX: 512, Linux and Windows: 4096).
_SHORT = 2048
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

    What they make comes back in files. Through the pool's own pipe go a few bytes only, which a system passes on whole or not at all:
    whoever dies half-way through more would leave the pool reading for ever.
    """

    shares = True
    patience = 3

    def __init__(self, width: int) -> None:
        self.width = min(width, _MOST) if sys.platform == "win32" else width
        self.ahead = 2 * self.width
        self._start()

    def _start(self) -> None:
        context = get_context("spawn")
        _start_tracker()
        self._room = TemporaryDirectory(prefix="mtqg-", ignore_cleanup_errors=True)
        self._reading, self._writing = context.Pipe(duplex=False)
        self._executor = ProcessPoolExecutor(self.width, mp_context=context, initializer=_settle_in, initargs=(self._reading, self._room.name))

    def submit(self, call: Callable[..., Any], *arguments: object) -> Future[Any]:
        """Hands over a call."""
        future: Future[Any] = Future()
        self._executor.submit(_leave_result, self._room.name, call, *arguments).add_done_callback(partial(_fetch_result, future))
        return future

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
        self._room.cleanup()


def _start_tracker() -> None:
    """Python's own helper, which cleans up after dead workers, bears Ctrl-C but not the closing of the terminal: it would be missed, in English."""
    if not hasattr(signal, "SIGHUP") or threading.current_thread() is not threading.main_thread():
        return
    from multiprocessing import resource_tracker  # noqa: PLC0415 - not on Windows

    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        resource_tracker.ensure_running()
    finally:
        signal.signal(signal.SIGHUP, before)


def _leave_result(room: str, call: Callable[..., Any], *arguments: object) -> bytes | str:
    """Does a call in a worker; gives what came of it if that is short, or the file that it lies in."""
    made = pickle.dumps(call(*arguments))
    if len(made) <= _SHORT:
        return made
    try:
        descriptor, name = tempfile.mkstemp(dir=room)
        with os.fdopen(descriptor, "wb") as file:
            file.write(made)
    except OSError:
        return made  # no room on that disk: then by the pipe
    return name


def _fetch_result(future: Future[Any], done: Future[bytes | str]) -> None:
    if done.cancelled():
        future.cancel()
        future.set_running_or_notify_cancel()
        return
    error = done.exception()
    if error is not None:
        future.set_exception(error)
        return
    try:
        left = done.result()
        content = left if isinstance(left, bytes) else Path(left).read_bytes()
        if not isinstance(left, bytes):
            Path(left).unlink(missing_ok=True)
        future.set_result(pickle.loads(content))  # noqa: S301 - of our own worker, in a folder of our own
    except Exception as problem:  # noqa: BLE001 - it is what became of the call
        future.set_exception(problem)


def _settle_in(reading: Connection, room: str) -> None:
    """The first thing that a worker does. Ctrl-C and the closing of a terminal reach every process there: they are the parent's to answer."""
    for name in ("SIGINT", "SIGBREAK", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    gc.set_threshold(FEW_LOOKS)
    threading.Thread(target=_leave_with_the_parent, args=(reading, room), daemon=True).start()


def _leave_with_the_parent(reading: Connection, room: str) -> None:
    try:
        reading.recv_bytes()
    except (EOFError, OSError):
        shutil.rmtree(room, ignore_errors=True)  # a parent that was killed cannot
        os._exit(1)

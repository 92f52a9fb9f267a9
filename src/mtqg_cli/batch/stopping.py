"""Ctrl-C and requests to end: answered at once, but not between a file and its entry in the manifest."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

#: Ctrl-C, Ctrl-Break and the closing of a console on Windows, and what schedulers and shutdowns send.
_SIGNALS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP") if hasattr(signal, name))


class Stopping:
    """While it is entered, every request to end is a KeyboardInterrupt in the main thread; what was to be ignored (nohup) still is."""

    def __init__(self) -> None:
        self._asked = False
        self._shielded = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            self._before = {each: signal.signal(each, self._ask) for each in _SIGNALS if signal.getsignal(each) != signal.SIG_IGN}
        return self

    def __exit__(self, *_: object) -> None:
        for each, handler in self._before.items():  # whoever asked once need not ask again: the program is about to end
            signal.signal(each, signal.SIG_IGN if self._asked else handler if handler is not None else signal.SIG_DFL)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        if self._asked:
            return  # it is on its way already
        self._asked = True
        if not self._shielded:
            raise KeyboardInterrupt

    def heed(self) -> None:
        """The place to end, within what is shielded."""
        if self._asked:
            raise KeyboardInterrupt

    @contextmanager
    def shielded(self) -> Iterator[None]:
        """What is done within is done to the end, or to where it asks by itself."""
        before, self._shielded = self._shielded, True
        try:
            yield
        finally:
            self._shielded = before
        if not before:
            self.heed()

"""Which jobs of a run are finished, so that the run after a crash need not do them again. It is no proof: files and recipes are compared as well."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING

from mtqg_cli.core.system import answer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mtqg_cli.batch.orders import JobOrder


class Journal:
    """The journal of one list of jobs. A finished run leaves none, so one that is there was left by a run that was cut short."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines: list[str] = []
        self.note = ""

    def left_over(self, orders: Sequence[JobOrder]) -> frozenset[JobOrder]:
        """The jobs that an interrupted run had finished; a line that was being written when it stopped counts for nothing."""
        try:
            self._lines = self._path.read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            self._lines = []
        known = {line.partition(" ")[0] for line in self._lines if line.endswith(" .")}
        return frozenset(each for each in orders if _key(each) in known)

    def add(self, order: JobOrder) -> None:
        """Notes a finished job; where that cannot be written, the run goes on without."""
        if self.note:
            return
        line = f"{_key(order)} {order.period} {order.project} ."
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(("\n" if file.tell() else "") + line)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            self.note = f"Không ghi được danh sách việc đã xong {self._path} ({answer(error, 'ghi')}); nếu bị ngắt giữa chừng thì lần sau làm lại từ đầu."

    def close(self) -> None:
        """The run is finished."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            self.note = self.note or f"Không xóa được danh sách việc đã xong {self._path} ({answer(error, 'ghi')})."


def _key(order: JobOrder) -> str:
    """A job by what is asked for: the same file of jobs may have been changed meanwhile."""
    asked = [str(order.project), order.period, order.templates, order.formats, str(order.out or ""), order.draft]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()[:20]

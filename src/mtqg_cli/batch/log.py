"""The log of runs for other programs: a line of JSON for each job, whole or not at all."""

from __future__ import annotations

import errno
import json
import os
from typing import TYPE_CHECKING, Any

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.system import answer

if TYPE_CHECKING:
    from pathlib import Path

    from mtqg_cli.batch.run import Ended


class Log:
    """A file that lines are added to; several runs may share it. Raises MtqgError where it cannot be opened.

    `failure`: why lines are missing, where the disk became full during the run, say: no job waits for its line.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.failure: MtqgError | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a+b", buffering=0)
            self._cut_off()  # which tells what is no ordinary file
        except OSError as error:
            raise self._failure(error) from None

    def _cut_off(self) -> bool:
        """Whether the last line was left unfinished, by a run that was killed or a disk that was full."""
        size = self._file.seek(0, os.SEEK_END)
        if not size:
            return False
        self._file.seek(size - 1)
        return self._file.read(1) != b"\n"

    def add(self, ended: Ended) -> None:
        """One job."""
        line = json.dumps(entry(ended), ensure_ascii=False).encode(errors="replace") + b"\n"
        try:
            self._write(b"\n" + line if self._cut_off() else line)
            os.fsync(self._file.fileno())
        except OSError as error:
            self.failure = self.failure or self._failure(error)

    def _write(self, line: bytes) -> None:
        if self._file.write(line) < len(line):
            raise OSError(errno.ENOSPC, "")

    def close(self) -> None:
        """Nothing more is added."""
        self._file.close()

    def _failure(self, error: OSError) -> MtqgError:
        message = f"Không ghi được nhật ký {self._path}: {answer(error, 'ghi')}."
        return MtqgError(message, "Chọn tệp khác ở --log, hoặc kiểm tra dung lượng đĩa và quyền ghi.")


def entry(ended: Ended) -> dict[str, Any]:
    """The keys are a contract (docs/huong-dan/chay-hang-loat.md); what is not known is null, never 0."""
    order, made = ended.order, ended.made
    return {
        "job": order.number,
        "started": ended.began.isoformat(timespec="seconds"),
        "ended": ended.ended.isoformat(timespec="seconds"),
        "seconds": round(ended.seconds, 1),
        "project": str(order.project),
        "unit": made.unit or None,
        "period": order.period,
        "templates": list(order.templates),
        "formats": list(order.formats),
        "draft": order.draft,
        "status": made.status,
        "exit_code": made.exit_code,
        "resumed": ended.resumed,
        "errors": made.errors,
        "warnings": made.warnings,
        "workbooks": made.workbooks,
        "missing": list(made.missing) if made.missing is not None else None,
        "out": str(order.folder),
        "outputs": ended.hashes,
        "kept": [str(each) for each in ended.kept],
        "message": made.message or None,
        "hint": made.hint or None,
        "notes": list(ended.notes),
    }

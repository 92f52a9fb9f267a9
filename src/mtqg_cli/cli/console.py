"""The only place that writes to the terminal: the product to stdout, everything else to stderr, UTF-8 on every console and without one."""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path

#: The exit code of what could not be written.
_UNWRITTEN = 3
#: Errors of a pipe whose reader has gone away; Windows tells the last.
_NOBODY_READS = {errno.EPIPE, errno.ESHUTDOWN, errno.EINVAL}


class _Patient(io.TextIOWrapper):
    """A stream that no closed pipe and no full disk interrupts: the work goes on to its end, and `finish` tells what could not be written."""

    failure: OSError | None = None

    def write(self, text: str, /) -> int:
        """Writes, or remembers why that failed."""
        try:
            return super().write(text)
        except OSError as error:
            self._give_up(error)
            return len(text)

    def flush(self) -> None:
        """Passes on what was written, or remembers why that failed."""
        try:
            super().flush()
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        """From here on nothing is kept: what waits would fail again when the program ends."""
        self.failure = self.failure or error
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)


def prepare() -> None:
    """UTF-8 with replacement on both streams, whatever the code page of the console or the file that they go to; nowhere, if there is none."""
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - open to the end, as the streams are
    sys.stdout = _prepared(sys.stdout)
    sys.stderr = _prepared(sys.stderr)


def _prepared(stream: object) -> io.TextIOWrapper:
    """A stream that was closed is replaced: pythonw and schedulers start programs without any, and another file would take its number."""
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8", errors="replace")
    if not isinstance(stream, io.TextIOWrapper):
        return stream  # type: ignore[return-value]  # put in place by whoever started the program, who knows why
    line_by_line, at_once = stream.line_buffering, stream.write_through
    return _Patient(stream.detach(), encoding="utf-8", errors="replace", line_buffering=line_by_line, write_through=at_once)


def start_again_in_utf8() -> None:
    """Where the locale has no Unicode, names of files would be read wrongly: the program is started once more with Python's UTF-8 mode."""
    if sys.platform != "win32" and sys.getfilesystemencoding() != "utf-8":
        os.execv(sys.executable, [sys.executable, "-X", "utf8", "-m", "mtqg_cli.cli", *sys.argv[1:]])  # noqa: S606 - itself


def finish(code: int) -> int:
    """The exit code, once everything is written; another one with a line on why if it could not be. A reader who has gone away is no failure."""
    sys.stdout.flush()
    failed = getattr(sys.stdout, "failure", None)
    if failed is None or failed.errno in _NOBODY_READS:
        return code
    from mtqg_cli.core.system import answer  # noqa: PLC0415

    failure(f"Không ghi được hết kết quả ra nơi nhận: {answer(failed, 'ghi')}.", "Kiểm tra dung lượng đĩa và nơi nhận kết quả (sau dấu >), rồi chạy lại.")
    return _UNWRITTEN


def colour(*, errors: bool = False) -> bool:
    """Whether a stream is a terminal that shows colour and nobody has asked for none (NO_COLOR)."""
    stream = sys.stderr if errors else sys.stdout
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not stream.isatty():
        return False
    return _windows_shows_colour() if sys.platform == "win32" else True


def _windows_shows_colour() -> bool:
    """Asks the console of Windows to follow colour sequences; older ones refuse and would print them."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415

        kernel, mode = ctypes.windll.kernel32, ctypes.c_ulong()
        console = kernel.GetStdHandle(-11)
        return bool(kernel.GetConsoleMode(console, ctypes.byref(mode)) and kernel.SetConsoleMode(console, mode.value | 4))
    return False


def out(text: str) -> None:
    """A line of the product."""
    sys.stdout.write(f"{text}\n")


def err(text: str) -> None:
    """A line about the run: progress, warnings, failures."""
    sys.stdout.flush()
    sys.stderr.write(f"{text}\n")


def failure(message: str, hint: str = "") -> None:
    """A failure in one or two lines."""
    err(f"Lỗi: {message}")
    if hint:
        err(f"→ {hint}")

"""The only place that writes to the terminal: the product to stdout, everything else to stderr, UTF-8 on every console."""

from __future__ import annotations

import os
import sys


def prepare() -> None:
    """UTF-8 with replacement on both streams, whatever the code page of the console or the file that they go to."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


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

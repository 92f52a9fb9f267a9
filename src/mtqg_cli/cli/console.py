"""The only place that writes to the terminal: the product to stdout, everything else to stderr, UTF-8 on every console."""

from __future__ import annotations

import sys


def prepare() -> None:
    """UTF-8 with replacement on both streams, whatever the code page of the console or the file that they go to."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


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

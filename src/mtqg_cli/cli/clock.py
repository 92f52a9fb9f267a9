"""The clock of the program: what happens now is asked here and handed on as an argument."""

from __future__ import annotations

from datetime import datetime


def now() -> datetime:
    """The local time with its zone."""
    return datetime.now().astimezone()

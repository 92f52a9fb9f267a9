"""A new file beside others, for what is not finished yet.

Not `tempfile.mkstemp`: on Windows it takes a folder that may not be written for a name that is taken, and goes on with two thousand million
other names (https://github.com/python/cpython/issues/66305).
"""

from __future__ import annotations

import contextlib
import errno
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: A name has 32 random bits: one that is taken twice running is no chance any more.
_TRIES = 10
_FLAGS = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)


def fresh_file(folder: Path, prefix: str, ending: str) -> tuple[int, Path]:
    """A file that nobody had, as a descriptor that writes bytes, and its place. Raises OSError at once where none can be made."""
    for _ in range(_TRIES):
        path = folder / f"{prefix}{os.urandom(4).hex()}{ending}"
        with contextlib.suppress(FileExistsError):
            return os.open(path, _FLAGS, 0o644), path
    raise FileExistsError(errno.EEXIST, "no name was free", str(folder))

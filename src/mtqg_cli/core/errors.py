"""The one exception of the program: the environment is broken or the call is wrong; never a mistake in the data."""

from __future__ import annotations


class MtqgError(Exception):
    """A failure that a person can mend; `exit_code` 2 is wrong usage, 3 a file that cannot be read or written."""

    def __init__(self, message: str, hint: str = "", *, exit_code: int = 3) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code

"""What is found wrong, as data, and the value that goes on beside it. No formatting here: `render` decides the looks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from mtqg_cli.core.location import Location

T = TypeVar("T")


class Severity(StrEnum):
    """How much a finding matters: an error blocks a final report, a warning needs a look, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The Vietnamese word that users see."""
        return {"error": "lỗi", "warning": "cảnh báo", "note": "ghi chú"}[self.value]


@dataclass(frozen=True, slots=True)
class Decision:
    """Why, by whom and when something about the data was decided by hand."""

    reason: str
    by: str = ""
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: where, what is there (`found`), what was expected, what to do (`hint`).

    `consequences` are findings that vanish once this one is mended; they are told under it and not by themselves.
    `decision` is what somebody decided about it: a warning that was accepted, a cell that was corrected.
    `remedies` are cells with what would have to be added to each, alone, for the finding to vanish (in the values' own units).
    """

    code: str
    severity: Severity
    location: Location
    message: str
    hint: str = ""
    found: str | None = None
    expected: str | None = None
    related: tuple[Location, ...] = ()
    consequences: tuple[Diagnostic, ...] = ()
    decision: Decision | None = None
    remedies: tuple[tuple[Location, int], ...] = ()

    @property
    def entailed(self) -> tuple[Diagnostic, ...]:
        """All consequences with theirs."""
        return tuple(found for each in self.consequences for found in (each, *each.entailed))


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """A value and what was found on the way to it; both always come back."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether anything found blocks a final report."""
        return has_errors(self.diagnostics)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them blocks a final report."""
    return any(each.severity is Severity.ERROR for each in diagnostics)

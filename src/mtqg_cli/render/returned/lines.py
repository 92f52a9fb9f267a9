"""Findings as the lines of our sheet and as the notes of cells: words and places, no XML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mtqg_cli.core.diagnostic import Diagnostic

FOLLOWING = "kéo theo"


@dataclass(frozen=True, slots=True)
class Line:
    """A finding on our sheet with its number; one that follows from a `cause` has the cause's number."""

    number: int
    finding: Diagnostic
    cause: Diagnostic | None = None

    @property
    def severity(self) -> str:
        """What stands in the column “Mức độ”."""
        return FOLLOWING if self.cause is not None else self.finding.severity.label

    @property
    def message(self) -> str:
        """What stands in the column “Nội dung”."""
        return f"Kéo theo: {self.finding.message}" if self.cause is not None else self.finding.message

    @property
    def hint(self) -> str:
        """What stands in the column “Cách sửa”."""
        return f"Hết khi sửa xong mục {self.number}." if self.cause is not None else self.finding.hint

    @property
    def marked(self) -> bool:
        """Whether a cell is coloured for it: notes only inform."""
        return self.finding.location.cell is not None and self.finding.severity is not Severity.NOTE

    @property
    def note(self) -> str:
        """What the cell's note says."""
        if self.cause is not None:
            return f"Kéo theo từ {self.cause.location.words or self.cause.location.file}, sửa ở đó trước: {self.finding.message}"
        words = f"{self.finding.severity.label.capitalize()} {self.finding.code}: {self.finding.message}"
        return f"{words}\nCách sửa: {self.finding.hint}" if self.finding.hint else words


def lines_of(findings: Iterable[Diagnostic], file: str) -> tuple[Line, ...]:
    """The findings of a file, each followed by those that it entails in the same file."""
    return tuple(line for number, each in enumerate(findings, start=1) for line in _line(number, each, file))


def _line(number: int, finding: Diagnostic, file: str) -> Iterator[Line]:
    yield Line(number, finding)
    for each in finding.entailed:
        if each.location.file == file:
            yield Line(number, each, finding)

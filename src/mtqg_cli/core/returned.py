"""A file that goes back to its sender, with what was found in it. Values only; the looks are `render`'s matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity

if TYPE_CHECKING:
    from datetime import date

    from mtqg_cli.core.diagnostic import Diagnostic
    from mtqg_cli.core.period import Period
    from mtqg_cli.core.unit import Unit


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A file with findings: whose it is (None where that could not be told), of which period, until when it is wanted back.

    `own` marks the workbook of the unit that checks: nobody writes an official letter to himself. `stem` is what the names
    of the files beside it begin with.
    """

    file: str
    stem: str
    unit: Unit | None
    period: Period
    diagnostics: tuple[Diagnostic, ...]
    deadline: date | None = None
    own: bool = False

    @property
    def errors(self) -> int:
        """How many findings block the report."""
        return sum(1 for each in self.diagnostics if each.severity is Severity.ERROR)

    @property
    def warnings(self) -> int:
        """How many findings need a look."""
        return sum(1 for each in self.diagnostics if each.severity is Severity.WARNING)

    @property
    def faulty(self) -> bool:
        """Whether there is anything for the sender to do; notes alone ask for nothing."""
        return bool(self.errors or self.warnings)

    @property
    def counted(self) -> str:
        """How much was found, in words: 3 lỗi, 2 cảnh báo."""
        parts = [f"{number} {severity.label}" for number, severity in ((self.errors, Severity.ERROR), (self.warnings, Severity.WARNING)) if number]
        return ", ".join(parts)

    @property
    def gravest_first(self) -> tuple[Diagnostic, ...]:
        """The findings, errors before warnings before notes, else as they stand in the file."""
        order = list(Severity)
        return tuple(sorted(self.diagnostics, key=lambda each: order.index(each.severity)))

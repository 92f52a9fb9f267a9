"""What a unit has sent for a period, and all of it together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mtqg_cli.core.diagnostic import Diagnostic
    from mtqg_cli.core.period import Period
    from mtqg_cli.core.table import Table
    from mtqg_cli.core.unit import Unit


@dataclass(frozen=True, slots=True)
class Submission:
    """One workbook that counts: whose it is, of which period, and its tables by form id."""

    file: str
    sha256: str
    unit: Unit
    period: Period
    tables: Mapping[str, Table]


@dataclass(frozen=True, slots=True)
class FileStatus:
    """A file of the data folder as `validate` lists it; `unit` is None where it could not be told, `readable` False for what was refused."""

    file: str
    sha256: str
    unit: str | None
    readable: bool = True


@dataclass(frozen=True, slots=True)
class FileResult:
    """What came of one file before the others are looked at: its status, its submission if it counts, what was found in it."""

    status: FileStatus
    submission: Submission | None
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """All submissions of a period: the communes' in the project's order, the unit's own, and who has sent nothing that could be read."""

    unit: Unit
    period: Period
    communes: tuple[Unit, ...]
    submissions: tuple[Submission, ...]
    files: tuple[FileStatus, ...]
    missing: tuple[Unit, ...]

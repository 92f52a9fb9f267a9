"""What mtqg.toml may hold, section by section, with the defaults. Shapes only: what the names mean is `project`'s matter."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from mtqg_cli.reference.book import DEFAULT_CRITERIA
from mtqg_cli.reference.request import Band

_MOST_DECIMALS = 6


class Section(BaseModel):
    """A section of mtqg.toml: a key that nobody knows is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _band(value: object) -> object:
    return [value, value] if isinstance(value, int) else value


def _unique(names: tuple[str, ...]) -> tuple[str, ...]:
    """What is named twice would be counted twice."""
    if len(set(names)) != len(names):
        raise PydanticCustomError("repeated", "a name is repeated")
    return names


def _disjoint(bands: tuple[Band, ...]) -> tuple[Band, ...]:
    """No number of criteria falls into two bands, or between them."""
    ordered = sorted(bands)
    if any(low > high for low, high in ordered) or any(one[1] + 1 != other[0] for one, other in itertools.pairwise(ordered)):
        raise PydanticCustomError("bands", "bands leave gaps or overlap")
    return bands


class UnitSection(Section):
    """Whose project it is."""

    name: str
    date: dt.date | None = None
    order: tuple[str, ...] = ()


class ReportingSection(Section):
    """Which days a period has."""

    regime: Literal["lich", "nd09"] = "lich"
    cutoff: dict[str, dt.date] = Field(default_factory=dict)
    as_of: dict[str, str] = Field(default_factory=dict)
    deadline: dict[str, dt.date] = Field(default_factory=dict)


class ProgrammesSection(Section):
    """Which programmes and criteria sets hold."""

    use: Annotated[tuple[str, ...], AfterValidator(_unique)] = ("ntm-2021-2025", "gnbv-2021-2025", "dtts-2021-2030")
    criteria: Annotated[tuple[str, ...], AfterValidator(_unique)] = DEFAULT_CRITERIA
    criteria_of: dict[str, Annotated[tuple[str, ...], AfterValidator(_unique)]] = Field(default_factory=dict)
    bands: Annotated[tuple[Annotated[Band, BeforeValidator(_band)], ...], AfterValidator(_disjoint)] = ((19, 19), (15, 18), (10, 14), (5, 9), (0, 4))
    poverty_line: Literal["tw", "tinh"] = "tw"
    poverty_line_basis: str = ""
    absolute_exit: Literal["", "net-fall", "above-lines"] = ""

    @property
    def every_set(self) -> tuple[str, ...]:
        """The criteria sets that are used anywhere: those of all communes first."""
        return tuple(dict.fromkeys((*self.criteria, *(name for sets in self.criteria_of.values() for name in sets))))


class FormsSection(Section):
    """Which forms are used beside those that every project has, and which of those are not."""

    extra: Annotated[tuple[str, ...], AfterValidator(_unique)] = ()
    without: Annotated[tuple[str, ...], AfterValidator(_unique)] = ()


class StyleSection(Section):
    """How numbers look."""

    leading_zero: bool = True
    decimals: dict[str, Annotated[int, Field(ge=0, le=_MOST_DECIMALS)]] = Field(default_factory=dict)


class IssueSection(Section):
    """The signing data of a document; `authority` is the issuing body line by line, `superior` the one above it, if printed.

    `number` is that of reports, `letter_number` that of the letters with which files go back.
    """

    superior: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    number: str = ""
    letter_number: str = "…/UBND"
    place: str = ""
    date: dt.date | None = None
    basis: str = ""
    capacity: tuple[str, ...] = ()
    signer: str = ""
    recipients: tuple[str, ...] = ()


class EventSection(Section):
    """The meeting that an article of one period tells of; conclusions as text, as a list, or as a file with one on each line."""

    period: str = ""
    name: str = ""
    date: dt.date | None = None
    place: str = ""
    chair: str = ""
    attendance: str = ""
    conclusions: tuple[str, ...] | str = ()
    conclusions_file: str = ""


def _no_truth(value: object) -> object:
    """True would be read as the number 1."""
    if isinstance(value, bool):
        raise PydanticCustomError("no_truth", "a cell holds no truth value")
    return value


Words = Annotated[str, Field(min_length=1)]
#: What a cell holds, as mtqg.toml can write it; "" is a blank cell.
CellValue = Annotated[str | int | float | dt.date, BeforeValidator(_no_truth)]


class NotReporting(Section):
    """A commune that need not report."""

    unit: str
    period: str
    reason: Words
    by: str = ""
    date: dt.date | None = None


class Decided(Section):
    """What somebody decided about the data of a period, and answers for; without `period`, of the period that is asked for."""

    period: str = ""
    reason: Words
    by: Words
    date: dt.date


class Accepted(Decided):
    """A warning that was looked at; `cell` where the warning stands at one, `sheet` where cells of that name might be meant on several.

    With `found` it holds only while that stands there.
    """

    rule: str
    file: str
    sheet: str = ""
    cell: str = ""
    found: str | None = None


class Correction(Decided):
    """A cell agreed upon with the unit: what it says and what it is to be read as. The file stays as it is."""

    file: str
    sheet: str
    cell: str
    old: CellValue
    new: CellValue


class RulesSection(Section):
    """How strictly rules are taken here: severities by code, and the limits that rules compare with."""

    severity: dict[str, Literal["lỗi", "cảnh báo", "ghi chú", "tắt"]] = Field(default_factory=dict)
    limits: dict[str, Decimal] = Field(default_factory=dict)


class Settings(Section):
    """The whole of mtqg.toml."""

    unit: UnitSection
    reporting: ReportingSection = ReportingSection()
    programmes: ProgrammesSection = ProgrammesSection()
    forms: FormsSection = FormsSection()
    style: StyleSection = StyleSection()
    issue: IssueSection = IssueSection()
    event: EventSection | None = None
    rules: RulesSection = RulesSection()
    accepted: tuple[Accepted, ...] = ()
    correction: tuple[Correction, ...] = ()
    not_reporting: tuple[NotReporting, ...] = ()

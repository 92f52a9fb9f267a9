"""What is asked for: whose report, of which period, from which forms. A value; where it comes from is `project`'s matter."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mtqg_cli.reference.book import FACE_FORM
from mtqg_cli.reference.limits import LIMITS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

    from mtqg_cli.core.diagnostic import Decision, Severity
    from mtqg_cli.core.period import Period
    from mtqg_cli.core.unit import Unit
    from mtqg_cli.reference.book import Book
    from mtqg_cli.reference.form import Form
    from mtqg_cli.reference.indicator import IndicatorEntry

#: A band of criteria met: from, to (both included).
Band = tuple[int, int]


def band_id(band: Band) -> str:
    """19, 15-18."""
    return str(band[0]) if band[0] == band[1] else f"{band[0]}-{band[1]}"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A warning that was looked at and stands; `sheet` and `cell` are empty where it has none, `found` is None for whatever stands there."""

    rule: str
    file: str
    sheet: str
    cell: str
    found: str | None
    decision: Decision
    period_named: bool = True


@dataclass(frozen=True, slots=True)
class Correction:
    """A cell that is read as something else than what stands in it; "" is a blank cell."""

    file: str
    sheet: str
    cell: str
    old: str | float | date
    new: str | float | date
    decision: Decision
    period_named: bool = True


@dataclass(frozen=True, slots=True)
class Judgement:
    """How strictly the rules are taken: severities by code (None: not looked for), limits by name, acceptances."""

    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    limits: Mapping[str, Decimal] = field(default_factory=dict)
    accepted: tuple[Acceptance, ...] = ()


@dataclass(frozen=True)  # no slots: what is worked out from it is kept
class Request:
    """A unit, its communes in the order of reports, a period, and the reference data in use.

    `excused` gives the decision for a commune's code; `as_of` the period that a group of indicators is taken from;
    `absolute_exit` what counts as leaving poverty for good here ("" where nobody has said).
    """

    unit: Unit
    parent: Unit | None
    communes: tuple[Unit, ...]
    period: Period
    book: Book
    forms: tuple[Form, ...]
    programmes: tuple[str, ...]
    criteria: tuple[str, ...]
    bands: tuple[Band, ...] = ()
    poverty_line: str = "tw"
    excused: Mapping[str, Decision] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    judgement: Judgement = field(default_factory=Judgement)
    as_of: Mapping[str, Period] = field(default_factory=dict)
    absolute_exit: str = ""

    def limit(self, name: str) -> Decimal:
        """The limit of a name: the project's own or the default."""
        return self.judgement.limits.get(name, LIMITS[name].default)

    @property
    def lower_kinds(self) -> str:
        """What the units below are called: xã, thị trấn."""
        kinds = {unit.kind.lower() for unit in self.communes}
        order = ("xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã", "thành phố")
        return ", ".join([kind for kind in order if kind in kinds]) or "đơn vị"

    def words(self, text: str) -> str:
        """A label or unit of reference data, with what the units below are called here."""
        return text.replace("{cấp dưới}", self.lower_kinds)

    def commune(self, code: str) -> Unit | None:
        """The commune of a code."""
        return next((unit for unit in self.communes if unit.code == code), None)

    def read_from(self, period: str) -> frozenset[str]:
        """The datasets that are drawn from another period: those of its as-of groups, and those whose opening figures continue it."""
        groups = {group for group, each in self.as_of.items() if str(each) == period}
        drawn = {name for entry in self.book.indicators.values() if entry.group in groups for name in entry.datasets}
        drawn |= {listing.dataset for listing in self.book.listings.values() if listing.group in groups}
        carried = {form.data for form in self.forms if form.carry or form.cumulative} if str(self.period.before) == period else set()
        return frozenset(drawn | carried) | self.compared_in(period)

    def period_of(self, group: str) -> Period:
        """The period that a group of indicators is taken from."""
        return self.as_of.get(group, self.period)

    def earlier_period(self, entry: IndicatorEntry) -> Period:
        """The period that an indicator which looks back is taken from: a year before that of its group, or the whole year before."""
        own = self.period_of(entry.group)
        return own.year_before if entry.when == "nam-truoc" else own.a_year_earlier

    @property
    def comparisons(self) -> tuple[Period, ...]:
        """The periods that figures are compared with, whether or not there is a folder of them."""
        found = {str(period): period for entry in self.book.indicators.values() if entry.when for period in (self.earlier_period(entry),)}
        return tuple(found.values())

    def compared_in(self, period: str) -> frozenset[str]:
        """The datasets that figures of this period are compared with there."""
        looking_back = [entry.of for entry in self.book.indicators.values() if entry.when and str(self.earlier_period(entry)) == period]
        return frozenset(name for entry in self.book.behind(looking_back) for name in entry.datasets)

    @property
    def of_another(self) -> Request:
        """The request for a period that another one is compared with.

        Decisions that name no period are meant for the one asked for, and so is what is taken from yet other periods.
        """
        accepted = tuple(each for each in self.judgement.accepted if each.period_named)
        corrections = tuple(each for each in self.corrections if each.period_named)
        return replace(self, corrections=corrections, judgement=replace(self.judgement, accepted=accepted), as_of={})

    @property
    def running(self) -> frozenset[str]:
        """The datasets that run on through the year, so that a report of it is compared with the one before."""
        return frozenset(form.data for form in self.forms if form.cumulative)

    def for_reading(self, datasets: frozenset[str]) -> Request:
        """The same request with the forms of some datasets only: what else lies in old workbooks is not judged any more."""
        return replace(self, forms=tuple(form for form in self.forms if form.data in datasets))

    @property
    def unused(self) -> frozenset[str]:
        """The datasets of extra forms that this project does not use: nothing is told of them, not even that there is no data."""
        return frozenset(form.data for form in self.book.forms.values() if form.extra) - {form.data for form in self.forms}

    @cached_property
    def drawn_elsewhere(self) -> frozenset[str]:
        """The datasets whose figures and listings are all taken from another period: nobody is asked for them in this one."""
        elsewhere: set[str] = set()
        here: set[str] = set()
        for entry in self.book.indicators.values():
            (elsewhere if self.period_of(entry.group) != self.period else here).update(entry.datasets)
        for listing in self.book.listings.values():
            (elsewhere if self.period_of(listing.group) != self.period else here).add(listing.dataset)
        return frozenset(elsewhere - here - {FACE_FORM})  # which says whose workbook it is, and of which day

    @property
    def asked(self) -> tuple[Unit, ...]:
        """The units that send a workbook: those that there are forms for, the unit itself last."""
        return tuple(unit for unit in (*self.communes, self.unit) if self.forms_for(unit))

    def forms_for(self, unit: Unit) -> tuple[Form, ...]:
        """The forms that a unit's workbook holds: not those whose figures are all taken from another period."""
        elsewhere = self.drawn_elsewhere
        if unit.code == self.unit.code:
            return tuple(form for form in self.forms if form.scope == "unit" and form.applies(unit) and form.data not in elsewhere)
        return tuple(form for form in self.forms if form.scope == "commune" and form.applies(unit) and form.data not in elsewhere)

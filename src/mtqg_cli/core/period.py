"""A reporting period: how it is written, which two dates it has under a reporting regime, what it is called in Vietnamese."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

PeriodKind = Literal["months", "quarter", "month", "year"]
Regime = Literal["lich", "nd09"]

_ROMAN = ("", "I", "II", "III", "IV")
_QUARTER_MONTHS = 3
_YEAR_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Period:
    """`kind` months: the first `number` months; quarter and month: the `number`-th; year: number is 12.

    `cutoff` is the day up to which the figures are counted, if it is not the last day of the period.
    """

    year: int
    kind: PeriodKind
    number: int
    regime: Regime = "lich"
    cutoff: date | None = None

    def __str__(self) -> str:
        if self.kind == "year":
            return str(self.year)
        return f"{self.number}m{self.year}" if self.kind == "months" else f"{'q' if self.kind == 'quarter' else 't'}{self.number}-{self.year}"

    @property
    def first_month(self) -> int:
        """The month that it begins with (1 to 12)."""
        if self.kind == "quarter":
            return _QUARTER_MONTHS * (self.number - 1) + 1
        return self.number if self.kind == "month" else 1

    @property
    def last_month(self) -> int:
        """The month that it ends with (1 to 12)."""
        return _QUARTER_MONTHS * self.number if self.kind == "quarter" else self.number

    @property
    def start(self) -> date:
        """The first day.

        `nd09` is the closing rule ascribed to Decree 09/2019/NĐ-CP, Điều 12 (not checked against the text): a period closes
        on the 14th of its last month; a month and a quarter open on the 15th of the month before, longer ones on 15 December.
        """
        calendar = date(self.year, self.first_month, 1)
        if self.regime == "lich":
            return calendar
        return (calendar - timedelta(days=1)).replace(day=15)

    @property
    def end(self) -> date:
        """The last day that the regime gives it."""
        day = monthrange(self.year, self.last_month)[1] if self.regime == "lich" else 14
        return date(self.year, self.last_month, day)

    @property
    def as_of(self) -> date:
        """The day that the figures are counted to: the cut-off if there is one, else the end."""
        return self.cutoff or self.end

    @property
    def provisional(self) -> bool:
        """Whether the figures were closed before the period was: they are then estimates (“ước”)."""
        return self.cutoff is not None and self.cutoff < self.end

    @property
    def label(self) -> str:
        """6 tháng đầu năm 2024 · quý III năm 2024 · tháng 5 năm 2023 · năm 2022."""
        return {
            "months": f"{self.number} tháng đầu năm {self.year}",
            "quarter": f"quý {_ROMAN[self.number if self.kind == 'quarter' else 0]} năm {self.year}",
            "month": f"tháng {self.number} năm {self.year}",
            "year": f"năm {self.year}",
        }[self.kind]

    @property
    def next_label(self) -> str:
        """What follows: 6 tháng cuối năm 2024 · quý IV năm 2021 · các tháng cuối năm 2023 · năm 2023."""
        if self.last_month == _YEAR_MONTHS:
            return {
                "quarter": f"quý I năm {self.year + 1}",
                "month": f"tháng 1 năm {self.year + 1}",
            }.get(self.kind, f"năm {self.year + 1}")
        if self.kind == "month":
            return f"tháng {self.number + 1} năm {self.year}"
        if self.last_month % _QUARTER_MONTHS:
            return f"các tháng cuối năm {self.year}"
        if self.kind == "months" and self.number == _YEAR_MONTHS // 2:
            return f"6 tháng cuối năm {self.year}"
        return f"quý {_ROMAN[self.last_month // _QUARTER_MONTHS + 1]} năm {self.year}"

    @property
    def before(self) -> Period:
        """The period whose closing figures this one opens with: the year before, the quarter before, the month before."""
        if self.kind in ("months", "year"):
            return Period(self.year - 1, "year", _YEAR_MONTHS, self.regime)
        last = _YEAR_MONTHS // _QUARTER_MONTHS if self.kind == "quarter" else _YEAR_MONTHS
        year, number = (self.year, self.number - 1) if self.number > 1 else (self.year - 1, last)
        return Period(year, self.kind, number, self.regime)

    @property
    def year_before(self) -> Period:
        """The whole year before the one that it lies in."""
        return Period(self.year - 1, "year", _YEAR_MONTHS, self.regime)

    @property
    def a_year_earlier(self) -> Period:
        """The same period of the year before: 6m2023 for 6m2024."""
        return Period(self.year - 1, self.kind, self.number, self.regime)

    @property
    def opening_label(self) -> str:
        """What the opening figures are dated by: cuối năm 2023, cuối quý II năm 2024."""
        return f"cuối {self.before.label}"


_MONTHS = re.compile(r"(\d{1,2})[mt](\d{4})")
_QUARTER = re.compile(r"q([1-4])[-/]?(\d{4})")
_MONTH = re.compile(r"t(\d{1,2})[-/](\d{4})")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"(\d{4})")


def parse_period(text: str, regime: Regime = "lich", cutoff: date | None = None) -> Period:
    """The period that a short name means; ValueError if it is none.

    Reads 6m2024, 6M2024, 6T2024 (n months from January; 12 are the year), q3-2024, Q3/2024, t5-2023, 2024-06 (one month), 2022.
    """
    wanted = text.strip().lower()
    kind: PeriodKind
    if match := _MONTHS.fullmatch(wanted):
        number, year = int(match[1]), int(match[2])
        kind = "year" if number == _YEAR_MONTHS else "months"
    elif match := _QUARTER.fullmatch(wanted):
        number, year, kind = int(match[1]), int(match[2]), "quarter"
    elif match := _MONTH.fullmatch(wanted):
        number, year, kind = int(match[1]), int(match[2]), "month"
    elif match := _ISO_MONTH.fullmatch(wanted):
        number, year, kind = int(match[2]), int(match[1]), "month"
    elif match := _YEAR.fullmatch(wanted):
        number, year, kind = _YEAR_MONTHS, int(match[1]), "year"
    else:
        number, year, kind = 0, 0, "year"
    if not 1 <= number <= _YEAR_MONTHS or not date.min.year < year < date.max.year:
        message = f"not a period: {text!r}"
        raise ValueError(message)
    return Period(year, kind, number, regime, cutoff)

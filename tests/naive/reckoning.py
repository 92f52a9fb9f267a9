"""An independent reckoning in plain loops over what was drawn: it imports nothing of the program and reads none of its indicator files."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from naive.catalogue import group_of
from naive.district import EXTRA

#: Datasets that are called otherwise than their forms.
_DATASETS = {"von-don-vi": "von", "tieu-chi-ntm": "tieu-chi"}
#: Forms that name projects, with the groups of indicators for which an earlier period's are read.
_NAMING = {"von": {"von"}, "cong-trinh": {"cong-trinh"}, "sinh-ke": {"sinh-ke"}, "thuyet-minh": {"von"}}

#: Fields in đồng, which figures tell in triệu đồng.
_MONEY = {
    "von": {"plan_carried", "plan_year", "plan_total", "allocated", "disbursed_carried", "disbursed_year", "disbursed_total", "estimate"},
    "sinh-ke": {"plan", "disbursed"},
    "huy-dong": {"plan", "done"},
    "no-dong": {"value", "allocated", "debt", "repayment"},
}
MILLION = 1_000_000

WHOLE = ()
PROGRAMME = ("programme",)
PROJECT = ("programme", "project")
ROLLED_UP = ("programme", "project_group")
SET = ("criteria_set",)


@dataclass(frozen=True)
class Told:
    """What a figure must be: a Fraction, names or None; the period it is of; the sides of a ratio."""

    value: object
    period: str
    numerator: object = None
    denominator: object = None


class Naive:
    """The figures so far, by (id, commune or "", split)."""

    def __init__(self, district, period=None):
        self.district = district
        self.period = period or district.period
        self.as_of = {} if period else district.as_of
        self.told = {}

    def of(self, group):
        """The period that a group of indicators is taken from."""
        return self.as_of.get(group, self.period)

    def sheets(self, group, data, scope=""):
        """The sheets of a dataset that a unit (or anybody) sent."""
        sent = self.district.sheets.get(self.of(group), ())
        return [sheet for sheet in sent if _DATASETS.get(sheet.form, sheet.form) == data and scope in ("", sheet.unit)]

    def rows(self, group, data, scope="", by=None):
        """(unit, row) in the order of reports; each row knows its set and the dự án that it is counted to."""
        found = []
        for sheet in self.sheets(group, data, scope):
            for row in sheet.rows:
                more = {"criteria_set": sheet.criteria}
                if row.get("project"):
                    more["project_group"] = group_of(row["programme"], row["project"])
                if all({**row, **more}.get(name) == value for name, value in (by or {}).items()):
                    found.append((sheet.unit, {**row, **more}))
        return found

    def cuts(self, group, data, scope, split):
        """The values of a split for which there is a figure."""
        if split == WHOLE:
            return [{}]
        if split == PROGRAMME:
            return [{"programme": each} for each in self.district.programmes]
        if split == SET:
            return [{"criteria_set": each} for each in self.district.all_sets]
        looked_at = self._naming(group) if split in (PROJECT, ROLLED_UP) else [data]
        found = []
        for name in looked_at:
            for _, row in self.rows(group, name, scope):
                by = {each: row.get(each) for each in split}
                if None not in by.values() and by not in found:
                    found.append(by)
        return found

    def _naming(self, group):
        """The datasets that name projects in the period of a group: of another period only those are read that something needs."""
        if self.of(group) == self.period:
            return list(_NAMING)
        from_there = {each for each, period in self.as_of.items() if period == self.of(group)}
        return [name for name, groups in _NAMING.items() if name == "von" or groups & from_there]

    def used(self, data):
        """Whether the project uses a form at all: nothing is told of extra forms that it does not."""
        return data not in EXTRA or data in self.district.extra

    def scopes(self, communes):
        """The whole, then each commune."""
        return ["", *(self.district.communes if communes else ())]

    def places(self, group, data, about):
        """(scope, split values) of an indicator: `about` has communes (bool), splits, and splits of the whole alone."""
        if not self.used(data):
            return
        for scope in self.scopes(about.communes):
            for split in (*about.splits, *(about.whole_splits if scope == "" else ())):
                for by in self.cuts(group, data, scope, split):
                    yield scope, by

    def add(self, name, scope, by, told):
        """Enters a figure; each has one place."""
        key = (name, scope, tuple(sorted(by.items())))
        assert key not in self.told, key
        self.told[key] = told

    def get(self, name, scope, by):
        """A figure, or the one of the whole where that is not split; None if there is neither."""
        return self.told.get((name, scope, tuple(sorted(by.items())))) or self.told.get((name, scope, ()))

    def those(self, name):
        """The figures of an id with their places."""
        return [(scope, dict(by), told) for (found, scope, by), told in list(self.told.items()) if found == name]


@dataclass(frozen=True)
class About:
    """Where an indicator has figures."""

    communes: bool = False
    splits: tuple = (WHOLE,)
    whole_splits: tuple = ()


UNIT, BOTH = About(), About(communes=True)


def total(naive, name, group, source, about=UNIT, *, where=None, complete=False):  # noqa: PLR0913 - what a line of the other modules says
    """The sum of fields ("data.field", "data.a+b") over rows; no number at all is no data, and so is one blank if all are needed."""
    data, _, fields = source.partition(".")
    for scope, by in naive.places(group, data, about):
        found, blanks = [], 0
        for _, row in naive.rows(group, data, scope, by):
            if where is not None and not where(row):
                continue
            for each in fields.split("+"):
                if row.get(each) is None:
                    blanks += 1
                else:
                    found.append(Fraction(row[each]) / (MILLION if each in _MONEY.get(data, ()) else 1))
        value = sum(found) if found and not (complete and blanks) else None
        naive.add(name, scope, by, Told(value, naive.of(group)))


def count(naive, name, group, data, wanted, about=UNIT):
    """How many rows are all that is wanted ({field: values}). Nobody sent the sheet, or nobody filled in what decides: no data."""
    for scope, by in naive.places(group, data, about):
        sent = [sheet for sheet in naive.sheets(group, data, scope) if by.get("criteria_set", sheet.criteria) == sheet.criteria]
        yes, open_ones = 0, 0
        for _, row in naive.rows(group, data, scope, by):
            answers = [None if row.get(field) is None else row[field] in values for field, values in wanted.items()]
            if False in answers:
                continue
            yes, open_ones = yes + (None not in answers), open_ones + (None in answers)
        value = None if not sent or (open_ones and not yes) else Fraction(yes)
        naive.add(name, scope, by, Told(value, naive.of(group)))


def count_of_year(naive, name, group, data, wanted, about, year):  # noqa: PLR0913, PLR0917 - what a line of the other modules says
    """The same of rows of which `year` gives the period's own year; a row that does not say its year is told of by those that do."""
    for scope, by in naive.places(group, data, about):
        sent = [sheet for sheet in naive.sheets(group, data, scope) if by.get("criteria_set", sheet.criteria) == sheet.criteria]
        rows = [row for _, row in naive.rows(group, data, scope, by) if all(row.get(field) in values for field, values in wanted.items())]
        years = [year(row) for row in rows if year(row) is not None]
        value = None if not sent or (rows and not years) else Fraction(sum(each == int(naive.of(group)[-4:]) for each in years))
        naive.add(name, scope, by, Told(value, naive.of(group)))


def names(naive, name, group, data, chosen, about=UNIT):
    """Each name once, in the order of reports; `chosen` gives a row's name or None; an order of communes is the report's."""
    for scope, by in naive.places(group, data, about):
        found = []
        for unit, row in naive.rows(group, data, scope, by):
            each = chosen(unit, row)
            if each is not None and each not in found:
                found.append(each)
        if all(each in naive.district.communes for each in found):
            found = [each for each in naive.district.communes if each in found]
        naive.add(name, scope, by, Told(tuple(found) if naive.sheets(group, data, scope) else None, naive.of(group)))


def ratio(naive, name, group, above, below, *, factor=100, about=None):  # noqa: PLR0913 - what a line of the other modules says
    """One figure over another; over zero, or with a side unknown, there is none."""
    for scope, by, top in naive.those(above):
        if about is not None and ((scope and not about.communes) or not any(set(by) == set(split) for split in (*about.splits, *about.whole_splits))):
            continue
        bottom = naive.get(below, scope, by)
        if bottom is None:
            continue
        value = top.value / bottom.value * factor if top.value is not None and bottom.value else None
        naive.add(name, scope, by, Told(value, naive.of(group), top.value, bottom.value))


def difference(naive, name, group, first, second):
    """The first less the second."""
    for scope, by, one in naive.those(first):
        other = naive.get(second, scope, by)
        if other is not None:
            value = one.value - other.value if None not in (one.value, other.value) else None
            naive.add(name, scope, by, Told(value, naive.of(group)))


def same_as(naive, name, group, other):
    """What another figure is, under another name."""
    for scope, by, told in naive.those(other):
        naive.add(name, scope, by, Told(told.value, naive.of(group), told.numerator, told.denominator))


def compared(naive, name, group, other, splits=(WHOLE,)):
    """Ranking, highest and lowest of communes by a figure of theirs: only those that have data; ties in the order of reports."""
    cuts = [{}] if WHOLE in splits else []
    for scope, by, _ in naive.those(other):
        if scope and tuple(by) in splits and by not in cuts:
            cuts.append(by)
    for by in cuts:
        known = []
        for commune in naive.district.communes:
            told = naive.told.get((other, commune, tuple(sorted(by.items()))))
            if told is not None and told.value is not None:
                known.append((commune, told.value))
        ranked = tuple(commune for commune, _ in sorted(known, key=lambda each: -each[1]))
        naive.add(f"xep_hang_{name}", "", by, Told(ranked or None, naive.of(group)))
        for end, choose in (("cao_nhat", max), ("thap_nhat", min)):
            edge = choose(value for _, value in known) if known else None
            naive.add(f"{name}_{end}", "", by, Told(edge, naive.of(group)))
            there = tuple(commune for commune, value in known if value == edge)
            naive.add(f"xa_{name}_{end}", "", by, Told(there or None, naive.of(group)))

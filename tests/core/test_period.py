"""Periods: how they are read, their days under each regime, what they are called."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqg_cli.core.period import Period, parse_period


@pytest.mark.parametrize(
    ("written", "name", "label", "after"),
    [
        # -- n months from January --
        ("6m2024", "6m2024", "6 tháng đầu năm 2024", "6 tháng cuối năm 2024"),
        ("6M2024", "6m2024", "6 tháng đầu năm 2024", "6 tháng cuối năm 2024"),
        ("6T2024", "6m2024", "6 tháng đầu năm 2024", "6 tháng cuối năm 2024"),
        ("9m2021", "9m2021", "9 tháng đầu năm 2021", "quý IV năm 2021"),
        ("3m2021", "3m2021", "3 tháng đầu năm 2021", "quý II năm 2021"),
        ("5m2023", "5m2023", "5 tháng đầu năm 2023", "các tháng cuối năm 2023"),
        ("8m2020", "8m2020", "8 tháng đầu năm 2020", "các tháng cuối năm 2020"),
        # -- the year --
        ("2022", "2022", "năm 2022", "năm 2023"),
        ("12m2022", "2022", "năm 2022", "năm 2023"),
        # -- quarters --
        ("q3-2024", "q3-2024", "quý III năm 2024", "quý IV năm 2024"),
        ("Q3/2024", "q3-2024", "quý III năm 2024", "quý IV năm 2024"),
        ("q4-2024", "q4-2024", "quý IV năm 2024", "quý I năm 2025"),
        # -- one month --
        ("t5-2023", "t5-2023", "tháng 5 năm 2023", "tháng 6 năm 2023"),
        ("2024-06", "t6-2024", "tháng 6 năm 2024", "tháng 7 năm 2024"),
        ("t12-2023", "t12-2023", "tháng 12 năm 2023", "tháng 1 năm 2024"),
    ],
)
def test_names_and_labels(written, name, label, after):
    period = parse_period(written)

    assert (str(period), period.label, period.next_label) == (name, label, after)


@pytest.mark.parametrize(
    ("written", "regime", "start", "end"),
    [
        ("6m2024", "lich", date(2024, 1, 1), date(2024, 6, 30)),
        ("2024", "lich", date(2024, 1, 1), date(2024, 12, 31)),
        ("q3-2024", "lich", date(2024, 7, 1), date(2024, 9, 30)),
        ("t2-2024", "lich", date(2024, 2, 1), date(2024, 2, 29)),
        ("6m2024", "nd09", date(2023, 12, 15), date(2024, 6, 14)),
        ("2024", "nd09", date(2023, 12, 15), date(2024, 12, 14)),
        ("q3-2024", "nd09", date(2024, 6, 15), date(2024, 9, 14)),
        ("t1-2024", "nd09", date(2023, 12, 15), date(2024, 1, 14)),
    ],
)
def test_days(written, regime, start, end):
    period = parse_period(written, regime)

    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    ("written", "before", "opening"),
    [
        ("6m2024", "2023", "cuối năm 2023"),
        ("2024", "2023", "cuối năm 2023"),
        ("q3-2024", "q2-2024", "cuối quý II năm 2024"),
        ("q1-2024", "q4-2023", "cuối quý IV năm 2023"),
        ("t1-2024", "t12-2023", "cuối tháng 12 năm 2023"),
    ],
)
def test_what_it_opens_with(written, before, opening):
    period = parse_period(written)

    assert (str(period.before), period.opening_label) == (before, opening)


@pytest.mark.parametrize("written", ["", "6m", "13m2024", "0m2024", "q5-2024", "t13-2024", "2024-13", "0000", "9999", "nửa năm", "6m20244"])
def test_what_is_no_period(written):
    with pytest.raises(ValueError, match="not a period"):
        parse_period(written)


def test_a_cutoff_before_the_end_makes_figures_provisional():
    early = parse_period("6m2024", cutoff=date(2024, 6, 20))

    assert early.as_of == date(2024, 6, 20)
    assert early.provisional
    assert not parse_period("6m2024", cutoff=date(2024, 6, 30)).provisional
    assert not parse_period("6m2024").provisional


@given(st.sampled_from(["months", "quarter", "month"]), st.integers(1, 11), st.integers(2010, 2040), st.sampled_from(["lich", "nd09"]))
def test_a_period_reads_its_own_name_and_ends_after_it_starts(kind, number, year, regime):
    period = Period(year, kind, (number - 1) % 4 + 1 if kind == "quarter" else number, regime)

    assert parse_period(str(period), regime) == period
    assert period.start < period.end

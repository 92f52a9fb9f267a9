"""Numbers, dates and names as Vietnamese offices write them."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqg_cli.core import vietnamese


@pytest.mark.parametrize(
    ("value", "decimals", "leading_zero", "text"),
    [
        ("0", 0, True, "0"),
        ("3", 0, True, "03"),
        ("3", 0, False, "3"),
        ("10", 0, True, "10"),
        ("-3", 0, True, "-3"),
        ("61864", 0, True, "61.864"),
        ("1234567.5", 1, True, "1.234.567,5"),
        ("18.5", 2, True, "18,50"),
        ("0.005", 2, True, "0,01"),
        ("-0.001", 2, True, "0,00"),
        ("2.3", 1, True, "2,3"),
    ],
)
def test_numbers(value, decimals, leading_zero, text):
    assert vietnamese.format_number(Decimal(value), decimals, leading_zero=leading_zero) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        ("100", 2, "100%"),
        ("0", 2, "0%"),
        ("99.996", 2, "99,996%"),
        ("0.001", 2, "0,001%"),
        ("0.0004", 2, "0,0004%"),
        ("52.5006", 1, "52,5%"),
        ("83.0", 1, "83,0%"),
        ("100.004", 2, "100,004%"),
        ("367.44", 0, "367%"),
        ("-5.255", 2, "-5,26%"),
        ("-100", 2, "-100%"),
        ("-99.996", 2, "-99,996%"),
    ],
)
def test_percents_print_100_and_0_only_where_they_are_exact(value, decimals, text):
    assert vietnamese.format_percent(Decimal(value), decimals) == text


@given(st.one_of(st.decimals(min_value=-1000, max_value=1000, places=6), st.just(Decimal(-100))), st.integers(0, 3))
def test_a_percent_is_never_rounded_into_0_or_100(value, decimals):
    text = vietnamese.format_percent(value, decimals)

    assert (text.lstrip("-") == "100%") == (abs(value) == 100)
    assert (text == "0%") == (value == 0)


@pytest.mark.parametrize(
    ("day", "short", "long"),
    [
        (date(2022, 1, 5), "05/01/2022", "ngày 05 tháng 01 năm 2022"),
        (date(2020, 3, 2), "02/3/2020", "ngày 02 tháng 3 năm 2020"),
        (date(2024, 6, 20), "20/6/2024", "ngày 20 tháng 6 năm 2024"),
        (date(2024, 12, 31), "31/12/2024", "ngày 31 tháng 12 năm 2024"),
    ],
)
def test_dates(day, short, long):
    assert (vietnamese.format_date(day), vietnamese.long_date(day)) == (short, long)


@pytest.mark.parametrize(
    ("labels", "text"),
    [
        ([], ""),
        (["xã A"], "xã A"),
        (["xã Đại Bình", "xã Quảng An", "xã Quảng Lâm"], "xã Đại Bình, Quảng An và Quảng Lâm"),
        (["thị trấn X", "xã A", "xã B"], "thị trấn X, xã A và B"),
    ],
)
def test_lists_of_units_say_the_kind_once(labels, text):
    assert vietnamese.join_units(labels) == text


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Hòa Bình", "Hoà Bình", True),
        ("Hòa Bình", unicodedata.normalize("NFD", "Hòa Bình"), True),
        ("HÒA  BÌNH", "hòa bình", True),
        ("Thủy", "Thuỷ", True),
        ("Bà Rịa - Vũng Tàu", "Bà Rịa – Vũng Tàu", True),
        ("Hòa", "Hóa", False),
        ("Đầm Hà", "Dầm Hà", False),
        ("Tân Lập", "Tần Lập", False),
        ("Sơn", "Són", False),
    ],
)
def test_names_are_equal_up_to_spelling_only(one, other, same):
    assert (vietnamese.name_key(one) == vietnamese.name_key(other)) is same


@given(st.text(alphabet="abcdeghiklmnopqrstuvxyàáảãạăằâầđèêềìòôồơờùưừỳ ", max_size=20))
def test_a_name_has_one_key_in_every_unicode_form(text):
    assert vietnamese.name_key(unicodedata.normalize("NFD", text)) == vietnamese.name_key(unicodedata.normalize("NFC", text.upper()))


def test_slugs():
    assert vietnamese.slug("Thị trấn Đầm Hà") == "thi-tran-dam-ha"

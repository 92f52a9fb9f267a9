"""How a cell is read, type by type."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqg_cli.core.sheet import RawCell, Sheet
from mtqg_cli.core.vietnamese import format_number
from mtqg_cli.reference.quantity import Choice, Quantity
from mtqg_cli.validate.parse import Reading, parse_number, read_cell, swapped

MONEY = Quantity(type="money", unit="triệu đồng")
COUNT = Quantity(type="count", unit="hộ")
PERCENT = Quantity(type="percent")
MARK = Quantity(
    type="choice",
    choices=(Choice(id="dat", label="Đạt", aliases=("x", "✓", "true")), Choice(id="chua", label="Chưa đạt", aliases=("0", "-"))),
    unclear=("✗", "1"),
)
CODE = Quantity(type="code", choices=(Choice(id="1.1", label="1.1"), Choice(id="1.10", label="1.10"), Choice(id="3", label="3")))


def text(value):
    return RawCell("text", value)


def number(value, **more):
    return RawCell("number", float(value), **more)


@pytest.mark.parametrize(
    ("raw", "quantity", "reading"),
    [
        # -- blank --
        (None, COUNT, Reading()),
        # -- counts --
        (number(4), COUNT, Reading(4)),
        (number(4.5), COUNT, Reading(fault="not_whole")),
        (text(" 12 hộ "), COUNT, Reading(12, None, "number_as_text")),
        (text("1.234"), COUNT, Reading(1234, None, "one_point")),
        (text("1 234"), COUNT, Reading(1234, None, "number_as_text")),
        (text("1\u00a0234"), COUNT, Reading(1234, None, "number_as_text")),
        (text("１２"), COUNT, Reading(12, None, "number_as_text")),
        (text("1,5"), COUNT, Reading(fault="not_whole")),
        (text("–"), COUNT, Reading(0, None, "dash")),
        (text("không"), COUNT, Reading(fault="not_a_number")),
        (RawCell("bool", True), COUNT, Reading(fault="not_a_number")),
        (RawCell("date", date(2024, 2, 3)), COUNT, Reading(fault="date_for_number")),
        (RawCell("date", time(12, 30)), COUNT, Reading(fault="date_for_number")),
        (text("'1234"), COUNT, Reading(1234, None, "number_as_text")),
        (text("1\u202f234"), COUNT, Reading(1234, None, "number_as_text")),
        (text("\u200b12\u00a0"), COUNT, Reading(12, None, "number_as_text")),
        (text("12 hộ."), COUNT, Reading(12, None, "number_as_text")),
        (text("1,234"), COUNT, Reading(fault="ambiguous_number")),
        (text("1,234,567"), COUNT, Reading(1234567, None, "number_as_text")),
        (text("1.234.567"), COUNT, Reading(1234567, None, "number_as_text")),
        (text("1 234.567"), COUNT, Reading(fault="not_a_number")),
        (text("10²"), COUNT, Reading(fault="not_a_number")),
        (text("①"), COUNT, Reading(fault="not_a_number")),
        (text("½"), COUNT, Reading(fault="not_a_number")),
        (text("\u22125"), COUNT, Reading(-5, None, "number_as_text")),
        (text("1E+05"), COUNT, Reading(fault="scientific_number")),
        (text("12-15"), COUNT, Reading(fault="not_a_number")),
        (text("12/15"), COUNT, Reading(fault="not_a_number")),
        (text("khoảng 12"), COUNT, Reading(fault="not_a_number")),
        (text("1234567890123456"), COUNT, Reading(fault="too_large")),
        (number(1234567890123456), COUNT, Reading(fault="too_large")),
        (text("12 hé"), COUNT, Reading(fault="not_a_number")),
        (text("12 ng\u00ad\u00eai"), COUNT, Reading(fault="legacy_font")),
        (RawCell("error", "#REF!"), COUNT, Reading(fault="error_value")),
        (RawCell("formula_without_value", None, "=A1"), COUNT, Reading(fault="formula_without_value")),
        # -- money: int đồng --
        (number("5989.0"), MONEY, Reading(5_989_000_000)),
        (number(0.1 + 0.2), MONEY, Reading(300_000)),
        (number("0.0000001"), MONEY, Reading(fault="below_one_dong")),
        (number(1 / 3, formula="=A1/3"), MONEY, Reading(333_333)),
        (text("1.234,5"), MONEY, Reading(1_234_500_000, None, "number_as_text")),
        (text("1.234"), MONEY, Reading(fault="ambiguous_number")),
        (text("1,234"), MONEY, Reading(fault="ambiguous_number")),
        (text("1,234.5"), MONEY, Reading(1_234_500_000, None, "number_as_text")),
        (text("0,234"), MONEY, Reading(234_000, None, "number_as_text")),
        (text("0.234"), MONEY, Reading(234_000, None, "number_as_text")),
        (text("12.5"), MONEY, Reading(12_500_000, None, "number_as_text")),
        # -- percents --
        (text("15 %"), PERCENT, Reading(Decimal(15), None, "number_as_text")),
        (text("95,125"), PERCENT, Reading(Decimal("95.125"), None, "number_as_text")),
        (number(0.152, percent=True), PERCENT, Reading(Decimal("15.2"))),
        (text("15%"), COUNT, Reading(fault="not_a_number")),
        # -- marks --
        (text("đạt"), MARK, Reading("dat")),
        (text("ĐẠT "), MARK, Reading("dat")),
        (text("X"), MARK, Reading("dat")),
        (text("✓"), MARK, Reading("dat")),
        (text("chưa  đạt"), MARK, Reading("chua")),
        (text("Đạt."), MARK, Reading("dat")),
        (text("\u0111a\u0323t"), MARK, Reading("dat")),
        (text("\u2013"), MARK, Reading("chua", None, "dash_mark")),
        (text("✗"), MARK, Reading(fault="unclear_mark")),
        (number(1), MARK, Reading(fault="unclear_mark")),
        (number(0), MARK, Reading("chua")),
        (RawCell("bool", True), MARK, Reading("dat")),
        (text("§¹t"), MARK, Reading(fault="legacy_font")),
        (text("gần đạt"), MARK, Reading(fault="not_in_list")),
        # -- codes --
        (text("1.10"), CODE, Reading("1.10")),
        (number("1.1"), CODE, Reading(fault="code_turned_number")),
        (RawCell("date", datetime(2024, 3, 2)), CODE, Reading(fault="code_turned_number")),
        (number(3), CODE, Reading("3")),
        (text("9.9"), CODE, Reading(fault="not_in_list")),
        # -- dates --
        (RawCell("date", datetime(2024, 6, 20)), Quantity(type="date"), Reading(date(2024, 6, 20))),
        (text("5/1/2024"), Quantity(type="date"), Reading(date(2024, 1, 5))),
        (text("20.6.2024"), Quantity(type="date"), Reading(date(2024, 6, 20))),
        (text("20 / 6 / 2024"), Quantity(type="date"), Reading(date(2024, 6, 20))),
        (text("20-6-24"), Quantity(type="date"), Reading(date(2024, 6, 20), None, "short_year")),
        (text("2024-06-20"), Quantity(type="date"), Reading(date(2024, 6, 20))),
        (text("Ngày 20 tháng 6 năm 2024"), Quantity(type="date"), Reading(date(2024, 6, 20))),
        (text("6/20/2024"), Quantity(type="date"), Reading(fault="not_a_date")),
        (text("20/6"), Quantity(type="date"), Reading(fault="not_a_date")),
        (RawCell("bool", True), Quantity(type="date"), Reading(fault="not_a_date")),
        (text("31/6/2024"), Quantity(type="date"), Reading(fault="not_a_date")),
        (number(45000), Quantity(type="date"), Reading(fault="not_a_date")),
        # -- words --
        (text(" Bình\u200b  Hồ "), Quantity(type="text"), Reading("Bình Hồ")),
        (number(5), Quantity(type="text"), Reading("5")),
        (number("95.5"), Quantity(type="result"), Reading(Decimal("95.5"))),
    ],
)
def test_reading(raw, quantity, reading):
    assert read_cell(raw, quantity) == reading


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_what_we_print_we_read_back(value):
    printed = format_number(value, 2)
    read, remark = parse_number(printed)

    assert (read, remark) == (value, "number_as_text")


@given(st.integers(0, 10**12))
def test_money_is_exact_to_the_dong(dong):
    typed = float(Decimal(dong) / 10**6)

    assert read_cell(RawCell("number", typed), MONEY) == Reading(dong)


@given(st.text(max_size=12))
def test_no_text_is_read_as_a_number_without_a_remark_or_breaks_the_reader(written):
    read, remark = parse_number(written)

    assert (read is None) == (remark == "")


def test_what_is_invisible_is_blank_and_no_zero():
    sheet = Sheet("a.xlsx", "Biểu", [["\u200b\u00a0", "\ufeff", "\u2060\u00ad", "\u3000", " \n", "0", 0.0, "a"]])

    assert [sheet.cell(1, column) is None for column in range(1, 9)] == [True, True, True, True, True, False, False, False]


@given(
    st.dates(date(1990, 1, 1), date(2060, 1, 1)),
    st.sampled_from(["{0.day}/{0.month}/{0.year}", "{0.day:02}.{0.month:02}.{0.year}", "{0.year}-{0.month:02}-{0.day:02}"]),
)
def test_a_date_is_read_in_every_spelling_and_swapped_twice_is_itself(day, spelling):
    assert read_cell(text(spelling.format(day)), Quantity(type="date")) == Reading(day)
    other = swapped(day)
    assert other is None or (swapped(other), other.day, other.month) == (day, day.month, day.day)


@given(st.text(max_size=20))
def test_no_text_breaks_any_reader(written):
    for quantity in (COUNT, MONEY, PERCENT, MARK, CODE, *(Quantity(type=name) for name in ("text", "date", "result", "decimal"))):
        reading = read_cell(text(written), quantity)
        assert reading.fault is None or reading.value is None

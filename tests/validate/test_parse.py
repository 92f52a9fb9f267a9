"""How a cell is read, type by type."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqg_cli.core.sheet import RawCell
from mtqg_cli.core.vietnamese import format_number
from mtqg_cli.reference.form import Choice, Quantity
from mtqg_cli.validate.parse import Reading, parse_number, read_cell

MONEY = Quantity(type="money", unit="triệu đồng")
COUNT = Quantity(type="count", unit="hộ")
MARK = Quantity(type="choice", choices=(Choice(id="dat", label="Đạt", aliases=("x", "✓")), Choice(id="chua", label="Chưa đạt")))
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
        (RawCell("date", date(2024, 2, 3)), COUNT, Reading(fault="not_a_number")),
        (RawCell("error", "#REF!"), COUNT, Reading(fault="error_value")),
        (RawCell("formula_without_value", None, "=A1"), COUNT, Reading(fault="formula_without_value")),
        # -- money: int đồng --
        (number("5989.0"), MONEY, Reading(5_989_000_000)),
        (number(0.1 + 0.2), MONEY, Reading(300_000)),
        (number("0.0000001"), MONEY, Reading(fault="below_one_dong")),
        (number(1 / 3, formula="=A1/3"), MONEY, Reading(333_333)),
        (text("1.234,5"), MONEY, Reading(1_234_500_000, None, "number_as_text")),
        (text("1.234"), MONEY, Reading(fault="ambiguous_number")),
        (text("0.234"), MONEY, Reading(234_000, None, "number_as_text")),
        (text("12.5"), MONEY, Reading(12_500_000, None, "number_as_text")),
        # -- marks --
        (text("đạt"), MARK, Reading("dat")),
        (text("ĐẠT "), MARK, Reading("dat")),
        (text("X"), MARK, Reading("dat")),
        (text("✓"), MARK, Reading("dat")),
        (text("chưa  đạt"), MARK, Reading("chua")),
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

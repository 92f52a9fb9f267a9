"""Addresses: Excel's letters both ways, and how a location is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from mtqg_cli.core.location import Location, cell_name, cell_position, column_letter


@given(st.integers(1, 16384))
def test_letters_are_excels(column):
    assert column_letter(column) == get_column_letter(column)


@given(st.integers(1, 1_048_576), st.integers(1, 16384))
def test_a_name_leads_back_to_its_position(row, column):
    assert cell_position(cell_name(row, column)) == (row, column)


@pytest.mark.parametrize("name", ["", "12", "K", "1K", "K-1", "Đ1"])
def test_what_is_no_cell(name):
    with pytest.raises(ValueError, match="not a cell name"):
        cell_position(name)


@pytest.mark.parametrize(
    ("location", "text"),
    [
        (Location("a.xlsx"), "a.xlsx"),
        (Location("a.xlsx", "Biểu 02"), "a.xlsx!Biểu 02"),
        (Location("a.xlsx", "Biểu 02", 12), "a.xlsx!Biểu 02!dòng 12"),
        (Location("a.xlsx", "Biểu 02", 12, 28), "a.xlsx!Biểu 02!AB12"),
    ],
)
def test_how_it_is_written(location, text):
    assert str(location) == text

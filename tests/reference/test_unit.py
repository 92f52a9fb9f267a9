"""The dated list of units and the search for a name in it."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.project import find_unit
from mtqg_cli.reference.unit import match_name, units_on, workbook_names

OLD, NEW = date(2024, 6, 30), date(2025, 7, 1)


def test_both_maps_are_whole():
    old, new = units_on(OLD), units_on(NEW)

    assert [sum(unit.level == level for unit in old.units.values()) for level in ("tỉnh", "huyện", "xã")] == [63, 696, 10035]
    assert [sum(unit.level == level for unit in new.units.values()) for level in ("tỉnh", "huyện", "xã")] == [34, 0, 3321]


def test_a_code_means_another_unit_after_the_reform():
    assert units_on(OLD).get("06895").name == "Thị trấn Đầm Hà"
    assert units_on(NEW).get("06895").name == "Xã Đầm Hà"
    assert units_on(date(2025, 6, 30)) is units_on(OLD)


@pytest.mark.parametrize(
    "written",
    [
        "Huyện Đầm Hà, Tỉnh Quảng Ninh",
        "huyện  đầm hà ,tỉnh quảng ninh",
        unicodedata.normalize("NFD", "Huyện Đầm Hà, Tỉnh Quảng Ninh"),
        "Huyện Đầm Hà",
        "H. Đầm Hà, T. Quảng Ninh",
        "HUYỆN ĐẦM HÀ, QUẢNG NINH",
        "Huyện Đầm Hà, Quảng Ninh",
    ],
)
def test_one_unit_in_many_spellings(written):
    found = units_on(OLD).find(written)

    assert (found.unit.code, found.candidates) == ("200", ())


def test_tone_placement_does_not_matter():
    assert units_on(OLD).find("Tỉnh Hoà Bình").unit == units_on(OLD).find("Tỉnh Hòa Bình").unit is not None


@pytest.mark.parametrize("written", ["Đầm Hà", "Đầm Hà, Quảng Ninh", "Huyện Châu Thành"])
def test_an_ambiguous_name_is_not_decided(written):
    found = units_on(OLD).find(written)

    assert found.unit is None
    assert len(found.candidates) > 1


def test_a_misspelt_name_gets_guesses():
    with pytest.raises(MtqgError, match="Có phải là:\n  Huyện Đầm Hà, Tỉnh Quảng Ninh"):
        find_unit("Huyện Đàm Hà, Tỉnh Quảng Ninh", OLD)


def test_the_ambiguous_candidates_are_named_in_full():
    with pytest.raises(MtqgError, match="Thị trấn Đầm Hà, Huyện Đầm Hà, Tỉnh Quảng Ninh"):
        find_unit("Đầm Hà", OLD)


def test_without_a_day_a_district_is_found_on_the_last_map_that_has_it():
    unit, _, day = find_unit("Huyện Đầm Hà, Tỉnh Quảng Ninh", None)

    assert (unit.code, day) == ("200", date(2025, 6, 30))


def test_children_are_the_communes_of_a_district_and_the_districts_of_an_old_province():
    old, new = units_on(OLD), units_on(NEW)

    assert len(old.children(old.get("200"))) == 9
    assert {unit.level for unit in old.children(old.get("22"))} == {"huyện"}
    assert {unit.level for unit in new.children(new.get("22"))} == {"xã"}


def test_names_within_a_district():
    communes = units_on(OLD).children(units_on(OLD).get("200"))

    assert [unit.code for unit in match_name("xã Đầm Hà", communes)] == ["06916"]
    assert [unit.code for unit in match_name("TT. Đầm Hà", communes)] == ["06895"]
    assert len(match_name("Đầm Hà", communes)) == 2


def test_colliding_file_names_take_the_kind():
    units = units_on(OLD)
    names = workbook_names(units.get("200"), units.children(units.get("200")))

    assert names["200"] == "don-vi.xlsx"
    assert names["06895"] == "thi-tran-dam-ha.xlsx"
    assert names["06916"] == "xa-dam-ha.xlsx"
    assert names["06898"] == "quang-lam.xlsx"
    assert len(set(names.values())) == len(names)


def test_no_two_units_of_the_country_share_a_workbook_name():
    units = units_on(date(2025, 7, 1))
    provinces = [each for each in units.units.values() if each.level == "tỉnh"]

    for each in provinces:
        names = workbook_names(each, units.children(each))
        assert len(set(names.values())) == len(names), each.name
    assert {workbook_names(each, units.children(each))["25280"] for each in provinces if each.code == "75"} == {"xa-loc-thanh-25280.xlsx"}

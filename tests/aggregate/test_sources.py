"""Every figure of the sample is walked back to its cells with openpyxl and worked out again from them, by role."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from functools import cache

import openpyxl
import pytest

from mtqg_cli.core.report import Style
from mtqg_cli.render.figures import json_format


@pytest.fixture(scope="module")
def document(dam_ha, period, aggregates):
    return json.loads(json_format.render(dam_ha.unit, period, aggregates.figures, Style()))


@pytest.fixture(scope="module")
def cell(dam_ha):
    @cache
    def workbook(period, file):
        return openpyxl.load_workbook(dam_ha.folder / "data" / period / file, data_only=True)

    def value(source):
        return workbook(source["period"], source["file"])[source["sheet"]][source["cell"]].value

    return value


def again(sources, cell, unit):
    """The value that sources give: [(role path, source)]."""
    parts = defaultdict(list)
    for path, source in sources:
        parts[path[0] if path else "addend"].append((path[1:], source))
    parts.pop("unknown", None)
    searched = parts.pop("searched", None)
    if not parts:
        return Decimal(0) if searched else None
    if "numerator" in parts:
        below = again(parts["denominator"], cell, "")
        return again(parts["numerator"], cell, "") / below * (100 if "%" in unit else 1)
    if "minuend" in parts:
        sides = [again(parts[role], cell, unit) for role in ("minuend", "subtrahend")]
        return sides[0] - sides[1] if None not in sides else None
    if "value" in parts:
        pairs = [(exact(cell(value)), exact(cell(weight))) for (_, value), (_, weight) in zip(parts["value"], parts["weight"], strict=True)]
        return sum(value * weight for value, weight in pairs) / sum(weight for _, weight in pairs)
    if "counted" in parts:
        inner = {path for path, _ in parts["counted"]}
        keys = {(source["file"], None if inner != {()} else (source["sheet"], source["cell"])) for _, source in parts["counted"]}
        return Decimal(len(keys))
    return sum((exact(cell(source)) for _, source in parts["addend"]), Decimal(0))


def exact(value):
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def test_every_figure_is_what_its_cells_give(document, cell):
    checked = 0
    for figure in document["figures"]:
        if isinstance(figure["value"], list):
            continue
        sources = [(tuple(part for part in source["role"].split("/") if part != "addend"), source) for source in figure["sources"]]
        found = again(sources, cell, figure["unit"])
        if found is None:
            assert figure["value"] is None or (figure["value"] == "0" and "band" in figure["by"]), figure["id"]
            continue
        assert figure["value"] is not None, figure["id"]
        assert abs(Decimal(figure["value"]) - found) < Decimal("1e-18"), (figure["id"], figure["scope"], figure["by"], figure["value"], found)
        checked += 1
    assert checked > 800


def test_numerators_and_denominators_are_told_exactly(document):
    figure = next(
        each for each in document["figures"] if each["id"] == "ty_le_giai_ngan" and each["by"] == {"programme": "dtts-2021-2030"} and each["scope"] is None
    )

    assert (figure["numerator"], figure["denominator"], figure["text"]) == ("32479", "61864", "52,5%")
    assert figure["base"] == "kế hoạch vốn được giao (kéo dài và giao trong năm)"


def test_names_are_as_many_as_their_count(document):
    figures = {(each["id"], json.dumps(each["by"], sort_keys=True)): each for each in document["figures"] if each["scope"] is None}
    pairs = [(name, by) for name, by in figures if name.startswith("ten_")]

    assert pairs
    for name, by in pairs:
        plain = name.removeprefix("ten_")
        count = figures.get((plain, by)) or figures[f"so_{plain}", by]
        assert len(figures[name, by]["value"] or ()) == int(count["value"] or 0)


def test_bands_close_to_the_number_of_communes(document):
    bands = [int(each["value"]) for each in document["figures"] if each["id"] == "so_xa_theo_nhom"]

    assert bands == [8, 0, 0, 0, 0]


def test_parts_add_up_to_the_whole(document):
    def value(name, by, scope=None):
        return next(Decimal(each["value"] or 0) for each in document["figures"] if (each["id"], each["by"], each["scope"]) == (name, by, scope))

    for name in ("von_ke_hoach", "von_giai_ngan", "von_phan_bo"):
        programmes = ["ntm-2021-2025", "dtts-2021-2030", "gnbv-2021-2025"]
        assert sum(value(name, {"programme": each}) for each in programmes) == value(name, {})
        for programme in programmes[:2]:
            projects = [
                each
                for each in document["figures"]
                if each["id"] == name and each["by"].get("programme") == programme and len(each["by"]) == 2 and each["scope"] is None
            ]
            assert sum(Decimal(each["value"]) for each in projects) == value(name, {"programme": programme})


def test_every_movement_is_told_so_that_the_annexes_close(document):
    values = {(each["id"], each["scope"]): int(each["value"]) for each in document["figures"] if not each["by"] and each["unit"] == "hộ" and each["value"]}
    scopes = {scope for _, scope in values}

    assert len(scopes) == 10
    for scope in scopes:
        poor = [
            values[name, scope]
            for name in (
                "ho_ngheo_dau_ky",
                "ho_thoat_ngheo",
                "ho_ngheo_khac_giam",
                "ho_tai_ngheo",
                "ho_can_ngheo_roi_xuong_ngheo",
                "ho_ngheo_phat_sinh",
                "ho_ngheo_khac_tang",
                "ho_ngheo_cuoi_ky",
            )
        ]
        assert poor[0] - sum(poor[1:3]) + sum(poor[3:7]) == poor[7]
        near = [
            values[name, scope]
            for name in (
                "ho_can_ngheo_dau_ky",
                "ho_thoat_can_ngheo",
                "ho_can_ngheo_thanh_ngheo",
                "ho_can_ngheo_khac_giam",
                "ho_tai_can_ngheo",
                "ho_ngheo_thanh_can_ngheo",
                "ho_can_ngheo_phat_sinh",
                "ho_can_ngheo_khac_tang",
                "ho_can_ngheo_cuoi_ky",
            )
        ]
        assert near[0] - sum(near[1:4]) + sum(near[4:8]) == near[8]

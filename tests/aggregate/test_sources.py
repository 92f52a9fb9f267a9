"""Every figure of the samples is walked back to its cells with openpyxl and worked out again from them, by role."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from mtqg_cli.core.report import Style
from mtqg_cli.pipeline import gather, summarise
from mtqg_cli.project import load_project
from mtqg_cli.render.figures import json_format

SAMPLES = Path(__file__).resolve().parent.parent.parent / "sample_data"
PERIODS = {"dam-ha": "6m2024", "full_project": "6m2024", "binh-lieu": "9m2021", "nong-cong": "5m2023", "cho-don": "8m2020", "bach-thong": "2022"}


@pytest.fixture(scope="module", params=PERIODS)
def project(request):
    return request.getfixturevalue(request.param) if request.param == "full_project" else load_project(SAMPLES / request.param)


of_dam_ha = pytest.mark.parametrize("project", ["dam-ha", "full_project"], indirect=True, scope="module")


@pytest.fixture(scope="module")
def document(project):
    period = project.period(PERIODS.get(project.folder.name, "6m2024"))
    return json.loads(json_format.render(project.unit, period, summarise(gather(project, period).value).figures, Style()))


@pytest.fixture(scope="module")
def cell(project):
    @cache
    def workbook(period, file):
        return openpyxl.load_workbook(project.folder / "data" / period / file, data_only=True)

    def value(source):
        return workbook(source["period"], source["file"])[source["sheet"]][source["cell"]].value

    return value


def again(sources, cell, unit, end=max):
    """The value that sources give: [(role path, source)]; `end` chooses among those of several communes."""
    parts = defaultdict(list)
    for path, source in sources:
        parts[path[0] if path else "addend"].append((path[1:], source))
    parts.pop("unknown", None)
    searched = parts.pop("searched", None)
    if not parts:
        return Decimal(0) if searched else None
    if "compared" in parts:
        by_commune = defaultdict(list)
        for path, source in parts["compared"]:
            by_commune[source["file"]].append((path, source))
        return end(again(mine, cell, unit) for mine in by_commune.values())
    for first, second in (("numerator", "denominator"), ("minuend", "subtrahend")):
        if first in parts or second in parts:
            points = any(path[:2] == ("minuend", "numerator") for path, _ in parts[first])  # a plan of percentage points
            inner = unit if first == "minuend" else "%" if points else ""
            return of_two(first, again(parts[first], cell, inner), again(parts[second], cell, inner), unit)
    if "value" in parts:
        pairs = [(exact(cell(value)), exact(cell(weight))) for (_, value), (_, weight) in zip(parts["value"], parts["weight"], strict=True)]
        return sum(value * weight for value, weight in pairs) / sum(weight for _, weight in pairs)
    if "filled" in parts or "positive" in parts:
        assert all(cell(source) is not None for _, source in parts.get("filled", ()))
        assert all(cell(source) > 0 for _, source in parts.get("positive", ()))
        parts["counted"] = parts.pop("filled", None) or parts.pop("positive")
    if "counted" in parts:
        inner = {path for path, _ in parts["counted"]}
        keys = {(source["file"], None if inner != {()} else (source["sheet"], source["cell"])) for _, source in parts["counted"]}
        return Decimal(len(keys))
    return sum((exact(cell(source)) for _, source in parts["addend"]), Decimal(0))


def of_two(role, one, other, unit):
    """A ratio or a difference; None where one of the two is not there, or nothing stands below."""
    if one is None or other is None or (role == "numerator" and other == 0):
        return None
    return one - other if role == "minuend" else one / other * (100 if "%" in unit else 1)


def exact(value):
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def test_every_figure_is_what_its_cells_give(document, cell):
    checked = 0
    for figure in document["figures"]:
        if isinstance(figure["value"], list):
            continue
        sources = [(tuple(part for part in source["role"].split("/") if part != "addend"), source) for source in figure["sources"]]
        found = again(sources, cell, figure["unit"], min if figure["id"].endswith("thap_nhat") else max)
        if found is None:
            assert figure["value"] is None or (figure["value"] == "0" and "band" in figure["by"]), figure["id"]
            continue
        assert figure["value"] is not None, figure["id"]
        assert abs(Decimal(figure["value"]) - found) < Decimal("1e-18"), (figure["id"], figure["scope"], figure["by"], figure["value"], found)
        checked += 1
    assert checked > 200


@of_dam_ha
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


@of_dam_ha
def test_bands_close_to_the_number_of_communes(document):
    bands = [int(each["value"]) for each in document["figures"] if each["id"] == "so_xa_theo_nhom" and each["by"]["criteria_set"] == "xa-ntm-2021-2025"]

    assert bands == [8, 0, 0, 0, 0]


@of_dam_ha
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
            for split in ("project", "source", "kind"):
                parts = [Decimal(each["value"]) for each in projects if split in each["by"]]
                assert sum(parts) == value(name, {"programme": programme}), split


@of_dam_ha
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

"""Every figure of the samples is walked back to its cells with openpyxl and worked out again from them, by role."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from walkback import cells_of, from_cells

from mtqg_cli.core.report import Style
from mtqg_cli.handover import header_of
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
    gathered = gather(project, period)
    return json.loads(json_format.render(header_of(project, gathered), summarise(gathered.value).figures, Style()))


@pytest.fixture(scope="module")
def cell(project):
    return cells_of(project.folder)


def test_every_figure_is_what_its_cells_give(document, cell):
    checked = 0
    for figure in document["figures"]:
        if isinstance(figure["value"], list):
            continue
        found = from_cells(figure, cell)
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

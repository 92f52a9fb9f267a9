"""Figures of other periods: the year before, the same period a year earlier, nothing where there is no folder, its own communes and splits."""

from __future__ import annotations

import shutil
from dataclasses import replace
from decimal import Decimal

import pytest
from districts import batch_of, by_key

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.period import parse_period
from mtqg_cli.pipeline import gather
from mtqg_cli.project import load_project

CRITERIA = "xa-ntm-2021-2025"
SET = (("criteria_set", CRITERIA),)


@pytest.fixture(scope="module")
def request_(dam_ha, period):
    return replace(dam_ha.request(period), as_of={})


def figures_of(request, batches):
    return by_key(request, {name: batch_of(request, tables, parse_period(name)) for name, tables in batches.items()})


def recognised(request, number):
    rows = [{"commune": unit.code, "level": "dat-chuan", "status": "cong-nhan"} for unit in request.communes[1 : number + 1]]
    return {request.unit: {"cong-nhan-ntm": rows}}


def criteria_met(request, *numbers):
    form = f"tieu-chi-ntm.{CRITERIA}"
    return {
        unit: {form: [{"mark": "dat" if index < number else "chua", "level": "criterion"} for index in range(19)]}
        for unit, number in zip(request.communes[1:], numbers, strict=False)
    }


@pytest.mark.parametrize(
    ("now", "before", "value", "rise"),
    [(6, 5, 5, 1), (5, 5, 5, 0), (4, 5, 5, -1), (3, 0, 0, 3)],
    ids=["more", "equal", "fewer", "none before"],
)
def test_the_year_before_and_the_rise_since(request_, now, before, value, rise):
    figures = figures_of(request_, {"6m2024": recognised(request_, now), "2023": recognised(request_, before)})
    then, change = figures["xa_dat_chuan_nam_truoc", None, ()], figures["xa_dat_chuan_tang", None, ()]

    assert (then.value, str(then.period)) == (value, "2023")
    assert {str(each.period) for each in then.leaves()} == {"2023"}
    assert (change.value, change.rising) == (rise, True)
    assert not figures["ho_ngheo_giam", None, ()].rising


def test_without_a_folder_there_is_no_figure_and_no_source(request_):
    figures = figures_of(request_, {"6m2024": recognised(request_, 6)})
    then = figures["xa_dat_chuan_nam_truoc", None, ()]

    assert (then.value, then.sources, str(then.period)) == (None, (), "2023")
    assert figures["xa_dat_chuan_tang", None, ()].value is None
    assert figures["binh_quan_tieu_chi_cung_ky", None, SET].value is None


def test_an_average_is_compared_with_the_same_period_by_set(request_):
    figures = figures_of(request_, {"6m2024": criteria_met(request_, 19, 18), "6m2023": criteria_met(request_, 17), "2023": criteria_met(request_, 1)})

    assert figures["binh_quan_tieu_chi", None, SET].value == Decimal("18.5")
    assert figures["binh_quan_tieu_chi_cung_ky", None, SET].value == 17
    assert figures["binh_quan_tieu_chi_tang", None, SET].value == Decimal("1.5")
    assert str(figures["binh_quan_tieu_chi_cung_ky", None, SET].period) == "6m2023"


def test_a_group_of_another_year_is_compared_with_the_year_before_that(request_):
    moved = replace(request_, as_of={"ntm": parse_period("2020")})
    figures = figures_of(
        moved,
        {
            "6m2024": recognised(moved, 8),
            "2020": {**recognised(moved, 4), **criteria_met(moved, 15)},
            "2019": {**recognised(moved, 3), **criteria_met(moved, 14)},
            "2023": recognised(moved, 7),
        },
    )

    assert figures["xa_dat_chuan", None, ()].value == 4
    assert figures["xa_dat_chuan_nam_truoc", None, ()].value == 3
    assert figures["binh_quan_tieu_chi_cung_ky", None, SET].value == 14
    assert {str(each) for each in moved.comparisons} == {"2019", "6m2023"}, "poverty stays with the period that is asked for"


def test_communes_have_their_own_earlier_figures(request_):
    one, two = request_.communes[:2]
    homes = [{"households_opening": 100, "households_closing": 100}]
    now = {unit: {"ho-ngheo": [{"closing": 4}], "so-lieu": homes} for unit in (one, two)}
    before = {one: {"ho-ngheo": [{"closing": 5}], "so-lieu": homes}, two: {"ho-ngheo": [{"closing": None}], "so-lieu": homes}}
    figures = figures_of(request_, {"6m2024": now, "6m2023": before})

    def of(name):
        return [figures[name, scope, ()].value for scope in (None, one.code, two.code)]

    assert of("ho_ngheo_cung_ky") == [5, 5, None]
    assert of("ho_ngheo_tang_cung_ky") == [3, -1, None]
    assert of("ty_le_ho_ngheo_cung_ky") == [Decimal("2.5"), 5, None]
    assert figures["ty_le_ho_ngheo_cung_ky", None, ()].denominator.value == 200
    assert of("ty_le_ho_ngheo_tang_cung_ky") == [Decimal("1.5"), -1, None]


@pytest.mark.parametrize(
    ("name", "before", "earlier"), [("6m2024", "2023", "6m2023"), ("2022", "2021", "2021"), ("q3-2024", "2023", "q3-2023"), ("t5-2023", "2022", "t5-2022")]
)
def test_the_two_periods_that_a_period_is_compared_with(name, before, earlier):
    period = parse_period(name, "nd09")

    assert (str(period.year_before), str(period.a_year_earlier)) == (before, earlier)
    assert {period.year_before.regime, period.a_year_earlier.regime} == {"nd09"}


def test_nothing_more_is_read_where_there_is_no_folder(gathered):
    assert set(gathered.value.batches) == {"6m2024", "2023"}


def test_faults_in_what_is_compared_are_told_under_its_folder(project_copy):
    """The same period a year before: only the forms that figures look back at are judged."""
    shutil.copytree(project_copy / "data" / "6m2024", project_copy / "data" / "6m2023")
    (project_copy / "data" / "6m2023" / "quang-lam.xlsx").unlink()
    project = load_project(project_copy)
    checked = gather(project, project.period("6m2024"))
    errors = sorted((each.code, each.location.file) for each in checked.diagnostics if each.severity is Severity.ERROR)
    sent = sorted(path.name for path in (project_copy / "data" / "6m2023").iterdir())

    assert errors == [*(("F109", f"6m2023/{name}") for name in sent), ("X401", "data/6m2023")]
    assert set(checked.value.batches) == {"6m2024", "2023", "6m2023"}

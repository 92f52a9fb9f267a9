"""Plans by level and basis, definitions that a unit declares, models, OCOP, criteria of the district: small districts, one question each."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from districts import figures_of
from fullproject import FULL

from mtqg_cli.compose.values import Frame, compose
from mtqg_cli.core.report import Style
from mtqg_cli.pipeline import gather, summarise
from mtqg_cli.render.printing import print_figure

CRITERIA = "xa-ntm-2021-2025"


@pytest.fixture(scope="module")
def request_(full_project):
    return replace(full_project.request(full_project.period("6m2024")), as_of={})


def plan(target, level, basis, amount):
    return {"target": target, "assigned_by": level, "basis": basis, "amount": None if amount is None else Decimal(amount)}


def poor(request, opening=20, closing=14, above=5):
    return {
        request.communes[1]: {
            "ho-ngheo": [{"opening": opening, "closing": closing, "to_near_poor": 2, "above_lines": 1}],
            "ho-can-ngheo": [{"opening": opening, "closing": closing, "above_lines": above}],
            "so-lieu": [{"households_opening": 1000, "households_closing": 1000}],
        }
    }


def told(request, tables):
    """The values that templates see."""
    return compose(request, figures_of(request, tables).values(), {}, Frame(), "bao-cao").values


@pytest.mark.parametrize(
    ("lines", "percent", "plans"),
    [
        ([("giam-ho-ngheo", "tinh", "so-ho", "12")], "50,00%", ("12", "chưa có số liệu")),
        ([("giam-ho-ngheo", "tinh", "so-ho", "0")], "không giao", ("0", "chưa có số liệu")),
        ([("giam-ho-ngheo", "tinh", "diem-phan-tram", "0.3")], "200,00%", ("chưa có số liệu", "0,3%")),
        ([("giam-ho-ngheo", "tinh", "diem-phan-tram", "2.35")], "25,53%", ("chưa có số liệu", "2,35%")),
        ([("giam-ho-ngheo", "tinh", "so-ho", "0"), ("giam-ho-ngheo", "tinh", "diem-phan-tram", "0.3")], "200,00%", ("0", "0,3%")),
        ([("giam-ho-ngheo", "tinh", "so-ho", "12"), ("giam-ho-ngheo", "tinh", "diem-phan-tram", "0.3")], "50,00%", ("12", "0,3%")),
        ([("giam-ho-ngheo", "tinh", "so-ho", None)], "chưa có số liệu", ("chưa có số liệu", "chưa có số liệu")),
        ([("giam-ho-ngheo", "tinh", "so-ho", "12"), ("giam-ho-ngheo", "tinh", "so-ho", "15")], "chưa có số liệu", ("chưa có số liệu", "chưa có số liệu")),
        ([("thoat-ngheo", "tinh", "so-ho", "12")], "chưa có số liệu", ("chưa có số liệu", "chưa có số liệu")),
    ],
    ids=["households", "zero", "points", "two decimals", "zero and points", "both", "blank", "twice", "another target"],
)
def test_a_plan_is_there_as_it_was_assigned_and_divides_by_its_basis(request_, lines, percent, plans):
    levels = told(request_, {**poor(request_), request_.unit: {"ke-hoach-giao": [plan(*line) for line in lines]}})["cap_giao"]
    values = levels[0].values

    assert [level.values["ten"] for level in levels] == ["tỉnh giao"]
    assert print_figure(values["ty_le_ke_hoach_ho_ngheo"], Style()) == percent
    assert tuple(print_figure(values[name], Style()) for name in ("ke_hoach_ho_ngheo", "ke_hoach_diem_ho_ngheo")) == plans


def test_every_level_keeps_its_plan_and_a_plan_needs_no_result(request_):
    lines = [plan("san-pham-ocop", "tinh", "so-luong", "3"), plan("giam-ho-ngheo", "huyen", "so-ho", "12"), plan("giam-ho-ngheo", "tinh", "so-ho", "12")]
    levels = told(request_, {**poor(request_), request_.unit: {"ke-hoach-giao": lines}})["cap_giao"]
    by_level = {level.values["ma"]: level.values for level in levels}

    assert list(by_level) == ["tinh", "huyen"]
    assert [by_level[level]["ty_le_ke_hoach_ho_ngheo"].value for level in by_level] == [50, 50]
    assert by_level["tinh"]["ke_hoach_san_pham_ocop"].value == 3
    assert by_level["tinh"]["ty_le_ke_hoach_san_pham_ocop"].value is None
    assert by_level["huyen"]["ke_hoach_san_pham_ocop"].value is None


@pytest.mark.parametrize(
    ("target", "basis", "name", "result"),
    [
        ("giam-ho-can-ngheo", "so-ho", "ho_can_ngheo", 6),
        ("thoat-ngheo", "so-ho", "thoat_ngheo", 3),
        ("thoat-can-ngheo", "so-ho", "thoat_can_ngheo", 5),
        ("thoat-can-ngheo-tuyet-doi", "so-ho", "thoat_can_ngheo_tuyet_doi", 6),
        ("xa-dat-chuan", "so-luong", "xa_dat_chuan", 2),
        ("xa-nang-cao", "so-luong", "xa_nang_cao", 1),
        ("xa-kieu-mau", "so-luong", "xa_kieu_mau", 0),
        ("san-pham-ocop", "so-luong", "san_pham_ocop", 1),
    ],
)
def test_each_target_is_divided_by_its_plan(request_, target, basis, name, result):
    request = replace(request_, absolute_exit="net-fall")
    one, two = request.communes[1:3]
    tables = poor(request)
    days = {"a": date(2024, 1, 5), "b": date(2023, 12, 29)}  # the plan is that of the year: what came before is no part of it
    tables[one] |= {"ocop": [{"product": name, "owner": "b", "stage": "cong-nhan", "decided_on": day} for name, day in days.items()]}
    levels = [(one, "dat-chuan", "2024"), (two, "dat-chuan", "2024"), (one, "nang-cao", "2024"), (two, "nang-cao", "2022"), (one, "kieu-mau", "2023")]
    recognised = [{"commune": unit.code, "level": level, "status": "cong-nhan", "year": year} for unit, level, year in levels]
    tables[request.unit] = {"ke-hoach-giao": [plan(target, "tinh", basis, "10")], "cong-nhan-ntm": recognised}
    figure = figures_of(request, tables)[f"ty_le_ke_hoach_{name}", None, (("assigned_by", "tinh"),)]

    assert (figure.numerator.value, figure.denominator.value, figure.value) == (result, 10, result * 10)
    assert figure.numerator.unit == figure.denominator.unit


@pytest.mark.parametrize(
    ("chosen", "near", "absolute", "words"),
    [
        ("net-fall", 6, 6, "số hộ cận nghèo đầu kỳ trừ số hộ cận nghèo cuối kỳ"),
        ("above-lines", 5, 1, "số hộ cận nghèo vượt chuẩn cận nghèo trong kỳ"),
        ("", None, None, ""),
    ],
)
def test_what_leaving_for_good_means_is_declared(request_, chosen, near, absolute, words):
    request = replace(request_, absolute_exit=chosen)
    figures = figures_of(request, poor(request))
    names = ("ho_thoat_can_ngheo_tuyet_doi", "ho_thoat_ngheo_tuyet_doi")

    for scope in (None, request.communes[1].code):
        assert tuple(figures[name, scope, ()].value for name in names) == (near, absolute)
    assert bool(figures[names[0], None, ()].sources) is bool(chosen)
    assert told(request, poor(request))["cach_tinh_tuyet_doi"] == words


def model(key, registered, reached):
    return {"key": key, "registered": registered, "approved": registered, "reached": reached}


@pytest.mark.parametrize(
    ("registered", "communes", "names"),
    [((2, 0), 1, 1), ((0, 0), 0, 0), ((2, None), 1, 1), ((None, None), None, None), ((1, 3), 2, 2)],
    ids=["one", "none", "one is blank", "all blank", "two"],
)
def test_communes_that_have_registered_a_model_village(request_, registered, communes, names):
    tables = {unit: {"mo-hinh": [model("1", number, 0), model("3", 9, 7)]} for unit, number in zip(request_.communes[1:], registered, strict=False)}
    figures = figures_of(request_, tables)
    found = figures["ten_xa_dang_ky_thon_kieu_mau", None, ()].value

    assert figures["xa_dang_ky_thon_kieu_mau", None, ()].value == communes
    assert (None if found is None else len(found)) == names
    assert figures["tuyen_duong_mau_dang_ky", None, ()].value == 18
    assert figures["tuyen_duong_mau_dat", None, ()].value == 14
    assert figures["thon_kieu_mau_dang_ky", None, ()].value == (None if communes is None else sum(filter(None, registered)))


def product(name, owner, stage, stars=None, until=None, kind="htx"):
    return {"product": name, "owner": owner, "owner_kind": kind, "stage": stage, "stars": stars, "expires_on": until}


def test_ocop_products_by_stage_and_owners_once(request_):
    day = request_.period.as_of
    later = date(day.year + 1, 1, 1)
    one, two = request_.communes[1:3]
    tables = {
        one: {
            "ocop": [
                product("a", "HTX Sao", "cong-nhan", 3, day),
                product("b", "htx  sao", "cong-nhan-lai", 4, later),
                product("c", "Công ty", "lam-lai", 3, date(day.year, 1, 1), "dn"),
                product("d", "HTX Sao", "ho-so"),
                product("e", "HTX Mới", "y-tuong"),
            ]
        },
        two: {"ocop": [product("g", "HTX Sao", "cong-nhan", 3)]},
    }
    figures = figures_of(request_, tables)
    names = {
        "san_pham_ocop": 4,
        "ocop_3_sao": 3,
        "ocop_4_sao": 1,
        "ocop_5_sao": 0,
        "ocop_con_han": 2,
        "ocop_ho_so": 1,
        "ocop_lam_lai": 1,
        "ocop_y_tuong": 1,
        "chu_the_ocop": 3,
        "chu_the_htx": 2,
        "chu_the_dn": 1,
        "chu_the_tht": 0,
    }

    assert {name: figures[name, None, ()].value for name in names} == names
    assert figures["san_pham_ocop", one.code, ()].value == 3
    assert figures["san_pham_ocop", request_.communes[3].code, ()].value is None


@pytest.mark.parametrize(("days", "valid"), [(0, 1), (-1, 0), (1, 1)], ids=["on the very day", "the day before", "the day after"])
def test_a_recognition_holds_through_its_last_day(request_, days, valid):
    until = date.fromordinal(request_.period.as_of.toordinal() + days)
    figures = figures_of(request_, {request_.communes[1]: {"ocop": [product("a", "b", "cong-nhan", 3, until)]}})

    assert figures["ocop_con_han", None, ()].value == valid


def test_an_unknown_last_day_is_no_zero_and_no_products_are(request_):
    unknown = figures_of(request_, {request_.communes[1]: {"ocop": [product("a", "b", "cong-nhan", 3, None)]}})
    none = figures_of(request_, {request_.communes[1]: {"ocop": [product("a", "b", "ho-so")]}})

    assert unknown["ocop_con_han", None, ()].value is None
    assert none["ocop_3_sao", None, ()].value == 0
    starless = figures_of(request_, {request_.communes[1]: {"ocop": [product("a", "b", "cong-nhan")]}})
    assert starless["ocop_3_sao", None, ()].value is None
    assert none["ocop_con_han", None, ()].value == 0


def test_recognised_met_today_and_pending_are_three_facts(request_):
    one, two, three = request_.communes[1:4]
    marks = {one: 19, two: 18, three: 19}
    form = f"tieu-chi-ntm.{CRITERIA}"
    tables = {unit: {form: [{"mark": "dat" if index < met else "chua", "level": "criterion"} for index in range(19)]} for unit, met in marks.items()}
    status = [(one, "dat-chuan", "cong-nhan"), (two, "dat-chuan", "cong-nhan"), (three, "dat-chuan", "dang-trinh"), (one, "nang-cao", "dang-xay-dung")]
    tables[request_.unit] = {"cong-nhan-ntm": [{"commune": unit.code, "level": level, "status": state} for unit, level, state in status]}
    figures = figures_of(request_, tables)
    by = (("criteria_set", CRITERIA),)

    assert figures["xa_dat_chuan", None, ()].value == 2
    assert figures["xa_trinh_dat_chuan", None, ()].value == 1
    assert figures["xa_dat_du_tieu_chi", None, by].value == 2
    assert figures["ten_xa_dat_du_tieu_chi", None, by].value == (one.label, three.label)
    assert figures["ten_xa_xay_dung_nang_cao", None, ()].value == (one.label,)
    assert figures["xa_dat_du_tieu_chi", None, (("criteria_set", "xa-ntm-nang-cao-2021-2025"),)].value is None
    assert figures["ty_le_xa_nang_cao_trong_dat_chuan", None, ()].value == 0


def test_the_criteria_of_the_district(request_):
    rows = [
        {"key": str(number), "mark": mark, "level": level}
        for number, (mark, level) in enumerate([("dat", "criterion"), ("chua", "both"), ("dat", "indicator"), ("dat", "condition")])
    ]
    figures = figures_of(request_, {request_.unit: {"tieu-chi-huyen.huyen-ntm-2021-2025": rows}})

    assert (figures["tieu_chi_huyen_dat", None, ()].value, figures["so_tieu_chi_huyen", None, ()].value) == (1, 2)


@pytest.mark.parametrize(
    ("areas", "count"),
    [(["I", "khong", None], 1), (["khong", "khong"], 0), ([None, None], None), (["khong", None], None)],
    ids=["one known", "none lies there", "nobody says", "nobody who might"],
)
def test_what_is_ruled_out_is_no_answer_for_those_who_are_silent(request_, areas, count):
    tables = {unit: {"thong-tin": [{"area": area, "villages": 3}]} for unit, area in zip(request_.communes, areas, strict=False)}

    assert figures_of(request_, tables)["don_vi_vung_dtts", None, ()].value == count


def test_products_without_stars_yet_are_no_gap_in_the_stars(request_):
    ideas = [{"product": "Mật ong", "owner": "HTX A", "owner_kind": "htx", "stage": stage, "stars": None, "expires_on": None} for stage in ("y-tuong", "ho-so")]
    figures = figures_of(request_, {request_.communes[1]: {"ocop": ideas}})

    assert [figures[name, None, ()].value for name in ("san_pham_ocop", "ocop_3_sao", "ocop_con_han", "chu_the_ocop")] == [0, 0, 0, 0]


def test_a_town_is_no_rural_commune_even_where_nobody_marks_criteria(request_):
    without = replace(request_, forms=tuple(form for form in request_.forms if form.data != "tieu-chi"))

    assert [figures_of(each, {})["so_xa", None, ()].value for each in (request_, without)] == [8, 8]


def test_a_rise_as_large_as_the_fall_that_was_planned_can_be_printed(request_):
    tables = {**poor(request_, opening=14, closing=26), request_.unit: {"ke-hoach-giao": [plan("giam-ho-ngheo", "tinh", "so-ho", "12")]}}
    figure = figures_of(request_, tables)["ty_le_ke_hoach_ho_ngheo", None, (("assigned_by", "tinh"),)]

    assert (figure.value, print_figure(figure, Style())) == (-100, "-100%")


def test_a_plan_on_a_basis_that_no_figure_takes_up_makes_no_figure(request_):
    """The workbook is told so (R214)."""
    figures = figures_of(request_, {**poor(request_), request_.unit: {"ke-hoach-giao": [plan("san-pham-ocop", "tinh", "so-ho", "12")]}})

    assert not [figure for figure in figures.values() if "assigned_by" in figure.by]


def test_nothing_is_told_of_extra_forms_that_a_project_does_not_use(dam_ha, period):
    figures = figures_of(dam_ha.request(period), {})
    told_of = {figure.id for figure in figures.values()}

    assert not {name for name in told_of if "ocop" in name or "kieu_mau_da" in name or name.startswith("chu_the")}
    assert {"xa_dat_chuan", "ho_ngheo_giam"} <= told_of
    assert compose(dam_ha.request(period), figures.values(), {}, Frame(), "bao-cao").values["san_pham_ocop"].value is None


def test_models_and_products_of_real_workbooks(full_project):
    """Rows of printed forms are found by their key, as the workbooks in the folder hold them."""
    period = full_project.period("6m2024")
    figures = {(each.id, each.scope): each for each in summarise(gather(full_project, period).value).figures if not each.by}
    rows = {name: list(csv.DictReader((FULL / "6m2024" / f"{name}.csv").read_text(encoding="utf-8").splitlines())) for name in ("mo-hinh", "ocop")}

    for key, name in (("1", "thon_kieu_mau"), ("2", "vuon_mau"), ("3", "tuyen_duong_mau"), ("4", "ho_mau")):
        mine = [row for row in rows["mo-hinh"] if row["key"] == key]
        assert figures[f"{name}_dang_ky", None].value == sum(int(row["registered"]) for row in mine)
        assert figures[f"{name}_dat", None].value == sum(int(row["reached"]) for row in mine)
    registered = {row["unit"] for row in rows["mo-hinh"] if row["key"] == "1" and int(row["registered"])}
    assert figures["xa_dang_ky_thon_kieu_mau", None].value == len(registered) == len(figures["ten_xa_dang_ky_thon_kieu_mau", None].value)
    recognised = [row for row in rows["ocop"] if row["stage"] in ("cong-nhan", "cong-nhan-lai", "lam-lai")]
    assert figures["san_pham_ocop", None].value == len(recognised)
    assert figures["ocop_con_han", None].value == sum(row["expires_on"] >= period.as_of.isoformat() for row in recognised)
    assert (figures["tieu_chi_huyen_dat", None].value, figures["so_tieu_chi_huyen", None].value) == (7, 9)


def test_the_form_of_plans_allows_just_the_bases_that_are_reckoned_with(full_project):
    """A plan on another basis would be told to nobody: the form refuses what no figure takes up."""
    book = full_project.book
    (form,) = [each for each in book.forms.values() if each.id == "ke-hoach-giao"]
    allowed = {(target, basis) for line in form.fitting for target in line.when["target"] for basis in line.values}
    plans = {(entry.where["target"], entry.where["basis"]): entry.id for entry in book.indicators.values() if entry.measure == "plan"}
    used = {name for entry in book.indicators.values() for name in entry.plans.values()}

    assert allowed == set(plans)
    assert used == set(plans.values()) - {"ke_hoach_thon_kieu_mau"}  # its form tells only of all years together
    assert {choice.id for choice in form.column("target").choices} == {target for target, _ in plans}
    assert all(set(entry.plans) == set(entry.result) for entry in book.indicators.values() if entry.plans)


def test_a_sheet_of_blank_marks_says_nothing_whatever_its_levels(request_):
    rows = [{"key": key, "level": level, "mark": None} for key, level in (("1", "criterion"), ("1.1", "indicator"), ("2", "both"))]
    figures = figures_of(request_, {request_.communes[1]: {f"tieu-chi-ntm.{CRITERIA}": rows}})
    by = (("criteria_set", CRITERIA),)

    assert [figures[name, None, by].value for name in ("tieu_chi_dat", "chi_tieu_dat", "xa_dat_du_tieu_chi")] == [None, None, None]

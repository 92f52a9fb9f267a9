"""Communes that are judged by criteria sets of their own, and forms that nobody is asked for because their figures are of another period."""

from __future__ import annotations

import openpyxl
import pytest

from mtqg_cli.compose.values import Frame, compose
from mtqg_cli.core.errors import MtqgError
from mtqg_cli.pipeline import blank_workbooks, gather, summarise
from mtqg_cli.project import load_project

BASIC, ADVANCED = "xa-ntm-2021-2025", "xa-ntm-nang-cao-2021-2025"


def changed(folder, old, new):
    text = (folder / "mtqg.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "mtqg.toml").write_text(text.replace(old, new), encoding="utf-8")
    return load_project(folder)


@pytest.fixture
def own_set(project_copy):
    """Quảng Lâm and Tân Lập are judged by the advanced set only."""
    line = f'criteria_of = {{ "Quảng Lâm" = ["{ADVANCED}"], "xã Tân Lập" = ["{ADVANCED}"] }}\nbands'
    return changed(project_copy, "bands", line)


def commune(project, name):
    return next(unit for unit in project.communes if unit.name == name)


def test_each_commune_is_asked_for_its_own_sets(own_set):
    request = own_set.request(own_set.period("6m2024"))

    def sets(name):
        return [form.criteria_set for form in request.forms_for(commune(own_set, name)) if form.criteria_set]

    assert request.criteria == (BASIC, ADVANCED)
    assert sets("Xã Quảng Lâm") == sets("Xã Tân Lập") == [ADVANCED]
    assert sets("Xã Quảng An") == [BASIC]
    assert sets("Thị trấn Đầm Hà") == []


def test_blank_workbooks_hold_only_them(own_set, tmp_path):
    made = {each.name: each.content for each in blank_workbooks(own_set, own_set.period("6m2024"))}
    sheets = {}
    for name in ("quang-lam.xlsx", "quang-an.xlsx"):
        (tmp_path / name).write_bytes(made[name])
        sheets[name] = openpyxl.load_workbook(tmp_path / name).sheetnames

    assert "Biểu 01.2" in sheets["quang-lam.xlsx"]
    assert "Biểu 01" not in sheets["quang-lam.xlsx"]
    assert "Biểu 01" in sheets["quang-an.xlsx"]
    assert "Biểu 01.2" not in sheets["quang-an.xlsx"]


def test_a_sheet_of_the_other_set_is_passed_over_and_the_own_one_missed(own_set):
    """The workbooks that lie there hold the basic set: that is nobody's any more for these two."""
    checked = gather(own_set, own_set.period("6m2024"))
    missed = {(each.location.file, each.location.sheet) for each in checked.diagnostics if each.code == "S201"}
    by_unit = {each.unit.name: each.tables for each in checked.value.batch.submissions}

    assert missed == {("quang-lam.xlsx", "Biểu 01.2"), ("tan-lap.xlsx", "Biểu 01.2")}
    assert f"tieu-chi-ntm.{BASIC}" not in by_unit["Xã Quảng Lâm"]
    assert f"tieu-chi-ntm.{BASIC}" in by_unit["Xã Quảng An"]


def test_bands_and_averages_count_only_the_communes_of_a_set(own_set):
    period = own_set.period("6m2024")
    gathered = gather(own_set, period)
    aggregates = summarise(gathered.value)
    report = compose(gathered.value.request, aggregates.figures, aggregates.listings, Frame(), "bao-cao")
    basic, advanced = (each.values for each in report.values["bo_tieu_chi"])

    assert [len(each["cac_xa"]) for each in (basic, advanced)] == [6, 2]
    assert {each.values["ten"] for each in advanced["cac_xa"]} == {"xã Quảng Lâm", "xã Tân Lập"}
    assert basic["so_xa_danh_gia"].value == 6
    assert sum(band.values["so_xa_theo_nhom"].value for band in basic["nhom"]) == 6
    assert [band.values["so_xa_theo_nhom"].value for band in advanced["nhom"]] == [None] * 5
    assert report.values["so_xa"].value == 8


def asked(folder, line):
    project = changed(folder, "bands", f"criteria_of = {line}\nbands")
    return project.request(project.period("6m2024"))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{ "Quảng Xa" = ["xa-ntm-2021-2025"] }', "“Quảng Xa” không phải đơn vị trực thuộc"),
        ('{ "Đầm Hà" = ["xa-ntm-2021-2025"] }', "có thể là nhiều đơn vị"),
        ('{ "thị trấn Đầm Hà" = ["xa-ntm-2021-2025"] }', "không đánh giá theo bộ tiêu chí xã"),
        ('{ "Quảng Lâm" = ["xa-ntm-2031"] }', "không có bộ tiêu chí “xa-ntm-2031”"),
        ('{ "Quảng Lâm" = ["huyen-ntm-2021-2025"] }', "không phải là bộ tiêu chí của xã"),
        ('{ "Quảng Lâm" = ["xa-ntm-2021-2025"], "xã Quảng Lâm" = [] }', "ghi hai lần"),
        ('{ "Quảng Lâm" = ["xa-ntm-2021-2025", "xa-ntm-2021-2025"] }', "criteria_of"),
    ],
)
def test_what_means_nothing_there_is_refused(project_copy, line, words):
    with pytest.raises(MtqgError) as raised:
        asked(project_copy, line)
    assert words in raised.value.message


@pytest.fixture
def of_2023(project_copy):
    """What communes have reached is told as of 2023."""
    return changed(project_copy, 'as_of = { thu-nhap = "2023" }', 'as_of = { thu-nhap = "2023", ntm = "2023" }')


def test_forms_whose_figures_are_of_another_period_are_not_asked_for(of_2023):
    now, then = (of_2023.request(of_2023.period(name)) for name in ("6m2024", "2023"))
    lam = commune(of_2023, "Xã Quảng Lâm")

    def forms(request, unit):
        return {form.data for form in request.forms_for(unit)}

    assert forms(then, lam) - forms(now, lam) == {"tieu-chi"}
    assert forms(then, then.unit) - forms(now, now.unit) == {"cong-nhan-ntm"}
    assert {"so-lieu", "ho-ngheo", "von"} <= forms(now, lam), "other figures of theirs are of this period"
    assert "ke-hoach-giao" in forms(now, now.unit)


def test_the_sheet_that_says_whose_workbook_it_is_is_always_asked_for(project_copy):
    project = changed(project_copy, 'as_of = { thu-nhap = "2023" }', 'as_of = { chung = "2023" }')
    request = project.request(project.period("6m2024"))

    assert "thong-tin" in {form.data for form in request.forms_for(commune(project, "Xã Quảng Lâm"))}


def test_such_a_sheet_is_neither_made_nor_missed_nor_read(of_2023, tmp_path):
    period = of_2023.period("6m2024")
    made = {each.name: each.content for each in blank_workbooks(of_2023, period)}
    (tmp_path / "a.xlsx").write_bytes(made["quang-lam.xlsx"])
    sent = of_2023.data_folder(period)
    book = openpyxl.load_workbook(sent / "quang-lam.xlsx")
    del book["Biểu 01"]
    book.save(sent / "quang-lam.xlsx")
    checked = gather(of_2023, period)
    figures = {(each.id, each.scope, tuple(each.by.items())): each for each in summarise(checked.value).figures}

    assert "Biểu 01" not in openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
    assert not [each for each in checked.diagnostics if each.code.startswith("S")]
    assert all(f"tieu-chi-ntm.{BASIC}" not in each.tables for each in checked.value.batch.submissions)
    assert str(figures["tieu_chi_dat", None, (("criteria_set", BASIC),)].period) == "2023"
    assert figures["so_xa_danh_gia", None, (("criteria_set", BASIC),)].value == 8
    assert {str(each.period) for each in figures["xa_dat_chuan", None, ()].leaves()} == {"2023"}


def test_who_has_no_form_to_fill_in_is_not_missed(dam_ha):
    """Of a year that is only compared with, the district's own workbook may be all that is read."""
    request = dam_ha.request(dam_ha.period("6m2024"))

    assert len(request.asked) == 10
    assert [unit.name for unit in request.for_reading(frozenset({"cong-nhan-ntm"})).asked] == ["Huyện Đầm Hà"]
    assert "Thị trấn Đầm Hà" not in [unit.name for unit in request.for_reading(frozenset({"tieu-chi"})).asked]


@pytest.mark.parametrize(
    ("old", "new"),
    [("bands", 'criteria_of = { "Quảng Lâm" = [] }\nbands'), ('criteria = ["xa-ntm-2021-2025"]', "criteria = []")],
    ids=["a commune without sets", "no sets at all"],
)
def test_shares_are_of_all_xa_whoever_is_judged(project_copy, old, new):
    project = changed(project_copy, old, new)
    figures = {each.id: each for each in summarise(gather(project, project.period("6m2024")).value).figures if each.scope is None}
    assert figures["so_xa"].value == 8
    assert (figures["ty_le_xa_dat_chuan"].value, figures["ty_le_xa_dat_chuan"].denominator.value) == (100, 8)

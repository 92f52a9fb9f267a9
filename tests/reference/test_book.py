"""The shipped reference data is whole, and says where it comes from; a project's own files go over it."""

from __future__ import annotations

import re

import pytest

from mtqg_cli.reference.book import load_book
from mtqg_cli.reference.layout import layout_of, row_formula, total_formula
from mtqg_cli.reference.resources import DATA


@pytest.fixture(scope="module")
def book():
    checked = load_book()
    assert checked.diagnostics == ()
    return checked.value


def test_the_criteria_of_2021_2025(book):
    criteria = book.criteria["xa-ntm-2021-2025"]

    assert len(criteria.criteria) == 19
    assert sum(len(each.indicators) for each in criteria.criteria) == 57
    assert [each.code for each in criteria.criteria] == [str(number) for number in range(1, 20)]
    assert "1.10" not in [one.code for each in criteria.criteria for one in each.indicators]
    assert "17.10" in [one.code for each in criteria.criteria for one in each.indicators]


@pytest.mark.parametrize(
    ("name", "level", "criteria", "indicators"),
    [
        ("xa-ntm-2016-2020", "xã", 19, 49),
        ("xa-ntm-nang-cao-2021-2025", "xã", 19, 75),
        ("huyen-ntm-2021-2025", "huyện", 9, 36),
        ("xa-ntm-2026-2030", "xã", 10, 0),
    ],
)
def test_the_other_criteria_sets(book, name, level, criteria, indicators):
    found = book.criteria[name]
    codes = [one.code for each in found.criteria for one in each.indicators]

    assert (found.level, len(found.criteria), len(codes)) == (level, criteria, indicators)
    assert [each.code for each in found.criteria] == [str(number) for number in range(1, criteria + 1)]
    assert len(set(codes)) == len(codes)
    assert not any("?" in code for code in codes)
    assert all(one.provenance == "S" for each in found.criteria for one in each.indicators if one.thresholds)
    assert found.provenance
    assert found.caution


def test_a_threshold_that_differs_between_regions_is_not_printed(book):
    rows = {row.key: row.texts["threshold"] for row in book.criteria["xa-ntm-2016-2020"].form_rows() if "threshold" in row.texts}

    assert rows["9.1"] == "= 0"
    assert rows["2.1"] == "Tỉnh quy định"
    assert rows["10"] == ""


def test_the_district_set_is_a_form_of_the_district_alone(book):
    (form,) = (each for each in book.everything if each.criteria_set == "huyen-ntm-2021-2025")

    assert (form.scope, form.data, form.sheet) == ("unit", "tieu-chi-huyen", "Biểu 16")
    assert [row.key for row in form.rows if row.level == "condition"] == ["0.1", "0.2", "0.3", "0.4"]
    assert sum(row.level in {"criterion", "both"} for row in form.rows) == 9
    assert next(each.criteria_set for each in book.everything if each.data == "tieu-chi") == "xa-ntm-2021-2025"


def test_extra_forms_are_used_only_if_asked_for(book):
    usual = [form.id for form in book.in_use(("xa-ntm-2021-2025",), tuple(book.programmes), ())]

    assert len(usual) == 12
    assert not set(usual) & set(book.extra)
    assert set(book.extra) == {
        *("huy-dong", "ocop", "mo-hinh", "thieu-hut", "nhom-doi-tuong", "dan-toc", "nguyen-nhan", "nha-o", "no-dong", "kiem-tra"),
        *("sinh-ke", "thuyet-minh", "ho-dtts", "ra-soat"),
    }
    assert [form.id for form in book.in_use((), (), (), ["ocop"]) if form.extra] == ["ocop"]


def test_a_programme_without_names_says_so(book):
    projects = book.programmes["hop-nhat-2026-2030"].projects

    assert [project.code for project in projects if project.kind == "hop_phan"] == ["HP1", "HP2"]
    assert all("chưa có tên trong nguồn" in project.name for project in projects)


def test_thresholds_stand_only_where_they_are_sourced(book):
    with_thresholds = [one for each in book.criteria["xa-ntm-2021-2025"].criteria for one in each.indicators if one.thresholds]

    assert [one.code for one in with_thresholds] == ["3.1", "3.2"]
    assert all(one.provenance == "S" for one in with_thresholds)


def test_programmes_have_their_trees(book):
    assert {key: len(each.projects) for key, each in book.programmes.items()} == {
        "dtts-2021-2030": 24,
        "gnbv-2016-2020": 12,
        "gnbv-2021-2025": 18,
        "hop-nhat-2026-2030": 12,
        "ntm-2021-2025": 11,
    }
    for programme in book.programmes.values():
        codes = {project.code for project in programme.projects}
        assert all(project.parent in codes for project in programme.projects if project.parent)
        assert all(project.provenance for project in programme.projects)


def test_sheet_names_are_unique_in_use(book):
    forms = book.everything

    assert len({form.sheet for form in forms}) == len(forms)


def test_every_form_has_labels_a_basis_and_a_plan(book):
    for form in book.everything:
        layout = layout_of(form)
        assert form.basis
        assert form.guide
        assert layout.first_row == layout.number_row + 1
        assert len({tuple(column.path) for column in form.columns}) == len(form.columns), f"{form.id}: two columns look alike"


def test_the_heading_numbers_show_the_formula(book):
    layout = layout_of(book.forms["ho-ngheo"])

    assert layout.numbers["closing"] == "9=1-2-3-4+5+6+7+8"
    assert row_formula(book.forms["ho-ngheo"].column("closing"), layout, 12) == "=C12-D12-E12-F12+G12+H12+I12+J12"
    assert total_formula("closing", layout) == f"=SUM(K{layout.first_row}:K{layout.last_row})"


def test_indicator_ids_are_names_that_templates_can_use(book):
    assert all(name.isidentifier() and name.isascii() for name in (*book.indicators, *book.listings))


def test_a_project_replaces_a_file_of_the_same_name(tmp_path, book):
    (tmp_path / "programmes").mkdir()
    text = 'family = "ntm"\ntitle = "Thử"\nname = "thử"\nshort = "Thử"\nphase = "2021-2025"\nbasis = ""\nvalid_from = 2021-01-01\nvalid_to = 2025-12-31\n'
    (tmp_path / "programmes" / "ntm-2021-2025.toml").write_text(text, encoding="utf-8")

    replaced = load_book(tmp_path).value.programmes["ntm-2021-2025"]

    assert (replaced.title, replaced.origin) == ("Thử", "dự án")
    assert book.programmes["ntm-2021-2025"].origin == "mtqg"


@pytest.mark.parametrize(
    ("family", "text", "code", "words"),
    [
        ("forms", "title = ", "K101", "cú pháp TOML"),
        ("forms", "title = x", "K101", "ở dòng 1, cột 9"),
        ("forms", 'title = "Thử"', "K101", "Mục “version”: thiếu mục bắt buộc."),
        ("forms", 'extends = "khong-co"', "K101", "khong-co"),
        ("forms", 'extends = "nha-o"\n[[sum]]\nwhole = "1"\nparts = ["9"]\n', "K101", "9"),
        ("forms", 'extends = "nha-o"\n[[total]]\nfield = "plan"\nrow = "1"\nother = "ho-ngheo.khong_co"\n', "K101", "ho-ngheo.khong_co"),
        ("forms", 'extends = "von"\n[[needed]]\nfields = ["khong_co"]\n', "K101", "khong_co"),
        (
            "indicators",
            '[[indicator]]\nid="a"\nlabel="A"\ngroup="chung"\nunit="hộ"\nmeasure="total"\ninputs=["ho-ngheo.khong_co"]\n',
            "K102",
            "ho-ngheo.khong_co",
        ),
        ("tables", 'extends = "von"\ncolumn = []\n', "K101", "Mục “column”: không được để trống."),
        ("tables", 'extends = "von"\n[[row]]\ncells = [1]\n', "K101", "ô phải là chữ trong dấu nháy"),
        ("tables", 'extends = "von"\n[[row]]\ncells = [{ ten = "a" }]\n', "K101", "ô phải là chữ trong dấu nháy"),
        ("tables", 'extends = "von"\n[[row]]\ncells = ["a"]\n', "K101", "cột “Chương trình, dự án, tiểu dự án” không có field"),
        ("tables", 'extends = "quyet-dinh"\n[[row]]\ncells = ["1", "2", "3", "4", "5", "6", "7"]\n', "K101", "khai báo 7 ô, nhưng bảng chỉ có 6 cột"),
        ("tables", 'extends = "tieu-chi"\ncalled = ""\n', "K101", "over và called phải đi với nhau"),
        ("tables", 'extends = "von"\norientation = "portrait"\n', "K101", "các cột rộng tổng cộng 252 mm, trang chỉ có 165 mm"),
    ],
)
def test_a_broken_file_is_a_finding_and_the_rest_is_loaded(tmp_path, family, text, code, words):
    (tmp_path / family).mkdir()
    (tmp_path / family / "thu.toml").write_text(text, encoding="utf-8")

    checked = load_book(tmp_path)

    assert {each.code for each in checked.diagnostics} == {code}
    assert words in " ".join(each.message for each in checked.diagnostics)
    assert "ho-ngheo" in checked.value.forms
    assert list(checked.value.tables) == [
        *("von", "von-nguon", "ho-ngheo", "ho-can-ngheo", "chi-tieu-ke-hoach", "tieu-chi", "tieu-chi-nhom", "cong-nhan", "huy-dong"),
        *("cong-trinh", "sinh-ke", "san-pham-ocop", "quyet-dinh"),
        *(
            "von-loai",
            "von-uoc",
            "ho-dtts",
            "thieu-hut",
            "nguyen-nhan",
            "ra-soat",
            "xep-hang-ho-ngheo",
            "xep-hang-giai-ngan",
            "huy-dong-xa",
            "mo-hinh",
            "ocop-xa",
        ),
    ]


def test_a_table_of_the_project_goes_over_or_beside_the_others(tmp_path, book):
    (tmp_path / "tables").mkdir()
    shipped = (DATA / "tables" / "von.toml").read_text(encoding="utf-8")
    (tmp_path / "tables" / "von.toml").write_text(shipped.replace("Vốn, giải ngân", "Vốn của huyện"), encoding="utf-8")
    (tmp_path / "tables" / "moi.toml").write_text('extends = "cong-trinh"\norder = 15\n', encoding="utf-8")
    checked = load_book(tmp_path)

    assert checked.diagnostics == ()
    assert [(each.id, each.origin) for each in checked.value.tables.values()][:3] == [("von", "dự án"), ("von-nguon", "mtqg"), ("moi", "dự án")]
    assert checked.value.tables["moi"].columns == book.tables["cong-trinh"].columns


def test_a_mistake_in_a_file_is_told_in_vietnamese(tmp_path):
    (tmp_path / "forms").mkdir()
    text = 'title = "Thử"\nversion = "1"\nsheet = "Biểu 20"\norder = "x"\nscope = "làng"\nkind = "rows"\nbasis = "thử"\nguide = "thử"\nlạ = 1\n'
    column = '[[column]]\nfield = "so_tien"\nlabel = "Số tiền"\ntype = "money"\nunit = "xu"\nminimum = "a"\n'
    (tmp_path / "forms" / "thu.toml").write_text(text.replace("lạ", "la") + column, encoding="utf-8")

    found = " ".join(each.message for each in load_book(tmp_path).diagnostics)

    assert found.count("Mục “") >= 5
    assert not re.search(r"[Ii]nput|should|valid|expected|Value|field ", found), found


def test_a_figure_of_another_period_is_not_taken_from_yet_another(tmp_path):
    """Each run reads one step back: what looks back twice, or at nothing, is a finding."""
    (tmp_path / "indicators").mkdir()
    lines = "".join(
        f'[[indicator]]\nid = "{name}"\nlabel = ""\ngroup = "ntm"\nunit = "xã"\nmeasure = "earlier"\nof = "{of}"\nwhen = "nam-truoc"\n'
        for name, of in (("hai_nam_truoc", "xa_dat_chuan_tang"), ("sai_ten", "xa_dat_chuan_cu"), ("nam_truoc", "xa_dat_chuan"))
    )
    (tmp_path / "indicators" / "rieng.toml").write_text(lines, encoding="utf-8")
    found = {each.location.file: each.message for each in load_book(tmp_path).diagnostics}

    assert set(found) == {"hai_nam_truoc", "sai_ten"}
    assert "xa_dat_chuan_nam_truoc" in found["hai_nam_truoc"]
    assert "xa_dat_chuan_cu" in found["sai_ten"]

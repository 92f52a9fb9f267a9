"""What templates find of programmes: which projects are told, their roll-up, capital by source and kind, works by type."""

from __future__ import annotations

from dataclasses import replace

import pytest
from districts import aggregates_of, with_every_form

from mtqg_cli.compose.fields import fields
from mtqg_cli.compose.values import Frame, compose
from mtqg_cli.core.figure import Figure, Text
from mtqg_cli.core.report import Record

DTTS, NTM, GNBV = "dtts-2021-2030", "ntm-2021-2025", "gnbv-2021-2025"


def capital(project, source="nstw", kind="sn", programme=DTTS, plan=10, paid=4):
    return {
        "programme": programme,
        "project": project,
        "source": source,
        "kind": kind,
        "plan_total": plan * 10**6,
        "disbursed_total": paid * 10**6,
    }


def work(name, project, kind="giao-thong"):
    return {"name": name, "programme": DTTS, "project": project, "type": kind, "start": "moi", "stage": "chuan-bi", "owner": "xa"}


def livelihood(name, project):
    return {"name": name, "programme": DTTS, "project": project, "stage": "lap-ho-so", "households": 9, "poor": 2, "near_poor": 3}


def note(project, text, programme=DTTS):
    return {"programme": programme, "project": project, "text": text}


@pytest.fixture(scope="module")
def request_(dam_ha, period):
    return with_every_form(dam_ha.request(period))


@pytest.fixture(scope="module")
def report(request_):
    first, second = request_.communes[:2]
    tables = {
        first: {
            "von": [capital("5.1"), capital("5.3", "ns-tinh", "dtpt", plan=20, paid=20), capital("1", "khac", plan=0, paid=0)],
            "cong-trinh": [work("Cầu", "4.1"), work("Trường", "4.1", "truong-hoc")],
            "sinh-ke": [livelihood("Nuôi dê", "3.2")],
        },
        second: {
            "von": [capital("5.3", "ns-tinh", "dtpt", plan=6, paid=1), capital("02", "ns-huyen", "dtpt", NTM)],
            "cong-trinh": [work("Kênh", "1", "thuy-loi")],
            "sinh-ke": [],
        },
        request_.unit: {
            "thuyet-minh": [
                note("10.1", "Đang lựa chọn nhà thầu."),
                note("5.3", "Đã mở các lớp đào tạo."),
                note("5.3", "Kinh phí tập huấn giải ngân vào quý IV."),
                note("1", "Thuộc chương trình khác.", GNBV),
                note("3.1", None),
            ]
        },
    }
    made = aggregates_of(request_, tables)
    return compose(request_, made.figures, made.listings, Frame(), "mau")


def plain(value):
    """A value as a test names it: numbers of figures, words of texts."""
    if isinstance(value, Figure):
        return value.amount if not isinstance(value.value, tuple) else value.value
    return value.value if isinstance(value, Text) else value


def told(records, *names):
    return [tuple(plain(record.values[name]) for name in names) for record in records]


def programme(report, key):
    return next(each for each in report.values["chuong_trinh"] if each.values["ma"] == key)


def test_a_project_is_told_for_money_works_livelihoods_or_words_in_the_order_of_the_programme(report):
    projects = programme(report, DTTS).values["du_an"]

    assert told(projects, "ma", "von_ke_hoach", "so_cong_trinh", "so_du_an_sinh_ke") == [
        ("1", 0, 1, 0),
        ("3.1", None, 0, 0),
        ("3.2", None, 0, 1),
        ("4.1", None, 2, 0),
        ("5.1", 10, 0, 0),
        ("5.3", 26, 0, 0),
        ("10.1", None, 0, 0),
    ]


def test_a_project_knows_its_level_and_whose_part_it_is(report):
    projects = {each.values["ma"]: each.values for each in programme(report, DTTS).values["du_an"]}
    five = next(each.values for each in programme(report, DTTS).values["nhom_du_an"] if each.values["ma"] == "5")

    assert (projects["1"]["cap"], projects["1"]["ma_cha"], projects["1"]["ten_cha"]) == ("du_an", "", "")
    assert (projects["5.3"]["cap"], projects["5.3"]["ma_cha"], projects["5.3"]["ten_cha"]) == ("tieu_du_an", "5", five["ten"])
    assert [code for code, each in projects.items() if each["dau_nhom"]] == ["3.1", "4.1", "5.1", "10.1"]


def test_the_words_of_the_unit_stand_with_their_project_and_know_their_cell(report):
    words = {each.values["ma"]: each.values["thuyet_minh"] for each in programme(report, DTTS).values["du_an"]}

    assert [text.value for text in words["5.3"]] == ["Đã mở các lớp đào tạo.", "Kinh phí tập huấn giải ngân vào quý IV."]
    assert [text.value for text in words["10.1"]] == ["Đang lựa chọn nhà thầu."]
    assert (words["1"], words["3.1"]) == ((), ())
    assert words["10.1"][0].sources[0].sheet == "thuyet-minh"
    assert told(programme(report, GNBV).values["du_an"], "ma") == [("1",)]


def test_sub_projects_add_up_to_their_project(report):
    groups = programme(report, DTTS).values["nhom_du_an"]

    assert told(groups, "ma", "von_ke_hoach", "von_giai_ngan", "von_con_lai", "so_cong_trinh") == [
        ("1", 0, 0, 0, 1),
        ("3", None, None, None, 0),
        ("4", None, None, None, 2),
        ("5", 36, 25, 11, 0),
        ("10", None, None, None, 0),
    ]
    assert [[each.values["ma"] for each in group.values["tieu_du_an"]] for group in groups] == [[], ["3.1", "3.2"], ["4.1"], ["5.1", "5.3"], ["10.1"]]
    assert round(plain(groups[3].values["ty_le_giai_ngan"]), 4) == round(plain(groups[3].values["von_giai_ngan"]) / 36 * 100, 4)


def test_capital_by_source_and_kind_in_the_order_of_the_form(report):
    names = ("ma", "ten", "ten_day_du", "von_ke_hoach", "von_giai_ngan")

    assert told(report.values["nguon"], *names) == [
        ("nstw", "NSTW", "Ngân sách Trung ương", 10, 4),
        ("ns-tinh", "NS tỉnh", "Ngân sách tỉnh", 26, 21),
        ("ns-huyen", "NS huyện", "Ngân sách huyện", 10, 4),
        ("khac", "Khác", "Vốn khác", 0, 0),
    ]
    assert told(programme(report, DTTS).values["nguon"], "ma", "von_ke_hoach") == [("nstw", 10), ("ns-tinh", 26), ("khac", 0)]
    assert told(report.values["loai_von"], "ma", "von_ke_hoach") == [("dtpt", 36), ("sn", 10)]
    assert told(programme(report, NTM).values["loai_von"], "ma", "von_ke_hoach") == [("dtpt", 10)]
    assert programme(report, GNBV).values["nguon"] == ()


def test_works_by_type_in_the_order_of_the_form(report):
    assert told(report.values["loai_cong_trinh"], "ten", "so_cong_trinh") == [("Giao thông", 1), ("Thủy lợi", 1), ("Trường học", 1)]
    assert programme(report, NTM).values["loai_cong_trinh"] == ()


def test_a_family_without_a_programme_has_the_same_names(request_):
    without = replace(request_, programmes=(NTM,))
    made = aggregates_of(without, {})
    values = compose(without, made.figures, made.listings, Frame(), "mau").values

    assert values["dtts"].values["co"] is False
    assert values["dtts"].values.keys() == values["ntm"].values.keys()
    assert values["dtts"].values["du_an"] == values["dtts"].values["nhom_du_an"] == ()


def test_every_promised_name_has_its_value_and_no_other(request_, report):
    def compare(promised, values, path):
        assert promised.keys() == values.keys(), path
        for name, field in promised.items():
            inner = values[name]
            if field.fields:
                records = [inner] if isinstance(inner, Record) else inner
                for record in records:
                    compare(field.fields, record.values, f"{path}.{name}")
            if field.kind == "figure":
                assert isinstance(inner, Figure), f"{path}.{name}"

    compare(fields(request_.book), report.values, "")

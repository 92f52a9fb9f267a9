"""Measures against a naive recomputation, on districts drawn at random; blanks, zeros and missing communes kept apart."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from districts import figures_of
from hypothesis import given, settings
from hypothesis import strategies as st

POVERTY = ("opening", "to_near_poor", "above_lines", "other_decrease", "from_near_poor", "returned", "new", "other_increase", "closing")


@pytest.fixture(scope="module")
def request_(dam_ha, period):
    return dam_ha.request(period)


count = st.integers(0, 400)
village = st.fixed_dictionaries({"village": st.just("Thôn"), **dict.fromkeys(POVERTY, count)})
line = st.fixed_dictionaries(
    {
        "programme": st.sampled_from(["ntm-2021-2025", "dtts-2021-2030"]),
        "project": st.sampled_from(["1", "02", "4.1"]),
        "source": st.sampled_from(["nstw", "ns-tinh", "khac"]),
        "kind": st.sampled_from(["dtpt", "sn"]),
        "plan_total": st.integers(0, 10**11),
        "disbursed_total": st.integers(0, 10**11),
    }
)
general = st.fixed_dictionaries(
    {
        "households_opening": st.integers(1, 3000),
        "households_closing": st.integers(1, 3000),
        "population": st.integers(1, 9000),
        "income": st.integers(10**7, 10**8),
    }
)


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_random_districts_equal_a_naive_recomputation(request_, data):
    tables = {
        unit: {"ho-ngheo": data.draw(st.lists(village, min_size=1, max_size=3)), "von": data.draw(st.lists(line, max_size=4)), "so-lieu": [data.draw(general)]}
        for unit in request_.communes
    }
    figures = figures_of(request_, tables)
    villages = [each for mine in tables.values() for each in mine["ho-ngheo"]]
    lines = [each for mine in tables.values() for each in mine["von"]]
    records = [each for mine in tables.values() for each in mine["so-lieu"]]

    opening, closing = sum(each["opening"] for each in villages), sum(each["closing"] for each in villages)
    households = sum(each["households_opening"] for each in records), sum(each["households_closing"] for each in records)
    assert figures["ho_ngheo_dau_ky", None, ()].value == opening
    assert figures["ho_ngheo_giam", None, ()].value == opening - closing
    assert figures["ho_thoat_ngheo", None, ()].value == sum(each["to_near_poor"] + each["above_lines"] for each in villages)
    rates = Decimal(opening) / households[0] * 100, Decimal(closing) / households[1] * 100
    assert figures["ty_le_ho_ngheo_dau_ky", None, ()].value == rates[0]
    assert figures["ty_le_ho_ngheo_giam", None, ()].value == rates[0] - rates[1]
    for unit, mine in tables.items():
        assert figures["ho_ngheo_dau_ky", unit.code, ()].value == sum(each["opening"] for each in mine["ho-ngheo"])
    for programme in ("ntm-2021-2025", "dtts-2021-2030"):
        own = [each for each in lines if each["programme"] == programme]
        plan, paid = sum(each["plan_total"] for each in own), sum(each["disbursed_total"] for each in own)
        key = (("programme", programme),)
        assert figures["von_ke_hoach", None, key].value == (plan if own else None)
        assert figures["von_ngan_sach", None, key].value == (
            sum(each["plan_total"] for each in own if each["source"] != "khac") if any(each["source"] != "khac" for each in own) else None
        )
        rate = figures["ty_le_giai_ngan", None, key].value
        assert rate == (Decimal(paid) / Decimal(10**6) / (Decimal(plan) / 10**6) * 100 if plan else None)
    weights = sum(each["population"] for each in records)
    assert abs(figures["thu_nhap_binh_quan", None, ()].value - sum(Decimal(each["income"]) * each["population"] for each in records) / weights) < Decimal(
        "1e-12"
    )


@pytest.mark.parametrize(("rising", "earlier"), [(False, 14), (True, 8)])
def test_a_difference_knows_which_of_its_sides_is_the_earlier(request_, rising, earlier):
    book = request_.book
    entry = book.indicators["ho_ngheo_giam"].model_copy(update={"rising": rising})
    changed = replace(request_, book=replace(book, indicators={**book.indicators, entry.id: entry}))
    figures = figures_of(changed, {request_.communes[0]: {"ho-ngheo": [{"village": "A", "opening": 14, "closing": 8}]}})
    figure = figures["ho_ngheo_giam", None, ()]

    assert figure.value == 6
    assert figure.sides[0].value == earlier
    assert figures["ho_ngheo_dau_ky", None, ()].sides is None


def test_a_blank_is_no_zero_and_is_named(request_):
    unit = request_.communes[0]
    figures = figures_of(request_, {unit: {"ho-ngheo": [{"village": "A", "opening": None}]}})
    figure = figures["ho_ngheo_dau_ky", None, ()]

    assert figure.value is None
    assert [(leaf.role, leaf.location.sheet) for leaf in figure.leaves()] == [("unknown", "ho-ngheo")]
    assert figures["ty_le_ho_ngheo_dau_ky", None, ()].value is None


def test_no_data_at_all_gives_figures_without_data_not_zeros(request_):
    figures = figures_of(request_, {})

    counted = {"so_don_vi", "so_xa", "don_vi_da_bao_cao", "ty_le_don_vi_da_bao_cao"}  # these come from the official list, and from who has sent
    assert all(figure.value is None for figure in figures.values() if figure.id not in counted)


def test_a_sheet_without_rows_of_a_kind_counts_zero(request_):
    figures = figures_of(request_, {request_.communes[0]: {"cong-trinh": [{"name": "Cầu", "type": "giao-thong", "programme": "ntm-2021-2025"}]}})

    assert figures["cong_trinh_nuoc_sach", None, ()].value == 0
    assert figures["so_cong_trinh", None, ()].value == 1


@pytest.mark.parametrize(
    ("basis", "amount", "value"),
    [("so-ho", "14", Decimal(6) / 14 * 100), ("so-ho", "0", None), ("diem-phan-tram", "0.1", Decimal("0.6") / Decimal("0.1") * 100)],
)
def test_percent_of_plan_by_its_basis(request_, basis, amount, value):
    plan = {"target": "giam-ho-ngheo", "assigned_by": "tinh", "basis": basis, "amount": Decimal(amount)}
    tables = {
        request_.communes[0]: {
            "ho-ngheo": [{"village": "A", "opening": 14, "closing": 8}],
            "so-lieu": [{"households_opening": 1000, "households_closing": 1000}],
        },
        request_.unit: {"ke-hoach-giao": [plan]},
    }
    figure = figures_of(request_, tables)["ty_le_ke_hoach_ho_ngheo", None, (("assigned_by", "tinh"),)]

    assert figure.value == value
    assert figure.denominator.amount == Decimal(amount)

"""Shares, what is left, rankings, extremes, coverage: case grids and random districts against a naive recomputation."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from districts import figures_of, with_every_form
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqg_cli.reference.book import load_book

PARTS = ("trung_uong", "tinh", "huyen_xa", "long_ghep", "tin_dung", "doanh_nghiep", "nhan_dan", "khac")
ROWS = {
    "trung_uong": (1, 2),
    "tinh": (3,),
    "huyen_xa": (4, 5),
    "long_ghep": (6,),
    "tin_dung": (7,),
    "doanh_nghiep": (8,),
    "nhan_dan": (9, 10, 11, 12),
    "khac": (13,),
}


@pytest.fixture(scope="module")
def request_(dam_ha, period):
    return with_every_form(dam_ha.request(period))


def mobilised(amounts):
    """The rows of the form of mobilised money; the last row is the sheet's own sum, which no figure takes in."""
    rows = [{"key": str(number), "done": amount, "plan": 10} for number, amount in enumerate(amounts, start=1)]
    return [*rows, {"key": "14", "done": sum(amount or 0 for amount in amounts), "plan": 130}]


# --- shares ---------------------------------------------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(amounts=st.lists(st.lists(st.integers(0, 10**12), min_size=13, max_size=13), min_size=1, max_size=3))
def test_shares_close_to_a_hundred_and_equal_a_naive_recomputation(request_, amounts):
    tables = {unit: {"huy-dong": mobilised(mine)} for unit, mine in zip(request_.communes, amounts, strict=False)}
    figures = figures_of(request_, tables)
    sums = {part: sum(mine[number - 1] for mine in amounts for number in ROWS[part]) for part in PARTS}
    whole = sum(sums.values())

    assert figures["huy_dong", None, ()].value == whole
    shares = [figures[f"co_cau_huy_dong_{part}", None, ()] for part in PARTS]
    if whole == 0:
        assert [share.value for share in shares] == [None] * 8
        return
    assert abs(sum(share.value for share in shares) - 100) < Decimal("1e-20")
    for place, (part, share) in enumerate(zip(PARTS, shares, strict=True)):
        assert abs(share.value - Decimal(sums[part]) * 100 / whole) < Decimal("1e-20")
        assert (share.place, share.peers[place]) == (place, share.value)
        assert share.peers == shares[0].peers
        assert (share.numerator.value, share.denominator.value) == (sums[part], whole)


@pytest.mark.parametrize("blank", [3, 13])
def test_a_part_without_data_leaves_no_share_at_all(request_, blank):
    amounts = [None if number == blank else 5 for number in range(1, 14)]
    figures = figures_of(request_, {request_.communes[0]: {"huy-dong": mobilised(amounts)}})

    assert figures["huy_dong", None, ()].value == 60
    assert {figures[f"co_cau_huy_dong_{part}", None, ()].value for part in PARTS} == {None}
    assert {figures[f"co_cau_huy_dong_{part}", None, ()].peers for part in PARTS} == {()}


def test_parts_that_do_not_close_to_the_whole_have_no_shares(request_):
    entries = dict(request_.book.indicators)
    entries["co_cau_huy_dong_tinh"] = entries["co_cau_huy_dong_tinh"].model_copy(update={"parts": ("huy_dong_tinh", "huy_dong_khac")})
    changed = with_indicators(request_, entries)
    figures = figures_of(changed, {request_.communes[0]: {"huy-dong": mobilised([5] * 13)}})

    assert figures["co_cau_huy_dong_tinh", None, ()].value is None
    assert figures["co_cau_huy_dong_khac", None, ()].value == Decimal(500) / 65


def with_indicators(request, entries):
    return replace(request, book=replace(request.book, indicators=entries))


def test_a_share_that_is_none_of_the_parts_is_a_mistake_of_its_file(tmp_path):
    (tmp_path / "indicators").mkdir()
    (tmp_path / "indicators" / "rieng.toml").write_text(
        '[[indicator]]\nid = "ty_trong"\nlabel = "Tỷ trọng"\ngroup = "ntm"\nunit = "%"\nmeasure = "share"\n'
        'numerator = "huy_dong_tinh"\ndenominator = "huy_dong"\nparts = ["huy_dong_khac"]\n',
        encoding="utf-8",
    )
    found = load_book(tmp_path).diagnostics

    assert [(each.code, "huy_dong_tinh" in each.message) for each in found] == [("K102", True)]


# --- what is left ---------------------------------------------------------------------------------------------------------------


def capital(programme="dtts-2021-2030", project="1", source="nstw", kind="sn", **amounts):
    return {"programme": programme, "project": project, "source": source, "kind": kind, **amounts}


@settings(max_examples=30, deadline=None)
@given(rows=st.lists(st.tuples(st.sampled_from(["1", "4.1"]), st.integers(0, 10**10), st.integers(0, 10**10)), min_size=1, max_size=5))
def test_what_is_left_and_the_parts_are_the_whole(request_, rows):
    tables = {request_.communes[0]: {"von": [capital(project=code, plan_total=paid + more, disbursed_total=paid) for code, paid, more in rows]}}
    figures = figures_of(request_, tables)

    for by in ((), (("programme", "dtts-2021-2030"),), (("programme", "dtts-2021-2030"), ("project", rows[0][0])), (("source", "nstw"),)):
        left, whole, part = (figures[name, None, by].value for name in ("von_con_lai", "von_ke_hoach", "von_giai_ngan"))
        assert left + part == whole
        assert left >= 0


@pytest.mark.parametrize(
    ("plan", "paid", "left"),
    [(10, 4, 6), (10, 10, 0), (10, 0, 10), (10, 11, None), (10, None, None), (None, 4, None)],
    ids=["left", "nothing left", "all left", "more paid than planned", "paid unknown", "plan unknown"],
)
def test_what_is_left_is_never_below_nothing(request_, plan, paid, left):
    figures = figures_of(request_, {request_.communes[0]: {"von": [capital(plan_total=plan, disbursed_total=paid)]}})
    figure = figures["von_con_lai", None, ()]

    assert figure.value == left
    assert [source.role for source in figure.sources] == ["minuend", "subtrahend"]


def test_a_part_of_a_split_is_never_the_part_of_the_whole(request_):
    """A project with works alone has no capital, so nothing is left of it either."""
    tables = {
        request_.communes[0]: {
            "von": [capital(plan_total=10, disbursed_total=4)],
            "cong-trinh": [{"name": "Cầu", "programme": "dtts-2021-2030", "project": "4.1"}],
        }
    }
    figures = figures_of(request_, tables)
    by = (("programme", "dtts-2021-2030"), ("project", "4.1"))

    assert figures["von_ke_hoach", None, by].value is None
    assert figures["von_con_lai", None, by].value is None
    assert figures["so_cong_trinh", None, by].value == 1
    assert figures["so_cong_trinh", None, (("programme", "dtts-2021-2030"), ("project", "1"))].value == 0


# --- estimates ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("estimates", "value", "unknown"),
    [([9, 8], 17, 0), ([9, None], None, 1), ([None, None], None, 2), ([0, 0], 0, 0)],
    ids=["all estimated", "one is not", "none is", "nothing will be paid"],
)
def test_an_estimate_that_is_partly_blank_is_no_data(request_, estimates, value, unknown):
    rows = [capital(plan_total=10, disbursed_total=4, estimate=each) for each in estimates]
    figure = figures_of(request_, {request_.communes[0]: {"von": rows}})["uoc_giai_ngan", None, ()]

    assert figure.value == value
    assert [leaf.role for leaf in figure.leaves()] == ["unknown"] * unknown + ["addend"] * (0 if unknown else 2)


def test_rows_of_an_old_sheet_without_the_column_leave_no_estimate(request_):
    rows = [capital(plan_total=10, estimate=9), capital(plan_total=10)]

    assert figures_of(request_, {request_.communes[0]: {"von": rows}})["uoc_giai_ngan", None, ()].value is None


# --- added up -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("poor", "near", "both"), [(14, 165, 179), (0, 5, 5), (None, 5, None), (14, None, None)])
def test_poor_and_near_poor_together_need_both(request_, poor, near, both):
    tables = {
        request_.communes[0]: {
            "ho-ngheo": [{"village": "A", "closing": poor}],
            "ho-can-ngheo": [{"village": "A", "closing": near}],
            "so-lieu": [{"households_closing": 1000}],
        }
    }
    figures = figures_of(request_, tables)

    assert figures["ho_ngheo_va_can_ngheo_cuoi_ky", None, ()].value == both
    assert figures["ty_le_ngheo_da_chieu_cuoi_ky", None, ()].value == (Decimal(both) / 10 if both is not None else None)


# --- rankings and extremes ------------------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(poor=st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=9, max_size=9))
def test_a_ranking_is_a_sorted_permutation_of_who_has_data(request_, poor):
    """Few different rates, so that there are ties; who has none is left out."""
    tables = {
        unit: {"ho-ngheo": [{"village": "A", "closing": number}], "so-lieu": [{"households_closing": 100}]}
        for unit, number in zip(request_.communes, poor, strict=True)
    }
    figures = figures_of(request_, tables)
    known = [(unit, number) for unit, number in zip(request_.communes, poor, strict=True) if number is not None]
    expected = [unit.label for wanted in range(4, -1, -1) for unit, number in known if number == wanted]

    ranked = figures["xep_hang_ty_le_ho_ngheo", None, ()]
    assert ranked.value == (tuple(expected) or None)
    assert [request_.commune(source.origin.scope).label for source in ranked.sources] == expected
    for end, word in ((max, "cao_nhat"), (min, "thap_nhat")):
        edge = end((number for _, number in known), default=None)
        assert figures[f"ty_le_ho_ngheo_{word}", None, ()].value == edge
        names = tuple(unit.label for unit, number in known if number == edge)
        assert figures[f"xa_ty_le_ho_ngheo_{word}", None, ()].value == (names or None)


def test_communes_are_ranked_within_each_programme(request_):
    first, second, third = request_.communes[:3]
    tables = {
        first: {"von": [capital(plan_total=10, disbursed_total=4), capital("ntm-2021-2025", "02", plan_total=10, disbursed_total=10)]},
        second: {"von": [capital(plan_total=10, disbursed_total=5)]},
        third: {"von": [capital(plan_total=0, disbursed_total=0)]},
    }
    figures = figures_of(request_, tables)

    assert figures["xep_hang_ty_le_giai_ngan", None, (("programme", "dtts-2021-2030"),)].value == (second.label, first.label)
    assert figures["xep_hang_ty_le_giai_ngan", None, (("programme", "ntm-2021-2025"),)].value == (first.label,)
    assert figures["xep_hang_ty_le_giai_ngan", None, ()].value == (first.label, second.label)
    assert figures["xep_hang_ty_le_giai_ngan", None, (("programme", "gnbv-2021-2025"),)].value is None
    assert figures["xa_ty_le_giai_ngan_thap_nhat", None, ()].value == (second.label,)


# --- coverage -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sent", [0, 1, 8, 9])
def test_coverage_counts_who_has_sent(request_, sent):
    tables = {unit: {"thong-tin": [{"area": "I", "villages": 3}]} for unit in request_.communes[:sent]}
    tables[request_.unit] = {"noi-dung": []}  # the unit's own file is no commune's
    figures = figures_of(request_, tables)

    assert figures["don_vi_da_bao_cao", None, ()].value == sent
    assert figures["ty_le_don_vi_da_bao_cao", None, ()].value == Decimal(sent) / 9 * 100
    assert figures["don_vi_vung_dtts", None, ()].value == (sent or None)
    assert len(figures["don_vi_da_bao_cao", None, ()].sources) == sent


def test_areas_of_the_minority_region(request_):
    areas = ["I", "I", "II", "III", "khong", None]
    figures = figures_of(request_, {unit: {"thong-tin": [{"area": area}]} for unit, area in zip(request_.communes, areas, strict=False)})

    names = ("don_vi_vung_dtts", "xa_khu_vuc_1", "xa_khu_vuc_2", "xa_khu_vuc_3")
    assert [figures[name, None, ()].value for name in names] == [4, 2, 1, 1]
    assert figures["ty_le_don_vi_vung_dtts", None, ()].denominator.value == 9


# --- fixed forms by their printed rows ------------------------------------------------------------------------------------------


def test_rows_of_printed_forms_are_told_by_their_key(request_):
    def printed(**columns):
        count = len(next(iter(columns.values())))
        return [{"key": str(number + 1), **{name: values[number] for name, values in columns.items()}} for number in range(count)]

    tables = {
        unit: {
            "so-lieu": [{"minority_households": 200, "households_closing": 500}],
            "ho-ngheo": [{"village": "A", "closing": 30}],
            "ho-dtts": printed(poor=(40, 9, 7, 1, 2, 1, 0, 26), near_poor=(50, 6, 2, 0, 7, 0, 0, 49)),
            "ra-soat": [{"applied": 120, "reviewed": 90}],
            "nha-o": printed(plan=(9, 6, 3, 4, 3, 1, 1), started=(8, 5, 3, 4, 3, 1, 0), finished=(6, 4, 2, 3, 2, 1, 0)),
            "nhom-doi-tuong": printed(poor=(30, 26, 3, 1, 0), near_poor=(60, 49, 4, 2, 5)),
        }
        for unit in request_.communes[:2]
    }
    figures = figures_of(request_, tables)
    expected = {
        "so_ho_dtts": 400,
        "ho_ngheo_dtts_dau_ky": 80,
        "ho_ngheo_dtts_cuoi_ky": 52,
        "ho_ngheo_dtts_giam": 28,
        "ho_thoat_ngheo_dtts": 32,
        "ho_thoat_can_ngheo_dtts": 12,
        "ho_can_ngheo_dtts_giam": 2,
        "ty_le_ho_ngheo_dtts": 13,
        "ty_trong_ho_ngheo_dtts": Decimal(52) / 60 * 100,
        "ho_xin_ra_soat": 240,
        "ho_da_ra_soat": 180,
        "ty_le_ho_xin_ra_soat": 24,
        "ty_le_ho_da_ra_soat": 75,
        "nha_ke_hoach": 18,
        "nha_khoi_cong": 16,
        "nha_hoan_thanh": 12,
        "nha_xay_moi": 8,
        "nha_sua_chua": 4,
        "nha_ho_can_ngheo": 4,
        "ty_le_nha_hoan_thanh": Decimal(12) / 18 * 100,
        "ho_ngheo_nhom_dtts": 52,
        "ho_ngheo_nhom_khong_lao_dong": 6,
        "ho_can_ngheo_nhom_khac": 10,
        "ty_trong_ho_ngheo_nhom_khong_lao_dong": 10,
    }

    assert {name: figures[name, None, ()].value for name in expected} == expected
    assert figures["ho_ngheo_dtts_giam", request_.communes[0].code, ()].value == 14
    assert figures["ty_le_ho_xin_ra_soat", None, ()].base == "tổng số hộ dân cư cuối kỳ"

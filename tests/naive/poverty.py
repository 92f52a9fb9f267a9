"""Poor and near-poor households, minority households, houses, reviews: what each figure must be."""

from __future__ import annotations

from fractions import Fraction

from naive.reckoning import BOTH, MILLION, UNIT, Told, compared, difference, ratio, same_as, total

_GROUP = "giam-ngheo"


def poverty(naive):
    """All figures of the group."""
    for name, source in {
        "tong_so_ho_dau_ky": "so-lieu.households_opening",
        "tong_so_ho_cuoi_ky": "so-lieu.households_closing",
        "so_ho_dtts": "so-lieu.minority_households",
        "ho_ngheo_dau_ky": "ho-ngheo.opening",
        "ho_ngheo_cuoi_ky": "ho-ngheo.closing",
        "ho_thoat_ngheo": "ho-ngheo.to_near_poor+above_lines",
        "ho_tai_ngheo": "ho-ngheo.returned",
        "ho_ngheo_phat_sinh": "ho-ngheo.new",
        "ho_can_ngheo_roi_xuong_ngheo": "ho-ngheo.from_near_poor",
        "ho_ngheo_khac_giam": "ho-ngheo.other_decrease",
        "ho_ngheo_khac_tang": "ho-ngheo.other_increase",
        "ho_ngheo_vuot_chuan_can_ngheo": "ho-ngheo.above_lines",
        "ho_can_ngheo_dau_ky": "ho-can-ngheo.opening",
        "ho_can_ngheo_cuoi_ky": "ho-can-ngheo.closing",
        "ho_thoat_can_ngheo": "ho-can-ngheo.above_lines",
        "ho_can_ngheo_thanh_ngheo": "ho-can-ngheo.to_poor",
        "ho_tai_can_ngheo": "ho-can-ngheo.returned",
        "ho_can_ngheo_phat_sinh": "ho-can-ngheo.new",
        "ho_ngheo_thanh_can_ngheo": "ho-can-ngheo.from_poor",
        "ho_can_ngheo_khac_giam": "ho-can-ngheo.other_decrease",
        "ho_can_ngheo_khac_tang": "ho-can-ngheo.other_increase",
        "ho_xin_ra_soat": "ra-soat.applied",
        "ho_da_ra_soat": "ra-soat.reviewed",
    }.items():
        total(naive, name, _GROUP, source, BOTH)
    for poor in ("ho_ngheo", "ho_can_ngheo"):
        _falls(naive, poor)
    _both_lists(naive)
    _absolute(naive)
    ratio(naive, "ty_le_ho_xin_ra_soat", _GROUP, "ho_xin_ra_soat", "tong_so_ho_cuoi_ky")
    ratio(naive, "ty_le_ho_da_ra_soat", _GROUP, "ho_da_ra_soat", "ho_xin_ra_soat")
    _minority(naive)
    _groups(naive)
    _houses(naive)
    compared(naive, "ty_le_ho_ngheo", _GROUP, "ty_le_ho_ngheo_cuoi_ky")
    compared(naive, "ty_le_ho_can_ngheo", _GROUP, "ty_le_ho_can_ngheo_cuoi_ky")


def _falls(naive, poor):
    difference(naive, f"{poor}_giam", _GROUP, f"{poor}_dau_ky", f"{poor}_cuoi_ky")
    for when in ("dau_ky", "cuoi_ky"):
        ratio(naive, f"ty_le_{poor}_{when}", _GROUP, f"{poor}_{when}", f"tong_so_ho_{when}")
    difference(naive, f"ty_le_{poor}_giam", _GROUP, f"ty_le_{poor}_dau_ky", f"ty_le_{poor}_cuoi_ky")


def _both_lists(naive):
    for when in ("dau_ky", "cuoi_ky"):
        for scope, by, poor in naive.those(f"ho_ngheo_{when}"):
            near = naive.get(f"ho_can_ngheo_{when}", scope, by)
            value = poor.value + near.value if None not in (poor.value, near.value) else None
            naive.add(f"ho_ngheo_va_can_ngheo_{when}", scope, by, Told(value, naive.of(_GROUP)))
        ratio(naive, f"ty_le_ngheo_da_chieu_{when}", _GROUP, f"ho_ngheo_va_can_ngheo_{when}", f"tong_so_ho_{when}")
    difference(naive, "ho_ngheo_va_can_ngheo_giam", _GROUP, "ho_ngheo_va_can_ngheo_dau_ky", "ho_ngheo_va_can_ngheo_cuoi_ky")
    difference(naive, "ty_le_ngheo_da_chieu_giam", _GROUP, "ty_le_ngheo_da_chieu_dau_ky", "ty_le_ngheo_da_chieu_cuoi_ky")


def _absolute(naive):
    """What a district has not defined it has no figure of."""
    ways = {"net-fall": ("ho_ngheo_giam", "ho_can_ngheo_giam"), "above-lines": ("ho_ngheo_vuot_chuan_can_ngheo", "ho_thoat_can_ngheo")}
    chosen = ways.get(naive.district.absolute_exit)
    for index, name in enumerate(("ho_thoat_ngheo_tuyet_doi", "ho_thoat_can_ngheo_tuyet_doi")):
        if chosen is not None:
            same_as(naive, name, _GROUP, chosen[index])
            continue
        for scope in naive.scopes(communes=True):
            naive.add(name, scope, {}, Told(None, naive.of(_GROUP)))


def _minority(naive):
    for poor, field in (("ho_ngheo", "poor"), ("ho_can_ngheo", "near_poor")):
        for name, keys in ((f"{poor}_dtts_dau_ky", "1"), (f"{poor}_dtts_cuoi_ky", "8")):
            total(naive, name, _GROUP, f"ho-dtts.{field}", BOTH, where=lambda row, keys=keys: row["key"] == keys)
        difference(naive, f"{poor}_dtts_giam", _GROUP, f"{poor}_dtts_dau_ky", f"{poor}_dtts_cuoi_ky")
        ratio(naive, f"ty_le_{poor}_dtts", _GROUP, f"{poor}_dtts_cuoi_ky", "so_ho_dtts")
        ratio(naive, f"ty_trong_{poor}_dtts", _GROUP, f"{poor}_dtts_cuoi_ky", f"{poor}_cuoi_ky")
    total(naive, "ho_thoat_ngheo_dtts", _GROUP, "ho-dtts.poor", BOTH, where=lambda row: row["key"] in {"2", "3"})
    total(naive, "ho_thoat_can_ngheo_dtts", _GROUP, "ho-dtts.near_poor", BOTH, where=lambda row: row["key"] == "2")


def _groups(naive):
    for poor, field in (("ho_ngheo", "poor"), ("ho_can_ngheo", "near_poor")):
        for key, kind in (("2", "dtts"), ("3", "khong_lao_dong"), ("4", "nguoi_co_cong"), ("5", "khac")):
            total(naive, f"{poor}_nhom_{kind}", _GROUP, f"nhom-doi-tuong.{field}", BOTH, where=lambda row, key=key: row["key"] == key)
            ratio(naive, f"ty_trong_{poor}_nhom_{kind}", _GROUP, f"{poor}_nhom_{kind}", f"{poor}_cuoi_ky")


def _houses(naive):
    for name, (key, field) in {
        "nha_ke_hoach": ("1", "plan"),
        "nha_khoi_cong": ("1", "started"),
        "nha_hoan_thanh": ("1", "finished"),
        "nha_xay_moi": ("2", "finished"),
        "nha_xay_moi_khoi_cong": ("2", "started"),
        "nha_xay_moi_ke_hoach": ("2", "plan"),
        "nha_sua_chua": ("3", "finished"),
        "nha_sua_chua_khoi_cong": ("3", "started"),
        "nha_sua_chua_ke_hoach": ("3", "plan"),
        "nha_ho_ngheo": ("4", "finished"),
        "nha_ho_can_ngheo": ("5", "finished"),
        "nha_nguoi_co_cong": ("6", "finished"),
        "nha_doi_tuong_khac": ("7", "finished"),
    }.items():
        total(naive, name, _GROUP, f"nha-o.{field}", BOTH, where=lambda row, key=key: row["key"] == key)
    for name in ("khoi_cong", "hoan_thanh"):
        ratio(naive, f"ty_le_nha_{name}", _GROUP, f"nha_{name}", "nha_ke_hoach")


def general(naive):
    """Units, villages, people, income, the work of the steering board."""
    communes = naive.district.communes
    told = {sheet.unit for sheet in naive.district.sheets[naive.of("chung")] if sheet.unit}
    naive.add("so_don_vi", "", {}, Told(_whole(communes), naive.of("chung")))
    naive.add("don_vi_da_bao_cao", "", {}, Told(_whole(told), naive.of("chung")))
    ratio(naive, "ty_le_don_vi_da_bao_cao", "chung", "don_vi_da_bao_cao", "so_don_vi")
    total(naive, "dan_so", "chung", "so-lieu.population", BOTH)
    total(naive, "so_thon", "chung", "thong-tin.villages", BOTH)
    total(naive, "so_thon_dbkk", "chung", "thong-tin.hard_villages", BOTH)
    for name, field in (("van_ban", "documents"), ("cuoc_hop", "meetings"), ("lop_tap_huan", "trainings"), ("cuoc_kiem_tra", "inspections")):
        total(naive, f"so_{name}", "chi-dao", f"chi-dao.{field}", UNIT)
    total(naive, "so_xa_da_kiem_tra", "chi-dao", "chi-dao.inspected_communes", UNIT)
    ratio(naive, "ty_le_xa_da_kiem_tra", "chi-dao", "so_xa_da_kiem_tra", "so_don_vi")
    if len(naive.of("thu-nhap")) == len("2024"):
        _income(naive)


def _income(naive):
    """Weighted by people; one blank and there is none. Towns are not asked."""
    above, below, blank = 0, 0, False
    for unit, row in naive.rows("thu-nhap", "so-lieu"):
        if unit.startswith("thị trấn"):
            continue
        blank = blank or row.get("income") is None
        above += (row.get("income") or 0) * row["population"]
        below += row["population"]
    period = naive.of("thu-nhap")
    told = Told(Fraction(above, below * MILLION), period, Fraction(above, MILLION), below) if below and not blank else Told(None, period)
    naive.add("thu_nhap_binh_quan", "", {}, told)


def _whole(values):
    return Fraction(len(values))

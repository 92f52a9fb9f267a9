"""Households by deprivation, cause and people; debts of construction; checks and what was mended: what each figure must be."""

from __future__ import annotations

from naive.reckoning import BOTH, UNIT, ratio, total

_GROUP = "giam-ngheo"
_LISTS = {"poor": "ho_ngheo", "near_poor": "ho_can_ngheo"}
_ROWS = {
    "thieu-hut": {
        "3": "viec_lam",
        "4": "nguoi_phu_thuoc",
        "5": "dinh_duong",
        "6": "bao_hiem_y_te",
        "7": "giao_duc_nguoi_lon",
        "8": "di_hoc_tre_em",
        "9": "chat_luong_nha_o",
        "10": "dien_tich_nha_o",
        "11": "nuoc_sinh_hoat",
        "12": "nha_tieu",
        "13": "vien_thong",
        "14": "tiep_can_thong_tin",
    },
    "nguyen-nhan": {
        "2": "thieu_dat",
        "3": "thieu_von",
        "4": "thieu_lao_dong",
        "5": "thieu_cong_cu",
        "6": "thieu_kien_thuc",
        "7": "thieu_ky_nang",
        "8": "om_dau_tai_nan",
        "9": "khac",
    },
}


def analysis(naive):
    """All figures of these forms."""
    for form, rows in _ROWS.items():
        for key, slug in rows.items():
            for field, poor in _LISTS.items():
                total(naive, f"{form.replace('-', '_')}_{slug}_{poor}", _GROUP, f"{form}.{field}", BOTH, where=lambda row, key=key: row["key"] == key)
    for field, name in {"households": "so_ho", **_LISTS}.items():
        total(naive, f"{name}_kinh", _GROUP, f"dan-toc.{field}", BOTH, where=lambda row: row["people"].lower() == "kinh")
        total(naive, f"{name}_cac_dan_toc_khac", _GROUP, f"dan-toc.{field}", BOTH, where=lambda row: row["people"].lower() != "kinh")
    for field, end in (("value", "_gia_tri"), ("allocated", "_da_bo_tri"), ("debt", ""), ("repayment", "_ke_hoach_tra")):
        total(naive, f"no_dong{end}", "von", f"no-dong.{field}", BOTH)
    for field, name in (("checks", "so_cuoc"), ("faults", "ton_tai"), ("requests", "kien_nghi"), ("mended", "da_khac_phuc")):
        total(naive, f"kiem_tra_{name}", "chi-dao", f"kiem-tra.{field}", UNIT)
    ratio(naive, "ty_le_kiem_tra_da_khac_phuc", "chi-dao", "kiem_tra_da_khac_phuc", "kiem_tra_kien_nghi")

"""Capital, works, livelihoods: what each figure must be."""

from __future__ import annotations

from naive.reckoning import PROGRAMME, PROJECT, ROLLED_UP, WHOLE, About, Told, compared, count, names, ratio, total

_LINES = (WHOLE, PROGRAMME, PROJECT)
_SOURCES = (ROLLED_UP, ("programme", "source"), ("programme", "kind"), ("source",), ("kind",), ("programme", "project", "source", "kind"))
_EVERYWHERE = About(communes=True, splits=_LINES, whole_splits=_SOURCES)
_WHOLE_ONLY = About(splits=_LINES, whole_splits=_SOURCES)
_BY_KIND = About(splits=_LINES, whole_splits=(ROLLED_UP, ("programme", "source"), ("source",)))
_ROLLED = About(splits=_LINES, whole_splits=(ROLLED_UP,))


def capital(naive):
    """All figures of the group."""
    for name, field in {
        "von_keo_dai": "plan_carried",
        "von_giao_trong_nam": "plan_year",
        "von_ke_hoach": "plan_total",
        "von_phan_bo": "allocated",
        "giai_ngan_keo_dai": "disbursed_carried",
        "giai_ngan_trong_nam": "disbursed_year",
        "von_giai_ngan": "disbursed_total",
    }.items():
        total(naive, name, "von", f"von.{field}", _EVERYWHERE)
    total(naive, "uoc_giai_ngan", "von", "von.estimate", _EVERYWHERE, complete=True)
    budget = {"nstw", "ns-tinh", "ns-huyen", "ns-xa"}
    total(naive, "von_ngan_sach", "von", "von.plan_total", About(splits=(WHOLE, PROGRAMME)), where=lambda row: row["source"] in budget)
    for name, kind in (("dau_tu", "dtpt"), ("su_nghiep", "sn")):
        _kind(naive, name, kind)
    for name, above, below, about in (
        ("ty_le_giai_ngan", "von_giai_ngan", "von_ke_hoach", _EVERYWHERE),
        ("ty_le_uoc_giai_ngan", "uoc_giai_ngan", "von_ke_hoach", _EVERYWHERE),
        ("ty_le_phan_bo", "von_phan_bo", "von_ke_hoach", _EVERYWHERE),
        ("ty_le_giai_ngan_keo_dai", "giai_ngan_keo_dai", "von_keo_dai", _WHOLE_ONLY),
        ("ty_le_giai_ngan_trong_nam", "giai_ngan_trong_nam", "von_giao_trong_nam", _WHOLE_ONLY),
    ):
        ratio(naive, name, "von", above, below, about=about)
    for name, part in (("von_con_lai", "von_giai_ngan"), ("von_chua_phan_bo", "von_phan_bo")):
        for scope, by, whole in naive.those("von_ke_hoach"):
            gone = naive.get(part, scope, by).value
            left = whole.value - gone if None not in (whole.value, gone) else None
            naive.add(name, scope, by, Told(left, naive.of("von")))
    compared(naive, "ty_le_giai_ngan", "von", "ty_le_giai_ngan", (WHOLE, PROGRAMME))


def _kind(naive, name, kind):
    def mine(row):
        return row["kind"] == kind

    total(naive, f"von_{name}", "von", "von.plan_total", _BY_KIND, where=mine)
    total(naive, f"giai_ngan_{name}", "von", "von.disbursed_total", _BY_KIND, where=mine)
    ratio(naive, f"ty_le_giai_ngan_{name}", "von", f"giai_ngan_{name}", f"von_{name}")
    for end, plan, paid in (("keo_dai", "plan_carried", "disbursed_carried"), ("trong_nam", "plan_year", "disbursed_year")):
        total(naive, f"von_{name}_{end}", "von", f"von.{plan}", _ROLLED, where=mine)
        total(naive, f"giai_ngan_{name}_{end}", "von", f"von.{paid}", _ROLLED, where=mine)
        ratio(naive, f"ty_le_giai_ngan_{name}_{end}", "von", f"giai_ngan_{name}_{end}", f"von_{name}_{end}")


#: A new work that is still being prepared has not been started.
_STARTED = {"dang-thi-cong", "hoan-thanh"}


def works(naive):
    """How many works of each sort, which are new, where clean water comes."""
    kinds = {
        "cong_trinh_khoi_cong_moi": {"start": {"moi"}, "stage": _STARTED},
        "cong_trinh_chuyen_tiep": {"start": {"chuyen-tiep"}},
        "cong_trinh_hoan_thanh": {"stage": {"hoan-thanh"}},
        "cong_trinh_dang_thi_cong": {"stage": {"dang-thi-cong"}},
        "cong_trinh_chuan_bi": {"stage": {"chuan-bi"}},
        "cong_trinh_nuoc_sach": {"type": {"nuoc-sach"}},
        "cong_trinh_cap_xa": {"owner": {"xa"}},
    }
    by_type = About(splits=_LINES, whole_splits=(ROLLED_UP, ("type",), ("programme", "type")))
    count(naive, "so_cong_trinh", "cong-trinh", "cong-trinh", {}, by_type)
    for name, wanted in kinds.items():
        count(naive, name, "cong-trinh", "cong-trinh", wanted, _ROLLED)

    def new(unit, row):
        return f"{row['name']} ({unit})" if row["start"] == "moi" and row["stage"] in _STARTED else None

    def with_water(unit, row):
        return unit if row["type"] == "nuoc-sach" else None

    names(naive, "ten_cong_trinh_khoi_cong_moi", "cong-trinh", "cong-trinh", new, _ROLLED)
    names(naive, "xa_co_cong_trinh_nuoc_sach", "cong-trinh", "cong-trinh", with_water, _ROLLED)


def livelihoods(naive):
    """Livelihood projects, the households in them, their money."""
    count(naive, "so_du_an_sinh_ke", "sinh-ke", "sinh-ke", {}, _ROLLED)
    for name, stage in (("lap_ho_so", "lap-ho-so"), ("dang_thuc_hien", "dang-thuc-hien"), ("hoan_thanh", "hoan-thanh")):
        count(naive, f"sinh_ke_{name}", "sinh-ke", "sinh-ke", {"stage": {stage}}, _ROLLED)
    for name, field in {
        "ho_tham_gia_sinh_ke": "households",
        "ho_ngheo_tham_gia_sinh_ke": "poor",
        "ho_can_ngheo_tham_gia_sinh_ke": "near_poor",
        "kinh_phi_sinh_ke": "plan",
        "giai_ngan_sinh_ke": "disbursed",
    }.items():
        total(naive, name, "sinh-ke", f"sinh-ke.{field}", _ROLLED)
    ratio(naive, "ty_le_giai_ngan_sinh_ke", "sinh-ke", "giai_ngan_sinh_ke", "kinh_phi_sinh_ke")


def areas(naive):
    """Communes by the area that they say they lie in."""
    for name, wanted in (("don_vi_vung_dtts", {"I", "II", "III"}), ("xa_khu_vuc_1", {"I"}), ("xa_khu_vuc_2", {"II"}), ("xa_khu_vuc_3", {"III"})):
        count(naive, name, "chung", "thong-tin", {"area": wanted})
    total(naive, "so_thon_vung_dtts", "chung", "thong-tin.villages", where=lambda row: row.get("area") in {"I", "II", "III"})
    ratio(naive, "ty_le_don_vi_vung_dtts", "chung", "don_vi_vung_dtts", "so_don_vi")

"""New rural areas: marks, bands, recognitions, models, OCOP, plans, what was raised: what each figure must be."""

from __future__ import annotations

from fractions import Fraction

from naive.catalogue import criteria_count
from naive.reckoning import BOTH, SET, UNIT, About, Told, count, count_of_year, names, ratio, total

_GROUP, _PRODUCTS = "ntm", "ocop"
_MET = About(communes=True, splits=(SET,))
_LEVELS = (("dat_chuan", "dat-chuan"), ("nang_cao", "nang-cao"), ("kieu_mau", "kieu-mau"))
_STATES = (("xa_{}", "cong-nhan"), ("xa_trinh_{}", "dang-trinh"), ("xa_xay_dung_{}", "dang-xay-dung"))
_DAYS = {"6m2024": "2024-06-30", "2024": "2024-12-31", "2023": "2023-12-31", "6m2023": "2023-06-30"}


def rural(naive):
    """All figures of the group but the plans."""
    xa = [name for name in naive.district.communes if name.startswith("xã ")]
    naive.add("so_xa", "", {}, Told(Fraction(len(xa)), naive.of(_GROUP)))
    averages(naive)
    _bands(naive)
    for field, kinds in (("tieu_chi_huyen_dat", {"dat"}), ("so_tieu_chi_huyen", None)):
        wanted = {"level": {"criterion", "both"}} | ({"mark": kinds} if kinds else {})
        count(naive, field, _GROUP, "tieu-chi-huyen", wanted)
    recognised(naive)
    _models(naive)
    _ocop(naive)
    _raised(naive)


def averages(naive):
    """Criteria and indicators met by set, and per commune that has told."""
    for criteria in naive.district.all_sets:
        told = {unit for unit, row in naive.rows(_GROUP, "tieu-chi", by={"criteria_set": criteria}) if row["mark"]}
        naive.add("so_xa_danh_gia", "", {"criteria_set": criteria}, Told(Fraction(len(told)) if told else None, naive.of(_GROUP)))
    for name, level in (("tieu_chi", "criterion"), ("chi_tieu", "indicator")):
        count(naive, f"{name}_dat", _GROUP, "tieu-chi", {"mark": {"dat"}, "level": {level, "both"}}, _MET)
        ratio(naive, f"binh_quan_{name}", _GROUP, f"{name}_dat", "so_xa_danh_gia", factor=1, about=About(splits=(SET,)))


def _bands(naive):
    for criteria in naive.district.all_sets:
        met = []
        for commune in naive.district.communes:
            told = naive.told["tieu_chi_dat", commune, (("criteria_set", criteria),)]
            if told.value is not None:
                met.append((commune, told.value))
        groups = {"-".join(str(end) for end in dict.fromkeys(band)): band for band in naive.district.bands}
        for band, (low, high) in groups.items():
            inside = tuple(commune for commune, value in met if low <= value <= high)
            by = {"criteria_set": criteria, "band": band}
            _counted(naive, "{}_xa_theo_nhom", "so", by, inside if met else None)
            share = Fraction(len(inside) * 100, len(met)) if met else None
            naive.add("ty_le_xa_theo_nhom", "", by, Told(share, naive.of(_GROUP), *((len(inside), len(met)) if met else ())))
        full = tuple(commune for commune, value in met if value == criteria_count(criteria))
        _counted(naive, "{}xa_dat_du_tieu_chi", "", {"criteria_set": criteria}, full if met else None)


def _counted(naive, form, plain, by, found):
    period = naive.of(_GROUP)
    naive.add(form.format(plain), "", by, Told(None if found is None else Fraction(len(found)), period))
    naive.add(form.format("ten" if plain else "ten_"), "", by, Told(found, period))


def recognised(naive):
    """Recognised, on the way with a dossier, on the way without: by level."""
    for name, level in _LEVELS:
        for form, status in _STATES:
            count(naive, form.format(name), _GROUP, "cong-nhan-ntm", {"level": {level}, "status": {status}})

            def chosen(_, row, level=level, status=status):
                return row["commune"] if (row["level"], row["status"]) == (level, status) else None

            names(naive, f"ten_{form.format(name)}", _GROUP, "cong-nhan-ntm", chosen)
        settled = {"level": {level}, "status": {"cong-nhan"}}
        count_of_year(naive, f"xa_{name}_trong_nam", _GROUP, "cong-nhan-ntm", settled, UNIT, lambda row: int(row["year"]) if row.get("year") else None)
        ratio(naive, f"ty_le_xa_{name}", _GROUP, f"xa_{name}", "so_xa")
    ratio(naive, "ty_le_xa_nang_cao_trong_dat_chuan", _GROUP, "xa_nang_cao", "xa_dat_chuan")
    ratio(naive, "ty_le_xa_kieu_mau_trong_nang_cao", _GROUP, "xa_kieu_mau", "xa_nang_cao")


def _models(naive):
    for key, name in (("1", "thon_kieu_mau"), ("2", "vuon_mau"), ("3", "tuyen_duong_mau"), ("4", "ho_mau")):
        for field, end in (("registered", "dang_ky"), ("approved", "duyet"), ("reached", "dat")):
            total(naive, f"{name}_{end}", _GROUP, f"mo-hinh.{field}", BOTH, where=lambda row, key=key: row["key"] == key)
    if not naive.used("mo-hinh"):
        return
    there = [unit for unit, row in naive.rows(_GROUP, "mo-hinh") if row["key"] == "1" and row["registered"] > 0]
    sent = naive.sheets(_GROUP, "mo-hinh")
    naive.add("xa_dang_ky_thon_kieu_mau", "", {}, Told(Fraction(len(there)) if sent else None, naive.of(_GROUP)))
    naive.add("ten_xa_dang_ky_thon_kieu_mau", "", {}, Told(tuple(there) if sent else None, naive.of(_GROUP)))


def _ocop(naive):
    having = {"cong-nhan", "cong-nhan-lai", "lam-lai"}
    count(naive, "san_pham_ocop", _PRODUCTS, "ocop", {"stage": having}, BOTH)
    count_of_year(
        naive, "san_pham_ocop_trong_nam", _PRODUCTS, "ocop", {"stage": having}, BOTH, lambda row: row["decided_on"].year if row.get("decided_on") else None
    )
    for stars in (3, 4, 5):
        count(naive, f"ocop_{stars}_sao", _PRODUCTS, "ocop", {"stage": having, "stars": {stars}}, BOTH)
    for name, stage in (("ho_so", "ho-so"), ("lam_lai", "lam-lai"), ("y_tuong", "y-tuong")):
        count(naive, f"ocop_{name}", _PRODUCTS, "ocop", {"stage": {stage}}, BOTH)
    for scope in naive.scopes(communes=True) if naive.used("ocop") else ():
        sent = naive.sheets(_PRODUCTS, "ocop", scope)
        mine = [(unit, row) for unit, row in naive.rows(_PRODUCTS, "ocop", scope) if row["stage"] in having]
        good = [row for _, row in mine if row["expires_on"].isoformat() >= _DAYS[naive.of(_PRODUCTS)]]
        naive.add("ocop_con_han", scope, {}, Told(Fraction(len(good)) if sent else None, naive.of(_PRODUCTS)))
        for name, kind in (("ocop", None), ("htx", "htx"), ("dn", "dn"), ("tht", "tht"), ("ho", "ho")):
            owners = {(unit, row["owner"].lower()) for unit, row in mine if kind in (None, row["owner_kind"])}
            naive.add(f"chu_the_{name}", scope, {}, Told(Fraction(len(owners)) if sent else None, naive.of(_PRODUCTS)))
    for scope in naive.scopes(communes=True) if naive.used("ocop") else ():
        every, good = (naive.get(name, scope, {}).value for name in ("san_pham_ocop", "ocop_con_han"))
        naive.add("ocop_het_han", scope, {}, Told(every - good if None not in (every, good) else None, naive.of(_PRODUCTS)))
    for kind in ("htx", "dn", "tht", "ho"):
        ratio(naive, f"ty_le_chu_the_{kind}", _PRODUCTS, f"chu_the_{kind}", "chu_the_ocop")


def _raised(naive):
    parts = {
        "trung_uong": {1, 2},
        "tinh": {3},
        "huyen_xa": {4, 5},
        "long_ghep": {6},
        "tin_dung": {7},
        "doanh_nghiep": {8},
        "nhan_dan": {9, 10, 11, 12},
        "khac": {13},
    }
    total(naive, "huy_dong", _GROUP, "huy-dong.done", BOTH, where=lambda row: row["key"] != "14")
    total(naive, "huy_dong_ke_hoach", _GROUP, "huy-dong.plan", BOTH, where=lambda row: row["key"] != "14")
    ratio(naive, "ty_le_huy_dong", _GROUP, "huy_dong", "huy_dong_ke_hoach")
    for name, keys in parts.items():
        total(naive, f"huy_dong_ke_hoach_{name}", _GROUP, "huy-dong.plan", BOTH, where=lambda row, keys=keys: int(row["key"]) in keys)
        total(naive, f"huy_dong_{name}", _GROUP, "huy-dong.done", BOTH, where=lambda row, keys=keys: int(row["key"]) in keys)
        ratio(naive, f"co_cau_huy_dong_{name}", _GROUP, f"huy_dong_{name}", "huy_dong")
    total(naive, "ngay_cong", _GROUP, "huy-dong.quantity", BOTH, where=lambda row: row["key"] == "10")
    total(naive, "hien_dat", _GROUP, "huy-dong.quantity", BOTH, where=lambda row: row["key"] == "11")

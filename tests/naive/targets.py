"""Plans and what was reached of them; the year before and the same period of it: what each figure must be."""

from __future__ import annotations

from fractions import Fraction

from naive.poverty import poverty
from naive.reckoning import Naive, Told, difference
from naive.rural import averages, recognised

#: Plans: what is planned, by which basis, and the figure that is measured against it.
_PLANS = (
    ("ho_ngheo", "giam-ngheo", "giam-ho-ngheo", (("ke_hoach", "so-ho", "ho_ngheo_giam"), ("ke_hoach_diem", "diem-phan-tram", "ty_le_ho_ngheo_giam"))),
    (
        "ho_can_ngheo",
        "giam-ngheo",
        "giam-ho-can-ngheo",
        (("ke_hoach", "so-ho", "ho_can_ngheo_giam"), ("ke_hoach_diem", "diem-phan-tram", "ty_le_ho_can_ngheo_giam")),
    ),
    ("thoat_ngheo", "giam-ngheo", "thoat-ngheo", (("ke_hoach", "so-ho", "ho_thoat_ngheo"),)),
    ("thoat_can_ngheo", "giam-ngheo", "thoat-can-ngheo", (("ke_hoach", "so-ho", "ho_thoat_can_ngheo"),)),
    ("thoat_can_ngheo_tuyet_doi", "giam-ngheo", "thoat-can-ngheo-tuyet-doi", (("ke_hoach", "so-ho", "ho_thoat_can_ngheo_tuyet_doi"),)),
    ("xa_dat_chuan", "ntm", "xa-dat-chuan", (("ke_hoach", "so-luong", "xa_dat_chuan_trong_nam"),)),
    ("xa_nang_cao", "ntm", "xa-nang-cao", (("ke_hoach", "so-luong", "xa_nang_cao_trong_nam"),)),
    ("xa_kieu_mau", "ntm", "xa-kieu-mau", (("ke_hoach", "so-luong", "xa_kieu_mau_trong_nam"),)),
    ("thon_kieu_mau", "ntm", "thon-kieu-mau", (("ke_hoach", "so-luong", None),)),
    ("san_pham_ocop", "ntm", "san-pham-ocop", (("ke_hoach", "so-luong", "san_pham_ocop_trong_nam"),)),
)


def plans(naive):
    """Each level's plan as it was assigned, and the result against it: by households first, by points where those set nothing."""
    for name, group, target, ways in _PLANS:
        levels = dict.fromkeys(row["assigned_by"] for _, row in naive.rows(group, "ke-hoach-giao"))
        for level in levels:
            mine = {row["basis"]: Fraction(row["amount"]) for _, row in naive.rows(group, "ke-hoach-giao", by={"assigned_by": level, "target": target})}
            for form, basis, _ in ways:
                if basis in mine:
                    naive.add(f"{form}_{name}", "", {"assigned_by": level}, Told(mine[basis], naive.of(group)))
            set_ones = [way for way in ways if mine.get(way[1])] or [way for way in ways if way[1] in mine]
            if set_ones and set_ones[0][2] and naive.get(set_ones[0][2], "", {}) is not None:
                _, basis, result = set_ones[0]
                done, wanted = naive.get(result, "", {}).value, mine[basis]
                value = done / wanted * 100 if done is not None and wanted else None
                naive.add(f"ty_le_ke_hoach_{name}", "", {"assigned_by": level}, Told(value, naive.of(group), done, wanted))


def looking_back(naive):
    """The whole year before, and the same period of it: worked out from that period's own sheets, if there are any."""
    for group, names in {"ntm": ("xa_dat_chuan", "xa_nang_cao", "xa_kieu_mau"), "giam-ngheo": ()}.items():
        for name in names:
            period = str(int(naive.of(group)[-4:]) - 1)
            _earlier(naive, (f"{name}_nam_truoc", name), group, period)
            difference(naive, f"{name}_tang", group, name, f"{name}_nam_truoc")
    for group, names in {
        "ntm": ("binh_quan_tieu_chi", "binh_quan_chi_tieu"),
        "giam-ngheo": ("ho_ngheo", "ty_le_ho_ngheo", "ho_can_ngheo", "ty_le_ho_can_ngheo"),
    }.items():
        for name in names:
            now = f"{name}_cuoi_ky" if group == "giam-ngheo" else name
            own = naive.of(group)
            _earlier(naive, (f"{name}_cung_ky", now), group, own[:-4] + str(int(own[-4:]) - 1))
            difference(naive, f"{name}_tang_cung_ky" if group == "giam-ngheo" else f"{name}_tang", group, now, f"{name}_cung_ky")


def _earlier(naive, names, group, period):
    """A figure of another period in the places in which there is one of this."""
    name, other = names
    then = Naive(naive.district, period)
    if period in naive.district.sheets:
        then.add("so_xa", "", {}, Told(Fraction(1), period))
        for part in (averages, recognised) if group == "ntm" else (poverty,):
            part(then)
    for scope, by, _ in naive.those(other):
        told = then.get(other, scope, by) if then.told else Told(None, period)
        naive.add(name, scope, by, told)

"""What each level has set as the year's targets, and how far they were reached. One sentence or row a level; no percentages of its own."""

from __future__ import annotations

from templates.clauses import joined, where

#: Target → what is counted, as it stands after the number and its unit, and what the row of a table is called.
NTM_TARGETS = (
    ("xa_dat_chuan", "đạt chuẩn nông thôn mới", "Xã đạt chuẩn nông thôn mới"),
    ("xa_nang_cao", "nông thôn mới nâng cao", "Xã nông thôn mới nâng cao"),
    ("xa_kieu_mau", "nông thôn mới kiểu mẫu", "Xã nông thôn mới kiểu mẫu"),
    ("thon_kieu_mau", "nông thôn mới kiểu mẫu", "Thôn nông thôn mới kiểu mẫu"),
    ("san_pham_ocop", "OCOP", "Sản phẩm OCOP được công nhận"),
)
POVERTY_TARGETS = (
    ("ho_ngheo", "nghèo", "Giảm hộ nghèo"),
    ("ho_can_ngheo", "cận nghèo", "Giảm hộ cận nghèo"),
    ("thoat_ngheo", "thoát nghèo", "Hộ thoát nghèo"),
    ("thoat_can_ngheo", "thoát cận nghèo", "Hộ thoát cận nghèo"),
    ("thoat_can_ngheo_tuyet_doi", "thoát cận nghèo tuyệt đối", "Hộ thoát cận nghèo tuyệt đối"),
)


#: Every target of poverty that a level has set, as clauses: (condition, text).
_DECREASES = (("ho_ngheo", "nghèo"), ("ho_can_ngheo", "cận nghèo"))


def _decrease(name: str, words: str) -> tuple[tuple[str, str], ...]:
    points, count = f"cap.ke_hoach_diem_{name}", f"cap.ke_hoach_{name}"
    rate = f"giảm tỷ lệ hộ {words} {{{{ {points} }}}}"
    return (
        (f"{points}.khac_khong and {count}.khac_khong", f"{rate} tương ứng {{{{ {count}.day_du }}}}"),
        (f"{points}.khac_khong and not {count}.khac_khong", rate),
        (f"{count}.khac_khong and not {points}.khac_khong", f"giảm {{{{ {count}.day_du }}}} {words}"),
    )


def _any(names: tuple[str, ...]) -> str:
    return " or ".join(f"cap.ke_hoach_{name}.khac_khong" for name in names)


_NTM_NAMES = tuple(name for name, _, _ in NTM_TARGETS)
#: The year's targets of Nông thôn mới and OCOP, level by level.
NTM = (
    "{%p for cap in cap_giao %}\n"
    + where(
        _any(_NTM_NAMES),
        "Mục tiêu năm {{ ky.nam }} theo kế hoạch {{ cap.ten }}: trong năm có ít nhất "
        + joined(", ", *((f"cap.ke_hoach_{name}.khac_khong", f"{{{{ cap.ke_hoach_{name}.day_du }}}} {words}") for name, words, _ in NTM_TARGETS))
        + ".",
    )
    + "\n{%p endfor %}"
)

#: The year's target of poverty, told both ways where both were set: 2,3% tương ứng 301 hộ.
POVERTY = (
    "{%p for cap in cap_giao %}\n"
    + where(
        "cap.ke_hoach_diem_ho_ngheo.khac_khong and cap.ke_hoach_ho_ngheo.khac_khong",
        "Chỉ tiêu giảm tỷ lệ hộ nghèo năm {{ ky.nam }} {{ cap.ten }} là {{ cap.ke_hoach_diem_ho_ngheo }} tương ứng {{ cap.ke_hoach_ho_ngheo.day_du }}.",
    )
    + "\n"
    + where(
        "cap.ke_hoach_diem_ho_ngheo.khac_khong and not cap.ke_hoach_ho_ngheo.khac_khong",
        "Chỉ tiêu giảm tỷ lệ hộ nghèo năm {{ ky.nam }} {{ cap.ten }} là {{ cap.ke_hoach_diem_ho_ngheo }}.",
    )
    + "\n{%p endfor %}"
)

_ALL_POVERTY = (
    *(clause for name, words in _DECREASES for clause in _decrease(name, words)),
    *((f"cap.ke_hoach_{name}.khac_khong", f"{{{{ cap.ke_hoach_{name}.day_du }}}} {words}") for name, words, _ in POVERTY_TARGETS[2:]),
)
_ALL_NTM = tuple((f"cap.ke_hoach_{name}.khac_khong", f"{{{{ cap.ke_hoach_{name}.day_du }}}} {words}") for name, words, _ in NTM_TARGETS)


def assigned(family: str, heading: str) -> str:
    """All targets of one family, level by level, under a heading that appears only with one of them."""
    clauses = {"gnbv": _ALL_POVERTY, "ntm": _ALL_NTM}[family]
    condition = " or ".join(f"({each})" for each, _ in clauses)
    sentence = f"Chỉ tiêu năm {{{{ ky.nam }}}} {{{{ cap.ten }}}}: {joined('; ', *clauses)}."
    return f"{{%p for cap in cap_giao if {condition} %}}\n{where('loop.first', heading)}\n{sentence}\n{{%p endfor %}}"

"""What the documents say of the area of ethnic minorities: communes, villages, how hard. No money, no works."""

from __future__ import annotations

from templates.clauses import joined, where

SCOPE = where(
    "dtts.co and don_vi_vung_dtts.khac_khong",
    "Địa bàn vùng đồng bào dân tộc thiểu số và miền núi gồm {% if ty_le_don_vi_vung_dtts.co %}{{ ty_le_don_vi_vung_dtts.ty_so }}{% else %}{{ don_vi_vung_dtts.day_du }}{% endif %}{{ thieu }}"
    "{% if so_thon_vung_dtts.khac_khong %} với {{ so_thon_vung_dtts.day_du }}{% endif %}{% if so_thon_dbkk.khac_khong %}, trong đó có {{ so_thon_dbkk.day_du }} đặc biệt khó khăn{% endif %}.",
)

AREAS = where(
    "xa_khu_vuc_1.khac_khong or xa_khu_vuc_2.khac_khong or xa_khu_vuc_3.khac_khong",
    "Chia theo trình độ phát triển: "
    + joined(
        "; ",
        ("xa_khu_vuc_3.khac_khong", "{{ xa_khu_vuc_3.day_du }} khu vực III"),
        ("xa_khu_vuc_2.khac_khong", "{{ xa_khu_vuc_2.day_du }} khu vực II"),
        ("xa_khu_vuc_1.khac_khong", "{{ xa_khu_vuc_1.day_du }} khu vực I"),
    )
    + ".",
)

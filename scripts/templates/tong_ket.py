"""The report of a whole year (báo cáo tổng kết): what was reached of what was planned, then as the interim report. Lay-out after Decree 30/2020/NĐ-CP."""

from __future__ import annotations

from templates import annexes
from templates.clauses import where
from templates.decree30 import head, signature, title
from templates.page import Column, Page, Row, control
from templates.parts import ALL_FUNDS_SHOWN, ASSESSMENT, LEADERSHIP, OUTLOOK, results
from templates.phrases import SETTINGS, SUBJECT_OF_PERIOD
from templates.targets import NTM_TARGETS, POVERTY_TARGETS

_OPENING = """
{% if van_ban.can_cu %}{{ van_ban.can_cu|bo_dau_cuoi }}, {% endif %}{{ chu_the }} báo cáo tổng kết kết quả thực hiện «KỲ»; phương hướng, nhiệm vụ {{ ky.sau }} như sau:
Số liệu tính đến ngày {{ ky.ngay_chot }}{% if khong_bao_cao %}; chưa bao gồm số liệu của {{ khong_bao_cao|liet_ke }}{% endif %}.
""".replace("«KỲ»", SUBJECT_OF_PERIOD)

_COLUMNS = (
    Column(("Chỉ tiêu",), 65, "BangChu"),
    Column(("Cấp giao",), 24, "BangChu"),
    Column(("Kế hoạch",), 26, "BangGiua"),
    Column(("Kết quả",), 26, "BangGiua"),
    Column(("Đạt (%)",), 24, "BangGiua"),
)


#: What has no figure of the year itself, so that nothing can be held against the year's plan.
_ONLY_PLANNED = ("thon_kieu_mau",)


def _row(plan: str, rate: str, label: str, measure: str) -> tuple[Row, ...]:
    """A target of one level; its rate only where it is reckoned on that plan."""
    on_it = f"{rate}.co and {rate}.mau_so.don_vi {'==' if measure else '!='} 'điểm %'"
    result = f"{{% if {on_it} %}}{{{{ {rate}.tu_so.day_du }}}}{{% else %}}…{{% endif %}}"
    reached = f"{{% if {on_it} or {plan}.bang_khong %}}{{{{ {rate}|trong_bang }}}}{{% else %}}…{{% endif %}}"
    return (
        control(f"{{%tr if {plan}.co %}}"),
        Row((f"{label}{measure}", "{{ cap.ten|hoa_dau }}", f"{{{{ {plan}.day_du }}}}", result, reached)),
        control("{%tr endif %}"),
    )


def _planned(plan: str, label: str) -> tuple[Row, ...]:
    return control(f"{{%tr if {plan}.co %}}"), Row((label, "{{ cap.ten|hoa_dau }}", f"{{{{ {plan}.day_du }}}}", "…", "…")), control("{%tr endif %}")


def _rows() -> tuple[Row, ...]:
    rows = [control("{%tr for cap in cap_giao %}")]
    for name, words, label in (*NTM_TARGETS, *POVERTY_TARGETS):
        if name in _ONLY_PLANNED:
            rows += _planned(f"cap.ke_hoach_{name}", label)
            continue
        rows += _row(f"cap.ke_hoach_{name}", f"cap.ty_le_ke_hoach_{name}", label, "")
        if name in ("ho_ngheo", "ho_can_ngheo"):
            rows += _row(f"cap.ke_hoach_diem_{name}", f"cap.ty_le_ke_hoach_{name}", f"Giảm tỷ lệ hộ {words}", " (điểm %)")
    return (*rows, control("{%tr endfor %}"))


_CAPITAL = where(
    "von_con_lai.khac_khong",
    "Kế hoạch vốn chưa giải ngân đến ngày {{ von_con_lai.ngay }} là {{ von_con_lai.day_du }}"
    "{% if ty_le_giai_ngan_cao_nhat.khac_khong and xa_ty_le_giai_ngan_thap_nhat.khac_khong %}; trong các {{ don_vi.cap_duoi }} có số liệu giải ngân, tỷ lệ cao nhất là {{ xa_ty_le_giai_ngan_cao_nhat }} ({{ ty_le_giai_ngan_cao_nhat }}),"
    " thấp nhất là {{ xa_ty_le_giai_ngan_thap_nhat }} ({{ ty_le_giai_ngan_thap_nhat }}){% endif %}.",
)

_CLOSING = "Trên đây là báo cáo tổng kết kết quả thực hiện «KỲ» trên địa bàn {{ don_vi.ten }} (có phụ lục kèm theo)./.".replace("«KỲ»", SUBJECT_OF_PERIOD)


def build() -> bytes:
    """The template as a Word file."""
    page = Page("Báo cáo tổng kết kết quả thực hiện các Chương trình mục tiêu quốc gia")
    page.write(SETTINGS)
    head(page)
    title(page, f"Tổng kết kết quả thực hiện {SUBJECT_OF_PERIOD}; phương hướng, nhiệm vụ {{{{ ky.sau }}}}")
    page.write(
        f"{_OPENING}{LEADERSHIP}\n# KẾT QUẢ THỰC HIỆN\n{{%p if cap_giao %}}\n## Kết quả thực hiện các chỉ tiêu kế hoạch được giao\nSo với kế hoạch được giao, kết quả thực hiện các chỉ tiêu {{{{ ky.ten }}}} như sau:"
    )
    page.table(_COLUMNS, _rows())
    page.line("", "GhiChuBang")
    page.write(f"{{%p endif %}}\n{ALL_FUNDS_SHOWN}\n{_CAPITAL}\n{results()}{ASSESSMENT}{OUTLOOK}")
    page.line(_CLOSING, "CauKet")
    signature(page)
    page.landscape()
    annexes.add(page)
    return page.content()

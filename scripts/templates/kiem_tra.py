"""The brief for an inspection team: each programme in use, project by project. Text and order; lay-out after Decree 30/2020/NĐ-CP."""

from __future__ import annotations

from templates import annexes, dtts, gnbv, ntm, targets
from templates.clauses import where
from templates.decree30 import head, signature, title
from templates.page import Page
from templates.parts import ASSESSMENT, LEADERSHIP, OUTLOOK, others
from templates.phrases import SETTINGS, SUBJECT_OF_PERIOD, disbursed, works

_OPENING = f"""
{{% if van_ban.can_cu %}}{{{{ van_ban.can_cu|bo_dau_cuoi }}}}, {{% endif %}}{{{{ chu_the }}}} báo cáo kết quả thực hiện {SUBJECT_OF_PERIOD} trên địa bàn {{{{ don_vi.ten }}}} như sau:
Số liệu tính đến ngày {{{{ ky.ngay_chot }}}}{{% if ky.uoc and (ho_ngheo_cuoi_ky.co or ho_can_ngheo_cuoi_ky.co) %}}; riêng số hộ nghèo, hộ cận nghèo là số ước thực hiện {{{{ ky.ten }}}}{{% endif %}}{{% if khong_bao_cao %}}; chưa bao gồm số liệu của {{{{ khong_bao_cao|liet_ke }}}}{{% endif %}}.
"""

_MONEY = where(
    "ct.von_ke_hoach.khac_khong or ct.von_giai_ngan.khac_khong",
    disbursed("ct"),
    where(
        "ct.von_dau_tu.khac_khong and ct.von_su_nghiep.khac_khong",
        "Chia theo loại vốn: vốn đầu tư phát triển {{ ct.ty_le_giai_ngan_dau_tu.giai_ngan }}; vốn sự nghiệp {{ ct.ty_le_giai_ngan_su_nghiep.giai_ngan }}.",
    ),
)

_POVERTY = where(
    "ct.ho == 'gnbv'",
    *(gnbv.households(), gnbv.MINORITY, gnbv.REVIEW, gnbv.LIVELIHOODS, gnbv.HOUSES),
)
_NEW_COUNTRYSIDE = where(
    "ct.ho == 'ntm'",
    *(ntm.mobilised(shares=True), ntm.DISTRICT, ntm.RECOGNISED_LEVELS, ntm.PENDING, ntm.BUILDING),
    *(ntm.criteria(inline=False), ntm.MODELS, ntm.OCOP, ntm.INCOME),
)
_MINORITIES = where("ct.ho == 'dtts'", dtts.SCOPE, dtts.AREAS)

_PROGRAMMES = "\n".join(
    (
        "# KẾT QUẢ THỰC HIỆN",
        "{%p for ct in chuong_trinh %}",
        "## {{ ct.ten_day_du }}",
        *(where(f"ct.ho == '{family}'", targets.assigned(family, "### Chỉ tiêu được giao")) for family in ("gnbv", "ntm")),
        "### Kế hoạch vốn và giải ngân",
        _MONEY,
        where("not (ct.von_ke_hoach.khac_khong or ct.von_giai_ngan.khac_khong)", "Chưa có số liệu về kế hoạch vốn và giải ngân."),
        gnbv.projects("ct"),
        "### Kết quả",
        *(_POVERTY, _NEW_COUNTRYSIDE, _MINORITIES, works("ct")),
        *(where(f"ct.ho == '{family}'", others(f"ket_qua_{family}")) for family in ("gnbv", "ntm", "dtts")),
        "{%p endfor %}",
    )
)

_CLOSING = f"Trên đây là báo cáo kết quả thực hiện {SUBJECT_OF_PERIOD} của {{{{ don_vi.ten }}}} (có phụ lục kèm theo)./."


def build() -> bytes:
    """The template as a Word file."""
    page = Page("Báo cáo phục vụ kiểm tra việc thực hiện Chương trình mục tiêu quốc gia")
    page.write(SETTINGS)
    head(page)
    title(page, f"Kết quả thực hiện {SUBJECT_OF_PERIOD} (phục vụ đoàn kiểm tra)")
    page.write(_OPENING + LEADERSHIP + _PROGRAMMES + ASSESSMENT + OUTLOOK)
    page.line(_CLOSING, "CauKet")
    signature(page)
    page.landscape()
    annexes.add(page, "kiem-tra")
    return page.content()

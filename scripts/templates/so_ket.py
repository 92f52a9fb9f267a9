"""The interim report (báo cáo sơ kết): its text, section by section, and its lay-out after Decree 30/2020/NĐ-CP."""

from __future__ import annotations

from templates import annexes
from templates.decree30 import head, signature, title
from templates.page import Page
from templates.parts import ALL_FUNDS_SHOWN, ASSESSMENT, LEADERSHIP, OUTLOOK, results
from templates.phrases import SETTINGS, SUBJECT_OF_PERIOD

_OPENING = """
{% if van_ban.can_cu %}{{ van_ban.can_cu|bo_dau_cuoi }}, {% endif %}{{ chu_the }} báo cáo kết quả thực hiện «KỲ»; phương hướng, nhiệm vụ {{ ky.sau }} như sau:
Số liệu tính đến ngày {{ ky.ngay_chot }}{% if ky.uoc and (ho_ngheo_cuoi_ky.co or ho_can_ngheo_cuoi_ky.co) %}; riêng số hộ nghèo, hộ cận nghèo là số ước thực hiện {{ ky.ten }}{% endif %}{% if khong_bao_cao %}; chưa bao gồm số liệu của {{ khong_bao_cao|liet_ke }}{% endif %}.
""".replace("«KỲ»", SUBJECT_OF_PERIOD)

_CLOSING = "Trên đây là báo cáo kết quả thực hiện «KỲ» trên địa bàn {{ don_vi.ten }} (có phụ lục kèm theo)./.".replace("«KỲ»", SUBJECT_OF_PERIOD)


def build() -> bytes:
    """The template as a Word file."""
    page = Page("Báo cáo kết quả thực hiện các Chương trình mục tiêu quốc gia")
    page.write(SETTINGS)
    head(page)
    title(page, f"Kết quả thực hiện {SUBJECT_OF_PERIOD}; phương hướng, nhiệm vụ {{{{ ky.sau }}}}")
    page.write(_OPENING + LEADERSHIP)
    page.write(f"# KẾT QUẢ THỰC HIỆN\n{ALL_FUNDS_SHOWN}{results()}")
    page.write(ASSESSMENT + OUTLOOK)
    page.line(_CLOSING, "CauKet")
    signature(page)
    page.landscape()
    annexes.add(page)
    return page.content()

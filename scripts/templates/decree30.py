"""What every official document has in the layout of Decree 30/2020/NĐ-CP: the head, and who receives and who signs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from templates.page import TEXT_WIDTH, paragraphs, rule

if TYPE_CHECKING:
    from templates.page import Page

#: Quốc hiệu at 13 pt needs 98 mm or it wraps.
_LEFT, _RIGHT = 62, TEXT_WIDTH - 62
_AUTHORITY_LINE = 22
_MOTTO_LINE = 61.5
_TITLE_LINE = 45


def head(page: Page, *under_number: tuple[str, str]) -> None:
    """Names and number on the left, with what a letter writes under its number; Quốc hiệu, place and date on the right."""
    authority = paragraphs(
        ("CoQuanChuQuan", '{%p if van_ban.co_quan_chu_quan == "ỦY BAN NHÂN DÂN" %}'),
        ("CoQuanBanHanh", "{{ van_ban.co_quan_chu_quan }}"),
        ("CoQuanChuQuan", "{%p elif van_ban.co_quan_chu_quan %}"),
        ("CoQuanChuQuan", "{{ van_ban.co_quan_chu_quan }}"),
        ("CoQuanChuQuan", "{%p endif %}"),
        ("CoQuanBanHanh", "{{ van_ban.co_quan }}"),
    )
    motto = paragraphs(("QuocHieu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("TieuNgu", "Độc lập - Tự do - Hạnh phúc"))
    number = paragraphs(("SoKyHieu", "Số: {{ van_ban.so }}"), *under_number)
    place = paragraphs(("DiaDanhNgay", "{{ van_ban.dia_danh }}, {{ van_ban.ngay.dai }}"))
    page.block(
        (_LEFT, _RIGHT),
        [
            ([*authority, rule(_AUTHORITY_LINE, _LEFT)], [*motto, rule(_MOTTO_LINE, _RIGHT)]),
            (number, place),
        ],
    )


def title(page: Page, subject: str) -> None:
    """The kind of document (BÁO CÁO), what it is about, the line under it."""
    page.line("BÁO CÁO", "Title")
    page.line(subject, "Subtitle")
    page.rule(_TITLE_LINE)
    page.line("", "GhiChuBang")


def signature(page: Page) -> None:
    """Nơi nhận and the signing block: one row that no page break divides, kept with the last sentence."""
    receivers = paragraphs(
        ("NoiNhanTieuDe", "Nơi nhận:"),
        ("NoiNhan", "{%p for noi in van_ban.noi_nhan %}"),
        ("NoiNhan", "- {{ noi|bo_dau_cuoi }}{% if loop.last %}.{% else %};{% endif %}"),
        ("NoiNhan", "{%p else %}"),
        ("NoiNhan", "- Lưu: VT."),
        ("NoiNhan", "{%p endfor %}"),
    )
    signer = paragraphs(
        ("ChucVu", "{%p for dong in van_ban.quyen_han %}"),
        ("ChucVu", "{{ dong }}"),
        ("ChucVu", "{%p endfor %}"),
        ("NguoiKy", "{{ van_ban.nguoi_ky }}"),
    )
    page.block((TEXT_WIDTH / 2, TEXT_WIDTH / 2), [(receivers, signer)])

"""The letter (công văn) with which a faulty file goes back to its sender: its text, and its lay-out after Decree 30/2020/NĐ-CP."""

from __future__ import annotations

from templates.page import TEXT_WIDTH, Column, Page, Row, control, paragraphs, rule
from templates.styles import Style

#: As in the report: Quốc hiệu at 13 pt needs 98 mm.
_LEFT, _RIGHT = 62, TEXT_WIDTH - 62
_AUTHORITY_LINE = 22
_MOTTO_LINE = 61.5

_STYLES = (
    Style("TrichYeu", "Trích yếu công văn", size=12, align="center", first_line=0, before=40, after=0, line=240),
    Style("KinhGui", "Kính gửi", size=14, align="center", first_line=0, before=360, after=240, line=240),
)

_SETTINGS = """
{%p set chu_the = "Ban Chỉ đạo các Chương trình mục tiêu quốc gia " ~ don_vi.ten if "BAN CHỈ ĐẠO" in van_ban.co_quan else "Ủy ban nhân dân " ~ don_vi.ten %}
{%p set noi_nhan_tep = "Ủy ban nhân dân " ~ noi_gui if noi_gui else "đơn vị gửi tệp " ~ tep %}
"""

_OPENING = """
{{ chu_the }} đã nhận tệp số liệu “{{ tep }}”{% if noi_gui %} của {{ noi_nhan_tep }}{% endif %} phục vụ báo cáo kết quả thực hiện các Chương trình mục tiêu quốc gia {{ ky.ten }}. Qua kiểm tra, tệp có {% if so_loi.khac_khong %}{{ so_loi.day_du }} phải sửa{% endif %}{% if so_loi.khac_khong and so_canh_bao.khac_khong %} và {% endif %}{% if so_canh_bao.khac_khong %}{{ so_canh_bao.day_du }} cần rà soát{% endif %}{% if con_lai %}; các nội dung chính như sau:{% else %}, cụ thể như sau:{% endif %}
"""

_COLUMNS = (
    Column(("STT",), 10, "BangGiua"),
    Column(("Vị trí",), 28, "BangChu"),
    Column(("Mức độ",), 18, "BangGiua"),
    Column(("Nội dung",), 60, "BangChu"),
    Column(("Cách sửa",), 49, "BangChu"),
)
_ROWS = (
    control("{%tr for muc in noi_dung %}"),
    Row(
        (
            "{{ loop.index }}",
            "{{ muc.vi_tri }}",
            "{{ muc.muc_do|hoa_dau }}",
            "{{ muc.noi_dung }}{% if muc.keo_theo %} (kéo theo {{ muc.keo_theo }} lỗi khác){% endif %}",
            "{{ muc.cach_sua }}",
        )
    ),
    control("{%tr endfor %}"),
)

_MORE = """
{%p if con_lai and co_tep %}
Ngoài các nội dung trên, còn {{ con_lai }} nội dung khác được nêu đầy đủ tại trang tính “{{ trang }}” của tệp gửi kèm.
{%p elif con_lai %}
Ngoài các nội dung trên, còn {{ con_lai }} nội dung khác.
{%p endif %}
"""

#: Kept with the list that it leads to.
_LEAD = "Để bảo đảm số liệu tổng hợp đầy đủ, chính xác, {{ chu_the }} đề nghị {{ noi_nhan_tep }}:"
_REQUEST = """
{%p if co_tep %}
- Chỉnh sửa trực tiếp tại các ô được tô màu trong tệp gửi kèm; trang tính “{{ trang }}” nêu rõ từng ô và cách sửa.
{%p else %}
- Chỉnh sửa hoặc lập lại tệp theo cách sửa nêu tại bảng trên.
{%p endif %}
{%p if so_canh_bao.khac_khong %}
- Rà soát các nội dung cảnh báo; trường hợp số liệu đúng thì giữ nguyên và nêu rõ lý do khi gửi lại.
{%p endif %}
- Gửi lại tệp đã sửa về {{ chu_the }}{% if han %} chậm nhất ngày {{ han }}{% endif %}.
"""

_CLOSING = "Đề nghị {{ noi_nhan_tep }} quan tâm, thực hiện./."


def build() -> bytes:
    """The template as a Word file."""
    page = Page("Công văn trả lại tệp số liệu", _STYLES)
    page.write(_SETTINGS)
    _head(page)
    page.line("Kính gửi: {{ noi_nhan_tep|hoa_dau }}.", "KinhGui")
    page.write(_OPENING)
    page.table(_COLUMNS, _ROWS)
    page.line("", "GhiChuBang")
    page.write(_MORE)
    page.line(_LEAD, "CauKet")
    page.write(_REQUEST)
    page.line(_CLOSING, "CauKet")
    _signature(page)
    return page.content()


def _head(page: Page) -> None:
    """Names on the left with number and subject, Quốc hiệu, place and date on the right."""
    authority = paragraphs(
        ("CoQuanChuQuan", '{%p if van_ban.co_quan_chu_quan == "ỦY BAN NHÂN DÂN" %}'),
        ("CoQuanBanHanh", "{{ van_ban.co_quan_chu_quan }}"),
        ("CoQuanChuQuan", "{%p elif van_ban.co_quan_chu_quan %}"),
        ("CoQuanChuQuan", "{{ van_ban.co_quan_chu_quan }}"),
        ("CoQuanChuQuan", "{%p endif %}"),
        ("CoQuanBanHanh", "{{ van_ban.co_quan }}"),
    )
    motto = paragraphs(("QuocHieu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("TieuNgu", "Độc lập - Tự do - Hạnh phúc"))
    number = paragraphs(
        ("SoKyHieu", "Số: {{ van_ban.so }}"),
        ("TrichYeu", "V/v chỉnh sửa, hoàn thiện số liệu báo cáo các Chương trình mục tiêu quốc gia {{ ky.ten }}"),
    )
    place = paragraphs(("DiaDanhNgay", "{{ van_ban.dia_danh }}, {{ van_ban.ngay.dai }}"))
    page.block(
        (_LEFT, _RIGHT),
        [
            ([*authority, rule(_AUTHORITY_LINE, _LEFT)], [*motto, rule(_MOTTO_LINE, _RIGHT)]),
            (number, place),
        ],
    )


def _signature(page: Page) -> None:
    """Nơi nhận and the signing block on one row that no page break divides."""
    receivers = paragraphs(
        ("NoiNhanTieuDe", "Nơi nhận:"),
        ("NoiNhan", "{%p for noi in van_ban.noi_nhan %}"),
        ("NoiNhan", "- {{ noi|bo_dau_cuoi }}{% if loop.last %}.{% else %};{% endif %}"),
        ("NoiNhan", "{%p endfor %}"),
    )
    signer = paragraphs(
        ("ChucVu", "{%p for dong in van_ban.quyen_han %}"),
        ("ChucVu", "{{ dong }}"),
        ("ChucVu", "{%p endfor %}"),
        ("NguoiKy", "{{ van_ban.nguoi_ky }}"),
    )
    page.block((TEXT_WIDTH / 2, TEXT_WIDTH / 2), [(receivers, signer)])

"""The letter (công văn) with which a faulty file goes back to its sender: its text, and its lay-out after Decree 30/2020/NĐ-CP."""

from __future__ import annotations

from templates.decree30 import head, signature
from templates.page import Column, Page, Row, control
from templates.styles import Style

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
    head(page, ("TrichYeu", "V/v chỉnh sửa, hoàn thiện số liệu báo cáo các Chương trình mục tiêu quốc gia {{ ky.ten }}"))
    page.line("Kính gửi: {{ noi_nhan_tep|hoa_dau }}.", "KinhGui")
    page.write(_OPENING)
    page.table(_COLUMNS, _ROWS)
    page.line("", "GhiChuBang")
    page.write(_MORE)
    page.line(_LEAD, "CauKet")
    page.write(_REQUEST)
    page.line(_CLOSING, "CauKet")
    signature(page)
    return page.content()

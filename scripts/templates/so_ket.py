"""The interim report (báo cáo sơ kết): its text, section by section, and its lay-out after Decree 30/2020/NĐ-CP."""

from __future__ import annotations

from templates import annexes
from templates.decree30 import head, signature
from templates.page import Page
from templates.phrases import SETTINGS, entries, funds, poverty, works

_TITLE_LINE = 45

_OPENING = """
{% if van_ban.can_cu %}{{ van_ban.can_cu|bo_dau_cuoi }}, {% endif %}{{ chu_the }} báo cáo kết quả thực hiện các Chương trình mục tiêu quốc gia (MTQG) {{ ky.ten }}; phương hướng, nhiệm vụ {{ ky.sau }} như sau:
Số liệu tính đến ngày {{ ky.ngay_chot }}{% if ky.uoc %}; riêng số hộ nghèo, hộ cận nghèo là số ước thực hiện {{ ky.ten }}{% endif %}{% if khong_bao_cao %}; chưa bao gồm số liệu của {{ khong_bao_cao|liet_ke }}{% endif %}.
"""

_LEADERSHIP = """
{%p if so_van_ban.khac_khong or so_cuoc_hop.khac_khong or so_lop_tap_huan.khac_khong or so_cuoc_kiem_tra.khac_khong or so_xa_da_kiem_tra.khac_khong %}
# CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, ĐIỀU HÀNH
{%p if so_van_ban.khac_khong %}
- Ban hành {{ so_van_ban.day_du }} chỉ đạo, hướng dẫn tổ chức thực hiện các Chương trình.
{%p endif %}
{%p if so_cuoc_hop.khac_khong %}
- Ban Chỉ đạo tổ chức {{ so_cuoc_hop.day_du }} họp, giao ban.
{%p endif %}
{%p if so_lop_tap_huan.khac_khong %}
- Tổ chức {{ so_lop_tap_huan.day_du }} tập huấn, hội nghị tuyên truyền.
{%p endif %}
{%p if so_cuoc_kiem_tra.khac_khong %}
- Tiến hành {{ so_cuoc_kiem_tra.day_du }} kiểm tra, giám sát{% if ty_le_xa_da_kiem_tra.khac_khong %} tại {{ ty_le_xa_da_kiem_tra.ty_so }} ({{ ty_le_xa_da_kiem_tra }}){% elif so_xa_da_kiem_tra.khac_khong %} tại {{ so_xa_da_kiem_tra.day_du }}{% endif %}.
{%p elif so_xa_da_kiem_tra.khac_khong %}
- Đã kiểm tra {{ so_xa_da_kiem_tra.day_du }}.
{%p endif %}
{%p endif %}
"""

_ALL_FUNDS = """
{%p if von_ke_hoach.khac_khong or von_giai_ngan.khac_khong %}
## Kế hoạch vốn và kết quả giải ngân
{%p if von_ke_hoach.khac_khong %}
Tổng kế hoạch vốn năm {{ ky.nam }} của các Chương trình MTQG trên địa bàn {{ don_vi.cap }}{{ thieu }} là {{ von_ke_hoach.day_du }}{% if von_giao_trong_nam.khac_khong and von_keo_dai.khac_khong %}, gồm {{ von_giao_trong_nam.day_du }} giao trong năm và {{ von_keo_dai.day_du }} kéo dài từ năm trước chuyển sang{% endif %}{% if von_dau_tu.khac_khong and von_su_nghiep.khac_khong %}; chia theo loại vốn: đầu tư phát triển {{ von_dau_tu.day_du }}, sự nghiệp {{ von_su_nghiep.day_du }}{% endif %}{% if von_phan_bo.khac_khong %}. Đã phân bổ chi tiết {{ von_phan_bo.day_du }}{% endif %}.
{%p endif %}
{% if ty_le_giai_ngan.khac_khong %}Tính đến ngày {{ ty_le_giai_ngan.ngay }}, toàn {{ don_vi.cap }} đã giải ngân {{ ty_le_giai_ngan.ty_so }}, đạt {{ ty_le_giai_ngan }} kế hoạch vốn được giao{% if ty_le_giai_ngan_trong_nam.co and ty_le_giai_ngan_keo_dai.co %} (vốn giao trong năm đạt {{ ty_le_giai_ngan_trong_nam }}, vốn kéo dài đạt {{ ty_le_giai_ngan_keo_dai }}){% endif %}.{% elif von_giai_ngan.khac_khong %}Tính đến ngày {{ von_giai_ngan.ngay }}, toàn {{ don_vi.cap }} đã giải ngân {{ von_giai_ngan.day_du }}.{% elif von_giai_ngan.bang_khong %}Tính đến ngày {{ von_giai_ngan.ngay }}, toàn {{ don_vi.cap }} chưa giải ngân.{% else %}Chưa có số liệu giải ngân.{% endif %}
{%p for ct in chuong_trinh %}
- Chương trình {{ ct.ten }}: {% if ct.von_ke_hoach.khac_khong %}kế hoạch vốn {{ ct.von_ke_hoach.day_du }}, {% endif %}{% if ct.von_giai_ngan.khac_khong %}đã giải ngân {{ ct.von_giai_ngan.day_du }}{% if ct.ty_le_giai_ngan.co %}, đạt {{ ct.ty_le_giai_ngan }}{% endif %}{% elif ct.von_giai_ngan.bang_khong %}chưa giải ngân{% elif ct.von_ke_hoach.khac_khong %}chưa có số liệu giải ngân{% else %}chưa có số liệu{% endif %}{% if loop.last %}.{% else %};{% endif %}
{%p endfor %}
{%p endif %}
"""

_CRITERIA = """
{%p for bo in bo_tieu_chi %}
{%p if bo.tieu_chi_dat.co %}
Kết quả thực hiện {{ bo.ten }} (gồm {{ bo.so_tieu_chi }} tiêu chí, {{ bo.so_chi_tieu }} chỉ tiêu): các xã đạt tổng số {{ bo.tieu_chi_dat.day_du }}{% if bo.binh_quan_tieu_chi.co %}, bình quân {{ bo.binh_quan_tieu_chi }} tiêu chí/xã{% endif %}{% if bo.chi_tieu_dat.co %}; {{ bo.chi_tieu_dat.day_du }}{% if bo.binh_quan_chi_tieu.co %}, bình quân {{ bo.binh_quan_chi_tieu }} chỉ tiêu/xã{% endif %}{% endif %}. Phân nhóm theo số tiêu chí đạt:
{%p for nhom in bo.nhom if nhom.so_xa_theo_nhom.co %}
- {{ nhom.ten|hoa_dau }}: {% if nhom.so_xa_theo_nhom.khac_khong %}{{ nhom.so_xa_theo_nhom.day_du }} ({{ nhom.ten_xa_theo_nhom }}){% else %}không có xã{% endif %}{% if loop.last %}.{% else %};{% endif %}
{%p endfor %}
{%p else %}
Chưa có số liệu thực hiện {{ bo.ten }}.
{%p endif %}
{%p endfor %}
"""

_RECOGNITION = """
{%p if xa_dat_chuan.khac_khong %}
Đến nay, {% if ty_le_xa_dat_chuan.co %}{{ ty_le_xa_dat_chuan.ty_so }} ({{ ty_le_xa_dat_chuan }}){% else %}{{ xa_dat_chuan.day_du }}{% endif %} được công nhận đạt chuẩn nông thôn mới.
{%p endif %}
{%p if xa_nang_cao.khac_khong %}
{% if xa_dat_chuan.khac_khong %}Trong đó{% else %}Đến nay{% endif %}, {% if ty_le_xa_nang_cao.co %}{{ ty_le_xa_nang_cao.ty_so }} ({{ ty_le_xa_nang_cao }}){% else %}{{ xa_nang_cao.day_du }}{% endif %} được công nhận đạt chuẩn nông thôn mới nâng cao{% if ten_xa_nang_cao.khac_khong %}, gồm {{ ten_xa_nang_cao.cac }}{% endif %}.
{%p endif %}
{%p if xa_kieu_mau.khac_khong %}
{% if xa_dat_chuan.khac_khong or xa_nang_cao.khac_khong %}Trong đó{% else %}Đến nay{% endif %}, {% if ty_le_xa_kieu_mau.co %}{{ ty_le_xa_kieu_mau.ty_so }} ({{ ty_le_xa_kieu_mau }}){% else %}{{ xa_kieu_mau.day_du }}{% endif %} được công nhận đạt chuẩn nông thôn mới kiểu mẫu{% if ten_xa_kieu_mau.khac_khong %}, gồm {{ ten_xa_kieu_mau.cac }}{% endif %}.
{%p endif %}
"""

_APPLICATION = """
{%p if xa_trinh_«MỨC».khac_khong %}
Đang hoàn thiện, trình hồ sơ đề nghị công nhận xã đạt chuẩn nông thôn mới«TÊN» đối với {{ xa_trinh_«MỨC».day_du }}{% if ten_xa_trinh_«MỨC».khac_khong %} ({{ ten_xa_trinh_«MỨC» }}){% endif %}.
{%p endif %}
"""

_INCOME = """
{%p if thu_nhap_binh_quan.co %}
Thu nhập bình quân đầu người khu vực nông thôn {{ thu_nhap_binh_quan.ky }} đạt {{ thu_nhap_binh_quan.day_du }}.
{%p endif %}
"""

_ASSESSMENT = f"""
{{%p if uu_diem or han_che or nguyen_nhan_khach_quan or nguyen_nhan_chu_quan or vuong_mac %}}
# ĐÁNH GIÁ CHUNG
{{%p if uu_diem %}}
## Ưu điểm
{entries("uu_diem")}
{{%p endif %}}
{{%p if han_che %}}
## Tồn tại, hạn chế
{entries("han_che")}
{{%p endif %}}
{{%p if nguyen_nhan_khach_quan or nguyen_nhan_chu_quan %}}
## Nguyên nhân
{{%p if nguyen_nhan_khach_quan %}}
### Nguyên nhân khách quan
{entries("nguyen_nhan_khach_quan")}
{{%p endif %}}
{{%p if nguyen_nhan_chu_quan %}}
### Nguyên nhân chủ quan
{entries("nguyen_nhan_chu_quan")}
{{%p endif %}}
{{%p endif %}}
{{%p if vuong_mac %}}
## Khó khăn, vướng mắc
{entries("vuong_mac")}
{{%p endif %}}
{{%p endif %}}
"""

_OUTLOOK = f"""
{{%p if muc_tieu or nhiem_vu or giai_phap %}}
# PHƯƠNG HƯỚNG, NHIỆM VỤ, GIẢI PHÁP {{{{ ky.sau|upper }}}}
{{%p if muc_tieu %}}
## Mục tiêu, chỉ tiêu
{entries("muc_tieu")}
{{%p endif %}}
{{%p if nhiem_vu %}}
## Nhiệm vụ trọng tâm
{entries("nhiem_vu")}
{{%p endif %}}
{{%p if giai_phap %}}
## Giải pháp
{entries("giai_phap")}
{{%p endif %}}
{{%p endif %}}
{{%p if kien_nghi_trung_uong or kien_nghi_tinh %}}
# KIẾN NGHỊ, ĐỀ XUẤT
{{%p if kien_nghi_trung_uong %}}
{{%p if kien_nghi_tinh %}}
## Đối với Trung ương
{{%p else %}}
Đối với Trung ương:
{{%p endif %}}
{entries("kien_nghi_trung_uong")}
{{%p endif %}}
{{%p if kien_nghi_tinh %}}
{{%p if kien_nghi_trung_uong %}}
## Đối với {{{{ don_vi.tren }}}}
{{%p else %}}
Đối với {{{{ don_vi.tren }}}}:
{{%p endif %}}
{entries("kien_nghi_tinh")}
{{%p endif %}}
{{%p endif %}}
"""

_TO_DATE = ", đến ngày {{ von_giai_ngan.ngay }}"
_CLOSING = "Trên đây là báo cáo kết quả thực hiện các Chương trình MTQG {{ ky.ten }} trên địa bàn {{ don_vi.ten }} (có phụ lục kèm theo)./."


def _chart(name: str, condition: str = "", caption: str = "") -> str:
    """A chart with its caption, where there is something to compare."""
    return f"""
{{%p if {name}.co{condition} %}}
! {{{{ {name} }}}}
^ {{{{ {name}.nhan }}}}{caption} ({{{{ {name}.don_vi }}}})
{{%p endif %}}
"""


def build() -> bytes:
    """The template as a Word file."""
    page = Page("Báo cáo kết quả thực hiện các Chương trình mục tiêu quốc gia")
    page.write(SETTINGS)
    _head(page)
    page.write(_OPENING + _LEADERSHIP)
    page.write("# KẾT QUẢ THỰC HIỆN\n" + _ALL_FUNDS + _chart("bieu_do.giai_ngan", caption=_TO_DATE) + _results())
    page.write(_ASSESSMENT + _OUTLOOK)
    page.line(_CLOSING, "CauKet")
    signature(page)
    page.landscape()
    annexes.add(page)
    return page.content()


def _results() -> str:
    """One part a programme; a programme in use that has no figures says so."""
    applications = [("dat_chuan", ""), ("nang_cao", " nâng cao"), ("kieu_mau", " kiểu mẫu")]
    recognition = _RECOGNITION + "".join(_APPLICATION.replace("«MỨC»", level).replace("«TÊN»", words) for level, words in applications)
    return f"""
{{%p set co_ntm = ntm.co or bo_tieu_chi or ket_qua_ntm or xa_dat_chuan.khac_khong or xa_nang_cao.khac_khong or xa_kieu_mau.khac_khong or xa_trinh_dat_chuan.khac_khong or xa_trinh_nang_cao.khac_khong or xa_trinh_kieu_mau.khac_khong or thu_nhap_binh_quan.co %}}
{{%p set co_ngheo = gnbv.co or ket_qua_gnbv or ho_ngheo_dau_ky.co or ho_can_ngheo_dau_ky.co %}}
{{%p set co_dtts = dtts.co or ket_qua_dtts %}}
{{%p if co_ntm %}}
## {{% if ntm.co %}}{{{{ ntm.ten_day_du }}}}{{% else %}}Xây dựng nông thôn mới{{% endif %}}
{_funds("ntm")}{_CRITERIA}{_chart("bieu_do.nhom_xa")}{recognition}{_INCOME}{works("ntm")}{_others("ket_qua_ntm")}
{{%p endif %}}
{{%p if co_ngheo %}}
## {{% if gnbv.co %}}{{{{ gnbv.ten_day_du }}}}{{% else %}}Giảm nghèo bền vững{{% endif %}}
{_funds("gnbv")}{poverty()}{_chart("bieu_do.ho_ngheo")}{works("gnbv")}{_others("ket_qua_gnbv")}
{{%p endif %}}
{{%p if co_dtts %}}
## {{% if dtts.co %}}{{{{ dtts.ten_day_du }}}}{{% else %}}Phát triển kinh tế - xã hội vùng đồng bào dân tộc thiểu số và miền núi{{% endif %}}
{_funds("dtts")}{works("dtts")}{_others("ket_qua_dtts")}
{{%p endif %}}
{{%p if not (co_ntm or co_ngheo or co_dtts or von_ke_hoach.khac_khong or von_giai_ngan.khac_khong) %}}
Chưa có số liệu tổng hợp trong kỳ báo cáo.
{{%p endif %}}
"""


def _funds(programme: str) -> str:
    """The funds of a programme, and its dự án where the chart of the whole does not show them already."""
    return funds(programme) + _chart(f"{programme}.bieu_do_du_an", " and bieu_do.theo_chuong_trinh", _TO_DATE)


def _others(listing: str) -> str:
    """Results in the unit's own words, under a sentence that leads to them."""
    return f"{{%p if {listing} %}}\nMột số kết quả khác:\n{entries(listing)}\n{{%p endif %}}"


def _head(page: Page) -> None:
    """The head of every official document, then the kind of this one and what it is about."""
    head(page)
    page.line("BÁO CÁO", "Title")
    page.line("Kết quả thực hiện các Chương trình mục tiêu quốc gia {{ ky.ten }}; phương hướng, nhiệm vụ {{ ky.sau }}", "Subtitle")
    page.rule(_TITLE_LINE)
    page.line("", "GhiChuBang")

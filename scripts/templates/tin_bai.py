"""The portal article on the meeting: title, lead, results by programme, limits, tasks, conclusions. No names of persons."""

from __future__ import annotations

from templates import dtts, gnbv, ntm, targets
from templates.clauses import where
from templates.page import Page
from templates.phrases import SETTINGS, disbursed, entries

_TITLE = (
    "{%p if ty_le_giai_ngan.khac_khong %}",
    (
        "{{ don_vi.ten|hoa_dau }}: {{ ky.ten|hoa_dau }}, giải ngân vốn {% if chuong_trinh|length == 1 %}Chương trình {{ (chuong_trinh|first).ten }}"
        "{% else %}{{ cac_chuong_trinh }}{% endif %} đạt {{ ty_le_giai_ngan }} kế hoạch"
    ),
    "{%p elif huy_dong.khac_khong %}",
    "{{ ky.ten|hoa_dau }}, {{ don_vi.ten }}{% if ky.uoc %} ước{% endif %} huy động {{ huy_dong.day_du }} xây dựng nông thôn mới",
    "{%p elif ho_ngheo_giam.giam %}",
    "{{ ky.ten|hoa_dau }}, {{ don_vi.ten }} {% if ky.uoc %}ước {% endif %}giảm {{ ho_ngheo_giam.do_lon }} hộ nghèo",
    "{%p elif xa_dat_chuan.khac_khong and ty_le_xa_dat_chuan.co %}",
    "{{ don_vi.ten|hoa_dau }}: {{ ty_le_xa_dat_chuan.ty_so }} đạt chuẩn nông thôn mới",
    "{%p else %}",
    "{{ don_vi.ten|hoa_dau }}: Kết quả thực hiện {{ cac_chuong_trinh }} {{ ky.ten }}",
    "{%p endif %}",
)

#: "các Chương trình mục tiêu quốc gia: xây dựng nông thôn mới; giảm nghèo bền vững; …", whatever programmes are in use.
_NAMES = (
    "{% if chuong_trinh|length > 1 %}các Chương trình mục tiêu quốc gia: {% elif chuong_trinh %}Chương trình mục tiêu quốc gia {% else %}các Chương trình mục tiêu quốc gia{% endif %}"
    "{% for ct in chuong_trinh %}{{ ct.ten }}{% if not loop.last %}; {% endif %}{% endfor %}"
)

_LEAD = (
    "{%p if hoi_nghi.co %}",
    "{% if hoi_nghi.ngay and hoi_nghi.dia_diem %}Ngày {{ hoi_nghi.ngay }}, tại {{ hoi_nghi.dia_diem }}, {{ don_vi.ten }}{% elif hoi_nghi.ngay %}Ngày {{ hoi_nghi.ngay }}, {{ don_vi.ten }}{% elif hoi_nghi.dia_diem %}Tại {{ hoi_nghi.dia_diem }}, {{ don_vi.ten }}{% else %}{{ don_vi.ten|hoa_dau }}{% endif %} tổ chức {% if hoi_nghi.ten %}{{ hoi_nghi.ten }}{% else %}hội nghị đánh giá kết quả thực hiện các Chương trình mục tiêu quốc gia {{ ky.ten }}, triển khai nhiệm vụ {{ ky.sau }}{% endif %}.{% if hoi_nghi.chu_tri %} {{ hoi_nghi.chu_tri|hoa_dau|bo_dau_cuoi }} chủ trì {{ cuoc_hop }}.{% endif %}{% if hoi_nghi.thanh_phan %} Dự {{ cuoc_hop }} có {{ hoi_nghi.thanh_phan|bo_dau_cuoi }}.{% endif %}",
    "{%p else %}",
    f"Trong {{{{ ky.ten }}}}, {{{{ don_vi.ten }}}} triển khai {_NAMES}.",
    "{%p endif %}",
)

_OVERVIEW = f"""
{{%p if hoi_nghi.co and chuong_trinh|length > 1 %}}
Trong {{{{ ky.ten }}}}, {{{{ don_vi.ten }}}} triển khai {_NAMES}.
{{%p endif %}}
{{%p if von_ke_hoach.khac_khong %}}
{{% if hoi_nghi.co %}}Theo báo cáo tại {{{{ cuoc_hop }}}}, tổng{{% else %}}Tổng{{% endif %}} kế hoạch vốn năm {{{{ ky.nam }}}}{{{{ thieu }}}} là {{{{ von_ke_hoach.day_du }}}}{{% if ty_le_giai_ngan.khac_khong %}}; đến ngày {{{{ ty_le_giai_ngan.ngay }}}} đã giải ngân {{{{ von_giai_ngan.day_du }}}}, đạt {{{{ ty_le_giai_ngan }}}}{{% elif von_giai_ngan.bang_khong %}}; đến ngày {{{{ von_giai_ngan.ngay }}}} chưa giải ngân{{% endif %}}.
{{%p endif %}}
"""


def _money(programme: str, subject: str) -> str:
    """Disbursement, where anything is known of the programme's money: an article passes over what is not known."""
    known = f"{programme}.von_ke_hoach.khac_khong or {programme}.von_giai_ngan.khac_khong"
    return f"{{%p if {known} %}}\n{disbursed(programme, subject)}\n{{%p endif %}}"


_NTM = f"""
{{%p if ntm.von_ngan_sach.khac_khong and ntm.von_giai_ngan.khac_khong %}}
Năm {{{{ ky.nam }}}}, nguồn vốn ngân sách nhà nước của Chương trình xây dựng nông thôn mới{{% if ntm.von_keo_dai.khac_khong %}} (gồm cả vốn kéo dài){{% endif %}} là {{{{ ntm.von_ngan_sach.day_du }}}}; đến ngày {{{{ ntm.von_giai_ngan.ngay }}}} đã giải ngân {{{{ ntm.von_giai_ngan.day_du }}}}{{% if ntm.ty_le_giai_ngan.co %}}, đạt {{{{ ntm.ty_le_giai_ngan }}}} kế hoạch vốn được giao{{% endif %}}.
{{%p else %}}
{_money("ntm", "Chương trình xây dựng nông thôn mới")}
{{%p endif %}}
"""

_WORKS = """
{%p if dtts.cong_trinh_nuoc_sach.khac_khong %}
{{ don_vi.cap|hoa_dau }} đầu tư {{ dtts.cong_trinh_nuoc_sach.day_du }} nước sạch{% if dtts.xa_co_cong_trinh_nuoc_sach.khac_khong %} tại {{ dtts.xa_co_cong_trinh_nuoc_sach.cac }}{% endif %}{% if dtts.cong_trinh_khoi_cong_moi.khac_khong %}; khởi công mới {{ dtts.cong_trinh_khoi_cong_moi.day_du }}{% if dtts.ten_cong_trinh_khoi_cong_moi.it_ten %}: {{ dtts.ten_cong_trinh_khoi_cong_moi }}{% endif %}{% endif %}.
{%p elif dtts.cong_trinh_khoi_cong_moi.khac_khong %}
{{ don_vi.cap|hoa_dau }} khởi công mới {{ dtts.cong_trinh_khoi_cong_moi.day_du }}{% if dtts.ten_cong_trinh_khoi_cong_moi.it_ten %}: {{ dtts.ten_cong_trinh_khoi_cong_moi }}{% endif %}.
{%p endif %}
"""


def _said(listing: str) -> str:
    """What the unit wrote itself, as running text."""
    return where(listing, f"{{% for muc in {listing} %}}{{{{ muc.noi_dung|cau }}}}{{% if not loop.last %}} {{% endif %}}{{% endfor %}}")


#: How it was led, in one paragraph.
_LED = where(
    "chi_dao_khac or ty_le_xa_da_kiem_tra.khac_khong",
    "{% for muc in chi_dao_khac %}{{ muc.noi_dung|cau }}{% if not loop.last %} {% endif %}{% endfor %}"
    "{% if chi_dao_khac and ty_le_xa_da_kiem_tra.khac_khong %} {% endif %}"
    "{% if ty_le_xa_da_kiem_tra.khac_khong %}{{ don_vi.cap|hoa_dau }} đã tiến hành kiểm tra, giám sát tại {{ ty_le_xa_da_kiem_tra.ty_so }}.{% endif %}",
)
_NEW_COUNTRYSIDE = (
    *(_NTM, ntm.mobilised(shares=False), ntm.DISTRICT, ntm.RECOGNISED, ntm.KEPT, ntm.PENDING, ntm.BUILDING),
    *(ntm.criteria(inline=True), ntm.MODELS, ntm.OCOP, ntm.INCOME, _said("ket_qua_ntm")),
)
_MINORITIES = (
    dtts.SCOPE,
    _money("dtts", "Chương trình phát triển kinh tế - xã hội vùng đồng bào dân tộc thiểu số và miền núi"),
    _WORKS,
    _said("ket_qua_dtts"),
)
_POVERTY = (
    where("chuong_trinh|length > 1", _money("gnbv", "Chương trình giảm nghèo bền vững")),
    *(where("chuong_trinh|length == 1", gnbv.projects("gnbv")), targets.POVERTY),
    *(where("ho_ngheo_dau_ky.co or ho_can_ngheo_dau_ky.co", gnbv.households(moves=False)), gnbv.REVIEW, _said("ket_qua_gnbv")),
)

_REST = f"""
{{%p if han_che %}}
Bên cạnh kết quả đạt được, việc thực hiện {{{{ cac_ct }}}} còn một số hạn chế:
{entries("han_che")}
{{%p endif %}}
{targets.NTM}
{{%p if nhiem_vu %}}
Trong {{{{ ky.sau }}}}, {{{{ don_vi.ten }}}} tập trung vào các nhiệm vụ:
{entries("nhiem_vu")}
{{%p endif %}}
{{%p if hoi_nghi.co and hoi_nghi.ket_luan %}}
Kết luận {{{{ cuoc_hop }}}}{{% if hoi_nghi.chu_tri %}}, {{{{ hoi_nghi.chu_tri|bo_dau_cuoi }}}} yêu cầu{{% endif %}}:
{{%p for y in hoi_nghi.ket_luan %}}
- {{{{ y|cau }}}}
{{%p endfor %}}
{{%p endif %}}
"""

_NOTE = "(Số liệu tính đến ngày {{ ky.ngay_chot }}{% if ky.uoc and (ho_ngheo_cuoi_ky.co or ho_can_ngheo_cuoi_ky.co) %}; riêng số hộ nghèo, hộ cận nghèo là số ước thực hiện {{ ky.ten }}{% endif %}{% if khong_bao_cao %}; chưa bao gồm số liệu của {{ khong_bao_cao|liet_ke }}{% endif %}.)"


def build() -> bytes:
    """The template as a Word file."""
    page = Page("Tin bài về kết quả thực hiện các Chương trình mục tiêu quốc gia")
    page.write(SETTINGS)
    for line in _TITLE:
        page.line(line, "TenBai")
    for line in _LEAD:
        page.line(line, "Sapo")
    in_use, besides = where("ntm.co", *_NEW_COUNTRYSIDE), where("not ntm.co", *_NEW_COUNTRYSIDE)
    page.write("\n".join((_OVERVIEW, _LED, in_use, *_MINORITIES, *_POVERTY, besides, _REST)))
    page.line(_NOTE, "GhiChuBang")
    return page.content()

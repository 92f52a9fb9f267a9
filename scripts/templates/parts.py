"""The parts that official reports have in common, from leadership to proposals. Which a report has, and in what order, is its own matter."""

from __future__ import annotations

from templates import dtts, gnbv, ntm, targets
from templates.clauses import where
from templates.phrases import entries, funds, works

LEADERSHIP = """
{%p if chi_dao_khac or so_van_ban.khac_khong or so_cuoc_hop.khac_khong or so_lop_tap_huan.khac_khong or so_cuoc_kiem_tra.khac_khong or so_xa_da_kiem_tra.khac_khong %}
# CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, ĐIỀU HÀNH
{%p if so_van_ban.khac_khong %}
- Ban hành {{ so_van_ban.day_du }} chỉ đạo, hướng dẫn tổ chức thực hiện {{ cac_ct }}.
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
{%p for muc in chi_dao_khac %}
- {{ muc.noi_dung|cau }}
{%p endfor %}
{%p endif %}
"""

ALL_FUNDS = """
{%p if von_ke_hoach.khac_khong or von_giai_ngan.khac_khong %}
## Kế hoạch vốn và kết quả giải ngân
{%p if von_ke_hoach.khac_khong %}
Tổng kế hoạch vốn năm {{ ky.nam }} của {{ cac_ct }} trên địa bàn {{ don_vi.cap }}{{ thieu }} là {{ von_ke_hoach.day_du }}{% if von_giao_trong_nam.khac_khong and von_keo_dai.khac_khong %}, gồm {{ von_giao_trong_nam.day_du }} giao trong năm và {{ von_keo_dai.day_du }} kéo dài từ năm trước chuyển sang{% endif %}{% if von_dau_tu.khac_khong and von_su_nghiep.khac_khong %}; chia theo loại vốn: đầu tư phát triển {{ von_dau_tu.day_du }}, sự nghiệp {{ von_su_nghiep.day_du }}{% endif %}.{% if von_phan_bo.khac_khong and von_phan_bo.day_du == von_ke_hoach.day_du %} Toàn bộ kế hoạch vốn đã được phân bổ chi tiết.{% elif von_phan_bo.khac_khong %} Đã phân bổ chi tiết {{ von_phan_bo.day_du }}.{% endif %}
{%p endif %}
{% if von_giai_ngan.co %}Tính đến ngày {{ von_giai_ngan.ngay }}, toàn {{ don_vi.cap }} {{ ty_le_giai_ngan.giai_ngan }}{% if ty_le_giai_ngan.khac_khong and ty_le_giai_ngan_trong_nam.co and ty_le_giai_ngan_keo_dai.co %} (vốn giao trong năm đạt {{ ty_le_giai_ngan_trong_nam }}, vốn kéo dài đạt {{ ty_le_giai_ngan_keo_dai }}){% endif %}.{% else %}Chưa có số liệu giải ngân.{% endif %}
{%p if chuong_trinh|length > 1 %}
{%p for ct in chuong_trinh %}
- Chương trình {{ ct.ten }}: {% if ct.von_ke_hoach.khac_khong %}kế hoạch vốn {{ ct.von_ke_hoach.day_du }}, {% endif %}{% if ct.von_giai_ngan.khac_khong %}đã giải ngân {{ ct.von_giai_ngan.day_du }}{% if ct.ty_le_giai_ngan.co %}, đạt {{ ct.ty_le_giai_ngan }}{% endif %}{% elif ct.von_giai_ngan.bang_khong %}chưa giải ngân{% elif ct.von_ke_hoach.khac_khong %}chưa có số liệu giải ngân{% else %}chưa có số liệu về vốn{% endif %}{% if loop.last %}.{% else %};{% endif %}
{%p endfor %}
{%p endif %}
{%p endif %}
"""

ASSESSMENT = f"""
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

OUTLOOK = f"""
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


def chart(name: str, condition: str = "", caption: str = "") -> str:
    """A chart with its caption, where there is something to compare."""
    return where(f"{name}.co{condition}", f"! {{{{ {name} }}}}", f"^ {{{{ {name}.nhan }}}}{caption} ({{{{ {name}.don_vi }}}})")


def _funds(programme: str) -> str:
    """The funds of a programme, unless the account of the whole has told them; its dự án are in the annex."""
    known = where(f"{programme}.von_ke_hoach.co or {programme}.von_giai_ngan.co", funds(programme))
    return where("chuong_trinh|length > 1", known, gnbv.told_of(programme))


#: The capital of all programmes, in words and as a picture.
ALL_FUNDS_SHOWN = "\n".join((ALL_FUNDS, chart("bieu_do.giai_ngan", caption=_TO_DATE)))


def results() -> str:
    """One part a programme; what is known beside the programmes in use stands after them."""
    new_countryside = (
        *(targets.NTM, _funds("ntm"), ntm.mobilised(shares=True), ntm.DISTRICT, ntm.RECOGNISED_LEVELS, ntm.PENDING, ntm.BUILDING),
        *(ntm.criteria(inline=False), chart("bieu_do.nhom_xa"), ntm.MODELS, ntm.OCOP, ntm.INCOME, works("ntm"), others("ket_qua_ntm")),
    )
    poverty = (
        *(
            _funds("gnbv"),
            where("chuong_trinh|length == 1", gnbv.projects("gnbv")),
            targets.POVERTY,
            gnbv.households(),
            chart("bieu_do.ho_ngheo"),
            gnbv.MINORITY,
            gnbv.RANKING,
            gnbv.REVIEW,
            gnbv.HOUSES,
        ),
        *(gnbv.LIVELIHOODS, works("gnbv"), others("ket_qua_gnbv")),
    )
    minorities = (_funds("dtts"), dtts.SCOPE, dtts.AREAS, works("dtts"), others("ket_qua_dtts"))
    nothing = "not (co_ntm or co_ngheo or co_dtts or von_ke_hoach.khac_khong or von_giai_ngan.khac_khong)"
    return f"""
{{%p set co_ntm = {ntm.ANYTHING} %}}
{{%p set co_ngheo = gnbv.co or ket_qua_gnbv or ho_ngheo_dau_ky.co or ho_can_ngheo_dau_ky.co or ho_xin_ra_soat.co %}}
{{%p set co_dtts = dtts.co or ket_qua_dtts %}}
{where("ntm.co", _part("co_ntm", "ntm", "Xây dựng nông thôn mới", new_countryside))}
{_part("co_ngheo", "gnbv", "Giảm nghèo bền vững", poverty)}
{_part("co_dtts", "dtts", "Phát triển kinh tế - xã hội vùng đồng bào dân tộc thiểu số và miền núi", minorities)}
{where("not ntm.co", _part("co_ntm", "ntm", "Xây dựng nông thôn mới", new_countryside))}
{where(nothing, "Chưa có số liệu tổng hợp trong kỳ báo cáo.")}
"""


def _part(condition: str, family: str, words: str, blocks: tuple[str, ...]) -> str:
    """The part of one programme, under its full name where it is in use."""
    title = f"## {{% if {family}.co %}}{{{{ {family}.ten_day_du }}}}{{% else %}}{words}{{% endif %}}"
    return where(condition, title, *blocks)


def others(listing: str) -> str:
    """Results in the unit's own words, under a sentence that leads to them."""
    single = f"{{%p for muc in {listing} %}}\n{{{{ muc.noi_dung|cau }}}}\n{{%p endfor %}}"
    return f"{{%p if {listing}|length == 1 %}}\n{single}\n{{%p elif {listing} %}}\nMột số kết quả khác:\n{entries(listing)}\n{{%p endif %}}"

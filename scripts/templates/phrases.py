"""Sentences that both documents use, written once; words in «» stand for a programme, a kind of household."""

from __future__ import annotations

#: Set once at the beginning: who reports, what is missing, whether the period is still open.
SETTINGS = """
{%p set chu_the = "Ban Chỉ đạo các Chương trình mục tiêu quốc gia " ~ don_vi.ten if "BAN CHỈ ĐẠO" in van_ban.co_quan else "Ủy ban nhân dân " ~ don_vi.ten %}
{%p set cac_chuong_trinh = "Chương trình mục tiêu quốc gia " ~ (chuong_trinh|first).ten if chuong_trinh|length == 1 else "các Chương trình mục tiêu quốc gia" %}
{%p set cuoc_hop = "buổi làm việc" if "buổi làm việc" in hoi_nghi.ten|lower else "cuộc họp" if "cuộc họp" in hoi_nghi.ten|lower else "hội nghị" %}
{%p set cac_ct = "Chương trình" if chuong_trinh|length == 1 else "các Chương trình" %}
{%p set thieu = ty_le_don_vi_da_bao_cao.do_phu %}
{%p set ca_vung = " của toàn " ~ don_vi.cap if khong_bao_cao else "" %}
{%p set trong_ky = "Ước thực hiện " ~ ky.ten if ky.uoc else "Trong " ~ ky.ten %}
"""

#: What a document is about, set at its beginning: the one programme that is followed, or all of them, and the period.
SUBJECT_OF_PERIOD = "{{ cac_chuong_trinh }}{% if chuong_trinh|length == 1 %} trong{% endif %} {{ ky.ten }}"

#: What is known of the money; of a whole programme, money that nobody has reported is not called undisbursed.
_DISBURSED = (
    "{% if «CT».von_giai_ngan.co and («CT».von_giai_ngan.khac_khong or «CT».von_ke_hoach.khac_khong) %}"
    "Đến ngày {{ «CT».von_giai_ngan.ngay }}, «CHỦ THỂ» {{ «CT».ty_le_giai_ngan.giai_ngan }}"
    "{% if «CT».von_giai_ngan.bang_khong %}; kế hoạch vốn được giao là {{ «CT».von_ke_hoach.day_du }}{% endif %}."
    "{% elif «CT».von_ke_hoach.khac_khong %}"
    "Kế hoạch vốn được giao của «CHỦ THỂ» là {{ «CT».von_ke_hoach.day_du }}; chưa có số liệu giải ngân."
    "{% elif «CT».von_ke_hoach.bang_khong %}"
    "«CHỦ THỂ» chưa được giao vốn trong kỳ."
    "{% else %}"
    "Chưa có số liệu về kế hoạch vốn và giải ngân của «CHỦ THỂ»."
    "{% endif %}"
)

_FUNDS = """
{%p if «CT».co and (von_ke_hoach.co or von_giai_ngan.co) %}
{%p if «CT».von_ngan_sach.khac_khong %}
Nguồn vốn ngân sách nhà nước của Chương trình năm {{ ky.nam }}{% if «CT».von_keo_dai.khac_khong %} (gồm cả vốn kéo dài){% endif %} là {{ «CT».von_ngan_sach.day_du }}. «GIẢI NGÂN»
{%p else %}
«GIẢI NGÂN»
{%p endif %}
{%p endif %}
"""

_WORKS = """
{%p if «CT».so_cong_trinh.khac_khong %}
Chương trình đầu tư {{ «CT».so_cong_trinh.day_du }}{{ «BƯỚC»|noi_sau(', gồm ') }}.{% if «CT».cong_trinh_nuoc_sach.khac_khong or «CT».cong_trinh_khoi_cong_moi.khac_khong %} Trong đó{% if «CT».cong_trinh_nuoc_sach.khac_khong %} có {{ «CT».cong_trinh_nuoc_sach.day_du }} nước sạch{% if «CT».xa_co_cong_trinh_nuoc_sach.khac_khong %} tại {{ «CT».xa_co_cong_trinh_nuoc_sach.cac }}{% endif %}{% if «CT».cong_trinh_khoi_cong_moi.khac_khong %}; {% endif %}{% else %}, {% endif %}{% if «CT».cong_trinh_khoi_cong_moi.khac_khong %}khởi công mới {{ «CT».cong_trinh_khoi_cong_moi.day_du }}{% if «CT».ten_cong_trinh_khoi_cong_moi.it_ten %}: {{ «CT».ten_cong_trinh_khoi_cong_moi }}{% endif %}{% endif %}.{% endif %}
{%p endif %}
"""

_STAGES = (
    ("cong_trinh_hoan_thanh", " đã hoàn thành"),
    ("cong_trinh_dang_thi_cong", " đang thi công"),
    ("cong_trinh_chuan_bi", " đang chuẩn bị đầu tư"),
)

#: How many households there are at the beginning, under which poverty line.
OPENING = """
{%p if ho_ngheo_dau_ky.co and ho_can_ngheo_dau_ky.co %}
{% if chuan_ngheo %}Theo {{ chuan_ngheo }}, {{ ky.dau_ky }}{% else %}{{ ky.dau_ky|hoa_dau }}{% endif %} toàn {{ don_vi.cap }}{{ thieu }} có {{ ho_ngheo_dau_ky.day_du }} nghèo{% if ty_le_ho_ngheo_dau_ky.co %}, chiếm tỷ lệ {{ ty_le_ho_ngheo_dau_ky }}{% endif %}; {{ ho_can_ngheo_dau_ky.day_du }} cận nghèo{% if ty_le_ho_can_ngheo_dau_ky.co %}, chiếm tỷ lệ {{ ty_le_ho_can_ngheo_dau_ky }} trong tổng số {{ ty_le_ho_can_ngheo_dau_ky.mau_so.day_du }} dân cư{% endif %}.
{%p elif ho_ngheo_dau_ky.co %}
{% if chuan_ngheo %}Theo {{ chuan_ngheo }}, {{ ky.dau_ky }}{% else %}{{ ky.dau_ky|hoa_dau }}{% endif %} toàn {{ don_vi.cap }}{{ thieu }} có {{ ho_ngheo_dau_ky.day_du }} nghèo{% if ty_le_ho_ngheo_dau_ky.co %}, chiếm tỷ lệ {{ ty_le_ho_ngheo_dau_ky }}{% endif %}.
{%p elif ho_can_ngheo_dau_ky.co %}
{% if chuan_ngheo %}Theo {{ chuan_ngheo }}, {{ ky.dau_ky }}{% else %}{{ ky.dau_ky|hoa_dau }}{% endif %} toàn {{ don_vi.cap }}{{ thieu }} có {{ ho_can_ngheo_dau_ky.day_du }} cận nghèo{% if ty_le_ho_can_ngheo_dau_ky.co %}, chiếm tỷ lệ {{ ty_le_ho_can_ngheo_dau_ky }}{% endif %}.
{%p else %}
Chưa có số liệu về hộ nghèo, hộ cận nghèo.
{%p endif %}
"""

#: What became of them; each plan stands beside the result that it plans.
_CHANGE = (
    "{{ trong_ky }}, số hộ «LOẠI» {{ «HỘ»_giam|den_muc('hộ «LOẠI»') }}"
    "{{ cap_giao|ke_hoach('ty_le_ke_hoach_«HỘ»', 'hộ', ca_vung)|noi_sau(', ') }}"
    "{% if ty_le_«HỘ»_giam.khac_khong or ty_le_«HỘ»_cuoi_ky.khac_khong %}; tỷ lệ hộ «LOẠI» "
    "{% if ty_le_«HỘ»_giam.co %}{{ ty_le_«HỘ»_giam.bien_dong }}{% else %}là {{ ty_le_«HỘ»_cuoi_ky }}{% endif %}{% endif %}"
    "{{ cap_giao|ke_hoach('ty_le_ke_hoach_«HỘ»', 'điểm %', ca_vung)|noi_sau(', ') }}."
)


def funds(programme: str) -> str:
    """Money given to a programme and disbursed."""
    return _FUNDS.replace("«GIẢI NGÂN»", disbursed(programme)).replace("«CT»", programme)


def disbursed(programme: str, subject: str = "Chương trình") -> str:
    """The one sentence on disbursement, whatever is known of it."""
    return _DISBURSED.replace("«CT»", programme).replace("«CHỦ THỂ»", subject)


def works(programme: str) -> str:
    """Works of a programme by stage; water works and new ones by name."""
    stages = "[" + ", ".join(f"«CT».{name}.day_du ~ '{words}' if «CT».{name}.khac_khong else ''" for name, words in _STAGES) + "]|join(', ')"
    return _WORKS.replace("«BƯỚC»", f"({stages})").replace("«CT»", programme)


def change(households: str, words: str) -> str:
    """The sentence on the change of one kind of household (`ho_ngheo`, nghèo)."""
    return _CHANGE.replace("«HỘ»", households).replace("«LOẠI»", words)


def entries(listing: str) -> str:
    """What the unit wrote itself, one entry a paragraph."""
    return f"{{%p for muc in {listing} %}}\n- {{{{ muc.noi_dung|cau }}}}\n{{%p endfor %}}"

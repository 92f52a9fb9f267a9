"""What the documents say of Giảm nghèo besides the change of the numbers of households: who left the lists, reviews, DTTS, projects. No head."""

from __future__ import annotations

from templates.clauses import any_of, joined, where
from templates.phrases import OPENING, change

_LEFT = (
    "Trong kỳ{% if ky.uoc %} ước{% endif %} "
    "{% if ho_thoat_«HỘ».khac_khong %}có {{ ho_thoat_«HỘ».day_du }} thoát «LOẠI»{{ cap_giao|ke_hoach('ty_le_ke_hoach_thoat_«HỘ»')|noi_sau(', ') }}{% else %}không có hộ thoát «LOẠI»{% endif %}«MỤC»."
)
_ABSOLUTE = (
    "{% if ho_thoat_can_ngheo_tuyet_doi.khac_khong %}; số hộ thoát cận nghèo tuyệt đối (tính bằng {{ cach_tinh_tuyet_doi }}) là {{ ho_thoat_can_ngheo_tuyet_doi.day_du }}"
    "{{ cap_giao|ke_hoach('ty_le_ke_hoach_thoat_can_ngheo_tuyet_doi')|noi_sau(', ') }}{% endif %}"
)


_POOR_MOVES = (
    ("ho_ngheo_khac_giam", "nghèo giảm do nguyên nhân khác"),
    ("ho_tai_ngheo", "tái nghèo"),
    ("ho_can_ngheo_roi_xuong_ngheo", "cận nghèo trở thành hộ nghèo"),
    ("ho_ngheo_phat_sinh", "nghèo phát sinh mới"),
    ("ho_ngheo_khac_tang", "nghèo tăng do nguyên nhân khác"),
)
_NEAR_POOR_MOVES = (
    ("ho_can_ngheo_thanh_ngheo", "cận nghèo trở thành hộ nghèo"),
    ("ho_can_ngheo_khac_giam", "cận nghèo giảm do nguyên nhân khác"),
    ("ho_tai_can_ngheo", "tái cận nghèo"),
    ("ho_ngheo_thanh_can_ngheo", "nghèo trở thành hộ cận nghèo"),
    ("ho_can_ngheo_phat_sinh", "cận nghèo phát sinh mới"),
    ("ho_can_ngheo_khac_tang", "cận nghèo tăng do nguyên nhân khác"),
)


def account(households: str, words: str, others: tuple[tuple[str, str], ...]) -> str:
    """The change of one kind of household, who left the list against the plans, then every other movement (of `others`) that there was."""
    absolute = _ABSOLUTE if households == "can_ngheo" else ""
    moves = "".join(f"{{% if {name}.khac_khong %}}; {{{{ {name}.day_du }}}} {text}{{% endif %}}" for name, text in others)
    names = (f"ho_thoat_{households}", *(name for name, _ in others))
    sentence = _LEFT.replace("«HỘ»", households).replace("«LOẠI»", words).replace("«MỤC»", absolute + moves)
    change_told = change(f"ho_{households}", words)
    left_told = f"{{% if {any_of(*names)} %}} {sentence}{{% endif %}}"
    return "\n".join((where(f"ho_{households}_giam.co", change_told + left_told), where(f"not ho_{households}_giam.co and ({any_of(*names)})", sentence)))


def households(*, moves: bool = True) -> str:
    """The whole account of poor and near-poor households; without `moves` of those who came and went only who left for the better."""
    poor = account("ngheo", "nghèo", _POOR_MOVES if moves else ())
    near_poor = account("can_ngheo", "cận nghèo", _NEAR_POOR_MOVES if moves else ())
    return f"{OPENING}\n{poor}\n{near_poor}"


REVIEW = where(
    "ho_xin_ra_soat.khac_khong",
    "Về rà soát hộ nghèo, hộ cận nghèo: đến ngày {{ ho_xin_ra_soat.ngay }}, {% if ty_le_ho_xin_ra_soat.co %}{{ ty_le_ho_xin_ra_soat.ty_so }} ({{ ty_le_ho_xin_ra_soat }}){% else %}{{ ho_xin_ra_soat.day_du }}{% endif %}"
    " có giấy đề nghị rà soát{% if ho_da_ra_soat.khac_khong %}; đã rà soát xong {{ ho_da_ra_soat.day_du }}{% endif %}.",
)

MINORITY = where(
    "ho_ngheo_dtts_cuoi_ky.co",
    "Trong số hộ nghèo cuối kỳ có {{ ho_ngheo_dtts_cuoi_ky.day_du }} dân tộc thiểu số{% if ty_trong_ho_ngheo_dtts.khac_khong %}, chiếm {{ ty_trong_ho_ngheo_dtts }} số hộ nghèo{% endif %}"
    "{% if ty_le_ho_ngheo_dtts.co %}; tỷ lệ hộ nghèo trong hộ dân tộc thiểu số là {{ ty_le_ho_ngheo_dtts }}{% endif %}"
    "{% if ho_can_ngheo_dtts_cuoi_ky.co %}; số hộ cận nghèo dân tộc thiểu số là {{ ho_can_ngheo_dtts_cuoi_ky.day_du }}{% endif %}.",
)

HOUSES = where(
    "nha_ke_hoach.khac_khong or nha_khoi_cong.khac_khong",
    "Về nhà ở: "
    + joined(
        ", ",
        ("nha_ke_hoach.khac_khong", "kế hoạch hỗ trợ {{ nha_ke_hoach.day_du }}"),
        ("nha_khoi_cong.khac_khong", "đã khởi công {{ nha_khoi_cong.day_du }}"),
        ("nha_hoan_thanh.khac_khong", "hoàn thành {{ nha_hoan_thanh.day_du }}"),
    )
    + ".",
)

RANKING = where(
    "ty_le_ho_ngheo_cao_nhat.khac_khong and xa_ty_le_ho_ngheo_thap_nhat.khac_khong",
    "Tỷ lệ hộ nghèo cuối kỳ cao nhất là {{ xa_ty_le_ho_ngheo_cao_nhat }} ({{ ty_le_ho_ngheo_cao_nhat }}), thấp nhất là {{ xa_ty_le_ho_ngheo_thap_nhat }} ({{ ty_le_ho_ngheo_thap_nhat }}).",
)

#: What the parts of a programme are called, and what stands above those of a dự án that is divided.
_KINDS = {
    "tieu_du_an": "+ Tiểu dự án {{ da.ma }}",
    "du_an": "- Dự án {{ da.ma }}",
    "noi_dung": "- Nội dung thành phần {{ da.ma }}",
    "hop_phan": "- Hợp phần {{ da.ma }}",
}
_DIVIDED = "{%p if da.dau_nhom %}\n- Dự án {{ da.ma_cha }} - {{ da.ten_cha }}:\n{%p endif %}"

#: One project: what it is, how many works and models, its money, then what the unit says of it itself.
PROJECT = (
    "«GẠCH» - {{ da.ten }}: "
    + joined(
        ", ",
        ("da.so_cong_trinh.khac_khong", "thực hiện {{ da.so_cong_trinh.day_du }}"),
        ("da.so_du_an_sinh_ke.khac_khong", "thực hiện {{ da.so_du_an_sinh_ke.day_du }} hỗ trợ sản xuất"),
        ("da.von_ke_hoach.bang_khong", "không được giao vốn trong kỳ"),
        ("da.von_ke_hoach.khac_khong and not da.von_giai_ngan.co", "chưa có số liệu giải ngân"),
        ("da.von_giai_ngan.bang_khong and not da.von_ke_hoach.bang_khong or not da.von_ke_hoach.co and not da.von_giai_ngan.co", "chưa giải ngân"),
        ("da.von_giai_ngan.khac_khong", "{{ da.ty_le_giai_ngan.giai_ngan }}"),
    )
    + ".{% for y in da.thuyet_minh %} {{ y|cau }}{% endfor %}"
)


def projects(programme: str) -> str:
    """All projects of a programme that there is something to say of, one entry each."""
    entries = "\n".join(where(f"da.cap == '{kind}'", PROJECT.replace("«GẠCH»", mark)) for kind, mark in _KINDS.items())
    lead = f"Kết quả theo {{% if ({programme}.du_an|first).cap == 'noi_dung' %}}nội dung thành phần{{% else %}}dự án, tiểu dự án{{% endif %}}:"
    return where(f"{programme}.du_an", f"{lead}\n{{%p for da in {programme}.du_an %}}\n{_DIVIDED}\n{entries}\n{{%p endfor %}}")


def told_of(programme: str) -> str:
    """Where the annex has the money of all projects: only those that the unit says something of."""
    known = {**_KINDS, "tieu_du_an": "- Tiểu dự án {{ da.ma }}"}
    entries = "\n".join(where(f"da.cap == '{kind}'", PROJECT.replace("«GẠCH»", mark)) for kind, mark in known.items())
    return f"{{%p for da in {programme}.du_an if da.thuyet_minh %}}\n{where('loop.first', 'Tình hình thực hiện một số dự án, nội dung:')}\n{entries}\n{{%p endfor %}}"


LIVELIHOODS = where(
    "so_du_an_sinh_ke.khac_khong",
    "Toàn {{ don_vi.cap }} triển khai {{ so_du_an_sinh_ke.day_du }} hỗ trợ phát triển sản xuất, đa dạng hóa sinh kế{% if ho_tham_gia_sinh_ke.khac_khong %} với {{ ho_tham_gia_sinh_ke.day_du }} tham gia{% endif %}.",
)

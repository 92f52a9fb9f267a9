"""What the documents say of Nông thôn mới: recognition, criteria, what is under way, models, OCOP, mobilised money. No head, no order."""

from __future__ import annotations

from templates.clauses import any_of, joined, where

#: Level of recognition → what follows "nông thôn mới".
LEVELS = (("dat_chuan", ""), ("nang_cao", " nâng cao"), ("kieu_mau", " kiểu mẫu"))

DISTRICT = where(
    "tieu_chi_huyen_dat.co",
    "{% if tieu_chi_huyen_dat.khac_khong %}{{ don_vi.cap|hoa_dau }} đạt và duy trì {% if tieu_chi_huyen_dat.day_du == so_tieu_chi_huyen.day_du %}đủ {% endif %}{{ tieu_chi_huyen_dat.day_du }} huyện nông thôn mới"
    "{% if tieu_chi_huyen_dat.day_du != so_tieu_chi_huyen.day_du %} (trong tổng số {{ so_tieu_chi_huyen.day_du }}){% endif %}{% else %}{{ don_vi.cap|hoa_dau }} chưa đạt tiêu chí nào của bộ tiêu chí huyện nông thôn mới{% endif %}.",
)

#: Recognised by decision, told with the day where it is another than the document's, and with what has changed since the year before.
_RECOGNISED = (
    "{% if xa_dat_chuan.ky != ky.ten %}Đến ngày {{ xa_dat_chuan.ngay }}, toàn{% else %}Toàn{% endif %} {{ don_vi.cap }} "
    "{% if xa_dat_chuan.khac_khong %}có {% if ty_le_xa_dat_chuan.co %}{{ ty_le_xa_dat_chuan.ty_so }} ({{ ty_le_xa_dat_chuan }}){% else %}{{ xa_dat_chuan.day_du }}{% endif %}"
    " được công nhận đạt chuẩn nông thôn mới{% if xa_dat_chuan_tang.co %}, {{ xa_dat_chuan_tang.so_sanh }}{% endif %}"
    "{% else %}chưa có xã được công nhận đạt chuẩn nông thôn mới{% endif %}."
)
RECOGNISED = where("xa_dat_chuan.co", _RECOGNISED)


def _recognised_above(level: str, words: str, below: str) -> str:
    base = {"nang_cao": "ty_le_xa_nang_cao_trong_dat_chuan", "kieu_mau": "ty_le_xa_kieu_mau_trong_nang_cao"}[level]
    return (
        f"{{{{ xa_{level}.day_du }}}}{{% if ten_xa_{level}.khac_khong %}} ({{{{ ten_xa_{level} }}}}){{% endif %}} được công nhận đạt chuẩn nông thôn mới{words}"
        f"{{% if {base}.co %}}, bằng {{{{ {base} }}}} số xã {below}{{% endif %}}"
        f"{{% if xa_{level}_tang.khac_khong %}}, {{{{ xa_{level}_tang.so_sanh }}}}{{% endif %}}"
    )


#: The same with the higher levels.
_ADVANCED = (
    f"Trong đó, {{% if xa_nang_cao.khac_khong %}}{_recognised_above('nang_cao', ' nâng cao', 'đạt chuẩn')}{{% endif %}}"
    "{% if xa_nang_cao.khac_khong and xa_kieu_mau.khac_khong %}; {% endif %}"
    f"{{% if xa_kieu_mau.khac_khong %}}{_recognised_above('kieu_mau', ' kiểu mẫu', 'nâng cao')}{{% endif %}}."
)
RECOGNISED_LEVELS = where("xa_dat_chuan.co", f"{_RECOGNISED}{{% if xa_nang_cao.khac_khong or xa_kieu_mau.khac_khong %}} {_ADVANCED}{{% endif %}}")

#: Keeping up what was reached, in one sentence for an article.
KEPT = where(
    "xa_nang_cao.khac_khong or xa_kieu_mau.khac_khong",
    "{{ don_vi.cap|hoa_dau }} tiếp tục giữ vững, nâng cao chất lượng các tiêu chí tại "
    + joined(
        ", ",
        ("xa_dat_chuan.khac_khong", "{{ xa_dat_chuan.day_du }} nông thôn mới"),
        ("xa_nang_cao.khac_khong", "{{ xa_nang_cao.day_du }} nông thôn mới nâng cao"),
        ("xa_kieu_mau.khac_khong", "{{ xa_kieu_mau.day_du }} nông thôn mới kiểu mẫu"),
    )
    + ".",
)


def under_way(status: str, lead: str, place: str) -> str:
    """Communes on their way to a level: `trinh` (dossiers pending) or `xay_dung` (building), with their names, all levels in one sentence."""
    clauses = [
        (
            f"xa_{status}_{level}.khac_khong",
            f"nông thôn mới{words} {place} {{{{ xa_{status}_{level}.day_du }}}} ({{{{ ten_xa_{status}_{level} }}}})",
        )
        for level, words in reversed(LEVELS)
    ]
    return where(any_of(*(f"xa_{status}_{level}" for level, _ in LEVELS)), f"{lead} {joined('; ', *clauses)}.")


PENDING = under_way("trinh", "{{ don_vi.cap|hoa_dau }} đang hoàn thiện, trình hồ sơ đề nghị công nhận xã đạt chuẩn", "đối với")
BUILDING = under_way("xay_dung", "{{ don_vi.cap|hoa_dau }} đang chỉ đạo, hướng dẫn xây dựng", "tại")

_AVERAGE = "{{ «BQ» }} «ĐV»/xã«TỔNG»{% if «BQ»_tang.co %}, {{ «BQ»_tang.so_sanh }}{% endif %}"


def _average(name: str, unit: str, *, totals: bool) -> str:
    total = f" (tổng số {{{{ bo.{name}_dat.day_du }}}})" if totals else ""
    return _AVERAGE.replace("«BQ»", f"bo.binh_quan_{name}").replace("«ĐV»", unit).replace("«TỔNG»", total)


#: One commune judged by a set of its own is told by name, several by their sum and average.
_SINGLE = (
    "{% for xa in bo.cac_xa %}Theo {{ bo.ten }} (gồm {{ bo.so_tieu_chi }} tiêu chí), {{ xa.ten }} đạt {{ xa.tieu_chi_dat.day_du }}"
    "{% if xa.chi_tieu_dat.co %}, {{ xa.chi_tieu_dat.day_du }}{% endif %}.{% endfor %}"
)
_BANDS = "{%p for nhom in bo.nhom if nhom.so_xa_theo_nhom.co and nhom.con_xa %}"
_BANDS_INLINE = (
    "{% for nhom in bo.nhom if nhom.so_xa_theo_nhom.co and nhom.con_xa %}{% if nhom.so_xa_theo_nhom.khac_khong %}{{ nhom.so_xa_theo_nhom.day_du }}"
    "{% if nhom.ten_xa_theo_nhom.it_ten %} ({{ nhom.ten_xa_theo_nhom }}){% endif %} đạt {{ nhom.ten }}{% else %}không có xã đạt {{ nhom.ten }}{% endif %}"
    "{% if not loop.last %}; {% endif %}{% endfor %}"
)


def _several(*, totals: bool) -> str:
    """The averages, which say most, first."""
    return (
        "Theo {{ bo.ten }} (gồm {{ bo.so_tieu_chi }} tiêu chí, {{ bo.so_chi_tieu }} chỉ tiêu), {% if bo.tieu_chi_dat.ky != ky.ten %}đến ngày {{ bo.tieu_chi_dat.ngay }} {% endif %}{% if bo.so_xa_danh_gia.co %}{{ bo.so_xa_danh_gia.day_du }}{% else %}các xã{% endif %} đạt bình quân "
        + _average("tieu_chi", "tiêu chí", totals=totals)
        + "{% if bo.chi_tieu_dat.co %}; "
        + _average("chi_tieu", "chỉ tiêu", totals=totals)
        + "{% endif %}."
    )


def criteria(*, inline: bool) -> str:
    """Each set: the averages with their change, then the bands down to the lowest that has communes: in one paragraph or as a list."""
    averages = _several(totals=not inline)
    bands = (
        f"{averages} Cụ thể, {_BANDS_INLINE}."
        if inline
        else f"{averages}\nPhân nhóm theo số tiêu chí đạt:\n{_BANDS}\n"
        "- {{ nhom.ten|hoa_dau }}: {% if nhom.so_xa_theo_nhom.khac_khong %}{{ nhom.so_xa_theo_nhom.day_du }} ({{ nhom.ten_xa_theo_nhom }}){% else %}không có xã{% endif %}"
        "{% if loop.last and (bo.nhom|last).con_xa %}.{% else %};{% endif %}\n{%p endfor %}\n"
        "{%p if not (bo.nhom|last).con_xa %}\n- Các nhóm còn lại: không có xã.\n{%p endif %}"
    )
    unknown = "" if inline else "{%p else %}\nChưa có số liệu thực hiện {{ bo.ten }}.\n"
    return (
        "{%p for bo in bo_tieu_chi %}\n{%p if bo.tieu_chi_dat.co and bo.cac_xa|length == 1 %}\n"
        f"{_SINGLE}\n{{%p elif bo.tieu_chi_dat.co %}}\n{bands}\n{unknown}{{%p endif %}}\n{{%p endfor %}}"
    )


_MODELS = joined(
    ", ",
    ("tuyen_duong_mau_dang_ky.khac_khong", "{{ tuyen_duong_mau_dang_ky.day_du }} mẫu"),
    ("vuon_mau_dang_ky.khac_khong", "{{ vuon_mau_dang_ky.day_du }} mẫu"),
    ("ho_mau_dang_ky.khac_khong", "{{ ho_mau_dang_ky.day_du }} nông thôn mới mẫu"),
)
_REACHED = joined(
    ", ",
    ("thon_kieu_mau_dat.khac_khong", "{{ thon_kieu_mau_dat.day_du }} nông thôn mới kiểu mẫu"),
    ("tuyen_duong_mau_dat.khac_khong", "{{ tuyen_duong_mau_dat.day_du }} mẫu"),
    ("vuon_mau_dat.khac_khong", "{{ vuon_mau_dat.day_du }} mẫu"),
    ("ho_mau_dat.khac_khong", "{{ ho_mau_dat.day_du }} nông thôn mới mẫu"),
)
_OTHER_MODEL = any_of("tuyen_duong_mau_dang_ky", "vuon_mau_dang_ky", "ho_mau_dang_ky")
_VILLAGES = "{{ xa_dang_ky_thon_kieu_mau.day_du }} đăng ký xây dựng {{ thon_kieu_mau_dang_ky.day_du }} nông thôn mới kiểu mẫu"
_ANY_REACHED = any_of("thon_kieu_mau_dat", "tuyen_duong_mau_dat", "vuon_mau_dat", "ho_mau_dat")
MODELS = where(
    f"thon_kieu_mau_dang_ky.khac_khong or {_OTHER_MODEL}",
    f"{{% if thon_kieu_mau_dang_ky.khac_khong %}}Toàn {{{{ don_vi.cap }}}} có {_VILLAGES}{{% if {_OTHER_MODEL} %}}; số mô hình khác được đăng ký gồm {_MODELS}{{% endif %}}"
    f"{{% else %}}Toàn {{{{ don_vi.cap }}}} đăng ký xây dựng {_MODELS}{{% endif %}}."
    f"{{% if {_ANY_REACHED} %}} Đến ngày {{{{ thon_kieu_mau_dat.ngay }}}}, đã có {_REACHED} đạt yêu cầu.{{% endif %}}",
)

_STARS = joined(
    ", ",
    ("ocop_5_sao.khac_khong", "{{ ocop_5_sao.day_du }} 5 sao"),
    ("ocop_4_sao.khac_khong", "{{ ocop_4_sao.day_du }} 4 sao"),
    ("ocop_3_sao.khac_khong", "{{ ocop_3_sao.day_du }} 3 sao"),
)
_PREPARED = where(
    "ocop_ho_so.khac_khong or ocop_lam_lai.khac_khong",
    "{{ don_vi.cap|hoa_dau }} đang hướng dẫn "
    + joined(
        "; ",
        ("ocop_ho_so.khac_khong", "hoàn thiện hồ sơ đánh giá, phân hạng cho {{ ocop_ho_so.day_du }}"),
        ("ocop_lam_lai.khac_khong", "làm hồ sơ công nhận lại cho {{ ocop_lam_lai.day_du }} đã hết thời hạn công nhận"),
    )
    + ".",
)
_IDEAS = where(
    "ocop_y_tuong.khac_khong",
    "Trong {{ ky.ten }}, {{ don_vi.cap }} đã tiếp nhận {{ ocop_y_tuong.day_du }} ý tưởng sản phẩm OCOP mới, gồm: "
    "{% for y in y_tuong_ocop %}“{{ y.san_pham }}” ({{ y.chu_the }}){% if not loop.last %}; {% endif %}{% endfor %}.",
)
OCOP = "\n".join(
    (
        where(
            "san_pham_ocop.khac_khong",
            "Về Chương trình mỗi xã một sản phẩm, toàn {{ don_vi.cap }} có {{ san_pham_ocop.day_du }} OCOP{% if chu_the_ocop.khac_khong %} của {{ chu_the_ocop.day_du }}{% endif %} được công nhận"
            f"{{% if {any_of('ocop_5_sao', 'ocop_4_sao', 'ocop_3_sao')} %}}, gồm {_STARS}{{% endif %}}{{% if ocop_het_han.khac_khong %}}; trong số đó có {{{{ ocop_het_han.day_du }}}} đã hết thời hạn công nhận{{% endif %}}.",
        ),
        _PREPARED,
        _IDEAS,
    )
)

_SOURCES = (
    ("trung_uong", "ngân sách Trung ương"),
    ("tinh", "ngân sách tỉnh"),
    ("huyen_xa", "ngân sách huyện, xã"),
    ("long_ghep", "vốn lồng ghép"),
    ("tin_dung", "vốn tín dụng"),
    ("doanh_nghiep", "vốn doanh nghiệp, hợp tác xã"),
    ("nhan_dan", "Nhân dân đóng góp"),
    ("khac", "nguồn khác"),
)
_ROUNDED = " or ".join(f"co_cau_huy_dong_{name}.lech_lam_tron" for name, _ in _SOURCES)


def _source(name: str, words: str, *, shares: bool) -> tuple[str, str]:
    share = f" ({{{{ co_cau_huy_dong_{name} }}}})" if shares else ""
    return f"huy_dong_{name}.khac_khong", f"{words} {{{{ huy_dong_{name}.day_du }}}}{share}"


def mobilised(*, shares: bool) -> str:
    """Money mobilised for NTM by source, with or without shares; what was given in kind."""
    sources = joined("; ", *(_source(name, words, shares=shares) for name, words in _SOURCES))
    note = f"{{% if {_ROUNDED} %}} Tỷ trọng được làm tròn để cộng đủ 100%.{{% endif %}}" if shares else ""
    kind = joined(" và ", ("ngay_cong.khac_khong", "{{ ngay_cong.day_du }}"), ("hien_dat.khac_khong", "hiến {{ hien_dat.day_du }} đất"))
    return "\n".join(
        (
            where(
                "huy_dong.khac_khong",
                "Tính đến ngày {{ huy_dong.ngay }}, tổng nguồn lực huy động xây dựng nông thôn mới trên địa bàn {{ don_vi.cap }}{{ thieu }}{% if ky.uoc %} ước{% endif %} đạt {{ huy_dong.day_du }}, "
                f"gồm: {sources}.{note}",
            ),
            where("ngay_cong.khac_khong or hien_dat.khac_khong", f"Nhân dân đã đóng góp {kind}; giá trị quy đổi đã tính trong tổng nguồn lực trên."),
        )
    )


INCOME = where("thu_nhap_binh_quan.co", "Thu nhập bình quân đầu người khu vực nông thôn {{ thu_nhap_binh_quan.ky }} đạt {{ thu_nhap_binh_quan.day_du }}.")

#: Whether there is anything at all to say.
ANYTHING = "ntm.co or bo_tieu_chi or ket_qua_ntm or tieu_chi_huyen_dat.co or thu_nhap_binh_quan.co or xa_dat_chuan.co or " + any_of(
    "huy_dong",
    "san_pham_ocop",
    "ocop_ho_so",
    "ocop_y_tuong",
    "thon_kieu_mau_dang_ky",
    "xa_nang_cao",
    "xa_trinh_dat_chuan",
    "xa_trinh_nang_cao",
    "xa_trinh_kieu_mau",
)

"""The annexes of the interim report: ruled tables on landscape pages with headings that repeat. The figures are the report's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from templates.page import LANDSCAPE_WIDTH, Column, Row, control

if TYPE_CHECKING:
    from templates.page import Page

_LINE = 45
_NOTE = "Ghi chú: «CHUẨN»số liệu tính đến ngày {{ ky.ngay_chot }}«ƯỚC»{% if khong_bao_cao %}; chưa bao gồm số liệu của {{ khong_bao_cao|liet_ke }}{% endif %}; dấu “…” là chưa có số liệu."

#: Only movements of households are estimated to the end of the period; money and criteria are those of the day.
_PROVISIONAL = "{% if ky.uoc %}, kết quả cả kỳ là số ước thực hiện{% endif %}"
_POVERTY_LINE = "{% if chuan_ngheo %}theo {{ chuan_ngheo }}; {% endif %}"

_MONEY = ("von_keo_dai", "von_giao_trong_nam", "von_ke_hoach", "von_phan_bo", "giai_ngan_keo_dai", "giai_ngan_trong_nam", "von_giai_ngan", "ty_le_giai_ngan")
_POOR = (
    "tong_so_ho_dau_ky",
    "ho_ngheo_dau_ky",
    "ty_le_ho_ngheo_dau_ky",
    "ho_thoat_ngheo",
    "ho_ngheo_khac_giam",
    "ho_tai_ngheo",
    "ho_can_ngheo_roi_xuong_ngheo",
    "ho_ngheo_phat_sinh",
    "ho_ngheo_khac_tang",
    "tong_so_ho_cuoi_ky",
    "ho_ngheo_cuoi_ky",
    "ty_le_ho_ngheo_cuoi_ky",
    "ho_ngheo_giam",
    "ty_le_ho_ngheo_giam",
)
_NEAR_POOR = (
    "tong_so_ho_dau_ky",
    "ho_can_ngheo_dau_ky",
    "ty_le_ho_can_ngheo_dau_ky",
    "ho_thoat_can_ngheo",
    "ho_can_ngheo_thanh_ngheo",
    "ho_can_ngheo_khac_giam",
    "ho_tai_can_ngheo",
    "ho_ngheo_thanh_can_ngheo",
    "ho_can_ngheo_phat_sinh",
    "ho_can_ngheo_khac_tang",
    "tong_so_ho_cuoi_ky",
    "ho_can_ngheo_cuoi_ky",
    "ty_le_ho_can_ngheo_cuoi_ky",
    "ho_can_ngheo_giam",
    "ty_le_ho_can_ngheo_giam",
)


def add(page: Page) -> None:
    """All annexes; the first always, the others where there is data."""
    _funds(page)
    _households(page, "HỘ NGHÈO", "ho_ngheo", ("Thoát nghèo", "Khác"), ("Tái nghèo", "Từ hộ cận nghèo", "Phát sinh mới", "Khác"), _POOR)
    _households(
        page,
        "HỘ CẬN NGHÈO",
        "ho_can_ngheo",
        ("Thoát cận nghèo", "Thành hộ nghèo", "Khác"),
        ("Tái cận nghèo", "Từ hộ nghèo", "Phát sinh mới", "Khác"),
        _NEAR_POOR,
    )
    _criteria(page)
    _works(page)
    _decisions(page)
    page.write("{%p if luu_y %}")
    page.line("Lưu ý về số liệu", "GhiChuTieuDe")
    page.write("{%p for y in luu_y %}")
    page.line("- {{ y|cau }}", "GhiChu")
    page.write("{%p endfor %}\n{%p endif %}")


def _decisions(page: Page) -> None:
    """What was decided by hand, so that whoever recomputes the figures from the workbooks finds every difference."""
    page.write("{%p if quyet_dinh %}")
    _heading(page, "CÁC NỘI DUNG ĐÃ XÁC NHẬN KHI TỔNG HỢP SỐ LIỆU {{ ky.ten|upper }}", "")
    columns = (
        Column(("TT",), 10, "BangGiua"),
        Column(("Đơn vị",), 34, "BangChu"),
        Column(("Loại",), 28, "BangChu"),
        Column(("Nội dung",), 92, "BangChu"),
        Column(("Lý do",), 48, "BangChu"),
        Column(("Người xác nhận, ngày",), 40, "BangChu"),
    )
    page.table(
        columns,
        (
            control("{%tr for muc in quyet_dinh %}"),
            Row(
                (
                    "{{ loop.index }}",
                    "{{ muc.don_vi }}",
                    "{{ muc.loai }}",
                    "{{ muc.noi_dung }}",
                    "{{ muc.ly_do }}",
                    "{{ muc.nguoi }}{% if muc.co_ngay %}{% if muc.nguoi %}, {% endif %}{{ muc.ngay }}{% endif %}",
                )
            ),
            control("{%tr endfor %}"),
        ),
    )
    page.write("{%p endif %}")


def _cells(names: tuple[str, ...], owner: str = "") -> tuple[str, ...]:
    return tuple(f"{{{{ {owner}{name}|trong_bang }}}}" for name in names)


def _heading(page: Page, title: str, unit: str) -> None:
    page.line("", "PhuLuc")
    page.line(title, "TenPhuLuc")
    page.line("(Kèm theo Báo cáo số {{ van_ban.so }} {{ van_ban.ngay.dai }} của {{ chu_the }})", "KemTheo")
    page.rule(_LINE, LANDSCAPE_WIDTH)
    if unit:
        page.line(f"Đơn vị tính: {unit}", "DonViTinh")


def _note(page: Page, lead: str = "") -> None:
    provisional = _PROVISIONAL if lead else ""
    page.line(_NOTE.replace("«CHUẨN»", lead).replace("«ƯỚC»", provisional), "GhiChuBang")


def _funds(page: Page) -> None:
    _heading(page, "KẾ HOẠCH VỐN VÀ KẾT QUẢ GIẢI NGÂN CÁC CHƯƠNG TRÌNH MỤC TIÊU QUỐC GIA {{ ky.ten|upper }}", "triệu đồng")
    columns = (
        Column(("Mã",), 12, "BangGiua"),
        Column(("Chương trình, dự án, tiểu dự án",), 64.5, "BangChu"),
        Column(("Kế hoạch vốn", "Kéo dài"), 22.5),
        Column(("Kế hoạch vốn", "Giao trong năm"), 22.5),
        Column(("Kế hoạch vốn", "Tổng số"), 22.5),
        Column(("Đã phân bổ chi tiết",), 22.5),
        Column(("Giải ngân lũy kế", "Vốn kéo dài"), 22.5),
        Column(("Giải ngân lũy kế", "Vốn giao trong năm"), 22.5),
        Column(("Giải ngân lũy kế", "Tổng số"), 22.5),
        Column(("Tỷ lệ giải ngân (%)",), 18),
    )
    page.table(
        columns,
        (
            Row(("", "Tổng số", *_cells(_MONEY)), bold=True),
            control("{%tr for ct in chuong_trinh %}"),
            Row(("{{ loop.index|la_ma }}", "Chương trình {{ ct.ten }}", *_cells(_MONEY, "ct.")), bold=True),
            control("{%tr for da in ct.du_an if da.von_ke_hoach.co or da.von_giai_ngan.co %}"),
            Row(("{{ da.ma }}", "{{ da.ten }}", *_cells(_MONEY, "da."))),
            control("{%tr endfor %}"),
            control("{%tr endfor %}"),
        ),
    )
    _note(page)


def _households(page: Page, title: str, households: str, falls: tuple[str, ...], rises: tuple[str, ...], names: tuple[str, ...]) -> None:
    page.write(f"{{%p if {households}_dau_ky.co or {households}_cuoi_ky.co %}}")
    _heading(page, f"DIỄN BIẾN {title} {{{{ ky.ten|upper }}}}", "hộ")
    figures = (
        Column(("Tổng số hộ đầu kỳ",), 17),
        Column(("Đầu kỳ", "Số hộ"), 14),
        Column(("Đầu kỳ", "Tỷ lệ (%)"), 14),
        *(Column(("Giảm trong kỳ", each), 13.2) for each in falls),
        *(Column(("Tăng trong kỳ", each), 13.2) for each in rises),
        Column(("Tổng số hộ cuối kỳ",), 17),
        Column(("Cuối kỳ", "Số hộ"), 14),
        Column(("Cuối kỳ", "Tỷ lệ (%)"), 14),
        Column(("Giảm thuần (tăng ghi dấu -)", "Số hộ"), 14),
        Column(("Giảm thuần (tăng ghi dấu -)", "Điểm %"), 14),
    )
    rest = LANDSCAPE_WIDTH - 10 - sum(column.width for column in figures)
    columns = (Column(("TT",), 10, "BangGiua"), Column(("{{ don_vi.cap_duoi|hoa_dau }}",), rest, "BangChu"), *figures)
    page.table(
        columns,
        (
            Row(("", "Tổng số", *_cells(names)), bold=True),
            control("{%tr for xa in cac_xa %}"),
            Row(("{{ loop.index }}", "{{ xa.ten|hoa_dau }}", *_cells(names, "xa."))),
            control("{%tr endfor %}"),
        ),
    )
    _note(page, _POVERTY_LINE)
    page.write("{%p endif %}")


def _criteria(page: Page) -> None:
    page.write("{%p for bo in bo_tieu_chi if bo.tieu_chi_dat.co %}")
    _heading(page, "KẾT QUẢ THỰC HIỆN {{ bo.ten|upper }}", "tiêu chí, chỉ tiêu")
    columns = (
        Column(("TT",), 15, "BangGiua"),
        Column(("Xã",), 97, "BangChu"),
        Column(("Số tiêu chí đạt (trên {{ bo.so_tieu_chi }} tiêu chí)",), 70, "BangGiua"),
        Column(("Số chỉ tiêu đạt (trên {{ bo.so_chi_tieu }} chỉ tiêu)",), 70, "BangGiua"),
    )
    page.table(
        columns,
        (
            Row(("", "Tổng số", "{{ bo.tieu_chi_dat|trong_bang }}", "{{ bo.chi_tieu_dat|trong_bang }}"), bold=True),
            Row(("", "Bình quân mỗi xã", "{{ bo.binh_quan_tieu_chi|trong_bang }}", "{{ bo.binh_quan_chi_tieu|trong_bang }}"), bold=True),
            control("{%tr for xa in bo.cac_xa %}"),
            Row(("{{ loop.index }}", "{{ xa.ten|hoa_dau }}", "{{ xa.tieu_chi_dat|trong_bang }}", "{{ xa.chi_tieu_dat|trong_bang }}")),
            control("{%tr endfor %}"),
        ),
    )
    _note(page)
    page.write("{%p endfor %}")


def _works(page: Page) -> None:
    page.write("{%p if cac_cong_trinh %}")
    _heading(page, "DANH MỤC CÔNG TRÌNH THUỘC CÁC CHƯƠNG TRÌNH MỤC TIÊU QUỐC GIA {{ ky.ten|upper }}", "triệu đồng")
    columns = (
        Column(("TT",), 10, "BangGiua"),
        Column(("Tên công trình",), 49, "BangChu"),
        Column(("Địa bàn",), 24, "BangChu"),
        Column(("Chương trình",), 24, "BangChu"),
        Column(("Loại",), 18, "BangChu"),
        Column(("Mới, chuyển tiếp",), 20, "BangChu"),
        Column(("Giai đoạn",), 20, "BangChu"),
        Column(("Chủ đầu tư",), 18, "BangChu"),
        Column(("Tổng mức đầu tư",), 23),
        Column(("Kế hoạch vốn năm",), 23),
        Column(("Giải ngân",), 23),
    )
    page.table(
        columns,
        (
            control("{%tr for cong_trinh in cac_cong_trinh %}"),
            Row(
                (
                    "{{ loop.index }}",
                    "{{ cong_trinh.ten }}",
                    "{{ cong_trinh.xa|hoa_dau }}",
                    "{{ cong_trinh.chuong_trinh }}",
                    "{{ cong_trinh.loai }}",
                    "{{ cong_trinh.khoi_cong }}",
                    "{{ cong_trinh.giai_doan }}",
                    "{{ cong_trinh.chu_dau_tu }}",
                    *_cells(("tong_muc_dau_tu", "ke_hoach", "giai_ngan"), "cong_trinh."),
                )
            ),
            control("{%tr endfor %}"),
        ),
    )
    _note(page)
    page.write("{%p endif %}")

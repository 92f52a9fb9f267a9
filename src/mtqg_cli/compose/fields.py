"""The names that templates may use, with what each is: known before any data is read. Their values are `compose.values`' work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.compose.index import figure_fields
from mtqg_cli.compose.programmes import FAMILIES, choice_fields, programme_fields
from mtqg_cli.compose.rankings import ranking_fields
from mtqg_cli.core.report import Field

if TYPE_CHECKING:
    from mtqg_cli.reference.book import Book


def fields(book: Book) -> dict[str, Field]:
    """Every name that a report of this book has, with what it is; `compose` gives each its value."""
    programme = programme_fields(book)
    in_use = {"co": Field("Có thực hiện chương trình này", "flag")}
    return {
        **figure_fields(book, ()),
        **{listing.id: _listing_field(book, listing.id) for listing in book.listings.values()},
        **_about(),
        "chuong_trinh": Field("Các chương trình đang thực hiện", "list", programme),
        **{family: Field(label, "record", {**programme, **in_use}) for family, label in FAMILIES.items()},
        **choice_fields(book),
        "bo_tieu_chi": Field("Các bộ tiêu chí đang áp dụng", "list", _criteria_fields(book)),
        "cac_xa": Field("Các xã, phường, thị trấn", "list", {"ten": _text("Tên"), "loai": _text("Loại đơn vị"), **figure_fields(book, (), for_communes=True)}),
        **ranking_fields(book),
        "cap_giao": Field("Các cấp giao kế hoạch", "list", {"ma": _text("Mã cấp"), "ten": _text("Tên cấp giao"), **figure_fields(book, ("assigned_by",))}),
        "bieu_do": Field("Biểu đồ", "record", _charts()),
        "chuan_ngheo": _text("Chuẩn nghèo áp dụng"),
        "cach_tinh_tuyet_doi": _text("Cách tính số hộ thoát cận nghèo tuyệt đối (trống nếu mtqg.toml chưa khai)"),
        "luu_y": _texts("Những điều cần lưu ý về số liệu"),
        "quyet_dinh": Field("Các nội dung đã xác nhận khi tổng hợp: không báo cáo, sửa số liệu, chấp nhận cảnh báo", "list", _decision()),
        "khong_bao_cao": _texts("Đơn vị được phép không báo cáo"),
        "du_thao": Field("Là dự thảo", "flag"),
    }


def _about() -> dict[str, Field]:
    """The records beside the figures: whose report, of when, how it is signed, the meeting."""
    return {
        "don_vi": Field("Đơn vị báo cáo", "record", unit_fields()),
        "ky": Field("Kỳ báo cáo", "record", period_fields()),
        "van_ban": Field("Thể thức văn bản", "record", issue_fields()),
        "hoi_nghi": Field("Hội nghị", "record", _event()),
    }


def _charts() -> dict[str, Field]:
    return {
        "giai_ngan": Field("Kế hoạch vốn và giải ngân theo chương trình; theo dự án nếu chỉ một chương trình có số liệu", "chart"),
        "theo_chuong_trinh": Field("Biểu đồ giải ngân chung chia theo chương trình, không theo dự án", "flag"),
        "nhom_xa": Field("Số xã theo nhóm tiêu chí đạt, mọi bộ tiêu chí", "chart"),
        "ho_ngheo": Field("Số hộ nghèo, hộ cận nghèo đầu kỳ và cuối kỳ", "chart"),
    }


def _decision() -> dict[str, Field]:
    return {
        "loai": _text("Loại: không báo cáo, sửa số liệu, chấp nhận cảnh báo"),
        "don_vi": _text("Đơn vị"),
        "noi_dung": _text("Nội dung"),
        "ly_do": _text("Lý do"),
        "nguoi": _text("Người xác nhận (chức danh)"),
        "ngay": Field("Ngày xác nhận", "date"),
        "co_ngay": Field("Có ghi ngày xác nhận", "flag"),
    }


def unit_fields() -> dict[str, Field]:
    """The unit that issues a document."""
    return {
        "ten": _text("Tên đơn vị trong câu"),
        "ten_rieng": _text("Tên riêng của đơn vị"),
        "ten_hoa": _text("Tên đơn vị viết hoa"),
        "cap": _text("Cấp: huyện, tỉnh, xã …"),
        "cap_duoi": _text("Các loại đơn vị trực thuộc"),
        "tren": _text("Đơn vị cấp trên"),
    }


def period_fields() -> dict[str, Field]:
    """The period that a document is about."""
    return {
        "ten": _text("Tên kỳ"),
        "sau": _text("Kỳ tiếp theo, cho phần nhiệm vụ"),
        "dau_ky": _text("Thời điểm so sánh đầu kỳ"),
        "nam": Field("Năm", "number"),
        "ngay_chot": Field("Ngày chốt số liệu", "date"),
        "uoc": Field("Số liệu là ước thực hiện", "flag"),
    }


def issue_fields() -> dict[str, Field]:
    """How a document is issued (Decree 30/2020/NĐ-CP)."""
    return {
        "co_quan_chu_quan": _text("Cơ quan chủ quản"),
        "co_quan": _text("Cơ quan ban hành"),
        "so": _text("Số, ký hiệu"),
        "dia_danh": _text("Địa danh"),
        "ngay": Field("Ngày ký", "date"),
        "can_cu": _text("Văn bản yêu cầu báo cáo"),
        "quyen_han": _texts("Quyền hạn, chức vụ của người ký, từng dòng"),
        "nguoi_ky": _text("Họ và tên người ký"),
        "noi_nhan": _texts("Nơi nhận"),
    }


def _event() -> dict[str, Field]:
    return {
        "co": Field("Có khai báo hội nghị", "flag"),
        "ten": _text("Tên hội nghị"),
        "ngay": Field("Ngày họp", "date"),
        "dia_diem": _text("Địa điểm"),
        "chu_tri": _text("Người chủ trì (chức danh)"),
        "thanh_phan": _text("Thành phần dự"),
        "ket_luan": _texts("Các ý kết luận"),
    }


def _criteria_fields(book: Book) -> dict[str, Field]:
    return {
        "ma": _text("Mã bộ tiêu chí"),
        "ten": _text("Tên bộ tiêu chí"),
        "ten_ngan": _text("Tên ngắn"),
        "so_tieu_chi": Field("Số tiêu chí của bộ", "number"),
        "so_chi_tieu": Field("Số chỉ tiêu của bộ", "number"),
        **figure_fields(book, ("criteria_set",)),
        "nhom": Field("Các nhóm theo số tiêu chí đạt", "list", _band_fields(book)),
        "bieu_do_nhom": Field("Số xã theo nhóm tiêu chí đạt của bộ tiêu chí", "chart"),
        "cac_xa": Field("Các xã áp dụng bộ tiêu chí", "list", {"ten": _text("Tên xã"), **figure_fields(book, ("criteria_set",), for_communes=True)}),
    }


def _band_fields(book: Book) -> dict[str, Field]:
    more = Field("Nhóm này hoặc một nhóm thấp hơn có xã", "flag")
    return {"ten": _text("Tên nhóm"), "con_xa": more, **figure_fields(book, ("criteria_set", "band"))}


def _listing_field(book: Book, name: str) -> Field:
    listing = book.listings[name]
    form = next((form for form in book.forms.values() if form.data == listing.dataset), None)
    inner: dict[str, Field] = {}
    for key, field_name in listing.fields.items():
        quantity = form.quantity(field_name) if form is not None else None
        kind = "figure" if quantity is not None and quantity.type in {"count", "money", "decimal", "percent"} else "text"
        inner[key] = Field(listing.labels.get(key, key), kind)
    return Field(listing.label, "list", inner)


def _text(label: str) -> Field:
    return Field(label, "text")


def _texts(label: str) -> Field:
    return Field(label, "list")

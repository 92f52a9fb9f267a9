"""The codes of findings that are no rules on workbooks: reference data (K), templates and documents (D), with their manuals."""

from __future__ import annotations

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.reference.document_rules import document_codes, shipped_severity

#: Those that are no errors.
MILDER = {"K103": Severity.WARNING, "K105": Severity.NOTE}


def severity_of(code: str) -> Severity:
    """How much a finding of a code matters."""
    return shipped_severity(code) if code in _DOCUMENT else MILDER.get(code, Severity.ERROR)


def scope_of(code: str) -> str:
    """What a code is about: reference data, templates, or finished documents."""
    return "reference" if code.startswith("K") else "document" if code in _DOCUMENT else "template"


_DOCUMENT = document_codes()


#: code → (headline, manual)
CODES: dict[str, tuple[str, str]] = {
    "K101": (
        "Tệp dữ liệu tham chiếu viết sai.",
        (
            "Một tệp trong forms/, criteria/, programmes/ hoặc indicators/ sai cú pháp TOML hoặc có mục không đúng. "
            "Cách xử lý: sửa mục được nêu theo mẫu của các tệp cùng loại, rồi chạy lại."
        ),
    ),
    "K102": (
        "Chỉ tiêu hoặc danh sách dùng một tên không có.",
        (
            "Chỉ tiêu trong indicators/ dùng một cột, một biểu hoặc một chỉ tiêu không tồn tại. "
            "Cách xử lý: sửa tên cho đúng; mtqg list forms và mtqg list indicators cho biết các tên đang có."
        ),
    ),
    "K103": (
        "Mục [[accepted]] không còn khớp với cảnh báo nào.",
        (
            "Cảnh báo đã hết, số liệu đã đổi, hoặc mục ghi sai mã, tệp, trang tính, ô. Chỉ cảnh báo mới chấp nhận được; lỗi thì phải sửa. "
            "Cách xử lý: xóa mục đó khỏi mtqg.toml hoặc ghi lại cho đúng."
        ),
    ),
    "K104": (
        "Mục [[correction]] không dùng được.",
        (
            "Tệp, trang tính hoặc ô không còn, hoặc ô không còn ghi giá trị cũ nêu ở mục này; thường do đơn vị đã gửi lại tệp. "
            "Cách xử lý: xem lại số liệu mới, rồi xóa hoặc sửa mục này trong mtqg.toml."
        ),
    ),
    "K105": (
        "Ô được đọc theo mục [[correction]].",
        (
            "Số liệu đã thống nhất với đơn vị được dùng thay cho số trong tệp; tệp gốc giữ nguyên, báo cáo nêu trong phụ lục. "
            "Cách xử lý: đề nghị đơn vị gửi lại tệp đã sửa, rồi xóa mục này khỏi mtqg.toml."
        ),
    ),
    "D101": (
        "Mẫu Word dùng một tên không có trong báo cáo.",
        (
            "Tên trong dấu {{ }} viết sai hoặc không tồn tại, nên sẽ in ra chỗ trống; vì vậy báo cáo không được lập. "
            "Cách xử lý: mở mẫu bằng Word, tìm đoạn được nêu, sửa theo gợi ý; mtqg list indicators liệt kê các tên."
        ),
    ),
    "D102": (
        "Mẫu Word viết sai cú pháp.",
        "Thẻ {% %} thiếu phần đóng, dùng bộ lọc không có, hoặc dùng một tên không đúng cách. Cách xử lý: mở mẫu bằng Word, tìm đoạn được nêu, sửa theo gợi ý.",
    ),
    **_DOCUMENT,
}

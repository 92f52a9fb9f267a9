"""The codes of findings that are no rules on workbooks: reference data (K), templates and documents (D), merged figures (G), with their manuals."""

from __future__ import annotations

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.reference.document_rules import document_codes, shipped_severity

#: Those that are no errors.
MILDER = {"K103": Severity.WARNING, "K105": Severity.NOTE, "G107": Severity.WARNING, "G108": Severity.WARNING}


def severity_of(code: str) -> Severity:
    """How much a finding of a code matters."""
    return shipped_severity(code) if code in _DOCUMENT else MILDER.get(code, Severity.ERROR)


def scope_of(code: str) -> str:
    """What a code is about: reference data, templates, finished documents, or merged figures."""
    if code in _DOCUMENT:
        return "document"
    return {"K": "reference", "G": "merge"}.get(code[0], "template")


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
    "G101": (
        "Tệp đưa vào gộp không phải là tệp số liệu của mtqg.",
        (
            "mtqg merge chỉ đọc tệp so-lieu.json, hoặc kết quả json của mtqg summary và mtqg merge, đúng như mtqg ghi ra: mỗi số một dòng. "
            "Cách xử lý: đề nghị đơn vị gửi lại đúng tệp; không mở tệp bằng phần mềm khác rồi ghi lại."
        ),
    ),
    "G102": (
        "Tệp số liệu đã bị thay đổi sau khi mtqg ghi ra.",
        (
            "Mã băm ở cuối tệp không khớp với nội dung: tệp bị sửa tay hoặc hỏng khi chuyển. Mã này phát hiện thay đổi ngoài ý muốn, không phải là chữ ký số. "
            "Cách xử lý: đề nghị đơn vị gửi lại tệp; số sai thì sửa trong tệp Excel rồi lập lại."
        ),
    ),
    "G103": (
        "Các tệp đưa vào gộp không cùng kỳ.",
        "Kỳ, chế độ báo cáo hoặc danh mục đơn vị hành chính khác nhau. Cách xử lý: chỉ gộp các tệp của cùng một kỳ.",
    ),
    "G104": (
        "Tệp do phiên bản mtqg hoặc dữ liệu tham chiếu khác ghi ra.",
        (
            "Hai phiên bản có thể hiểu một chỉ tiêu khác nhau, nên số của chúng không cộng với nhau. "
            "Cách xử lý: cài cùng một phiên bản, đơn vị lập lại tệp; có biểu, chỉ tiêu riêng thì mọi nơi dùng cùng bản và gộp với --project."
        ),
    ),
    "G105": (
        "Một đơn vị được tính hai lần.",
        "Hai tệp cùng của một đơn vị, hoặc đơn vị này nằm trong đơn vị kia. Cách xử lý: chỉ giữ một tệp cho mỗi đơn vị, bản gửi sau cùng.",
    ),
    "G106": (
        "Tệp còn lỗi hoặc là dự thảo.",
        "Số liệu của đơn vị còn lỗi khi lập tệp. Cách xử lý: đơn vị sửa lỗi rồi gửi lại; cần xem trước thì gộp với --draft, kết quả ghi là dự thảo.",
    ),
    "G107": (
        "Còn đơn vị chưa gửi số liệu để gộp.",
        "Số gộp chỉ là của các đơn vị đã gửi. Cách xử lý: đôn đốc các đơn vị được nêu tên; công bố khi còn thiếu thì phải nói rõ.",
    ),
    "G108": (
        "Các đơn vị chốt số liệu vào những ngày khác nhau.",
        "Số vẫn được cộng. Cách xử lý: thống nhất ngày chốt (mục [reporting] cutoff) nếu hai ngày phải như nhau.",
    ),
}

"""What the operating system answers, in the user's words: the one place where numbers of errors become Vietnamese."""

from __future__ import annotations

import errno
from typing import Literal

#: By name: not every system has every number. `{doing}` is what was tried: to read or to write.
_NAMED = {
    "EACCES": "không có quyền {doing}, hoặc tệp đang mở trong chương trình khác",
    "EPERM": "hệ điều hành không cho phép {doing}",
    "EROFS": "ổ đĩa hoặc thư mục chỉ cho đọc",
    "ENOSPC": "đĩa đã đầy",
    "EDQUOT": "đã dùng hết dung lượng được cấp trên ổ đĩa",
    "EFBIG": "tệp vượt quá cỡ mà ổ đĩa cho phép",
    "ENOENT": "không tìm thấy tệp hoặc thư mục",
    "ENOTDIR": "một phần của đường dẫn là tệp, không phải thư mục",
    "EISDIR": "đây là thư mục",
    "EEXIST": "đã có tệp hoặc thư mục cùng tên",
    "ENOTEMPTY": "thư mục không trống",
    "EPIPE": "chương trình nhận kết quả đã đóng",
    "EIO": "ổ đĩa hoặc mạng bị lỗi khi {doing}",
    "EBUSY": "tệp đang bận",
    "ETXTBSY": "tệp đang bận",
    "ENAMETOOLONG": "đường dẫn quá dài",
    "EINVAL": "tên tệp có ký tự không dùng được, hoặc ổ đĩa không hỗ trợ",
    "ELOOP": "lối tắt dẫn vòng về chính nó",
    "EMFILE": "máy đang mở quá nhiều tệp",
    "ENFILE": "máy đang mở quá nhiều tệp",
    "ENOMEM": "máy không đủ bộ nhớ",
    "ETIMEDOUT": "mạng không trả lời",
    "ESTALE": "kết nối ổ đĩa mạng đã ngắt",
    "ENODEV": "ổ đĩa đã ngắt",
    "ENXIO": "ổ đĩa đã ngắt",
    "ENOEXEC": "tệp không phải là chương trình chạy được trên máy này",
}
_ANSWERS = {getattr(errno, name): told for name, told in _NAMED.items() if hasattr(errno, name)}
#: Windows' own numbers, which say more than those that they are turned into.
_WINDOWS_ANSWERS = {
    2: "không tìm thấy tệp",
    3: "không tìm thấy thư mục",
    5: "không có quyền {doing}, hoặc tệp đang mở trong chương trình khác",
    8: "máy không đủ bộ nhớ",
    15: "không có ổ đĩa này",
    19: "ổ đĩa chỉ cho đọc",
    21: "ổ đĩa chưa sẵn sàng",
    32: "tệp đang mở trong chương trình khác",
    33: "một phần tệp đang bị chương trình khác khóa",
    39: "đĩa đã đầy",
    53: "không tìm thấy đường dẫn mạng",
    59: "mạng có lỗi",
    64: "mạng bị ngắt",
    67: "không tìm thấy thư mục chia sẻ trên mạng",
    112: "đĩa đã đầy",
    121: "mạng không trả lời",
    123: "tên tệp có ký tự không dùng được",
    206: "đường dẫn quá dài",
    267: "tên thư mục không đúng",
    1224: "tệp đang mở trong chương trình khác",
    1295: "đã dùng hết dung lượng được cấp trên ổ đĩa",
}
#: Windows' numbers for a file that another program holds just now: scanners and office programs let go again.
HELD = frozenset({5, 32, 33, 1224})
#: What may mean that another program holds a file.
_PERHAPS_HELD = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY})


def answer(error: OSError, doing: Literal["đọc", "ghi"] = "đọc") -> str:
    """Why the operating system did not do what it was asked for."""
    told = _WINDOWS_ANSWERS.get(windows_number(error)) or _ANSWERS.get(error.errno or 0)
    return told.format(doing=doing) if told is not None else f"hệ điều hành báo mã {windows_number(error) or error.errno or 'không rõ'}"


def may_be_held(error: OSError) -> bool:
    """Whether the reason may be another program that has the file open."""
    return windows_number(error) in HELD or error.errno in _PERHAPS_HELD


def windows_number(error: OSError) -> int:
    """Windows' own number of an error; 0 elsewhere."""
    return int(getattr(error, "winerror", None) or 0)

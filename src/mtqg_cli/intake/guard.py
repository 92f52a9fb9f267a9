"""Whether a file may be opened at all: what it really is, how large it would become, what it carries. Reads no cells."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mtqg_cli.core.sheet import Refusal

#: Limits on what one workbook may unpack to. An honest form workbook has 81 KB and 10,000 cells.
MAX_FILE = 50 * 2**20
MAX_PART = 64 * 2**20
MAX_TOTAL = 192 * 2**20
MAX_PARTS = 2000
MAX_CELLS = 1_000_000
MAX_ROWS = 200_000
#: Rows times columns up to the farthest cells with content: what calamine sets aside, however few of them are filled in.
MAX_AREA = 7_000_000

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
#: How a part begins that is not written in UTF-8: calamine would take it for an empty sheet.
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)""")
_UTF_8 = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"


class Refused(Exception):  # noqa: N818 - it is an answer, not an error of the program
    """Why a file is not read: the kind of reason and what it rests on, in the user's words."""

    def __init__(self, reason: Refusal, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason: Refusal = reason
        self.detail = detail


def is_compound(content: bytes) -> bool:
    """Whether it is a file of the years before .xlsx (or an encrypted one); raises Refused for what is too large or no workbook at all."""
    if len(content) > MAX_FILE:
        raise Refused("too_large", f"tệp nặng {_megabytes(len(content))}, giới hạn {_megabytes(MAX_FILE)}")
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise Refused("encrypted", "tệp đặt mật khẩu mở")
        return True
    if not content.startswith(_ZIP):
        raise _refuse_text(content)
    return False


def open_package(content: bytes) -> zipfile.ZipFile:
    """The parts of a workbook, after all checks that need no cell; raises Refused."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise Refused("damaged", "chưa gửi trọn hoặc lỗi khi gửi") from None
    _check_parts(package)
    return package


def _refuse_text(content: bytes) -> Refused:
    """What a file is that is neither a package nor an old workbook: web pages and texts are often given Excel's endings."""
    head = content[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    plain = head.lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in plain:
        return Refused("web_page", "tệp XML của Excel 2003")
    if any(tag in plain for tag in (b"<html", b"<table", b"<!doctype html")):
        return Refused("web_page", "trang web (HTML)")
    if head and b"\0" not in head and not head.startswith((b"%PDF", b"{\\rtf")) and any(sign in head for sign in b"\t;,"):
        return Refused("plain_text", "văn bản có dấu phân cách (CSV)")
    return Refused("not_excel", "nội dung không phải bảng tính Excel")


def _check_parts(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MAX_PARTS:
        raise Refused("too_large", f"tệp có {len(parts)} phần, giới hạn {MAX_PARTS}")
    if any(part.file_size > MAX_PART for part in parts) or sum(part.file_size for part in parts) > MAX_TOTAL:
        largest = max(part.file_size for part in parts)
        raise Refused("too_large", f"giải nén ra quá lớn: một phần {_megabytes(largest)}, giới hạn {_megabytes(MAX_PART)}")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("encrypted", "tệp nén đặt mật khẩu")
    if "xl/workbook.xml" not in names:
        raise _refuse_package(package, names)
    if any(name.lower().endswith("vbaproject.bin") or name.lower().startswith("xl/macrosheets/") for name in names):
        raise Refused("macros", "tệp có macro")


def _refuse_package(package: zipfile.ZipFile, names: set[str]) -> Refused:
    if "xl/workbook.bin" in names:
        return Refused("binary_workbook", "sổ làm việc nhị phân (.xlsb)")
    if "mimetype" in names and package.getinfo("mimetype").file_size < len(_OPEN_DOCUMENT) * 4 and part(package, "mimetype").startswith(_OPEN_DOCUMENT):
        return Refused("open_document", "tệp OpenDocument (.ods)")
    return Refused("not_excel", "tệp nén, không phải bảng tính Excel")


def part(package: zipfile.ZipFile, name: str) -> bytes:
    """One part's content; raises Refused where it is broken or declares entities."""
    try:
        content = package.read(name)
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, NotImplementedError, ValueError):
        raise Refused("damaged", f"phần {name} trong tệp bị hỏng hoặc thiếu") from None
    except Exception as error:  # zlib.error is not exported by zipfile
        if type(error).__name__ != "error":
            raise
        raise Refused("damaged", f"phần {name} trong tệp bị hỏng") from None
    if content.startswith(_WIDE) or ((declared := _ENCODING.match(content[:200])) and declared[1].lower() not in _UTF_8):
        raise Refused("encoding", f"phần {name} không ghi bằng UTF-8")
    if _DOCTYPE.search(content):
        raise Refused("entities", f"phần {name} có khai báo DTD")
    return content


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.0f} MB"

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
_OLD_WORKBOOK = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


class Refused(Exception):  # noqa: N818 - it is an answer, not an error of the program
    """Why a file is not read: the kind of reason and what it rests on, in the user's words."""

    def __init__(self, reason: Refusal, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason: Refusal = reason
        self.detail = detail


def open_package(content: bytes) -> zipfile.ZipFile:
    """The parts of a workbook, after all checks that need no cell; raises Refused."""
    if len(content) > MAX_FILE:
        raise Refused("too_large", f"tệp nặng {_megabytes(len(content))}, giới hạn {_megabytes(MAX_FILE)}")
    if content.startswith(_OLE):
        raise _refuse_ole(content)
    if not content.startswith(_ZIP):
        raise Refused("not_excel", "nội dung không phải bảng tính Excel")
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise Refused("damaged", "chưa gửi trọn hoặc lỗi khi gửi") from None
    _check_parts(package)
    return package


def _refuse_ole(content: bytes) -> Refused:
    if _ENCRYPTED in content:
        return Refused("encrypted", "tệp đặt mật khẩu mở")
    if any(name in content for name in _OLD_WORKBOOK):
        return Refused("old_format", "tệp Excel 97-2003 (.xls)")
    return Refused("not_excel", "tệp không phải bảng tính Excel")


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
        raise Refused("not_excel", "tệp nén, không phải bảng tính Excel")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("macros", "tệp có macro")


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
    if _DOCTYPE.search(content):
        raise Refused("entities", f"phần {name} có khai báo DTD")
    return content


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.0f} MB"

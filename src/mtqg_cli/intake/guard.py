"""Whether a file may be opened at all: what it really is, how large it really becomes, what it carries. Reads no cells."""

from __future__ import annotations

import io
import itertools
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from mtqg_cli.intake.limits import MAX_FILE, MAX_PART, MAX_PARTS, MAX_TOTAL, MAX_XML, Refused, check_elements, check_xml, megabytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
_XML = (".xml", ".rels")
#: Fixed bytes before each part in the package.
_LOCAL_HEADER = 30
#: Encrypted, patched, encrypted in another way.
_ODD_FLAGS = 0x61
_PIECE = 2**18
_HEAD = 4096
_ANY_SIZE = 2**62


class Package:
    """The parts of a workbook: those of XML inflated and found to be within the limits, the others (pictures) only measured."""

    def __init__(self, names: Iterable[str], xml: Mapping[str, bytes]) -> None:
        self._names = tuple(names)
        self._xml = xml

    def namelist(self) -> tuple[str, ...]:
        """The names of all parts."""
        return self._names

    def xml(self, name: str) -> bytes | None:
        """A part of XML by its name in any case, None if there is none."""
        return self._xml.get(_key(name))


def is_compound(content: bytes) -> bool:
    """Whether it is a file of the years before .xlsx (or an encrypted one); raises Refused for what is too large or no workbook at all."""
    if len(content) > MAX_FILE:
        raise file_too_large(len(content))
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise Refused("encrypted", "tệp đặt mật khẩu mở")
        return True
    if not content.startswith(_ZIP):
        raise _refuse_text(content)
    return False


def open_package(content: bytes) -> Package:
    """The parts of a workbook, after all checks that need no cell; raises Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            _check_entries(entries, content)
            xml = _inflate_all(package, entries, content)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, IndexError, zlib.error):
        raise Refused("damaged", "tệp gửi chưa trọn vẹn hoặc lỗi khi gửi") from None
    check_elements(xml.values())
    return Package((each.filename for each in entries), xml)


def file_too_large(size: int) -> Refused:
    """Why a file of such a size is not even read."""
    return Refused("too_large", f"tệp nặng {megabytes(size)}, giới hạn {megabytes(MAX_FILE)}")


def part(package: Package, name: str) -> bytes:
    """One part's content; raises Refused where it is missing."""
    content = package.xml(name)
    if content is None:
        raise Refused("damaged", f"phần {name} trong tệp bị hỏng hoặc thiếu")
    return content


def _refuse_text(content: bytes) -> Refused:
    """What a file is that is neither a package nor an old workbook: web pages and texts are often given Excel's endings."""
    head = content[:_HEAD]
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


def _key(name: str) -> str:
    """Readers take names of parts in any case and with either slash."""
    return name.replace("\\", "/").lower()


def _check_entries(entries: list[zipfile.ZipInfo], content: bytes) -> None:
    """What the directory of the package tells before anything is inflated."""
    names = [_key(entry.filename) for entry in entries]
    if len(entries) > MAX_PARTS:
        raise Refused("too_large", f"tệp có {len(entries)} phần, giới hạn {MAX_PARTS}")
    if any(entry.file_size > MAX_PART for entry in entries) or sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise _inflates_too_large(max(entry.file_size for entry in entries))
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("encrypted", "tệp nén đặt mật khẩu")
    if "xl/workbook.xml" not in names:
        raise _refuse_package(names, content)
    if any(name.endswith("vbaproject.bin") or name.startswith("xl/macrosheets/") for name in names):
        raise Refused("macros", "tệp có macro")
    if len(set(names)) < len(names):
        raise Refused("damaged", "hai phần trong tệp trùng tên")
    if any(name.startswith("/") or ":" in name or ".." in name.split("/") for name in names):
        raise Refused("damaged", "tên của một phần trong tệp chỉ ra ngoài tệp")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise Refused("damaged", "một phần trong tệp nén theo cách mà Excel không dùng")
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    if any(one.header_offset + _LOCAL_HEADER + one.compress_size > other.header_offset for one, other in itertools.pairwise(ordered)):
        raise Refused("damaged", "các phần trong tệp nén chồng lên nhau")


def _refuse_package(names: list[str], content: bytes) -> Refused:
    if "xl/workbook.bin" in names:
        return Refused("binary_workbook", "Excel nhị phân (.xlsb)")
    if "mimetype" in names and _OPEN_DOCUMENT in content[:_HEAD]:  # it must come first, and not be pressed
        return Refused("open_document", "tệp OpenDocument (.ods)")
    return Refused("not_excel", "tệp nén, không phải bảng tính Excel")


def _inflate_all(package: zipfile.ZipFile, entries: Iterable[zipfile.ZipInfo], whole: bytes) -> dict[str, bytes]:
    """Inflates every part once, whatever size it claims, and keeps those of XML by their key."""
    kept: dict[str, bytes] = {}
    room, xml_room = MAX_TOTAL, MAX_XML
    for entry in entries:
        wanted = entry.filename.lower().endswith(_XML)
        allowed = min(MAX_PART, xml_room if wanted else room, room)
        at_once = _inflate_at_once(whole, entry) if entry.file_size <= min(_PIECE, allowed) else None
        content, size = (at_once, len(at_once)) if at_once is not None else _inflate(package, entry, allowed, keep=wanted)
        room -= size
        if wanted:
            xml_room -= size
            check_xml(entry.filename, content)
            kept[_key(entry.filename)] = content
    return kept


def _inflate_at_once(whole: bytes, entry: zipfile.ZipInfo) -> bytes | None:
    """A small part that is in every respect as the directory says; None for any other, which is looked at with more patience."""
    header = whole[entry.header_offset : entry.header_offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or not entry.orig_filename.isascii():
        return None
    signature, flags, method, name, extra = struct.unpack("<4s2xHH16xHH", header)
    start = entry.header_offset + _LOCAL_HEADER
    if signature != _ZIP or flags & _ODD_FLAGS or method != entry.compress_type or whole[start : start + name] != entry.orig_filename.encode():
        return None
    start += name + extra
    content = whole[start : start + entry.compress_size]
    if method == zipfile.ZIP_DEFLATED:
        reader = zlib.decompressobj(-zlib.MAX_WBITS)
        content = reader.decompress(content, entry.file_size + 1)
        if not reader.eof:
            return None
    return content if len(content) == entry.file_size and zlib.crc32(content) == entry.CRC else None


def _inflate(package: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int, *, keep: bool) -> tuple[bytes, int]:
    """A part's content and true size. zipfile would stop at the size that the directory claims, other readers do not."""
    claimed, entry.file_size = entry.file_size, _ANY_SIZE
    pieces: list[bytes] = []
    size = 0
    try:
        with package.open(entry) as stream:
            while piece := stream.read(_PIECE):
                size += len(piece)
                if size > room:
                    raise _inflates_too_large(size)
                if keep:
                    pieces.append(piece)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, zlib.error):
        raise Refused("damaged", f"phần {entry.filename} trong tệp bị hỏng") from None
    if size != claimed:
        raise Refused("damaged", f"phần {entry.filename} khai sai kích thước")
    return b"".join(pieces), size


def _inflates_too_large(size: int) -> Refused:
    return Refused("too_large", f"giải nén ra quá lớn: một phần {megabytes(size)}, giới hạn {megabytes(MAX_PART)} một phần, {megabytes(MAX_TOTAL)} cả tệp")

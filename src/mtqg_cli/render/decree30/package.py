"""The parts of a Word document that anybody may have made: what it really is, how large it really becomes. Looks at no paragraph."""

from __future__ import annotations

import posixpath
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from mtqg_cli.render.documents.paragraphs import parse_strictly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipInfo

#: What one document may be, before and after it is inflated: a report of 20 pages with its annexes has 50,000 tags.
MAX_FILE = 32 * 2**20
MAX_PART = 24 * 2**20
MAX_READ = 40 * 2**20
MAX_TAGS = 700_000
MAX_PARTS = 5000

_MEGABYTE = 2**20
_PIECE = 2**18
_HEAD = 4096
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DOCUMENT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}document"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}document"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_SAVE_AGAIN = "Mở tệp bằng Word, chọn Save As, kiểu Word Document (.docx), rồi kiểm tra lại."
_SEND_AGAIN = "Mở thử bằng Word; nếu Word cũng báo hỏng thì lấy lại tệp gốc."


class RefusedError(Exception):
    """Why a document is not read, and what to do."""

    def __init__(self, hint: str, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint


def too_large(size: int) -> RefusedError:
    """Why a file of such a size is not even read."""
    hint = "Nén hoặc bỏ bớt hình ảnh trong tệp (Compress Pictures) rồi lưu lại."
    return RefusedError(hint, f"tệp nặng {size // _MEGABYTE} MB, giới hạn {MAX_FILE // _MEGABYTE} MB")


class Package:
    """The parts of a document, parsed when they are asked for; nothing else of the file is inflated."""

    def __init__(self, content: bytes) -> None:
        _check_kind(content)
        self._left = MAX_READ
        self._tags_left = MAX_TAGS
        try:
            self._zip = ZipFile(BytesIO(content))
        except (BadZipFile, EOFError, OSError, ValueError, IndexError, NotImplementedError) as error:
            raise RefusedError(_SEND_AGAIN, "tệp chưa trọn vẹn hoặc bị hỏng") from error
        self._entries = _entries(self._zip)
        self.main = self._main()
        self.root = self._root()
        self.related = {key: target for key, _, target in self._relations(self.main)}
        self._by_kind = {kind: target for _, kind, target in self._relations(self.main)}

    def of_kind(self, kind: str) -> Any:
        """The root of the part that stands in this relation (styles, numbering, theme, settings) to the document, None if there is none."""
        return self.part(self._by_kind.get(kind, ""))

    def part(self, name: str) -> Any:
        """The root of a part, None if there is none; raises RefusedError."""
        entry = self._entries.get(name.lower())
        return None if entry is None else self._parsed(entry)

    def _main(self) -> str:
        found = next((target for _, kind, target in self._relations("") if kind == "officeDocument"), "")
        if found.lower() not in self._entries:
            if "mimetype" in self._entries:
                raise RefusedError(_SAVE_AGAIN, "đây là tệp OpenDocument (.odt)")
            raise RefusedError(_SAVE_AGAIN, "đây không phải tệp Word (.docx)")
        return found

    def _root(self) -> Any:
        root = self._parsed(self._entries[self.main.lower()])
        if root.tag == _STRICT:
            raise RefusedError(_SAVE_AGAIN, "tệp lưu theo kiểu Strict Open XML")
        if root.tag != _DOCUMENT:
            raise RefusedError(_SAVE_AGAIN, "đây không phải tệp Word (.docx)")
        return root

    def _relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Id, kind and target of what a part refers to inside the package."""
        folder, name = posixpath.split(part)
        root = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        for each in root.iter(_RELATIONSHIPS) if root is not None else ():
            if each.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/")
                yield each.get("Id", ""), each.get("Type", "").rsplit("/", 1)[-1], target

    def _parsed(self, entry: ZipInfo) -> Any:
        content = self._inflated(entry)
        self._tags_left -= content.count(b"<")
        if self._tags_left < 0:
            raise RefusedError(_SAVE_AGAIN, f"phần {entry.filename} có quá nhiều thành phần")
        try:
            root = parse_strictly(content)
        except etree.XMLSyntaxError as error:
            raise RefusedError(_SEND_AGAIN, f"phần {entry.filename} trong tệp bị hỏng") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise RefusedError(_SAVE_AGAIN, f"phần {entry.filename} có khai báo DTD mà Word không bao giờ ghi")
        return root

    def _inflated(self, entry: ZipInfo) -> bytes:
        """A part's content, counted while it is inflated: what the file claims of its size is not believed."""
        room = min(MAX_PART, self._left)
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(entry) as stream:
                while piece := stream.read(_PIECE):
                    size += len(piece)
                    if size > room:
                        raise RefusedError(_SAVE_AGAIN, f"phần {entry.filename} giải nén ra quá {room // _MEGABYTE} MB")
                    pieces.append(piece)
        except (BadZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error) as error:
            raise RefusedError(_SEND_AGAIN, f"phần {entry.filename} trong tệp bị hỏng") from error
        self._left -= size
        return b"".join(pieces)


def _entries(package: ZipFile) -> dict[str, ZipInfo]:
    """The parts by name in lower case, as Word looks for them."""
    entries = package.infolist()
    if len(entries) > MAX_PARTS:
        raise RefusedError(_SAVE_AGAIN, f"tệp có {len(entries)} phần, giới hạn {MAX_PARTS}")
    if any(each.flag_bits & 1 for each in entries):
        raise RefusedError("Bỏ mật khẩu rồi kiểm tra lại.", "tệp nén đặt mật khẩu")
    return {each.filename.replace("\\", "/").lstrip("/").lower(): each for each in entries}


def _check_kind(content: bytes) -> None:
    """What a file is by its first bytes, whatever its name says; raises RefusedError for all but a package."""
    if len(content) > MAX_FILE:
        raise too_large(len(content))
    if content.startswith(_ZIP):
        return
    if content.startswith(_OLE):
        if _ENCRYPTED in content:
            raise RefusedError("Mở tệp bằng Word, vào File, Info, Protect Document bỏ mật khẩu, lưu lại rồi kiểm tra.", "tệp đặt mật khẩu mở")
        raise RefusedError(_SAVE_AGAIN, "đây là tệp Word kiểu cũ (.doc)")
    head = content[:_HEAD].lower()
    for start, name in ((b"{\\rtf", "tệp RTF"), (b"%pdf", "tệp PDF")):
        if head.startswith(start):
            raise RefusedError(_SAVE_AGAIN, f"đây là {name}")
    if b"<html" in head:
        raise RefusedError(_SAVE_AGAIN, "đây là trang web (HTML)")
    raise RefusedError(_SAVE_AGAIN, "tệp rỗng" if not content else "đây không phải tệp Word (.docx)")

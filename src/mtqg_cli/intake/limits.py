"""How much one workbook may hold, and how that is measured before any reader sets memory aside. Opens no package, reads no cells."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mtqg_cli.core.sheet import Refusal

#: Limits on what one workbook may unpack to. An honest form workbook has 90 KB, unpacks to 230 KB and has 10,000 to 20,000 cells.
MAX_FILE = 32 * 2**20
MAX_PART = 64 * 2**20
MAX_TOTAL = 128 * 2**20
MAX_PARTS = 2000
#: All parts of XML together, since they are held at once.
MAX_XML = 64 * 2**20
#: What the sheets and their shared texts may hold besides empty cells: a sheet that was formatted far down weighs much and holds little.
MAX_CONTENT = 12 * 2**20
MAX_CELLS = 2_500_000
MAX_ROWS = 100_000
#: Rows with content in a workbook; an honest one has some hundreds, and each may have something to be said of it.
MAX_FILLED_ROWS = 10_000
#: Rows times columns up to the farthest cells with content: what calamine sets aside, however few of them are filled in.
MAX_AREA = 2_200_000
#: Characters (bytes) of all texts once each cell has its own copy of a shared text.
MAX_TEXT = 8 * 2**20
#: What Excel allows in a cell.
MAX_CHARACTERS = 32_767
#: One text with the tag before it: Excel allows 32,767 characters, each of them 7 bytes at most.
MAX_RUN = 2**18
#: A tag longer than this must not have many attributes: readers compare each of them with all others.
MAX_TAG = 2**13
MAX_ATTRIBUTES = 200
#: Elements of a part that is read as a tree.
MAX_TREE = 500_000
#: No sheet saved by Excel has more of these (65,490 formats, 65,530 links); honest workbooks have some hundreds.
MAX_ELEMENTS = {
    b"sheet": 250,
    b"definedName": 70_000,
    b"xf": 150_000,
    b"mergeCell": 20_000,
    b"dataValidation": 70_000,
    b"hyperlink": 70_000,
    b"si": 200_000,
    b"f": 200_000,
}
#: Shared formulas that are written out for each cell, and their characters.
MAX_SHARED = 50_000
MAX_SHARED_TEXT = 2**21

#: <c/>, the shortest of elements that are counted.
_SHORTEST = 4
#: <c t="s"><v>, the least that a cell with a shared text begins with.
_SHORTEST_REFERENCE = 12
#: Parts below this size cannot hold enough of anything to matter.
_SMALL = 2**18
_WORDS = {
    b"sheet": "trang tính",
    b"definedName": "tên vùng",
    b"xf": "định dạng ô",
    b"mergeCell": "ô gộp",
    b"dataValidation": "ràng buộc nhập liệu",
    b"hyperlink": "liên kết",
    b"si": "chuỗi dùng chung",
    b"f": "công thức",
}
_ELEMENT = re.compile(rb"[<:](" + b"|".join(MAX_ELEMENTS) + rb")[\s/>]")
_LONG = re.compile(rb"<[^<]{%d}" % (MAX_TAG - 1))
_TAG = re.compile(rb"""<(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""")
_RUN = re.compile(rb"<[^<]{%d}" % (MAX_RUN - 1))
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["'](?!utf-?8["']|us-ascii["'])""", re.IGNORECASE)
_EMPTY_CELL = re.compile(rb"<c\s[^<>]*+(?:(?<=/)>|></c>)")
_TEXT = re.compile(rb"<(?:\w+:)?si[\s/>]")
_TEXT_CELL = re.compile(rb'<c\s(?=[^<>]*?\bt="s")[^<>]*+>\s*<v>([0-9]{1,9})</v>')
_CELL = re.compile(rb"[<:](c)[\s/>]")
_CELL_OR_ROW = re.compile(rb"[<:](?:(c)|row)[\s/>]")


class Refused(Exception):  # noqa: N818 - it is an answer, not an error of the program
    """Why a file is not read: the kind of reason and what it rests on, in the user's words."""

    def __init__(self, reason: Refusal, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason: Refusal = reason
        self.detail = detail


def check_xml(name: str, xml: bytes) -> None:
    """Refuses a part of XML that no reader should be given: entities, other encodings, endless tags and texts."""
    if _DOCTYPE.search(xml):
        raise Refused("entities", f"phần {name} có khai báo DTD")
    if b"\0" in xml or _ENCODING.match(xml[:1024]):
        raise Refused("encoding", f"phần {name} không ghi bằng UTF-8")
    if len(xml) < MAX_TAG:
        return
    if _RUN.search(xml):
        raise Refused("too_large", f"phần {name} có nội dung dài quá {MAX_RUN // 1024} KB trong một ô")
    for match in _LONG.finditer(xml):
        tag = _TAG.match(xml, match.start())
        if tag is None or tag[0].count(b"=") > MAX_ATTRIBUTES:
            raise Refused("too_large", f"phần {name} có một thẻ dài bất thường")


def check_elements(parts: Iterable[bytes]) -> None:
    """Refuses a workbook with more of anything than Excel itself would save, all parts together."""
    found = Counter[bytes]()
    for xml in parts:
        if len(xml) >= _SMALL:
            for match in _ELEMENT.finditer(xml):
                kind = match[1]
                found[kind] += 1
                if found[kind] > MAX_ELEMENTS[kind]:
                    raise Refused("too_large", f"có hơn {_grouped(MAX_ELEMENTS[kind])} {_WORDS[kind]}")


def check_size(xml: bytes) -> None:
    """Refuses a worksheet with more cells or rows than any form."""
    if len(xml) // _SHORTEST <= min(MAX_CELLS, MAX_ROWS):
        return
    found = Counter(_CELL_OR_ROW.findall(xml))
    for kind, most, word in ((b"c", MAX_CELLS, "ô"), (b"", MAX_ROWS, "dòng")):
        if found[kind] > most:
            raise Refused("too_large", f"có hơn {_grouped(most)} {word}")


def check_content(texts: bytes, sheets: Sequence[bytes]) -> None:
    """Refuses sheets whose content, empty cells left out, or whose texts, copied into each cell, take too much memory."""
    if len(texts) + sum(map(len, sheets)) > MAX_CONTENT:
        held = len(texts) + sum(len(xml) - sum(match.end() - match.start() for match in _EMPTY_CELL.finditer(xml)) for xml in sheets)
        if held > MAX_CONTENT:
            raise Refused("too_large", f"các ô có nội dung chiếm {megabytes(held)}, giới hạn {megabytes(MAX_CONTENT)}")
    lengths = _text_lengths(texts)
    longest = max(lengths)
    if sum(map(len, sheets)) // _SHORTEST_REFERENCE * longest <= MAX_TEXT:
        return
    if sum(_text_size(xml, lengths, longest) for xml in sheets) > MAX_TEXT:
        raise Refused("too_large", f"các ô lặp lại những đoạn chữ dài, tổng cộng hơn {megabytes(MAX_TEXT)}")


def _text_lengths(texts: bytes) -> Sequence[int]:
    """The length of each shared text with its tags, and first of all what stands before them, so that they count from 1."""
    starts = [match.start() for match in _TEXT.finditer(texts)] if b"<!" not in texts else []  # a comment may hold what looks like texts
    return [end - start for start, end in itertools.pairwise((0, *starts, len(texts)))]


def _text_size(xml: bytes, lengths: Sequence[int], longest: int) -> int:
    """At most so many bytes of shared texts are copied into a sheet; a cell that is written in another way counts as the longest."""
    references = xml.count(b'"s"') + (xml.count(b"'s'") if b"'" in xml else 0)
    if references * longest <= MAX_TEXT // 16:
        return references * longest
    plain = [int(each) for each in _TEXT_CELL.findall(xml)]
    return sum(lengths[each + 1] if each + 1 < len(lengths) else longest for each in plain) + (references - len(plain)) * longest


def check_tags(xml: bytes) -> None:
    """Refuses a worksheet with more tags, cells left out, than may be read by an XML parser."""
    if xml.count(b"<") > MAX_TREE and xml.count(b"<") - len(_CELL.findall(xml)) > MAX_TREE:
        raise Refused("too_large", f"có hơn {_grouped(MAX_TREE)} thẻ")


def check_values(sheets: Iterable[Sequence[Sequence[object]]]) -> None:
    """Refuses texts longer than Excel allows in a cell, however they were put together, and more filled rows than anybody will read."""
    filled = 0
    for rows in sheets:
        filled += sum(1 for row in rows if any(value != "" for value in row))
        if any(isinstance(value, str) and len(value) > MAX_CHARACTERS for row in rows for value in row):
            raise Refused("too_large", f"có ô dài hơn {_grouped(MAX_CHARACTERS)} ký tự")
    if filled > MAX_FILLED_ROWS:
        raise Refused("too_large", f"có hơn {_grouped(MAX_FILLED_ROWS)} dòng có nội dung")


def tree(xml: bytes, *, recover: bool = False) -> etree._Element:
    """A part as a tree, with a bound on its size in memory; XMLSyntaxError if nothing can be made of it."""
    if xml.count(b"<") > MAX_TREE:
        raise Refused("too_large", f"có một phần gồm hơn {_grouped(MAX_TREE)} thẻ")
    root: etree._Element | None = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, recover=recover))
    if root is None:
        raise etree.XMLSyntaxError("empty", None, 0, 0)
    return root


def megabytes(size: int) -> str:
    """A size as users read it."""
    return f"{size / 2**20:.0f} MB"


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")

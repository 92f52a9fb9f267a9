"""Files made to exhaust a reader: small on disk, enormous once opened. Each maker writes one file; none of them takes long."""

from __future__ import annotations

import functools
import io
import os
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data" / "dam-ha" / "data" / "6m2024" / "tan-lap.xlsx"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
TEXTS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
MB = 2**20
LAUGHS = b'<!DOCTYPE x [<!ENTITY a0 "ha">' + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)) + b"]>"
OUTSIDE = b'<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>'


@dataclass(frozen=True)
class Part:
    """A part as it lies in the package: deflated data, and what headers say of it."""

    name: str
    data: bytes
    crc: int
    size: int
    method: int = zipfile.ZIP_DEFLATED
    flags: int = 0x800


def deflated(content: bytes) -> bytes:
    press = zlib.compressobj(6, zlib.DEFLATED, -15)
    return press.compress(content) + press.flush()


def plain(name: str, content: bytes) -> Part:
    return Part(name, deflated(content), zlib.crc32(content), len(content))


def repeated(name: str, before: bytes, piece: bytes, times: int, after: bytes) -> Part:
    """before + piece × times + after, deflated without ever being written out: the pressed piece is repeated."""
    per_block = max(1, MB // max(1, len(piece)))
    blocks, rest = divmod(times, per_block)
    block = piece * per_block
    press = zlib.compressobj(6, zlib.DEFLATED, -15)
    data = [press.compress(before) + press.flush(zlib.Z_FULL_FLUSH)]
    if blocks:
        data += [press.compress(block) + press.flush(zlib.Z_FULL_FLUSH)] * blocks
    data.append(press.compress(piece * rest + after) + press.flush())
    crc, size = zlib.crc32(before), len(before) + len(piece) * times + len(after)
    if size <= 128 * MB:  # nobody gets as far as the check sum of a larger one
        for _ in range(blocks):
            crc = zlib.crc32(block, crc)
        crc = zlib.crc32(piece * rest + after, crc)
    return Part(name, b"".join(data), crc, size)


def write(path: Path, parts: list[Part], *, overlap: bool = False) -> None:
    """A package of exactly these parts, however untrue; with `overlap` all but the first share the data of one."""
    directory, offset = b"", 0
    with path.open("wb") as target:
        for part in parts:
            name = part.name.encode()
            about = struct.pack("<HHHHHIIIHH", 20, part.flags, part.method, 0, 33, part.crc, len(part.data), part.size, len(name), 0)
            directory += b"PK\x01\x02" + struct.pack("<H", 20) + about + struct.pack("<HHHII", 0, 0, 0, 0, offset) + name
            target.write(b"PK\x03\x04" + about + name)
            if not overlap:
                target.write(part.data)
            offset = target.tell()
        if overlap:
            target.write(parts[-1].data)
            offset = target.tell()
        target.write(directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(directory), offset, 0))


@functools.cache
def honest() -> dict[str, bytes]:
    """The parts of a sample workbook."""
    with zipfile.ZipFile(SAMPLE) as source:
        return {name: source.read(name) for name in source.namelist()}


def spoilt(path: Path, *exchanged: Part, extra: tuple[Part, ...] = ()) -> None:
    """The sample workbook with some parts exchanged, others added."""
    new = {part.name: part for part in exchanged}
    write(
        path,
        [new.get(name) or plain(name, content) for name, content in honest().items()] + [*extra, *(each for name, each in new.items() if name not in honest())],
    )


def in_part(name: str, place: bytes, piece: bytes, times: int) -> Part:
    """A part of the sample with a piece put many times before a place."""
    before, found, after = honest()[name].partition(place)
    assert found, place
    return repeated(name, before, piece, times, found + after)


def sheet(rows: bytes, piece: bytes = b"", times: int = 0, after: bytes = b"", rest: bytes = b"") -> Part:
    """A worksheet of its own making in place of the sample's first."""
    return repeated(SHEET, b"<worksheet " + MAIN + b"><sheetData>" + rows, piece, times, after + b"</sheetData>" + rest + b"</worksheet>")


def doctype(name: str, declaration: bytes, use: bytes) -> Part:
    """A part of the sample with a DTD, and an entity of it used before the last tag ends."""
    head, mark, tail = honest()[name].partition(b"?>\n")
    body, end, last = tail.rpartition(b"</")
    return plain(name, head + mark + declaration + body + use + end + last)


def rows_by_number(count: int, row: bytes) -> bytes:
    return b"".join(row % (number, number) for number in range(1, count + 1))


def styled_rows() -> bytes:
    """20,000 rows of 100 formatted empty cells, as Excel leaves them after a border was drawn around far too much."""
    letters = [(chr(64 + n // 26) if n >= 26 else "") + chr(65 + n % 26) for n in range(100)]
    rows = []
    for number in range(200, 20_200):
        tail = str(number).encode() + b'" s="5"/>'
        rows.append(b'<row r="%d" spans="1:100">' % number + b"".join(b'<c r="' + letter.encode() + tail for letter in letters) + b"</row>")
    return b"".join(rows)


def zip64(path: Path) -> None:
    """A size of 2^40 in the extra field for large packages."""
    spoilt(path)
    content = bytearray(path.read_bytes())
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = b"\xff" * 4
    content[directory + 30 : directory + 32] = struct.pack("<H", 12)
    (length,) = struct.unpack_from("<H", content, directory + 28)
    content[directory + 46 + length : directory + 46 + length] = struct.pack("<HHQ", 1, 8, 2**40)
    content[-10:-6] = struct.pack("<I", struct.unpack_from("<I", content, len(content) - 10)[0] + 12)
    path.write_bytes(content)


def sparse(path: Path) -> None:
    with path.open("wb") as target:
        target.write(b"PK\x03\x04")
        target.truncate(5 * 2**30)


def zip_of_zips(path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("xl/workbook.xml", b"0" * MB)
    write(path, [plain("trong.zip", inner.getvalue())])


def lying(path: Path, size: int, *, honest_sum: bool) -> None:
    """A part that says it is small; with `honest_sum` even its check sum fits what it claims to be."""
    part = repeated(TEXTS, b"<sst " + MAIN + b">", b"<si><t>xxxxxxxxxxxxxxxx</t></si>", 30_000_000, b"</sst>")
    begin = (b"<sst " + MAIN + b">" + b"<si><t>xxxxxxxxxxxxxxxx</t></si>" * 100)[:size]
    spoilt(path, Part(part.name, part.data, zlib.crc32(begin) if honest_sum else part.crc, size))


def many_sheets(path: Path, count: int) -> None:
    sheets = b"".join(b'<sheet name="T%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(1, count + 1))
    book = b"<workbook " + MAIN + b' xmlns:r="' + RELATION.encode() + b'"><sheets>' + sheets + b"</sheets></workbook>"
    spoilt(path, plain(BOOK, book))


def many_texts(path: Path, before: bytes = b"", tag: bytes = b"si", number: bytes = b"0") -> None:
    """One text of 30,000 letters in 100,000 cells: 3 GB once each cell has its own."""
    texts = (
        b"<sst "
        + MAIN
        + MAIN.replace(b"xmlns=", b" xmlns:x=")
        + b">"
        + before
        + b"<%s><t>" % tag
        + b"x" * 30_000
        + b"</t></%s>" % tag
        + b"<si/>" * 9
        + b"</sst>"
    )
    spoilt(path, sheet(b"<row>", b'<c t="s"><v>%s</v></c>' % number, 100_000, b"</row>"), plain(TEXTS, texts))


def shared_chain(path: Path) -> None:
    """One formula of 8,000 characters that 100,000 cells share."""
    first = b'<row r="1"><c r="A1"><f t="shared" ref="A1:A99000" si="0">' + b"+".join([b"B1"] * 2700) + b"</f><v>1</v></c></row>"
    others = b"".join(b'<row r="%d"><c r="A%d"><f t="shared" si="0"/><v>1</v></c></row>' % (n, n) for n in range(2, 90_000))
    spoilt(path, sheet(first + others))


def mixed(cell: bytes, row: bytes = b"1") -> Part:
    """A worksheet whose own tags have no prefix, but for one row and its cell."""
    head = b"<worksheet " + MAIN + MAIN.replace(b"xmlns=", b" xmlns:x=") + b"><sheetData>"
    return plain(SHEET, head + b'<x:row r="%s">%s</x:row></sheetData></worksheet>' % (row, cell))


def cells(path: Path, *each: bytes) -> None:
    spoilt(path, sheet(b"".join(b"<row>" + cell + b"</row>" for cell in each)))


def styled(path: Path) -> None:
    """No attack: the sample with formats drawn over 20,000 rows of a sheet."""
    name = "xl/worksheets/sheet2.xml"
    spoilt(path, plain(name, honest()[name].replace(b"</sheetData>", styled_rows() + b"</sheetData>")))


def truncated(path: Path, tenths: int) -> None:
    """The sample cut off after some tenths of its length."""
    content = SAMPLE.read_bytes()
    path.write_bytes(content[: len(content) * tenths // 10])


def wide_sheets(path: Path) -> None:
    """Two hundred sheets, each with a cell just far enough out to be let in by itself."""
    names = [f"xl/worksheets/w{n}.xml" for n in range(200)]
    content = b"<worksheet " + MAIN + b'><sheetData><row r="999"><c r="ZZ999"><v>1</v></c></row><row r="1000"/></sheetData></worksheet>'
    content = content.replace(b'<row r="999">', b'<row r="1"><c r="A1"><v>1</v></c></row><row r="999">')
    book = b"".join(b'<sheet name="T%d" sheetId="%d" r:id="w%d"/>' % (n, n + 1, n) for n in range(200))
    links = "".join(f'<Relationship Id="w{n}" Type="{RELATION}/worksheet" Target="worksheets/w{n}.xml"/>' for n in range(200)).encode()
    spoilt(
        path,
        plain(BOOK, b"<workbook " + MAIN + b' xmlns:r="' + RELATION.encode() + b'"><sheets>' + book + b"</sheets></workbook>"),
        plain(RELATIONS, b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + links + b"</Relationships>"),
        *(plain(name, content) for name in names),
    )


def overlapping(path: Path) -> None:
    """The same pressed data under many names: 20 parts of 60 MB each in 60 KB."""
    part = repeated(SHEET, b"", b"0" * 1024, 5 * 1024, b"")
    others = [Part(f"xl/p{n}.xml", part.data, part.crc, part.size) for n in range(20)]
    write(path, [plain(BOOK, b"<workbook/>"), *others], overlap=True)


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def old_workbook(path: Path, cells: bytes, *, sheets: int = 1, texts: bytes = b"") -> None:
    """An Excel 97-2003 workbook whose sheets are all the same one: a stream of records in a file system of one file."""
    begin = struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)
    names = [struct.pack("<IBBBB", 0, 0, 0, 4, 0) + b"T%03d" % number for number in range(sheets)]
    head = record(0x809, begin[:2] + b"\x05\x00" + begin[4:])
    place = len(head) + sum(len(record(0x85, name)) for name in names) + len(texts) + 4
    head += b"".join(record(0x85, struct.pack("<I", place) + name[4:]) for name in names) + texts + record(0x0A, b"")
    stream = head + record(0x809, begin) + cells + record(0x0A, b"")
    stream += b"\0" * (-len(stream) % 512) + b"\0" * 4096
    count = len(stream) // 512
    tables = (count + 2) // 128 + 2
    chain = [0xFFFFFFFD] * tables + [0xFFFFFFFE] + [*range(tables + 2, tables + 1 + count), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(tables * 512, b"\xff")

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        title = name.encode("utf-16-le")
        about = struct.pack("<HBBIII", len(title) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return title.ljust(64, b"\0") + about + b"\0" * 36 + struct.pack("<III", start, size, 0)

    directory = (entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, tables + 1, len(stream))).ljust(512, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<9I", 0, tables, tables, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack(f"<{min(109, tables)}I", *range(min(109, tables)))
    path.write_bytes(header.ljust(512, b"\xff") + table + directory + stream)


def old_number(row: int, column: int) -> bytes:
    return record(0x203, struct.pack("<HHHd", row, column, 0, 1.0))


def old_texts(path: Path) -> None:
    """One text of 8,000 letters in 20,000 cells of an old workbook."""
    texts = record(0xFC, struct.pack("<IIHB", 20_000, 1, 8000, 0) + b"x" * 8000)
    old_workbook(path, b"".join(record(0xFD, struct.pack("<HHHI", row, 0, 0, 0)) for row in range(20_000)), texts=texts)


LETTERS_OPEN = b'<row r="1"><c r="A1" t="inlineStr"><is>'
LOOK = b"<!-- --><row>"  # a comment asks for the second look
CELL = b'<row r="%d"><c r="A%d"><v>1</v></c></row>'

#: name → what writes it, the code that must be given, and words of the message.
FILES: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "bom-zip.xlsx": (lambda path: spoilt(path, repeated(TEXTS, b"<sst>", b"<si><t>x</t></si>", 2 * 10**8, b"</sst>")), "F104", "giải nén"),
    "bom-anh.xlsx": (lambda path: spoilt(path, repeated("xl/media/a.png", b"", b"\0" * MB, 4000, b"")), "F104", "giải nén"),
    "nhieu-phan-lon.xlsx": (
        lambda path: spoilt(path, *(repeated(f"xl/media/{n}.png", b"", b"\0" * MB, 60, b"") for n in range(20))),
        "F104",
        "giải nén",
    ),
    "khai-gian.xlsx": (lambda path: lying(path, 1000, honest_sum=False), "F104", "giải nén"),
    "khai-gian-crc.xlsx": (lambda path: lying(path, 1000, honest_sum=True), "F104", "giải nén"),
    "khai-gian-nho.xlsx": (lambda path: spoilt(path, Part(TEXTS, deflated(honest()[TEXTS]), zlib.crc32(honest()[TEXTS]), 10)), "F101", "kích thước"),
    "chong-lan.xlsx": (overlapping, "F101", "chồng lên nhau"),
    "zip-trong-zip.xlsx": (zip_of_zips, "F101", "không phải bảng tính"),
    "mot-trieu-dong.xlsx": (lambda path: spoilt(path, sheet(b"", b"<row><c><v>1</v></c></row>", 1_048_576)), "F104", "dòng"),
    "mot-trieu-dong-so.xlsx": (lambda path: spoilt(path, sheet(rows_by_number(1_048_576, CELL))), "F104", "dòng"),
    "mot-o-1gb.xlsx": (lambda path: spoilt(path, sheet(b'<row><c t="inlineStr"><is><t>', b"x" * MB, 1024, b"</t></is></c></row>")), "F104", "giải nén"),
    "mot-o-60mb.xlsx": (lambda path: spoilt(path, sheet(b'<row><c t="inlineStr"><is><t>', b"x" * MB, 60, b"</t></is></c></row>")), "F104", "một ô"),
    "mot-o-nhieu-doan.xlsx": (
        lambda path: spoilt(path, sheet(LETTERS_OPEN, b"<r><t>" + b"x" * 1000 + b"</t></r>", 60_000, b"</is></c></row>")),
        "F104",
        "nội dung",
    ),
    "chuoi-1gb.xlsx": (lambda path: spoilt(path, repeated(TEXTS, b"<sst " + MAIN + b"><si><t>", b"x" * MB, 1024, b"</t></si></sst>")), "F104", "giải nén"),
    "chuoi-dung-lai.xlsx": (many_texts, "F104", "lặp lại"),
    "chu-lap-lai-tien-to.xlsx": (lambda path: many_texts(path, tag=b"x:si"), "F104", "lặp lại"),
    "chu-lap-lai-tien-to-sau.xlsx": (lambda path: many_texts(path, b"<x:si/>" * 3, number=b"3"), "F104", "lặp lại"),
    "chu-lap-lai-sau-ghi-chu.xlsx": (lambda path: many_texts(path, b"<!--<si/><si/>-->"), "F104", "lặp lại"),
    "bang-chuoi.xlsx": (lambda path: spoilt(path, repeated(TEXTS, b"<sst " + MAIN + b">", b"<si><t/></si>", 4_500_000, b"</sst>")), "F104", "chuỗi"),
    "hai-trieu-o.xlsx": (lambda path: spoilt(path, sheet(b'<row r="1">', b'<c r="A1"><v>1</v></c>', 2_000_000, b"</row>")), "F104", "nội dung"),
    "ba-trieu-o.xlsx": (lambda path: spoilt(path, sheet(b'<row r="1">', b"<c></c>", 3_000_000, b"</row>")), "F104", "ô"),
    "xem-lai.xlsx": (lambda path: spoilt(path, sheet(LOOK, b"<c></c>", 2_400_000, b"</row>")), "F104", "nội dung"),
    "xem-lai-the-la.xlsx": (lambda path: spoilt(path, sheet(LOOK, b"<x/>", 1_900_000, b"</row>")), "F104", "thẻ"),
    "nhieu-dong.xlsx": (lambda path: spoilt(path, sheet(rows_by_number(20_000, CELL))), "F104", "dòng có nội dung"),
    "nhieu-doan.xlsx": (
        lambda path: spoilt(
            path, sheet(LETTERS_OPEN + b"".join([b"<r><t>" + b"x" * 30_000 + b"</t></r>"] * 300) + "<r><t>😀</t></r>".encode() + b"</is></c></row>")
        ),
        "F104",
        "ký tự",
    ),
    "cuoi.xlsx": (lambda path: spoilt(path, doctype(SHEET, LAUGHS, b"&a11;")), "F104", "DTD"),
    "cuoi-chuoi.xlsx": (lambda path: spoilt(path, doctype(TEXTS, LAUGHS, b"<si><t>&a11;</t></si>")), "F104", "DTD"),
    "cuoi-dinh-dang.xlsx": (lambda path: spoilt(path, doctype(STYLES, LAUGHS, b"&a11;")), "F104", "DTD"),
    "cuoi-muc-luc.xlsx": (lambda path: spoilt(path, doctype(BOOK, LAUGHS, b"&a11;")), "F104", "DTD"),
    "cuoi-quan-he.xlsx": (lambda path: spoilt(path, doctype(RELATIONS, LAUGHS, b"&a11;")), "F104", "DTD"),
    "cuoi-ghi-chu.xlsx": (lambda path: spoilt(path, plain("xl/comments9.xml", LAUGHS + b"<comments>&a11;</comments>")), "F104", "DTD"),
    "thuc-the-ngoai.xlsx": (lambda path: spoilt(path, doctype(SHEET, OUTSIDE, b"&file;")), "F104", "DTD"),
    "utf-16.xlsx": (lambda path: spoilt(path, plain(SHEET, (LAUGHS + honest()[SHEET].partition(b"?>")[2]).decode().encode("utf-16"))), "F101", "UTF-8"),
    "utf-7.xlsx": (lambda path: spoilt(path, plain(BOOK, b"<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE x>")), "F101", "UTF-8"),
    "muoi-nghin-phan.xlsx": (lambda path: spoilt(path, extra=tuple(plain(f"xl/p{n}.xml", b"<a/>") for n in range(10_000))), "F104", "phần"),
    "muoi-nghin-trang.xlsx": (lambda path: many_sheets(path, 10_000), "F104", "trang tính"),
    "long-nhau.xlsx": (lambda path: spoilt(path, sheet(b"<row>", b"<c>", 100_000)), "F101", "hỏng"),
    "long-nhau-sau.xlsx": (lambda path: spoilt(path, plain(BOOK, b"<workbook>" + b"<a>" * 400_000)), "F101", "hỏng"),
    "mot-trieu-ten.xlsx": (lambda path: spoilt(path, in_part(BOOK, b"<definedName", b'<definedName name="a">1</definedName>', 10**6)), "F104", "tên vùng"),
    "mot-trieu-dinh-dang.xlsx": (lambda path: spoilt(path, in_part(STYLES, b"</cellXfs>", b'<xf numFmtId="9"/>', 10**6)), "F104", "định dạng"),
    "mot-trieu-o-gop.xlsx": (
        lambda path: spoilt(path, sheet(b"", rest=b"<mergeCells>" + b'<mergeCell ref="A1:B2"/>' * 10**6 + b"</mergeCells>")),
        "F104",
        "ô gộp",
    ),
    "mot-trieu-rang-buoc.xlsx": (
        lambda path: spoilt(path, sheet(b"", rest=b"<dataValidations>" + b'<dataValidation sqref="A1"/>' * 10**6 + b"</dataValidations>")),
        "F104",
        "ràng buộc",
    ),
    "mot-trieu-lien-ket.xlsx": (
        lambda path: spoilt(path, sheet(b"", rest=b"<hyperlinks>" + b'<hyperlink ref="A1"/>' * 10**6 + b"</hyperlinks>")),
        "F104",
        "liên kết",
    ),
    "dong-10-18.xlsx": (
        lambda path: spoilt(path, sheet(b'<row r="1000000000000000000"><c r="A1000000000000000000"><v>1</v></c></row>')),
        "F104",
        "xa ngoài bảng",
    ),
    "dong-10-18-khong-ten.xlsx": (lambda path: spoilt(path, sheet(b'<row r="1000000000000000000"><c><v>1</v></c></row>')), "F104", "xa ngoài bảng"),
    "o-zzzzzz.xlsx": (lambda path: cells(path, b'<c r="A1"><v>1</v></c>', b'<c r="ZZZZZZ99999999"><v>1</v></c>'), "F104", "xa ngoài bảng"),
    "o-xa-tien-to.xlsx": (lambda path: spoilt(path, mixed(b'<x:c r="XFD1048576"><x:v>1</x:v></x:c>')), "F104", "xa ngoài bảng"),
    "o-xa-khong-ten-tien-to.xlsx": (lambda path: spoilt(path, mixed(b"<x:c><x:v>1</x:v></x:c>", b"99999999999")), "F104", "xa ngoài bảng"),
    "o-xa-nhay-don.xlsx": (lambda path: cells(path, b'<c r="A1"><v>1</v></c>', b"<c r='XFD1048576'><v>1</v></c>"), "F104", "xa ngoài bảng"),
    "dong-am.xlsx": (lambda path: spoilt(path, sheet(b'<row r="-5"><c r="A-5"><v>1</v></c></row>')), "F101", "hỏng"),
    "dong-am-khong-ten.xlsx": (lambda path: spoilt(path, sheet(b'<row r="-5"><c><v>1</v></c></row>')), "F101", "hỏng"),
    "trung-ten.xlsx": (lambda path: spoilt(path, extra=(plain(SHEET, b"<worksheet/>"),)), "F101", "trùng tên"),
    "trung-ten-chu-hoa.xlsx": (lambda path: spoilt(path, extra=(plain(SHEET.upper(), b"<worksheet/>"),)), "F101", "trùng tên"),
    "len-thu-muc.xlsx": (lambda path: spoilt(path, extra=(plain("../../../mtqg", b"x"),)), "F101", "ngoài tệp"),
    "duong-dan.xlsx": (lambda path: spoilt(path, extra=(plain("/etc/mtqg", b"x"),)), "F101", "ngoài tệp"),
    "o-dia.xlsx": (lambda path: spoilt(path, extra=(plain("C:\\mtqg", b"x"),)), "F101", "ngoài tệp"),
    "thuoc-tinh.xlsx": (lambda path: spoilt(path, sheet(b"<row><c ", b'a="" ', 5_000_000, b"><v>1</v></c></row>")), "F104", "dài"),
    "thuoc-tinh-giau.xlsx": (
        lambda path: spoilt(path, sheet(b"<row>", b"<c " + b"".join(b'a%d=">" ' % n for n in range(20_000)) + b"/>", 100, b"</row>")),
        "F104",
        "thẻ",
    ),
    "cong-thuc-1mb.xlsx": (lambda path: spoilt(path, sheet(b'<row r="1"><c r="A1"><f>', b"1+", 500_000, b"1</f><v>1</v></c></row>")), "F104", "một ô"),
    "cong-thuc-chung.xlsx": (shared_chain, "F104", "công thức"),
    "sai-crc.xlsx": (lambda path: spoilt(path, Part(SHEET, deflated(honest()[SHEET]), 1, len(honest()[SHEET]))), "F101", "hỏng"),
    "zip64.xlsx": (zip64, "F104", "giải nén"),
    "nen-la.xlsx": (lambda path: spoilt(path, Part(SHEET, b"x" * 50, 1, 50, method=9)), "F101", "nén theo cách"),
    "nen-lzma.xlsx": (lambda path: spoilt(path, Part(SHEET, b"x" * 50, 1, 50, method=14)), "F101", "nén theo cách"),
    "nhieu-trang-rong.xlsx": (wide_sheets, "F104", "rộng"),
    "cu-xa.xls": (lambda path: old_workbook(path, old_number(0, 0) + old_number(65_535, 60_000)), "F104", "xa ngoài bảng"),
    "cu-rong.xls": (lambda path: old_workbook(path, old_number(0, 0) + old_number(9000, 250), sheets=200), "F101", "chồng lên"),
    "cu-nhieu-trang.xls": (lambda path: old_workbook(path, old_number(0, 0), sheets=9000), "F104", "trang tính"),
    "cu-nhieu-o.xls": (lambda path: old_workbook(path, record(0xBD, struct.pack("<HH", 0, 0) + b"\0" * 6 * 250 + b"\0\0") * 3000), "F104", "ô"),
    "cu-chu-lap-lai.xls": (old_texts, "F104", "lặp lại"),
    "cu-o-gop.xls": (lambda path: old_workbook(path, record(0xE5, struct.pack("<H", 1000) + b"\0" * 8000) * 300), "F104", "ô gộp"),
    "cu-nhieu-ban-ghi.xls": (lambda path: old_workbook(path, record(0x01, b"") * 1_100_000), "F104", "bản ghi"),
    "rong-5gb.xlsx": (sparse, "F104", "nặng"),
    "ong-dan.xlsx": (os.mkfifo, "F101", "không phải bảng tính"),
    "thiet-bi.xlsx": (lambda path: path.symlink_to("/dev/zero"), "F101", "không phải bảng tính"),
}

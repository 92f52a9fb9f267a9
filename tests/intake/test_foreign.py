"""What is no .xlsx, or carries what no form has: each is named for what it is, and the values are read where that is safe."""

from __future__ import annotations

import errno
import io
import random
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.sheet import RawCell, Unreadable, Workbook
from mtqg_cli.intake.limits import Refused
from mtqg_cli.intake.read import read_files, read_folder
from mtqg_cli.intake.workbook import read_workbook

OLD = Path(__file__).parent / "data" / "cu.xls"


def package(parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return content.getvalue()


def honest(**more):
    """A workbook with parts added, or exchanged for others."""
    content, result = io.BytesIO(), io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["Thôn", 4])
    book.save(content)
    with zipfile.ZipFile(content) as source, zipfile.ZipFile(result, "w") as target:
        for name in dict.fromkeys([*source.namelist(), *more]):
            data = more.get(name, source.read(name) if name in source.namelist() else b"")
            target.writestr(name, data(source.read(name)) if callable(data) else data)
    return result.getvalue()


def utf_16(xml):
    return ('<?xml version="1.0" encoding="UTF-16"?>' + xml.decode().split("?>", 1)[-1]).encode("utf-16")


SHEET = "xl/worksheets/sheet1.xml"
REFUSED = {
    "a.xlsb": (package({"xl/workbook.bin": b""}), "binary_workbook"),
    "a.ods": (package({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b""}), "open_document"),
    "a.odt": (package({"mimetype": b"application/epub+zip"}), "not_excel"),
    "a.xls": (b"\xef\xbb\xbf<html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr><td>1</td></tr></table>", "web_page"),
    "b.xls": ("<html><table>".encode("utf-16"), "web_page"),
    "c.xls": (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "web_page"),
    "d.xlsx": ("Thôn;Hộ nghèo\nBình Hồ;4\n".encode(), "plain_text"),
    "e.csv": ("Thôn\t4\n".encode("utf-16"), "plain_text"),
    "f.pdf": (b"%PDF-1.7, 1;2", "not_excel"),
    "g.jpg": (b"\xff\xd8\xff\xe0\x00\x10JFIF\0,", "not_excel"),
    "h.xlsx": (honest(**{SHEET: utf_16}), "encoding"),
    "i.xlsx": (honest(**{SHEET: lambda xml: b'<?xml version="1.0" encoding="windows-1258"?>' + xml}), "encoding"),
    "k.xlsx": (honest(**{"xl/macrosheets/sheet1.xml": b"<a/>"}), "macros"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_each_is_named_for_what_it_is(tmp_path, name):
    content, reason = REFUSED[name]
    (tmp_path / name).write_bytes(content)

    (found,) = read_folder(tmp_path)

    assert isinstance(found, Unreadable)
    assert found.reason == reason
    assert found.detail


def test_a_declared_utf_8_in_any_case_is_read():
    content = honest(**{SHEET: lambda xml: b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-8' standalone='yes'?>" + xml})

    assert read_workbook("a.xlsx", content).sheets[0].cell(1, 2).value == 4


def test_links_to_other_workbooks_are_named():
    rels = '<Relationships xmlns="x"><Relationship Id="rId1" Type="y" Target="file:///D:\\S%E1%BB%91%20li%E1%BB%87u\\N%C4%83m%202023.xlsx" TargetMode="External"/></Relationships>'
    content = honest(
        **{
            "xl/externalLinks/externalLink1.xml": b"<a/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": rels.encode(),
            "xl/externalLinks/externalLink2.xml": b"<a/>",
        }
    )

    assert read_workbook("a.xlsx", content).links == ("Năm 2023.xlsx", "")


def test_foreign_objects_are_named_and_the_values_read():
    workbook = read_workbook("a.xlsx", honest(**{"xl/activeX/activeX1.bin": b"", "xl/embeddings/oleObject1.bin": b"", "xl/embeddings/a.docx": b""}))

    assert workbook.objects == ("điều khiển ActiveX", "đối tượng nhúng (OLE)")
    assert workbook.sheets[0].cell(1, 2).value == 4


def test_comments_and_pictures_are_nothing_foreign():
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    book.add_worksheet().write_comment("A1", "ghi chú")
    book.close()

    workbook = read_workbook("a.xlsx", content.getvalue())

    assert (workbook.objects, workbook.links) == ((), ())


@pytest.mark.parametrize("plain", [True, False])
def test_an_old_font_is_known_from_the_cell(plain):
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    book.add_worksheet().write("B2", "hé", book.add_format({"font_name": ".VnTime"}))
    book.close()
    result = content.getvalue()
    if not plain:  # the second look sees the same
        result = replaced(result, SHEET, b'r="B2"', b"r='B2'")

    assert read_workbook("a.xlsx", result).sheets[0].cell(2, 2) == RawCell("text", "hé", legacy="TCVN3")


def replaced(content, name, old, new):
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(result, "w") as target:
        for item in source.infolist():
            target.writestr(item, source.read(item).replace(old, new) if item.filename == name else source.read(item))
    return result.getvalue()


def test_an_area_of_styled_and_empty_rows_is_read_as_usual():
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet, style = book.add_worksheet(), book.add_format({"border": 1, "num_format": "0%"})
    sheet.write("A1", "Thôn")
    for row in range(20_000):
        for column in range(1, 4):
            sheet.write_blank(row, column, None, style)
    book.close()

    (found,) = read_workbook("a.xlsx", content.getvalue()).sheets

    assert found.cell(1, 1).value == "Thôn"
    assert found.cell(20_000, 2) is None


# -- Excel 97-2003 --


def test_an_old_workbook_is_read_with_its_marks():
    workbook = read_workbook("cu.xls", OLD.read_bytes())
    first, second = workbook.sheets

    assert workbook.form == "xls"
    assert [first.cell(1, column) for column in range(1, 7)] == [
        RawCell("number", 1.0),
        RawCell("number", 0.5, percent=True),
        first.cell(1, 3),
        RawCell("error", "#DIV/0!", "=…"),
        RawCell("number", 2.0, "=…"),
        first.cell(1, 6),
    ]
    assert first.cell(1, 6).value is True
    assert str(first.cell(1, 3).value) == "2024-06-20"
    assert (first.hidden_rows, first.hidden_columns, first.merged) == ({5}, {8, 9}, ((2, 3, 3, 4),))
    assert first.cell(2, 1) == RawCell("text", "Th«n", legacy="TCVN3")
    assert second.hidden


def test_an_old_workbook_cut_or_spoilt_anywhere_never_breaks_the_reader(tmp_path):
    content, chance = OLD.read_bytes(), random.Random(5)
    for _ in range(150):
        spoilt = bytearray(content[: chance.choice([len(content), chance.randrange(8, len(content))])])
        for _ in range(chance.randrange(12)):
            spoilt[chance.randrange(8, len(spoilt))] = chance.choice([0, 1, 255, chance.randrange(256)])
        path = tmp_path / "a.xls"
        path.write_bytes(bytes(spoilt))
        (found,) = read_files([path])
        assert isinstance(found, Workbook) or found.reason in {"damaged", "not_excel", "encrypted", "macros", "too_large", "old_format"}


def test_a_password_on_an_old_workbook_is_named():
    content = OLD.read_bytes()
    begin = content.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20  # what follows the first record

    with pytest.raises(Refused) as caught:
        read_workbook("a.xls", content[:begin] + b"\x2f\x00" + content[begin + 2 :])
    assert caught.value.reason == "encrypted"


def test_one_stray_cell_in_an_old_workbook_does_not_take_the_machines_memory():
    content = OLD.read_bytes()
    number = content.index(b"\x03\x02\x0e\x00")  # NUMBER, 14 bytes: row, column, format, value

    with pytest.raises(Refused) as caught:
        read_workbook("a.xls", content[: number + 4] + struct.pack("<HH", 65535, 255) + content[number + 8 :])
    assert caught.value.reason == "too_large"
    assert "dòng 65536" in caught.value.detail


def test_two_sheets_of_an_old_workbook_do_not_share_their_cells():
    content = OLD.read_bytes()
    first = content.index(b"\x85\x00") + 4
    second = content.index(b"\x85\x00", first) + 4

    with pytest.raises(Refused) as caught:
        read_workbook("a.xls", content[:second] + content[first : first + 4] + content[second + 4 :])
    assert caught.value.reason == "damaged"


# -- what the operating system answers --


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "không có quyền đọc"),
        (OSError(errno.EIO, "Input/output error"), "bị lỗi khi đọc"),
        (OSError(9999, "Some new error"), "mã 9999"),
        (OSError("no number"), "không rõ"),
    ],
)
def test_its_answers_are_vietnamese(tmp_path, monkeypatch, error, words):
    (tmp_path / "a.xlsx").write_bytes(b"")
    monkeypatch.setattr(Path, "read_bytes", lambda _: (_ for _ in ()).throw(error))

    (found,) = read_files([tmp_path / "a.xlsx"])

    assert found.reason == "locked"
    assert words in found.detail
    assert error.strerror is None or error.strerror not in found.detail


def test_a_file_open_in_excel_on_windows(tmp_path, monkeypatch):
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    error.winerror = 32
    (tmp_path / "a.xlsx").write_bytes(b"")
    monkeypatch.setattr(Path, "read_bytes", lambda _: (_ for _ in ()).throw(error))

    assert read_files([tmp_path / "a.xlsx"])[0].detail == "tệp đang mở trong chương trình khác"


def test_a_folder_that_cannot_be_listed_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "iterdir", lambda _: (_ for _ in ()).throw(PermissionError(errno.EACCES, "Permission denied")))

    with pytest.raises(MtqgError, match="không có quyền đọc") as caught:
        read_folder(tmp_path)
    assert caught.value.exit_code == 3

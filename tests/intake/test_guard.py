"""Files that are not let in: each is named with its reason, and none stops the others."""

from __future__ import annotations

import io
import os
import zipfile

import pytest

from mtqg_cli.core.sheet import Unreadable, Workbook
from mtqg_cli.intake import limits
from mtqg_cli.intake.read import read_folder

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def package(**parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name.replace("__", "/"), data)
    return content.getvalue()


def honest():
    import openpyxl

    content = io.BytesIO()
    openpyxl.Workbook().save(content)
    return content.getvalue()


def with_part(name, data):
    content = io.BytesIO(honest())
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as target:
        target.writestr(name, data)
    return content.getvalue()


def with_sheet(xml):
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(honest())) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            target.writestr(item, xml if item.filename == "xl/worksheets/sheet1.xml" else source.read(item))
    return result.getvalue()


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
BOMB = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;">]>' + SHEET % b""

HOSTILE = {
    "trong.xlsx": (b"", "not_excel"),
    "trang-web.xlsx": (b"<html><table><tr><td>1</td></tr></table></html>", "web_page"),
    "van-ban.docx.xlsx": (package(word__document_xml=b"<a/>"), "not_excel"),
    "cat-cut.xlsx": (honest()[:2000], "damaged"),
    "mat-khau.xlsx": (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "macro.xlsm": (with_part("xl/vbaProject.bin", b"x"), "macros"),
    "bom.xlsx": (with_sheet(BOMB), "entities"),
    "hong-xml.xlsx": (with_sheet(b"<worksheet><sheetData><row r="), "damaged"),
    "nhieu-phan.xlsx": (package(**{f"p{number}": b"" for number in range(limits.MAX_PARTS + 1)}), "too_large"),
    "phong-to.xlsx": (with_part("xl/media/a.bin", b"\0" * (limits.MAX_PART + 1)), "too_large"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_each_is_refused_for_its_reason_and_the_others_are_read(tmp_path, name):
    content, reason = HOSTILE[name]
    (tmp_path / name).write_bytes(content)
    (tmp_path / "a.xlsx").write_bytes(honest())

    found = {each.file: each for each in read_folder(tmp_path)}

    assert isinstance(found["a.xlsx"], Workbook)
    assert isinstance(found[name], Unreadable)
    assert found[name].reason == reason
    assert len(found[name].sha256) == 64


def test_a_row_flood_is_refused_before_it_is_read(monkeypatch, tmp_path):
    monkeypatch.setattr("mtqg_cli.intake.limits.MAX_CELLS", 100)
    (tmp_path / "a.xlsx").write_bytes(with_sheet(SHEET % b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 200))))

    assert read_folder(tmp_path)[0].reason == "too_large"


def test_a_folder_inside_and_a_file_without_permission(tmp_path):
    (tmp_path / "con").mkdir()
    locked = tmp_path / "khoa.xlsx"
    locked.write_bytes(honest())
    locked.chmod(0)

    found = {each.file: each for each in read_folder(tmp_path)}

    assert found["con"].reason == "folder"
    if os.geteuid() != 0:  # root may read everything
        assert found["khoa.xlsx"].reason == "locked"


def test_a_file_that_vanishes(tmp_path):
    (tmp_path / "a.xlsx").symlink_to(tmp_path / "khong-con.xlsx")

    assert read_folder(tmp_path)[0].reason == "vanished"

"""What the operating system answers, in the user's words; who has a file open, as office programs note it."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ownernotes import excel_note, word_note

from mtqg_cli.core import opened as notes
from mtqg_cli.core.opened import Opened, opened
from mtqg_cli.core.system import _ANSWERS, _WINDOWS_ANSWERS, answer, may_be_held

ROOT = Path(__file__).resolve().parent.parent.parent


class WindowsError(OSError):
    """What Windows answers, with its own number."""

    def __init__(self, number, code=errno.EACCES):
        super().__init__(code, "Something went wrong")
        self.winerror = number


@pytest.mark.parametrize(
    ("error", "doing", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "ghi", "đĩa đã đầy"),
        (OSError(errno.EROFS, "Read-only file system"), "ghi", "ổ đĩa hoặc thư mục chỉ cho đọc"),
        (OSError(errno.EACCES, "Permission denied"), "ghi", "không có quyền ghi, hoặc tệp đang mở trong chương trình khác"),
        (OSError(errno.EACCES, "Permission denied"), "đọc", "không có quyền đọc, hoặc tệp đang mở trong chương trình khác"),
        (WindowsError(32), "đọc", "tệp đang mở trong chương trình khác"),
        (WindowsError(112, errno.ENOSPC), "ghi", "đĩa đã đầy"),
        (WindowsError(9999, errno.ENOSPC), "ghi", "đĩa đã đầy"),
        (WindowsError(9999, 9998), "ghi", "hệ điều hành báo mã 9999"),
        (OSError(9998, "Some new error"), "ghi", "hệ điều hành báo mã 9998"),
        (OSError("no number at all"), "ghi", "hệ điều hành báo mã không rõ"),
    ],
)
def test_answers(error, doing, words):
    assert answer(error, doing) == words


def test_no_answer_is_english_and_none_lacks_a_word():
    for told in (*_ANSWERS.values(), *_WINDOWS_ANSWERS.values()):
        words = told.format(doing="ghi")
        assert re.search(r"[^\x00-\x7f]", words), words
        assert "{" not in words


def test_nothing_of_the_program_shows_the_systems_own_words():
    """Its texts are in the language of the machine's C library, which is English on the console."""
    shown = [str(path.relative_to(ROOT)) for path in (ROOT / "src").rglob("*.py") if "strerror" in path.read_text(encoding="utf-8")]

    assert shown == []


@pytest.mark.parametrize(("code", "held"), [(errno.EACCES, True), (errno.EPERM, True), (errno.EBUSY, True), (errno.ENOSPC, False), (errno.ENOENT, False)])
def test_what_may_be_another_program(code, held):
    assert may_be_held(OSError(code, "")) is held


def test_the_notes_have_the_sizes_that_office_programs_give_them():
    assert (len(word_note("A")), len(excel_note("A"))) == (162, 165)


NAMES = st.text(st.characters(whitelist_categories=("Lu", "Ll"), max_codepoint=0x1EFF), min_size=1, max_size=52)


@given(NAMES, st.sampled_from([word_note, excel_note, lambda name: excel_note(name, first=b"\0")]))
def test_every_name_is_read_whatever_its_length(name, note):
    assert notes._person_of_owner_file(note(name)) == name


@pytest.mark.parametrize(
    ("file", "note", "program"),
    [
        ("quang-lam.xlsx", "~$quang-lam.xlsx", "Excel"),
        ("a.xlsx", "~$a.xlsx", "Excel"),
        ("so-ket-1.docx", "~$-ket-1.docx", "Word"),
        ("so-ket1.docx", "~$o-ket1.docx", "Word"),
        ("so-ket.docx", "~$so-ket.docx", "Word"),
        ("Báo cáo.docx", "~$áo cáo.docx", "Word"),
    ],
)
def test_the_note_is_found_by_the_name_that_the_program_gives_it(tmp_path, file, note, program):
    (tmp_path / file).write_bytes(b"")
    (tmp_path / note).write_bytes((word_note if program == "Word" else excel_note)("Nguyễn Thị Hoài"))

    assert opened(tmp_path / file) == Opened(program, "Nguyễn Thị Hoài")
    assert opened(tmp_path / file).words == f"đang mở trong {program}, người mở: Nguyễn Thị Hoài"
    assert opened(tmp_path / f"khac-{file}") is None


@pytest.mark.parametrize(
    ("note", "person"),
    [
        (",nthoai,MAY-01,21.06.2024 08:15,file:///C:/Users/nthoai/AppData/;", "nthoai"),
        ("Nguyễn Thị Hoài,nthoai,MAY-01,21.06.2024 08:15,file:///C:/;", "Nguyễn Thị Hoài"),
        ("Hoài\\, phòng 2\\; tầng 1,nthoai,MAY-01,21.06.2024 08:15,x;", "Hoài, phòng 2; tầng 1"),
        ("", ""),
        (";", ""),
        ("Hoài", ""),
    ],
)
def test_the_note_of_libreoffice(tmp_path, note, person):
    (tmp_path / "a.xlsx").write_bytes(b"")
    (tmp_path / ".~lock.a.xlsx#").write_text(note, encoding="utf-8")

    assert opened(tmp_path / "a.xlsx") == Opened("LibreOffice", person)


@given(st.binary(max_size=200))
def test_whatever_stands_in_a_note_nothing_breaks(content):
    for read in (notes._person_of_owner_file, notes._person_of_lock_file):
        name = read(content)
        assert name.isprintable()
        assert "\x1b" not in name


def test_a_note_that_cannot_be_read_still_says_that_the_file_is_open(tmp_path, monkeypatch):
    (tmp_path / "~$a.xlsx").write_bytes(excel_note("A"))
    monkeypatch.setattr(Path, "open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "")))

    assert opened(tmp_path / "a.xlsx") == Opened("Excel", "")
    assert Opened("Excel", "").words == "đang mở trong Excel"


def test_a_note_that_is_something_else_is_none(tmp_path):
    (tmp_path / "~$a.xlsx").mkdir()
    os.mkfifo(tmp_path / ".~lock.a.xlsx#")

    assert opened(tmp_path / "a.xlsx") is None

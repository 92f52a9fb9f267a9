"""PDF through LibreOffice: the real program, and programs that fail, hang or are not there. Without LibreOffice these tests fail."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import replace

import pytest

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.report import Artifact
from mtqg_cli.render.documents import pdf
from mtqg_cli.render.documents.docx import DRAFT_MARK, render

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Where temporary files go: a path as users have them."""
    made = tmp_path / "Thư mục tạm của tôi"
    made.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(made))
    return made


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """A program in the place of LibreOffice."""

    def make(script):
        program = tmp_path / "soffice giả"
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv(pdf.SETTING, str(program))
        return program

    return make


def pages(content):
    def run(*command):
        return subprocess.run([*command], input=content, capture_output=True, check=True).stdout.decode()

    sizes = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", run("pdfinfo", "-f", "1", "-l", "99", "-"))
    return run("pdftotext", "-layout", "-", "-").split("\f")[:-1], [(round(float(wide)), round(float(high))) for wide, high in sizes]


def test_several_documents_become_pdf_and_nothing_is_left(folder, shipped, dam_ha):
    documents = [render(shipped(name), replace(dam_ha, template=name, draft=True), f"{name} của huyện.docx") for name in ("so-ket", "tin-bai")]
    report, article = pdf.convert(documents)
    assert (report.name, article.name) == ("so-ket của huyện.pdf", "tin-bai của huyện.pdf")
    told, sizes = pages(report.content)
    assert set(sizes) == {(595, 842), (842, 595)}
    assert all(DRAFT_MARK in page for page in told)
    assert "PHƯƠNG HƯỚNG, NHIỆM VỤ" in "".join(told)
    assert "Huyện Đầm Hà: 6 tháng đầu năm 2024, giải ngân vốn" in pages(article.content)[0][0]
    assert not list(folder.iterdir())


@pytest.mark.usefixtures("folder")
def test_the_same_document_gives_the_same_bytes(shipped, dam_ha, monkeypatch):
    document = render(shipped("tin-bai"), replace(dam_ha, template="tin-bai"), "a.docx")
    monkeypatch.setenv("TZ", "UTC")
    first = pdf.convert([document])
    time.sleep(1.1)  # the clock of a PDF counts seconds
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    assert pdf.convert([document]) == first


def test_without_libreoffice_the_other_ways_are_told(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv(pdf.SETTING, raising=False)
    monkeypatch.setattr(pdf, "_USUAL", ())
    with pytest.raises(MtqgError, match="máy này không có LibreOffice") as caught:
        pdf.convert([Artifact("a.docx", b"")])
    assert caught.value.exit_code == 3
    assert "--format html" in caught.value.hint
    assert "In, Lưu thành PDF" in caught.value.hint


def test_it_is_found_in_its_usual_place_or_where_it_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv(pdf.SETTING, raising=False)
    usual, named = tmp_path / "Program Files soffice.exe", tmp_path / "soffice khác"
    for each in (usual, named):
        each.write_bytes(b"")
    monkeypatch.setattr(pdf, "_USUAL", (str(tmp_path / "không có"), str(usual)))
    assert pdf.find() == usual
    monkeypatch.setenv(pdf.SETTING, str(named))
    assert pdf.find() == named
    monkeypatch.setenv(pdf.SETTING, str(tmp_path / "không có"))
    with pytest.raises(MtqgError, match=pdf.SETTING):
        pdf.find()


@POSIX
@pytest.mark.parametrize("script", ["exit 1", "exit 0", 'for each; do :; done; printf nonsense > "${each%.docx}.pdf"'])
def test_a_program_that_makes_no_pdf_is_told(folder, stand_in, script):
    stand_in(script)
    with pytest.raises(MtqgError, match=r"không lập được tệp PDF từ báo cáo\.docx") as caught:
        pdf.convert([Artifact("báo cáo.docx", b"x")])
    assert caught.value.exit_code == 3
    assert not list(folder.iterdir())


@POSIX
def test_a_program_that_cannot_be_started_is_told(folder, stand_in):
    stand_in("").chmod(0o644)
    with pytest.raises(MtqgError, match="Không chạy được LibreOffice"):
        pdf.convert([Artifact("a.docx", b"x")])
    assert not list(folder.iterdir())


@POSIX
def test_a_program_that_hangs_is_ended_with_all_that_it_has_started(folder, stand_in, tmp_path, monkeypatch):
    stand_in(f'sleep 600 &\necho $! > "{tmp_path}/child"\nwait')
    monkeypatch.setattr(pdf, "_SECONDS", 1)
    monkeypatch.setattr(pdf, "_SECONDS_EACH", 0)
    with pytest.raises(MtqgError, match="sau 1 giây") as caught:
        pdf.convert([Artifact("a.docx", b"x")])
    assert caught.value.exit_code == 3
    assert not list(folder.iterdir())
    assert ended(int((tmp_path / "child").read_text()))


def ended(process):
    """Whether a process is gone, or only waits to be buried."""
    for _ in range(50):
        try:
            os.kill(process, 0)
            state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False).stdout
        except ProcessLookupError:
            return True
        if state.startswith("Z"):
            return True
        time.sleep(0.1)
    return False


@POSIX
@pytest.mark.usefixtures("folder")
def test_the_program_is_started_once_for_all_documents(stand_in, tmp_path):
    stand_in(f'echo start >> "{tmp_path}/starts"\nfor each; do case "$each" in *.docx) printf %%PDF- > "${{each%.docx}}.pdf";; esac; done')
    made = pdf.convert([Artifact(f"{name}.docx", name.encode()) for name in ("một", "hai", "ba")])
    assert [each.name for each in made] == ["một.pdf", "hai.pdf", "ba.pdf"]
    assert (tmp_path / "starts").read_text() == "start\n"

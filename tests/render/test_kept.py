"""What is kept of templates: the same documents with it and without, and never anything that does not belong to just this template and program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from mtqg_cli.core.report import Field
from mtqg_cli.render import kept, lint
from mtqg_cli.render.documents import word_template
from mtqg_cli.render.documents.docx import render


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Where Python keeps what it compiles, as a program sees it that has just started."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    start_anew()
    yield kept._folder()
    start_anew()


def start_anew():
    word_template._compiled.cache_clear()
    word_template._parsed.cache_clear()
    kept._edition.cache_clear()


def files(folder):
    return set(folder.glob("*.mau"))


def kinds(folder):
    return {path.name.partition("-")[0] for path in files(folder)}


@pytest.fixture
def nothing_is_parsed(monkeypatch):
    def forbid():
        start_anew()
        monkeypatch.setattr(word_template.DocxTemplate, "patch_xml", lambda *_: pytest.fail("parsed again"))
        monkeypatch.setattr(lint, "_faults", lambda *_: pytest.fail("looked through again"))

    return forbid


def test_a_template_is_looked_through_and_compiled_once(shipped, dam_ha, fields, folder, nothing_is_parsed):
    first = render(shipped("so-ket"), dam_ha, "so-ket.docx").content
    assert lint.lint(shipped("so-ket"), fields, "so-ket/report.docx") == ()
    assert kinds(folder) == {"ma", "soat"}
    nothing_is_parsed()
    assert lint.lint(shipped("so-ket"), fields, "so-ket/report.docx") == ()
    assert render(shipped("so-ket"), dam_ha, "so-ket.docx").content == first


def test_a_faulty_template_is_told_of_every_time(page, fields, folder):
    for _ in range(2):
        assert [each.code for each in lint.lint(page("{{ khong_co }}"), fields, "a.docx")] == ["D101"]
    assert kinds(folder) == set()


def test_other_names_are_another_question(page, fields, folder):
    template = page("{{ ten_moi }}")
    assert lint.lint(template, {**fields, "ten_moi": Field("Tên mới", "text")}, "a.docx") == ()
    assert kinds(folder) == {"soat"}
    assert [each.found for each in lint.lint(template, fields, "a.docx")] == ["ten_moi"]


def test_another_template_is_another_one(page, dam_ha):
    assert render(page("Một."), dam_ha, "a").content != render(page("Hai."), dam_ha, "a").content


@pytest.mark.parametrize("damage", [lambda _: b"", lambda content: content[:-1], lambda content: content[:40] + bytes([content[40] ^ 1]) + content[41:]])
def test_what_is_damaged_is_made_anew(page, dam_ha, folder, damage):
    template = page("Còn {{ ho_ngheo_dau_ky.day_du }}.")
    made = render(template, dam_ha, "a").content
    for path in files(folder):
        path.write_bytes(damage(path.read_bytes()))
    start_anew()
    assert render(template, dam_ha, "a").content == made


def test_another_edition_of_the_program_makes_its_own(page, dam_ha, folder, monkeypatch):
    render(page("Một."), dam_ha, "a")
    before = files(folder)
    start_anew()
    monkeypatch.setattr(kept, "build", lambda: "another")
    render(page("Một."), dam_ha, "a")
    assert before < files(folder)


def test_python_is_obeyed_when_it_may_keep_nothing(page, dam_ha, folder, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    render(page("Một."), dam_ha, "a")
    assert kinds(folder) == set()


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(page, dam_ha, folder):
    folder.parent.mkdir(parents=True)
    folder.write_text("no folder")
    assert render(page("Một."), dam_ha, "a").content
    assert folder.read_text() == "no folder"


def test_a_file_that_another_process_holds_open_stays(page, dam_ha, folder, monkeypatch):
    def refuse(*_):
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)
    assert render(page("Một."), dam_ha, "a").content
    assert kinds(folder) == set()


def test_a_library_that_does_not_tell_its_version_stops_nothing(page, fields, monkeypatch):
    monkeypatch.setattr(kept, "_FILLERS", ("jinja2", "khong-co-goi-nay"))
    start_anew()
    assert lint.lint(page("Một."), fields, "a.docx") == ()


def test_what_is_in_use_stays(folder):
    kept.keep(used := kept.name_of("ma", b"in use"), b"x")
    for number in range(kept._MOST + 5):
        os.utime(folder / used, (0, 0))
        assert kept.fetch(used) == b"x"
        kept.keep(kept.name_of("ma", str(number).encode()), b"x")
    assert kept.fetch(used) == b"x"


def test_the_oldest_go(folder):
    for number in range(kept._MOST + 5):
        kept.keep(kept.name_of("ma", str(number).encode()), b"x")
    assert len(files(folder)) == kept._MOST

"""`mtqg report --format`: which files come out, what they are made from, and what is told where a format cannot be had."""

from __future__ import annotations

import json
import shutil
import sys
import types
from pathlib import Path

import pytest

from mtqg_cli.core.report import Artifact
from mtqg_cli.reference.resources import shipped
from mtqg_cli.render.documents import pdf

REPORT = ("report", "--period", "6m2024", "--project")
FIRST_BYTES = {".docx": b"PK", ".html": b"<!DOCTYPE html>", ".md": b"**", ".pdf": b"%PDF-"}


def formats(*names):
    return [word for name in names for word in ("--format", name)]


def test_each_template_in_each_format(call, project_copy):
    code, out, err = call(*REPORT, project_copy, "--template", "so-ket", "--template", "tin-bai", *formats("docx", "html", "md", "pdf", "html"))

    assert (code, err) == (0, "")
    paths = [Path(line) for line in out.splitlines()]
    assert [path.name for path in paths] == [f"{name}{ending}" for name in ("so-ket", "tin-bai") for ending in (".docx", ".html", ".md", ".pdf")]
    for path in paths:
        assert path.read_bytes().startswith(FIRST_BYTES[path.suffix] if path.name != "tin-bai.md" else b"# ")
    manifest = json.loads((paths[0].parent / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    assert set(manifest) == {path.name for path in paths}
    assert {len(entry["inputs"]) for entry in manifest.values()} == {20}  # of the period and of the one before


def test_only_what_is_asked_for_is_written_and_word_without_asking(call, project_copy):
    _, out, _ = call(*REPORT, project_copy, *formats("md"))
    assert [Path(line).name for line in out.splitlines()] == ["so-ket.md"]
    _, out, _ = call(*REPORT, project_copy)
    assert [Path(line).name for line in out.splitlines()] == ["so-ket.docx"]
    assert sorted(path.name for path in (project_copy / "out" / "6m2024").iterdir()) == ["manifest.json", "so-ket.docx", "so-ket.md"]


def test_all_formats_follow_what_is_edited_in_word(call, project_copy):
    import docx

    folder = project_copy / "templates" / "tin-bai"
    shutil.copytree(shipped("templates") / "tin-bai", folder)
    document = docx.Document(folder / "report.docx")
    document.add_paragraph("Câu thêm trong Word: {{ ky.ten }}.")
    document.save(folder / "report.docx")
    _, out, _ = call(*REPORT, project_copy, "--template", "tin-bai", *formats("html", "md"))
    for line in out.splitlines():
        assert "Câu thêm trong Word: 6 tháng đầu năm 2024." in Path(line).read_text(encoding="utf-8")


def test_a_format_that_a_template_has_not(call, project_copy):
    folder = project_copy / "templates" / "tin-bai"
    shutil.copytree(shipped("templates") / "tin-bai", folder)
    with (folder / "template.toml").open("a", encoding="utf-8") as settings:
        settings.write('\nformats = ["html", "md"]\n')
    code, out, err = call(*REPORT, project_copy, "--template", "so-ket", "--template", "tin-bai", *formats("docx"))
    assert (code, out) == (2, "")
    assert "Mẫu “tin-bai” không có dạng docx." in err
    assert "html, md" in err
    _, out, _ = call(*REPORT, project_copy, "--template", "tin-bai")
    assert [Path(line).name for line in out.splitlines()] == ["tin-bai.html"]


@pytest.mark.parametrize("value", ['["doc"]', "[]"])
def test_a_template_with_formats_that_do_not_exist(call, project_copy, value):
    folder = project_copy / "templates" / "tin-bai"
    shutil.copytree(shipped("templates") / "tin-bai", folder)
    with (folder / "template.toml").open("a", encoding="utf-8") as settings:
        settings.write(f"\nformats = {value}\n")
    code, _, err = call(*REPORT, project_copy, "--template", "tin-bai")
    assert code == 2
    assert "formats" in err


def test_a_format_made_from_the_report_itself_needs_no_word_template(call, project_copy, monkeypatch):
    folder = project_copy / "templates" / "phu-luc"
    folder.mkdir(parents=True)
    (folder / "template.toml").write_text('title = "Phụ lục"\noutput = "phu-luc.xlsx"\nformats = ["xlsx"]\n', encoding="utf-8")
    given = []
    module = types.ModuleType("mtqg_cli.render.documents.xlsx")
    module.render = lambda _, report, filename: given.append(report) or Artifact(filename, b"PK")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    code, out, _ = call(*REPORT, project_copy, "--template", "phu-luc")
    assert (code, Path(out.strip()).name) == (0, "phu-luc.xlsx")
    assert given[0].template == "phu-luc"


def test_two_templates_may_share_a_name_but_not_a_file(call, project_copy):
    folder = project_copy / "templates" / "khac"
    shutil.copytree(shipped("templates") / "tin-bai", folder)
    settings = folder / "template.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("tin-bai.docx", "so-ket.docx"), encoding="utf-8")
    code, _, err = call(*REPORT, project_copy, "--template", "so-ket", "--template", "khac", *formats("md"))
    assert code == 2
    assert "Hai mẫu cùng ghi ra tệp so-ket.md." in err


def test_two_templates_that_share_a_name_are_each_filled(call, project_copy):
    folder = project_copy / "templates" / "khac"
    shutil.copytree(shipped("templates") / "tin-bai", folder)
    settings = folder / "template.toml"
    settings.write_text('title = "Khác"\noutput = "so-ket.docx"\nformats = ["md"]\n', encoding="utf-8")
    code, out, _ = call(*REPORT, project_copy, "--template", "so-ket", "--template", "khac")
    assert code == 0
    together = [Path(line).read_bytes() for line in out.splitlines()]
    apart = []
    for name in ("so-ket", "khac"):
        _, out, _ = call(*REPORT, project_copy, "--template", name)
        apart.append(Path(out.strip()).read_bytes())
    assert together == apart


@pytest.mark.parametrize("output", ["", " ", ".", "..", "../a.docx", "a/b.docx", r"a\\b.docx", "a*b?.docx", r"a\u0000b.docx", "a" * 101, ".docx", "a.docx."])
def test_a_template_whose_product_cannot_be_named_so(call, project_copy, output):
    folder = project_copy / "templates" / "khac"
    shutil.copytree(shipped("templates") / "tin-bai", folder)
    (folder / "template.toml").write_text(f'title = "Khác"\noutput = "{output}"\n', encoding="utf-8")
    code, _, err = call(*REPORT, project_copy, "--template", "khac")
    assert code == 2
    assert "output: phải là một tên tệp" in err


@pytest.mark.parametrize("spoil", ["gone", "folder", "settings"])
def test_a_template_that_cannot_be_read(call, project_copy, spoil):
    folder = project_copy / "templates" / "khac"
    shutil.copytree(shipped("templates") / "tin-bai", folder)
    spoilt = folder / ("template.toml" if spoil == "settings" else "report.docx")
    spoilt.unlink()
    if spoil != "gone":
        spoilt.mkdir()
    code, _, err = call(*REPORT, project_copy, "--template", "khac")
    assert code == 3
    assert f"Không đọc được tệp{' mẫu' if spoil != 'settings' else ''} {spoilt}" in err


def test_a_letter_is_no_report(call, project_copy):
    code, _, err = call(*REPORT, project_copy, "--template", "cong-van")
    assert code == 2
    assert "mẫu công văn trả lại tệp" in err


def test_a_draft_is_marked_in_every_format(call, project_copy):
    (project_copy / "data" / "6m2024" / "tan-lap.xlsx").unlink()
    code, out, _ = call(*REPORT, project_copy, "--draft", *formats("html", "md"))
    assert code == 0
    for line in out.splitlines():
        assert "DỰ THẢO" in Path(line).read_text(encoding="utf-8")[:20000]


def test_without_libreoffice_nothing_is_written(call, project_copy, monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv(pdf.SETTING, raising=False)
    monkeypatch.setattr(pdf, "_USUAL", ())
    code, out, err = call(*REPORT, project_copy, *formats("docx", "pdf"))
    assert (code, out) == (3, "")
    assert "máy này không có LibreOffice" in err
    assert not (project_copy / "out" / "6m2024").exists()

"""The documents of the sample Đầm Hà as a user gets them: annexes, nothing of the template, the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest

from mtqg_cli.cli.app import run


@pytest.fixture(scope="module")
def documents(tmp_path_factory, dam_ha):
    out = tmp_path_factory.mktemp("out")
    code = run(["report", "--project", str(dam_ha.folder), "--period", "6m2024", "--template", "so-ket", "--template", "tin-bai", "--out", str(out)])
    assert code == 0
    return {name: docx.Document(out / f"{name}.docx") for name in ("so-ket", "tin-bai")}


def test_the_annexes_hold_the_totals(documents):
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in documents["so-ket"].tables]
    cells = {text for table in tables for row in table for text in row}

    assert {"86.447", "61.864", "32.479", "52,5", "11.231", "165", "119"} <= cells


def test_nothing_is_left_of_the_template(documents):
    for document in documents.values():
        text = "\n".join(paragraph.text for paragraph in document.paragraphs)
        assert not re.search(r"\{\{|\}\}|\{%|%\}", text)
        assert "  " not in text
        assert not re.search(r" [,;.:](?!\.)", text)


def test_the_same_inputs_give_the_same_bytes(tmp_path, dam_ha):
    for name in ("a", "b"):
        assert run(["report", "--project", str(dam_ha.folder), "--period", "6m2024", "--out", str(tmp_path / name)]) == 0

    assert (tmp_path / "a" / "so-ket.docx").read_bytes() == (tmp_path / "b" / "so-ket.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO((tmp_path / "a" / "so-ket.docx").read_bytes())) as package:
        assert {item.date_time[:3] for item in package.infolist()} == {(1980, 1, 1)}

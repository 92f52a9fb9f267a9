"""The same workbooks, the same request: the same bytes, wherever, whenever and by whomever; and the same parts on every platform.

`parts.tsv` holds the digest of each part of each document of one sample. A part that differs on another platform fails there. After a
change that is meant: python tests/render/test_same_bytes.py writes the file anew; its difference belongs into the same commit.
Its first line names the libraries that write the parts: other versions of them may write otherwise, and are not compared.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SAMPLE = ROOT / "sample_data" / "dam-ha"
RECORDED = ROOT / "tests" / "data" / "parts.tsv"
REPORT = ("report", "--period", "6m2024", "--template", "so-ket", "--draft")
ANNEX = ("report", "--period", "6m2024", "--template", "phu-luc")
HERE = {"TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "PYTHONHASHSEED": "1", "COLUMNS": "80"}
THERE = {"TZ": "America/Los_Angeles", "LC_ALL": "C", "LANG": "vi_VN.UTF-8", "PYTHONHASHSEED": "77", "COLUMNS": "200", "NO_COLOR": "1", "USER": "người khác"}
FORMATS = ("docx", "html", "md", "xlsx")


def made(project, folder, surroundings, *orders, umask=0o022):
    """What the program writes in a process of its own."""
    for order in orders:
        command = [sys.executable, "-m", "mtqg_cli.cli", *order, "--project", str(project), "--out", str(folder)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **surroundings}
        about_rights = {"umask": umask} if os.name == "posix" else {}
        done = subprocess.run(command, cwd=project.parent, env=environment, capture_output=True, check=False, **about_rights)
        assert done.returncode == 0, done.stderr.decode(errors="replace")
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "manifest.json"}


def copied(folder, age):
    """The sample in another folder, its files dated otherwise and made in another order."""
    for path in sorted(SAMPLE.rglob("*"), reverse=age > 0):
        if path.is_file() and not {"out", ".mtqg"} & set(path.parts):
            target = folder / path.relative_to(SAMPLE)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            os.utime(target, (age, age))
    return folder


def in_both(tmp_path, *orders):
    here = copied(tmp_path / "Đầm Hà", 0)
    there = copied(tmp_path / "sâu" / "hơn nữa" / "du an sao chep", 1_900_000_000)
    return made(here, tmp_path / "out", HERE, *orders), made(there, tmp_path / "Kết quả khác", THERE, *orders, umask=0o077)


def formats(order, *names):
    return (*order, *(word for name in names for word in ("--format", name)))


def test_the_same_bytes_in_every_folder_and_surrounding(tmp_path):
    here, there = in_both(tmp_path, formats(REPORT, *FORMATS), ANNEX)
    assert set(here) == {*(f"so-ket.{form}" for form in FORMATS), "phu-luc.xlsx"}
    assert [name for name in here if here[name] != there[name]] == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice makes the PDF")
def test_the_same_pdf_from_one_libreoffice(tmp_path):
    """LibreOffice of one version with the same fonts: which of them it finds is not ours to promise."""
    here, there = in_both(tmp_path, formats(REPORT, "pdf"))
    assert here["so-ket.pdf"] == there["so-ket.pdf"]


def test_the_same_parts_on_every_platform(tmp_path):
    recorded, *lines = RECORDED.read_text(encoding="utf-8").splitlines()
    if recorded != libraries():
        pytest.skip(f"recorded with {recorded}")
    documents = made(copied(tmp_path / "dam-ha", 0), tmp_path / "out", {}, formats(REPORT, *FORMATS), ANNEX)
    assert lines == list(digests(documents))


def libraries():
    return " ".join(f"{name}={version(name)}" for name in ("docxtpl", "jinja2", "lxml", "python-docx", "python-pptx", "xlsxwriter"))


def digests(documents):
    """A line a part, those of embedded workbooks by what is in them: how it is compressed is the platform's."""
    for name, content in sorted(documents.items()):
        for part, inside in parts(name, content):
            yield f"{part}\t{hashlib.sha256(inside).hexdigest()}"


def parts(name, content):
    if not name.endswith(("docx", "xlsx")):
        yield name, content
        return
    with tempfile.TemporaryFile() as file:
        file.write(content)
        with zipfile.ZipFile(file) as package:
            for each in package.namelist():
                yield from parts(f"{name}/{each}", package.read(each))


def record():
    with tempfile.TemporaryDirectory() as folder:
        documents = made(copied(Path(folder) / "dam-ha", 0), Path(folder) / "out", {}, formats(REPORT, *FORMATS), ANNEX)
    RECORDED.write_text("".join(f"{line}\n" for line in (libraries(), *digests(documents))), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    record()

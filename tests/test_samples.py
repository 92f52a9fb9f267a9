"""Every sample project: made from its specification byte for byte, and without a finding in any of its periods."""

from __future__ import annotations

import importlib.util
import io
import shutil
import zipfile
from pathlib import Path

import pytest

from mtqg_cli import pipeline
from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.project import load_project

SAMPLES = Path(__file__).resolve().parent.parent / "sample_data"
DISTRICTS = sorted(path.name for path in (SAMPLES / "specs").iterdir())
PERIODS = [(district, path.name) for district in DISTRICTS for path in sorted((SAMPLES / district / "data").iterdir())]


def parts(workbook):
    """The parts of a workbook: deflate may differ between zlib builds."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        return [(item.filename, package.read(item)) for item in package.infolist()]


@pytest.mark.parametrize("district", DISTRICTS)
def test_a_sample_is_what_its_specification_makes(district, tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("make_samples", SAMPLES / "make.py")
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    monkeypatch.setattr(make, "HERE", tmp_path)
    shutil.copytree(SAMPLES / "specs" / district, tmp_path / "specs" / district)
    make.main([district])

    made = {path.relative_to(tmp_path): path.read_bytes() for path in sorted((tmp_path / district).rglob("*")) if path.is_file()}
    kept = {
        path.relative_to(SAMPLES): path.read_bytes()
        for path in sorted((SAMPLES / district).rglob("*"))
        if path.is_file() and not {"out", ".mtqg"} & set(path.relative_to(SAMPLES).parts)
    }
    assert sorted(made) == sorted(kept)
    for name, content in made.items():
        assert parts(content) == parts(kept[name]) if name.suffix == ".xlsx" else content == kept[name], name


@pytest.mark.parametrize(("district", "period"), PERIODS)
def test_a_sample_has_nothing_to_mend_or_to_ask(district, period):
    project = load_project(SAMPLES / district)
    found = pipeline.gather(project, project.period(period)).diagnostics

    assert [(each.code, str(each.location), each.message) for each in found if each.severity is not Severity.NOTE] == []

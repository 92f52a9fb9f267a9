"""Every sample project: made from its specification byte for byte, and no finding in any of its periods."""

from __future__ import annotations

import importlib.util
import io
import shutil
import zipfile
from pathlib import Path

import pytest

from mtqg_cli import pipeline
from mtqg_cli.compose.values import Frame, compose
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
def test_a_sample_has_nothing_to_mend_or_to_ask(samples, district, period):
    project = load_project(samples / district)
    found = pipeline.gather(project, project.period(period)).diagnostics

    assert [(each.code, str(each.location), each.message) for each in found if each.severity is not Severity.NOTE] == []


def test_no_set_has_a_band_beyond_its_criteria(samples):
    """Bình Liêu has bands for a set of twenty criteria beside one of nineteen."""
    project = load_project(samples / "binh-lieu")
    gathered = pipeline.gather(project, project.period("9m2021")).value
    aggregates = pipeline.summarise(gathered)
    report = compose(gathered.request, aggregates.figures, aggregates.listings, Frame(), "so-ket")
    sets = {each.values["ma"]: [band.values["ten"] for band in each.values["nhom"]] for each in report.values["bo_tieu_chi"]}

    assert [len(each) for each in sets.values()] == [5, 6]
    assert [name for name, bands in sets.items() if "20 tiêu chí" in bands] == ["xa-ntm-kv2-kv3-minh-hoa"]


def test_nothing_is_taken_from_a_period_that_was_still_to_come(samples):
    project = load_project(samples / "binh-lieu")
    drawn = {name: {group: str(each) for group, each in project.request(project.period(name)).as_of.items()} for name in ("9m2021", "2020", "2019")}

    assert drawn == {"9m2021": {"ntm": "2020"}, "2020": {"ntm": "2020"}, "2019": {}}

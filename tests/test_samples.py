"""Every sample project: made from its specification byte for byte, no finding in any of its periods, the published figures.

`data/expected_samples.tsv` was made from published articles; where what they print is impossible, it says what their numbers give
(sample_data/README.md tells which).
"""

from __future__ import annotations

import csv
import functools
import importlib.util
import io
import re
import shutil
import zipfile
from pathlib import Path

import docx
import pytest

from mtqg_cli import pipeline
from mtqg_cli.cli.app import run
from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.report import Style
from mtqg_cli.project import load_project
from mtqg_cli.render.views import FigureView

SAMPLES = Path(__file__).resolve().parent.parent / "sample_data"
DISTRICTS = sorted(path.name for path in (SAMPLES / "specs").iterdir())
EXPECTED = list(csv.DictReader((Path(__file__).parent / "data" / "expected_samples.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"))
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


@functools.cache
def summary(district, period):
    """The figures of a sample and how its settings print them."""
    project = load_project(SAMPLES / district)
    style = Style(project.settings.style.leading_zero, project.settings.style.decimals)
    return pipeline.summarise(pipeline.gather(project, project.period(period)).value).figures, style


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["id"])
def test_a_published_figure_comes_out_of_the_sample(row):
    figures, style = summary(row["project"], row["period"])
    by = dict(part.split("=") for part in row["by"].split())
    found = [each for each in figures if each.id == row["figure"] and dict(each.by) == by and each.scope is None]

    assert len(found) == 1
    view = FigureView(found[0], style)
    assert (getattr(view, row["told"]) if row["told"] else str(view)) == row["must_print"]
    assert list(found[0].leaves()) or row["must_print"].startswith("0 ")


@pytest.fixture(scope="module", params=sorted({(row["project"], row["period"]) for row in EXPECTED}), ids=lambda sample: sample[0])
def texts(request, tmp_path_factory):
    """Both documents of a sample, as paragraphs."""
    district, period = request.param
    out = tmp_path_factory.mktemp(district)
    project = shutil.copytree(SAMPLES / district, out / district, ignore=shutil.ignore_patterns("out", ".mtqg"))
    assert run(["report", "--project", str(project), "--period", period, "--template", "so-ket", "--template", "tin-bai", "--out", str(out)]) == 0
    return {name: [paragraph.text for paragraph in docx.Document(out / f"{name}.docx").paragraphs] for name in ("so-ket", "tin-bai")}


def test_the_documents_of_a_sample_are_written_whole(texts):
    for name, paragraphs in texts.items():
        text = "\n".join(paragraphs)
        assert not re.search(r"\{\{|\}\}|\{%|%\}|  ", text), name


def test_no_set_has_a_band_beyond_its_criteria(texts):
    """Bình Liêu has bands for a set of twenty criteria beside one of nineteen."""
    sets = [text for text in texts["so-ket"] if text.startswith("Kết quả thực hiện Bộ tiêu chí")]
    bands = [text for text in texts["so-ket"] if re.match(r"(- )?20 tiêu chí:", text)]

    assert len(bands) == sum("gồm 20 tiêu chí" in text for text in sets)


def test_nothing_is_taken_from_a_period_that_was_still_to_come():
    project = load_project(SAMPLES / "binh-lieu")
    drawn = {name: {group: str(each) for group, each in project.request(project.period(name)).as_of.items()} for name in ("9m2021", "2020", "2019")}

    assert drawn == {"9m2021": {"ntm": "2020"}, "2020": {"ntm": "2020"}, "2019": {}}

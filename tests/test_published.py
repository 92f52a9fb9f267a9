"""The whole way on real input: every figure that five published results allow is printed in its sentence by the reports of its district.

`data/published.tsv` says what must be printed and beside which words. It was made from articles that five districts published on their
meetings; where an article is arithmetically wrong (18,56 criteria over 6 communes, 364% of a plan of households, 43% for 5.989,0 of 11.041,0),
the row holds what the district's own numbers give.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import docx
import pytest

from mtqg_cli.cli.app import run
from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.report import Style
from mtqg_cli.pipeline import gather, summarise
from mtqg_cli.project import load_project
from mtqg_cli.render.printing import print_figure

ROOT = Path(__file__).resolve().parent.parent
ROWS = list(csv.DictReader((ROOT / "tests" / "data" / "published.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"))
CASES = {row["project"]: row["period"] for row in ROWS}


def by_of(row):
    return dict(part.split("=") for part in row["by"].split())


def whole(text):
    """The text with nothing that would make it another number."""
    return re.compile(rf"(?<![\d.,]){re.escape(text)}(?!\d|[.,]\d)")


@pytest.fixture(scope="session")
def documents(tmp_path_factory, samples):
    """The paragraphs of a district's document, made by the command as a user would."""
    made = {}

    def paragraphs(project, template):
        if (project, template) not in made:
            out = tmp_path_factory.mktemp("out")
            assert run(["report", "--project", str(samples / project), "--period", CASES[project], "--template", template, "--out", str(out)]) == 0
            made[project, template] = [paragraph.text for paragraph in docx.Document(out / f"{template}.docx").paragraphs]
        return made[project, template]

    return paragraphs


@pytest.fixture(scope="session")
def figures(samples):
    made = {}

    def of(project):
        if project not in made:
            loaded = load_project(samples / project)
            checked = gather(loaded, loaded.period(CASES[project]))
            assert not [each for each in checked.diagnostics if each.severity is not Severity.NOTE]
            made[project] = loaded, summarise(checked.value).figures
        return made[project]

    return of


@pytest.mark.parametrize(
    ("row", "template"), [pytest.param(row, each, id=f"{row['id']}-{row['figure']}-{each}") for row in ROWS for each in row["templates"].split()]
)
def test_a_published_result_is_printed_whole_in_its_sentence(documents, row, template):
    paragraphs = documents(row["project"], template)
    found = [text for text in paragraphs if whole(row["must_print"]).search(text) and row["near"] in text]

    assert found, [text for text in paragraphs if row["must_print"] in text or row["near"] in text]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['id']}-{row['figure']}")
def test_the_figure_behind_it_says_the_same_and_knows_its_cells(figures, row):
    loaded, every = figures(row["project"])
    found = [each for each in every if each.id == row["figure"] and dict(each.by) == by_of(row) and each.scope is None]
    if row["must_print"] == "chưa giải ngân":  # nobody has reported anything: no figure, and never 0
        assert not found or found[0].value is None
        return
    figure = found[0]
    style = Style(loaded.settings.style.leading_zero, loaded.settings.style.decimals)
    text = print_figure(figure, style)
    parts = (
        [text]
        if figure.numerator is None or not re.search(r"\d/\d", row["must_print"])
        else [print_figure(each, Style(leading_zero=False, decimals=style.decimals)) for each in (figure.numerator, figure.denominator)]
    )
    if figure.value == 0:
        parts = ["không có xã"]

    assert all(whole(part).search(row["must_print"]) or whole(row["must_print"]).search(part) for part in parts), (parts, row["must_print"])
    assert list(figure.leaves())


def test_every_published_row_is_there():
    assert len({row["id"] for row in ROWS}) == 75


@pytest.mark.parametrize("project", CASES)
@pytest.mark.parametrize("template", ["so-ket", "tong-ket", "kiem-tra", "tin-bai"])
def test_nothing_is_left_of_the_template(documents, project, template):
    text = "\n".join(documents(project, template))

    assert not re.search(r"\{\{|\}\}|\{%|%\}", text)
    assert "  " not in text
    assert not re.search(r" [,;.:](?!\.)", text)
    assert not re.search(r"[,;:]\.|\.\.(?!\.)|: ?;|\( ?\)", text)


def test_a_new_work_that_is_still_prepared_has_not_been_started(documents):
    """All 13 works are new, one of them is not begun."""
    (told,) = (text for text in documents("bach-thong", "so-ket") if "đầu tư 13 công trình" in text)
    assert "01 công trình đang chuẩn bị đầu tư" in told
    assert "khởi công mới 12 công trình" in told

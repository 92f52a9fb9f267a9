"""The documentation is true: generated pages are fresh, README's commands print what it shows, what it links to is there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("[a-z]*/README.md"))]


def test_generated_pages_and_shown_outputs_are_fresh():
    done = subprocess.run([sys.executable, ROOT / "scripts" / "make_docs.py", "--check"], capture_output=True, text=True, check=False, encoding="utf-8")

    assert done.stdout + done.stderr == "", "run scripts/make_docs.py and read the difference"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_into_a_page_lead_to_a_heading_of_it(page):
    for target, anchor in re.findall(r"\]\(([^)#]*)#([^)]+)\)", page.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            aim = page.parent / target if target else page
            assert anchor in {_slug(each) for each in re.findall(r"(?m)^#+ (.+)$", aim.read_text(encoding="utf-8"))}, f"{target}#{anchor}"


def _slug(heading):
    """The anchor of a heading, as the pages are shown on the web."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_pictures_are_small():
    assert [path.name for path in (ROOT / "docs" / "images").iterdir() if path.stat().st_size > 200_000] == []


def test_readme_has_the_two_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    assert "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/mtqg report --project sample_data/dam-ha --period 6m2024" in text
    assert ".venv/bin/pip install -e '.[dev]' && .venv/bin/pytest" in text
    assert len(re.findall(r"^\$ mtqg ", text, re.MULTILINE)) == 5


def test_every_command_has_a_help_in_vietnamese(capsys):
    from mtqg_cli.cli.app import app, run

    for name in [command.name for command in app.registered_commands]:
        assert run([name, "--help"]) == 0
        text = capsys.readouterr().out
        assert "Cách dùng: mtqg" in text
        assert not re.search(r"Usage|Options|Arguments|Show this|\[default|\[required|TEXT|PATH", text), text
        assert all(len(line) <= 80 for line in text.splitlines())


def test_no_machine_path_or_address_is_in_the_tree():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    pattern = re.compile("/" + "work/|/" + "root/|index" + "-url|/" + "simple/")
    for name in tracked:
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".yml", "", ".csv", ".tsv"} and path.is_file():
            assert not pattern.search(path.read_text(encoding="utf-8")), name


def test_every_code_that_the_program_gives_is_explained():
    from mtqg_cli.reference.codes import CODES
    from mtqg_cli.validate.registry import rules

    known = {*CODES, *(rule.code for rule in rules())}
    given = {code for path in (ROOT / "src").rglob("*.py") for code in re.findall(r'"([FSCRTXKDG]\d{3})"', path.read_text(encoding="utf-8"))}

    assert given == known

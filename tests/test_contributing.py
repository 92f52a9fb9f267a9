"""CONTRIBUTING.md and the map of the code speak of what there is: paths, names in capitals, commands of the justfile."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
#: Paths are told from the top, or from where the recipe is: the models and the data of the reference, the formats, a template.
PLACES = (ROOT, ROOT / "src/mtqg_cli/reference", ROOT / "src/mtqg_cli/reference/data", ROOT / "src/mtqg_cli/render/documents", ROOT / "templates/so-ket")
QUOTED = set(re.findall(r"`([^`\n]+)`", TEXT))
PATHS = sorted(each for each in QUOTED if re.fullmatch(r"[\w.<>*-]+(/[\w.<>*-]+)*/?", each) and ("/" in each or re.search(r"\.(py|md|toml|txt)$", each)))
NAMES = sorted(each for each in QUOTED if re.fullmatch(r"[A-Z][A-Z_]{3,}", each))


@pytest.mark.parametrize("path", PATHS)
def test_a_path_is_there(path):
    pattern = re.sub(r"<\w+>", "*", path)

    assert any(any(place.glob(pattern)) for place in PLACES)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_one_of_the_code(name):
    files = [path for folder in ("src", "tests", "scripts") for path in (ROOT / folder).rglob("*.py") if path.name != Path(__file__).name]

    assert any(re.search(rf"(?m)^{name}\b", path.read_text(encoding="utf-8")) for path in files)


def test_a_command_of_the_justfile_is_one():
    known = set(re.findall(r"(?m)^(\w+)(?: \*ARGS)?:$", (ROOT / "justfile").read_text(encoding="utf-8")))

    assert {each.split()[1] for each in QUOTED if each.startswith("just ")} | set(re.findall(r"(?m)^just (\w+)", TEXT)) <= known


def test_every_family_has_a_recipe():
    families = {"form", "criteria set", "programme", "rule", "measure", "indicator", "template", "format", "setting", "guide"}

    assert families <= set(re.findall(r"(?m)^- \*\*An? ([a-z ]+)\*\*", TEXT))
    assert len(PATHS) > 30
    assert len(NAMES) > 4

"""The guides for officers: every command in them runs, every setting in them is one, every limit is named with its value."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from mtqg_cli.core.vietnamese import format_number
from mtqg_cli.project import load_project
from mtqg_cli.reference.document_rules import CODES, FILE, load_rules
from mtqg_cli.reference.limits import LIMITS

GUIDES = Path(__file__).resolve().parent.parent.parent / "docs" / "huong-dan"
CHECKING = GUIDES / "kiem-tra-va-tra-lai.md"


def blocks(path, language):
    return re.findall(rf"```{language}\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("guide", sorted(GUIDES.glob("*.md")), ids=lambda path: path.stem)
def test_every_command_runs_in_its_turn(call, project_copy, monkeypatch, guide):
    monkeypatch.chdir(project_copy)
    for line in [line for block in blocks(guide, "sh") for line in block.splitlines() if line.startswith("mtqg ")]:
        code, _, err = call(*shlex.split(line, comments=True)[1:])

        assert code == 0, (line, err)


def test_every_setting_of_the_guide_is_one(project_copy):
    with (project_copy / "mtqg.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n" + "\n".join(blocks(CHECKING, "toml")))
    loaded = load_project(project_copy)
    request = loaded.request(loaded.period("6m2024"))

    assert [each.rule for each in request.judgement.accepted] == ["T332"]
    assert [each.cell for each in request.corrections] == ["C10"]
    assert list(request.excused) == ["06917"]
    assert request.limit("bien_dong_so_ho") == 5


def test_every_limit_is_named_with_its_value():
    text = CHECKING.read_text(encoding="utf-8")

    assert [name for name, limit in LIMITS.items() if f"| `{name}` | {format_number(limit.default)} {limit.unit} | {limit.meaning} |" not in text] == []


def test_the_provisions_of_the_layout_guide_are_some(tmp_path):
    guide = GUIDES / "kiem-tra-the-thuc.md"
    path = tmp_path / FILE
    path.parent.mkdir()
    path.write_text("\n".join(blocks(guide, "toml")), encoding="utf-8")
    rules = load_rules(tmp_path)

    assert (rules.alignment.severity, rules.alignment.verified, rules.end_mark.severity) == ("error", True, "off")
    assert re.findall(r"\bD2\d\d\b", guide.read_text(encoding="utf-8"))
    assert {*re.findall(r"\bD2\d\d\b", guide.read_text(encoding="utf-8"))} <= {*CODES.values()}

"""The guides for officers: every command in them runs, every setting in them is one, every limit is named with its value."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from mtqg_cli.core.vietnamese import format_number
from mtqg_cli.project import load_project
from mtqg_cli.reference.limits import LIMITS

GUIDES = Path(__file__).resolve().parent.parent.parent / "docs" / "huong-dan"
CHECKING = GUIDES / "kiem-tra-va-tra-lai.md"


def blocks(path, language):
    return re.findall(rf"```{language}\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize(
    "line", [line for path in sorted(GUIDES.glob("*.md")) for block in blocks(path, "sh") for line in block.splitlines() if line.startswith("mtqg ")]
)
def test_every_command_runs(call, project_copy, monkeypatch, line):
    monkeypatch.chdir(project_copy)
    code, _, err = call(*shlex.split(line, comments=True)[1:])

    assert code == 0, err


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

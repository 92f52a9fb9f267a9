"""Every rule against its case file; every rule has one; the registry is whole."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from casefile import read_cases, read_sample, told

from mtqg_cli.pipeline import gather
from mtqg_cli.validate.registry import SCOPES, rules

CASES = Path(__file__).parent / "cases"
RULES = Path(__file__).parent.parent / "src" / "mtqg_cli" / "validate" / "rules"
ALL = [pytest.param(case, id=f"{code} {case.name}") for path in sorted(CASES.glob("*.md")) for code, cases in [read_cases(path)] for case in cases]


@pytest.fixture(scope="module")
def sample(dam_ha):
    return read_sample(dam_ha)


@pytest.fixture(scope="module")
def full_sample(full_project):
    return read_sample(full_project)


@pytest.mark.parametrize("case", ALL)
def test_case(case, request):
    sample = request.getfixturevalue("full_sample" if case.every_form else "sample")

    assert [line for each in case.check(sample) for line in told(each)] == case.expected


@pytest.mark.parametrize("name", ["dam_ha", "full_project"])
@pytest.mark.parametrize("period", ["2023", "6m2024"])
def test_the_clean_samples_give_no_finding(name, period, request):
    project = request.getfixturevalue(name)

    assert gather(project, project.period(period)).diagnostics == ()


def test_every_rule_has_a_case_file_that_shows_it():
    shown = {code: cases for path in CASES.glob("*.md") for code, cases in [read_cases(path)]}

    assert set(shown) == {rule.code for rule in rules()}
    assert {path.stem for path in CASES.glob("*.md")} == {rule.name for rule in rules()}
    for code, cases in shown.items():
        assert any(line.startswith(code) for case in cases for line in case.expected), f"{code} is never shown"
        assert any(not any(line.startswith(code) for line in case.expected) for case in cases), f"{code} has no case that is fine"


def test_codes_and_names_are_unique():
    codes = [rule.code for rule in rules()]
    names = [rule.name for rule in rules()]

    assert len(set(codes)) == len(codes)
    assert len(set(names)) == len(names)


def test_every_file_in_the_rule_folders_is_a_rule_of_its_name():
    for scope in SCOPES:
        for path in (RULES / scope).glob("*.py"):
            if path.stem != "__init__":
                functions = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef) and node.decorator_list]
                assert [node.name for node in functions] == [path.stem], path


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_manuals_say_what_and_what_to_do(rule):
    assert rule.headline.endswith(".")
    assert "Cách xử lý:" in rule.manual

"""The page of numbered business rules says nothing that the program does not do."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

from business_rules import business_rules, business_rules_page, groups, shown_by
from casefile import read_cases

from mtqg_cli.reference.book import load_book
from mtqg_cli.validate.registry import rules

ROOT = Path(__file__).resolve().parent.parent
ALL = [pytest.param(each, id=str(each.number)) for each in business_rules()]
FORMS = {form.id: form for form in load_book().value.everything}
CASES = {path.stem: {case.name: case for case in read_cases(path)[1]} for path in (ROOT / "tests" / "cases").glob("*.md")}


def test_every_number_is_there_once():
    assert [each.number for each in business_rules()] == list(range(1, 137))
    assert {each.group for each in business_rules()} == set(groups())


@pytest.mark.parametrize("each", ALL)
def test_an_entry_says_what_is_done_or_why_not(each):
    assert each.text.endswith(".")
    assert each.codes or each.form_lines or each.by_design or each.reason
    assert set(each.codes) <= {rule.code for rule in rules()}
    assert set(re.findall(r"\b[FSCRTX]\d{3}\b", each.by_design + each.reason)) <= {rule.code for rule in rules()}
    assert each.source in {"S", "K", "I", "D", "K/I"}


@pytest.mark.parametrize("each", ALL)
def test_every_code_is_shown_by_a_case_that_has_that_finding(each):
    shown = set()
    for case in shown_by(each):
        name, _, heading = case.partition(": ")
        found = {line.split()[0] for line in CASES[name][heading].expected}
        assert found & set(each.codes), f"{case} shows none of {each.codes}"
        shown |= found

    assert set(each.codes) <= shown


@pytest.mark.parametrize("each", ALL)
def test_form_lines_and_tests_exist(each):
    for name in each.form_lines:
        form, _, line = name.partition(".")
        held = [part.computed for part in (*FORMS[form].columns, *FORMS[form].rows)] if line == "computed" else getattr(FORMS[form], line)
        assert any(held), name
    for test in each.tests:
        path, _, name = test.partition("::")
        assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), test


def test_every_rule_of_the_program_is_named_on_the_page():
    page = business_rules_page()

    assert {rule.code for rule in rules()} <= set(re.findall(r"`([FSCRTX]\d{3})`", page))
    assert "Quy tắc thêm của chương trình" in page

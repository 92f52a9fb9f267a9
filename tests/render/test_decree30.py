"""The check against Decree 30: one fault gives one finding, a right document none, what offices really write is not blamed."""

from __future__ import annotations

import pytest
from officialdocument import FAULTS, content, right, spoilt

from mtqg_cli.reference.document_rules import UNVERIFIED, Provision, load_rules
from mtqg_cli.render.decree30.check import check

RULES = load_rules()


def told(document, rules=RULES):
    return check(document, "bao-cao.docx", rules)


def test_a_right_document_gives_nothing():
    assert told(content(right())) == ()


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_gives_one_finding(name):
    _, code, words = FAULTS[name]
    found = told(spoilt(name))

    assert [each.code for each in found] == [code], [each.message for each in found]
    assert words in found[0].message
    assert found[0].hint
    provision = RULES.by_code(code)
    if isinstance(provision, Provision):
        assert (RULES.basis if provision.verified else UNVERIFIED) in found[0].message
        assert provision.verified or found[0].severity != "error"

"""`mtqg explain` for every code: what is wrong, what to do, and a message as users get it."""

from __future__ import annotations

import pytest

from mtqg_cli.cli.app import run
from mtqg_cli.reference.codes import CODES
from mtqg_cli.reference.examples import examples
from mtqg_cli.validate.registry import rules

MANUALS = {**{rule.code: rule.manual for rule in rules()}, **{code: " ".join(parts) for code, parts in CODES.items()}}


@pytest.mark.parametrize("code", sorted(MANUALS))
def test_every_code_is_explained_whole(capsys, code):
    assert run(["explain", code.lower()]) == 0
    text = capsys.readouterr().out
    flat = " ".join(text.split())

    assert text.startswith(f"{code} (")
    assert " ".join(MANUALS[code].split()) in flat
    assert "Cách xử lý:" in flat
    assert max(len(line) for line in text.splitlines() if "http" not in line) <= 80  # an address stays in one piece


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_every_rule_has_an_example(capsys, rule):
    run(["explain", rule.name])
    flat = " ".join(capsys.readouterr().out.split())
    example = examples()[rule.code]

    assert "Ví dụ:" in flat
    assert f"{rule.code} {example['place']}: {example['message']}" in flat
    assert flat.endswith(f"→ {example['hint']}")

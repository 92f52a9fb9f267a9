"""Faults of every kind, planted into clean workbooks: each is found at exactly its cell, under the right code, and nothing else is."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "planted"))

import harvest

from mtqg_cli.core.vietnamese import format_date
from mtqg_cli.validate.context import raw_text, shown
from mtqg_cli.validate.registry import rules

#: How many communes each kind of fault is planted into.
_EACH = 5
#: What takes more than one spoilt workbook: another period's folder, another line of mtqg.toml, another period.
NOT_PLANTED = {
    "F105": "needs a workbook of Excel 97-2003: tests/intake",
    "R210": "needs a period after the reform",
    "R211": "needs a period of nine months",
    "R212": "needs a period of nine months",
    "T317": "no shipped indicator of the sample has a threshold that holds everywhere",
    "T333": "needs many poor households in a small commune",
    "X404": "needs a line of mtqg.toml",
    "X405": "needs the folder of another period",
    "X406": "needs two communes with the same figures",
    "X408": "needs the folder of another period",
    "X409": "needs the folder of another period",
    "X410": "needs the folder of another period",
    "X411": "needs many criteria that are not met",
    "X412": "needs the workbooks of two units",
    "X413": "needs another poverty standard",
}


@pytest.fixture(scope="module")
def harvested(full_project, tmp_path_factory):
    clean = harvest.read_clean(full_project)
    folder = tmp_path_factory.mktemp("planted")
    still = list(harvest.rounds(clean, _EACH, folder))
    moved = list(harvest.rounds(clean, 2, folder, names=[name for name in harvest.FAULTS if name not in harvest.UNMOVED], move=True))
    return still, moved


def differences(rounds):
    """What was planted and not found, or found and not planted, batch by batch."""
    return [
        {"planted": [each.fault for each in planted], "missed": expected - Counter(found), "invented": Counter(found) - expected}
        for planted, found, _ in rounds
        if (expected := Counter(place for each in planted for place in each.expected)) != Counter(found)
    ]


def test_there_are_enough_faults_of_enough_kinds(harvested):
    still, moved = harvested
    kinds = Counter(each.fault for planted, _, _ in still for each in planted)

    assert sum(kinds.values()) >= 300
    assert set(kinds) == set(harvest.FAULTS)
    assert len(kinds) >= 60
    assert sum(len(planted) for planted, _, _ in moved) >= 100


def test_every_fault_is_found_at_its_cell_and_nothing_else_is(harvested):
    assert differences(harvested[0]) == []


def test_so_it_is_on_sheets_that_were_moved_about(harvested):
    assert differences(harvested[1]) == []


def test_every_rule_is_planted_or_says_why_not(harvested):
    codes = {code for planted, _, _ in harvested[0] for each in planted for code, *_ in each.expected}

    assert codes | set(NOT_PLANTED) == {rule.code for rule in rules()}
    assert not codes & set(NOT_PLANTED)


def test_what_a_message_quotes_stands_in_its_cell(harvested):
    quoted, others = 0, []
    for planted, _, diagnostics in (batch for rounds in harvested for batch in rounds):
        sheets = {(source.file, sheet.name): sheet for each in planted for source in each.sources if hasattr(source, "sheets") for sheet in source.sheets}
        for each in (one for found in diagnostics for one in (found, *found.consequences)):
            sheet = sheets.get((each.location.file, each.location.sheet))
            if sheet is None or each.location.cell is None or not each.found or each.code in _TOLD_OTHERWISE:
                continue
            raw = sheet.cell(each.location.row, each.location.column)
            quoted += 1
            if raw is None or not (each.found in {raw_text(raw), raw.formula, *_spellings(raw)} or _is_part(each.found, raw)):
                others.append((each.code, str(each.location), each.found, raw))
    assert not others, "\n".join(map(str, others))
    assert quoted > 300


#: A percentage is quoted as Excel shows it.
_TOLD_OTHERWISE = {"C113"}


def _is_part(found, raw):
    """Of a text, the words that matter may be quoted alone: the unit of a line “Đơn vị tính: đồng”."""
    return raw.kind == "text" and found.casefold() in raw_text(raw).casefold()


def _spellings(raw):
    """A number as a message writes it, whatever the unit of its column."""
    if isinstance(raw.value, date):
        return {format_date(raw.value)}
    if not isinstance(raw.value, int | float):
        return set()
    return {shown(int(raw.value), None)} if float(raw.value).is_integer() else set()

"""One cause, one message: what is put under what, and that nothing is lost on the way."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from mtqg_cli.core.diagnostic import Diagnostic, Severity
from mtqg_cli.core.location import Location
from mtqg_cli.validate.fold import fold


def at(row, column, sheet="Biểu 02"):
    return Location("a.xlsx", sheet, row, column)


def found(code, place, *remedies, severity=Severity.ERROR):
    return Diagnostic(code, severity, place, f"{code} {place}", remedies=remedies)


def flat(diagnostics):
    return Counter((each.code, each.location) for one in diagnostics for each in (one, *one.consequences))


def test_findings_that_one_cell_settles_stand_under_the_one_that_stands_at_it():
    cell = at(10, 4)
    row = found("R201", at(10, 11), (cell, -1), (at(10, 11), 1))
    tie = found("T304", cell, (cell, -1))
    total = found("T302", at(50, 4), (cell, -1), (at(11, 4), -1))

    (only,) = fold([tie, row, total], {})

    assert only.code == "T304"
    assert [each.code for each in only.consequences] == ["R201", "T302"]


def test_findings_of_different_amounts_have_no_common_cause():
    cell = at(10, 4)
    two = [found("R201", at(10, 11), (cell, -1)), found("T304", cell, (cell, -2))]

    assert fold(two, {}) == tuple(two)


def test_the_cell_that_settles_most_is_the_cause():
    one, other = at(10, 4), at(11, 4)
    members = [
        found("T304", one, (one, 1)),
        found("R201", at(10, 11), (one, 1)),
        found("T302", at(50, 4), (one, 1), (other, 1)),
        found("X403", other, (other, 1)),
    ]

    result = fold(members, {})

    assert [(each.code, len(each.consequences)) for each in result] == [("T304", 2), ("X403", 0)]


def test_one_habit_of_a_file_or_a_column_is_told_once():
    texts = [found("C109", at(row, column), severity=Severity.WARNING) for column in (3, 4) for row in (10, 11, 12)]
    formulas = [found("C107", at(row, 5, sheet)) for sheet in ("Biểu 02", "Biểu 03") for row in (10, 11)]

    result = fold([*texts, *formulas], {})

    assert [(each.code, each.location, len(each.consequences)) for each in result] == [
        ("C109", at(10, 3), 2),
        ("C109", at(10, 4), 2),
        ("C107", at(10, 5), 3),
    ]


def test_an_error_under_a_warning_still_blocks():
    cell = at(10, 4)
    (only,) = fold([found("T304", cell, (cell, 1), severity=Severity.WARNING), found("R201", at(10, 11), (cell, 1))], {})

    assert only.severity is Severity.ERROR


codes = st.sampled_from(["R201", "T302", "T304", "C109", "C107", "C101", "X403"])
places = st.builds(at, st.integers(10, 12), st.integers(3, 5))
findings = st.builds(
    lambda code, place, remedies: found(code, place, *remedies), codes, places, st.lists(st.tuples(places, st.sampled_from([-1, 1, 5])), max_size=4)
)


@given(st.lists(findings, max_size=12))
def test_nothing_is_lost_or_told_twice(members):
    result = fold(members, {})

    assert flat(result) == flat(members)
    assert all(not each.consequences for one in result for each in one.consequences)

"""Figures as a table by unit, against plain dictionaries."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqg_cli.aggregate.pivot import by_unit
from mtqg_cli.core.figure import Figure
from mtqg_cli.core.period import parse_period

PERIOD = parse_period("6m2024")
UNITS = ("01", "24", "79")


def _figure(key, value):
    name, split, scope = key
    return Figure(name, name, "hộ", PERIOD, value, scope, {"programme": split} if split else {})


KEYS = st.tuples(st.sampled_from(("a", "b", "c")), st.sampled_from(("", "x", "y")), st.sampled_from((None, *UNITS, "00001")))
VALUES = st.one_of(st.none(), st.integers(), st.decimals(allow_nan=False, allow_infinity=False), st.tuples(st.just("Xã A")), st.just(Decimal(0)))


@given(st.dictionaries(KEYS, VALUES))
def test_every_figure_stands_in_its_line_and_column(told):
    figures = [_figure(key, value) for key, value in told.items()]
    rows = {}
    for each in figures:
        if each.scope in (None, *UNITS):
            rows.setdefault((each.id, tuple(each.by.items())), {})[each.scope] = each
    assert by_unit(figures, UNITS) == [[row.get(scope) for scope in (None, *UNITS)] for row in rows.values()]


def test_two_figures_in_one_place_are_a_bug():
    with pytest.raises(ValueError, match="duplicate"):
        by_unit([_figure(("a", "", None), 1), _figure(("a", "", None), 2)], UNITS)

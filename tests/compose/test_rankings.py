"""The communes in order: highest first, equal ones share a rank, who has no data is not there."""

from __future__ import annotations

import pytest

from mtqg_cli.compose.rankings import rankings
from mtqg_cli.core.figure import Figure
from mtqg_cli.core.period import parse_period
from mtqg_cli.core.report import Record

PERIOD = parse_period("2022")


def commune(name, value):
    return Record({"ten": name, "ty_le_giai_ngan": Figure("ty_le_giai_ngan", "Tỷ lệ", "%", PERIOD, value)})


@pytest.mark.parametrize(
    ("given", "ranked"),
    [
        ((), []),
        ((("A", None),), []),
        ((("A", 5), ("B", 9), ("C", None), ("D", 7)), [("B", 1, "cao"), ("D", 2, ""), ("A", 3, "thap")]),
        ((("A", 9), ("B", 9), ("C", 0)), [("A", 1, "cao"), ("B", 1, "cao"), ("C", 3, "thap")]),
        ((("A", 5), ("B", 5)), [("A", 1, ""), ("B", 1, "")]),
        ((("A", 5),), [("A", 1, "")]),
    ],
)
def test_order(given, ranked):
    records = [each.values for each in rankings(commune(*each) for each in given)["xep_hang_giai_ngan"]]

    assert [(each["ten"], each["hang"], "cao" if each["cao_nhat"] else "thap" if each["thap_nhat"] else "") for each in records] == ranked

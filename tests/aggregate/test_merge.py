"""Merged documents against one project of all the communes, against a second reckoning in plain loops, and what may not be mixed."""

from __future__ import annotations

import importlib
import json
import os
import tempfile
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import handed
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from naive.dice import drawn, seeded
from naive.district import COMMUNE_SETS, PLACES
from naive.district_sheets import a_district
from naive.project import make_project

from mtqg_cli.aggregate.compute import compute
from mtqg_cli.aggregate.joining import way_of
from mtqg_cli.pipeline import gather
from mtqg_cli.reference.measures import measures

_DEEP = os.environ.get("MTQG_RANDOM_DISTRICTS")
_HOW = settings(
    max_examples=int(_DEEP or 12),
    derandomize=not _DEEP,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
#: What the one project's own unit is set as a plan is not set for each of the parts.
_OF_PLANS = {"plan", "percent_of_plan"}


@st.composite
def shared_out(draw):
    """A district, and its communes shared out among two or more units, in any order."""
    district = a_district(drawn(draw)) if draw(st.booleans()) else a_district(seeded(draw(st.integers(0, 2**32))))
    count = len(district.communes)
    order = draw(st.permutations(range(count)))
    cuts = draw(st.sets(st.integers(1, count - 1), min_size=1)) if count > 1 else set()
    edges = [0, *sorted(cuts), count]
    return district, [order[start:end] for start, end in pairwise(edges)]


@_HOW
@given(shared_out())
@example((a_district(seeded(3), period="6m2024", before=True, a_year_earlier=True, sets=COMMUNE_SETS, without=()), [[0], [1, 2]]))
@example((a_district(seeded(2), place=PLACES[3], period="2024", before=False, without=()), [[5, 0], [3, 1], [2, 4, 6]]))
@example((a_district(seeded(6), place=PLACES[1], excused=PLACES[1][1][:1], without=(), absolute_exit="net-fall"), [[0], [2], [1]]))
def test_parts_merged_are_what_one_project_of_all_would_say(drawn_parts):
    district, shares = drawn_parts
    with tempfile.TemporaryDirectory() as name:
        project = make_project(Path(name), district)
        gathered = gather(project, project.period(district.period))
        paths = handed.share_out(project, gathered, shares, Path(name))
        made = handed.merged(paths, project)
        assert handed.rendered(made) == handed.rendered(handed.merged(paths[::-1], project))
        documents = [json.loads(path.read_text(encoding="utf-8")) for path in paths]

    wanted = handed.of_whole(compute(gathered.value.batches, gathered.value.request).figures)
    found = handed.of_whole(made.merged.figures)
    left_out = {(each.id, tuple(sorted(each.by.items()))) for each in made.merged.not_added}
    for key in wanted.keys() | found.keys():
        if project.book.indicators[key[0]].measure in _OF_PLANS:
            continue
        assert key not in left_out, made.merged.not_added
        one, all_ = wanted.get(key), found.get(key)
        assert one is not None, key
        assert all_ is not None, key
        for name in ("value", "numerator", "denominator"):
            mine, theirs = (each.value if name == "value" else getattr(getattr(each, name), "amount", None) for each in (all_, one))
            assert handed.plain(mine) == handed.plain(theirs), (key, name)
        assert (all_.unit, all_.period, all_.base, all_.decimals, all_.scale) == (
            one.unit,
            replace(one.period, cutoff=None),
            one.base,
            one.decimals,
            one.scale,
        ), key
    _check_naively(json.loads(handed.rendered(made)), documents, project.book)


def _check_naively(whole, documents, book):
    """The same again from the texts of the documents alone: sums in plain loops, ratios from the sums."""
    parts = [{(each["id"], tuple(sorted(each["by"].items()))): each for each in one["figures"] if each["scope"] is None} for one in documents]
    checked = 0
    for figure in whole["figures"]:
        if figure["scope"] is not None:
            continue
        key = (figure["id"], tuple(sorted(figure["by"].items())))
        mine = [one[key] for one in parts if key in one]
        entry = book.indicators[figure["id"]]
        known = [each["value"] for each in mine if each["value"] is not None]
        if isinstance(figure["value"], list):
            if way_of(entry) == "sum":
                assert figure["value"] == [name for each in known for name in each], key
        elif way_of(entry) == "sum" and figure["value"] is not None:
            assert Fraction(figure["value"]) == sum(map(Fraction, known)), key
            checked += 1
        elif figure["numerator"] is not None and figure["value"] is not None:
            factor = entry.multiplier or (100 if figure["unit"] == "%" else 1)
            exact = Fraction(figure["numerator"]) / Fraction(figure["denominator"]) * Fraction(factor)
            assert abs(Fraction(figure["value"]) - exact) < Fraction(1, 10**15), key
            checked += 1
        if figure["value"] and figure["value"] != "0":  # nothing found where sheets were looked through for others is 0
            assert known or way_of(entry) == "again", key
    assert checked


def test_every_measure_says_how_parts_are_joined():
    for name in measures():
        module = importlib.import_module(f"mtqg_cli.aggregate.measures.{name}")
        assert module.MERGED in {"sum", "plan", "mean", "again", "compared", "earlier"}, name

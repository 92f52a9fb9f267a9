"""Districts drawn at random: every figure of `mtqg summary --format json` against an independent reckoning in plain loops.

The suite draws the same few districts every time. MTQG_RANDOM_DISTRICTS=500 draws that many new ones.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from naive.dice import drawn, plain, seeded
from naive.district import COMMUNE_SETS, EXTRA, PLACES
from naive.district_sheets import a_district
from naive.figures import differences
from naive.project import make_project
from walkback import cells_of, from_cells

from mtqg_cli.cli.app import run
from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.pipeline import gather

_DEEP = os.environ.get("MTQG_RANDOM_DISTRICTS")
_HOW = settings(
    max_examples=int(_DEEP or 25),
    derandomize=not _DEEP,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
#: Units are counted from the official list: a commune that is excused counts without a cell, and so does what is divided by their number.
_LISTED = {"so_don_vi", "so_xa", "ty_le_don_vi_da_bao_cao", "ty_le_don_vi_vung_dtts", "ty_le_xa_da_kiem_tra"} | {
    f"ty_le_xa_{level}" for level in ("dat_chuan", "nang_cao", "kieu_mau")
}
#: Workbooks are slow to read with openpyxl: fewer districts.
_FEWER = settings(_HOW, max_examples=max(4, int(_DEEP or 0) // 5))


@st.composite
def small_ones(draw):
    """Districts that hypothesis draws and shrinks byte by byte; most are plain."""
    return a_district(drawn(draw))


def districts():
    """Those, and full ones told by a seed."""
    return st.one_of(small_ones(), st.integers(0, 2**32).map(lambda seed: a_district(seeded(seed))))


def summary(folder, period):
    """What `mtqg summary --format json` prints, its exit code and what it says of errors."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(["summary", "--project", str(folder), "--period", period, "--format", "json"])
    return code, json.loads(out.getvalue()), err.getvalue()


def changed(district, forms, change, unit=None):
    """The district with every row of some forms changed in the period asked for, for all units or one."""
    sheets = [
        replace(each, rows=tuple(change(dict(row)) for row in each.rows)) if each.form in forms and unit in (None, each.unit) else each
        for each in district.sheets[district.period]
    ]
    return replace(district, sheets={**district.sheets, district.period: sheets})


def zero(row):
    """Every number is zero; a year's income and what the sheet itself says stay."""
    return {name: value * 0 if isinstance(value, int | Decimal) and name not in {"income", "stars", "points"} else value for name, value in row.items()}


def nothing_met():
    return changed(a_district(seeded(5), place=PLACES[2], excused=(), without=()), {"tieu-chi-ntm"}, lambda row: {**row, "mark": "chua"})


def all_zero():
    district = a_district(seeded(8), place=PLACES[1], before=False, excused=(), without=(), extra=EXTRA)
    return changed(district, {each.form for each in district.sheets[district.period]} - {"thong-tin"}, zero)


def commune_without_households():
    district = a_district(seeded(9), place=PLACES[2], before=False, excused=(), without=(), extra=EXTRA)
    return changed(district, {"ho-ngheo", "ho-can-ngheo", "so-lieu", "ho-dtts", "nhom-doi-tuong", "thieu-hut", "nguyen-nhan", "dan-toc"}, zero, PLACES[2][1][0])


def plans_of_zero():
    return changed(a_district(seeded(4), without=(), as_of={}), {"ke-hoach-giao"}, zero)


@_HOW
@given(districts())
@example(a_district(plain()))
@example(a_district(seeded(1), place=PLACES[0], excused=(), without=()))
@example(a_district(seeded(2), place=PLACES[3], period="2024", before=False, without=()))
@example(a_district(seeded(3), period="6m2024", before=True, a_year_earlier=True, sets=COMMUNE_SETS, without=(), absolute_exit="above-lines"))
@example(a_district(seeded(6), place=PLACES[1], excused=PLACES[1][1][:1], without=(), absolute_exit="net-fall"))
@example(a_district(seeded(7), place=PLACES[1], excused=PLACES[1][1]))
@example(nothing_met())
@example(all_zero())
@example(commune_without_households())
@example(plans_of_zero())
def test_every_figure_is_what_plain_loops_give(district):
    with tempfile.TemporaryDirectory() as name:
        project = make_project(Path(name), district)
        code, document, told = summary(name, district.period)
        assert code == 0, [str(each) for each in gather(project, project.period(district.period)).diagnostics if each.severity is Severity.ERROR] or told

    wrong = list(differences(district, document, {unit.code: unit.label for unit in project.communes}))

    assert not wrong, "\n".join(wrong[:20])


@_FEWER
@given(districts())
@example(a_district(seeded(3), period="6m2024", before=True, a_year_earlier=True, sets=COMMUNE_SETS, without=(), extra=EXTRA))
def test_every_figure_is_what_its_cells_give(district):
    with tempfile.TemporaryDirectory() as name:
        make_project(Path(name), district)
        _, document, _ = summary(name, district.period)
        cell = cells_of(Path(name))

        for figure in document["figures"]:
            place = (figure["id"], figure["scope"], figure["by"])
            if isinstance(figure["value"], list):
                assert figure["sources"] or not figure["value"], place
                continue
            if figure["id"] in _LISTED and district.excused:
                continue
            if figure["value"] is None:
                continue
            found = from_cells(figure, cell)
            if found is None:
                assert (figure["value"], figure["sources"]) == ("0", []), place
                continue
            assert abs(Decimal(figure["value"]) - found) < Decimal("1e-18"), (place, figure["value"], found)

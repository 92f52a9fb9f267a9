"""Formulas of single figures: what is written for each kind, and that nothing is written which would not give the figure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqg_cli.core.figure import Figure, Source
from mtqg_cli.core.location import Location
from mtqg_cli.core.period import parse_period
from mtqg_cli.core.report import SourceCell, Style
from mtqg_cli.render.documents.annex.data_sheet import FIRST_ROW, DataSheet, ranges, runs
from mtqg_cli.render.documents.annex.formulas import Below, Formulas
from mtqg_cli.render.documents.annex.sheets import number_format

PERIOD = parse_period("6m2024")
MILLION = 10**6


def at(row):
    """The cell of a row, which stands in the same row of the sheet of data."""
    return Location("a.xlsx", "Biểu", row, 1)


def cell(value, scale=1, parts=()):
    return SourceCell("Xã A", "dòng", "cột", "", Decimal(value) if isinstance(value, int | float) else value, scale, parts)


def figure(value, *sources, unit="hộ", scale=1, **more):
    origins = [Source(role, PERIOD, at(origin) if isinstance(origin, int) else origin) for role, origin in sources]
    return Figure("so", "Số", unit, PERIOD, value, sources=tuple(origins), scale=scale, **more)


def formulas(cells):
    known = {(str(PERIOD), at(row)): each for row, each in cells.items()}
    return Formulas(DataSheet(known, {place: place[1].row for place in known}))


def written(made):
    return made and made.text.replace("'Dữ liệu'!", "").replace("$", "")


def ratio(top, bottom, value, unit="%"):
    return replace(figure(value, ("numerator", top), ("denominator", bottom), unit=unit), numerator=top, denominator=bottom)


NUMBERS = {5: cell(3), 6: cell(None), 7: cell(4), 9: cell(10), 20: cell("Đạt"), 21: cell("Đạt"), 23: cell("Đạt"), 30: cell("Xã A"), 31: cell("Xã B")}
SUM = figure(7, ("addend", 5), ("unknown", 6), ("addend", 7))
TEN = figure(10, ("addend", 9))
OTHER_SCALE = {1: cell(1500, 1000), 2: cell(2, MILLION), 3: cell(3, MILLION)}
WEIGHTED = {1: cell(50, MILLION), 2: cell(60, MILLION), 5: cell(100), 6: cell(300)}
MEAN = figure(Decimal(57500000), ("value", 1), ("weight", 5), ("value", 2), ("weight", 6), unit="triệu đồng/người/năm", scale=MILLION)


@pytest.mark.parametrize(
    ("cells", "made", "text"),
    [
        (NUMBERS, SUM, "SUM(I5:I7)"),
        (NUMBERS, figure(17, ("addend", 5), ("addend", 7), ("addend", 9)), "SUM(I5,I7,I9)"),
        (NUMBERS, TEN, "I9"),
        (NUMBERS, figure(3, ("addend", 5), ("unknown", 6)), "SUM(I5:I6)"),
        (OTHER_SCALE, figure(2 * MILLION, ("addend", 2), scale=MILLION), "I2"),
        (OTHER_SCALE, figure(5 * MILLION, ("addend", 2), ("addend", 3), unit="triệu đồng", scale=MILLION), "SUM(I2:I3)"),
        (OTHER_SCALE, figure(3_500_000, ("addend", 1), ("addend", 2), unit="triệu đồng", scale=MILLION), "I1/1000+I2"),
        (OTHER_SCALE, figure(2 * MILLION, ("addend", 2), unit="nghìn đồng", scale=1000), "I2*1000"),
        (NUMBERS, figure(17, ("addend", SUM), ("addend", TEN)), "SUM(I5:I7)+I9"),
        (NUMBERS, ratio(SUM, TEN, Decimal(70)), "SUM(I5:I7)/I9*100"),
        (NUMBERS, ratio(SUM, TEN, Decimal("0.7"), "hộ/xã"), "SUM(I5:I7)/I9"),
        (NUMBERS, ratio(SUM, TEN, Decimal(700), "‰"), "SUM(I5:I7)/I9*1000"),
        (NUMBERS, figure(-3, ("minuend", SUM), ("subtrahend", TEN)), "SUM(I5:I7)-I9"),
        (NUMBERS, ratio(figure(-3, ("minuend", SUM), ("subtrahend", TEN)), TEN, Decimal(-30)), "(SUM(I5:I7)-I9)/I9*100"),
        (NUMBERS, figure(13, ("minuend", TEN), ("subtrahend", figure(-3, ("minuend", SUM), ("subtrahend", TEN)))), "I9-(SUM(I5:I7)-I9)"),
        (NUMBERS, figure(3, ("counted", 20), ("counted", 21), ("counted", 23)), 'COUNTIF(I20:I21,"Đạt")+COUNTIF(I23,"Đạt")'),
        (NUMBERS, figure(2, ("counted", 30), ("counted", 31)), "COUNTA(I30:I31)"),
        (NUMBERS, figure(3, ("filled", 20), ("filled", 21), ("filled", 23)), "COUNTA(I20:I21,I23)"),
        ({1: cell('a*"b'), 2: cell('a*"b')}, figure(2, ("counted", 1), ("counted", 2)), "COUNTA(I1:I2)"),
        (WEIGHTED, MEAN, "SUMPRODUCT(I1:I2,I5:I6)/SUM(I5:I6)"),
        (
            {1: WEIGHTED[1], 3: WEIGHTED[2], 5: cell(100), 6: cell(300)},
            replace(MEAN, sources=tuple(replace(s, origin=at(3)) if s.origin == at(2) else s for s in MEAN.sources)),
            "(I1*I5+I3*I6)/SUM(I5:I6)",
        ),
        (NUMBERS, figure(8, ("addend", 5), ("addend", 7)), None),
        (NUMBERS, figure(4, ("counted", 20), ("counted", 21), ("counted", 23)), None),
        (NUMBERS, figure(1, ("counted", 20), ("counted", 99)), None),
        (NUMBERS, figure(2, ("counted", 20), ("counted", 20)), None),
        (NUMBERS, figure(0, ("searched", Location("a.xlsx", "Biểu"))), None),
        (NUMBERS, figure(7, ("something new", 5), ("addend", 7)), None),
        (NUMBERS, ratio(SUM, figure(10), Decimal(70)), None),
        (NUMBERS, figure(7), None),
        (NUMBERS, figure(None, ("unknown", 6)), None),
    ],
)
def test_a_figure_as_a_formula(cells, made, text):
    given_formula = formulas(cells).of(made)

    assert written(given_formula) == text
    assert given_formula is None or given_formula.value == made.amount


def test_what_stands_on_the_sheet_is_referred_to():
    there = formulas(NUMBERS)
    there.placed = {id(SUM): "C7", id(TEN): "D7"}

    assert written(there.of(ratio(SUM, TEN, Decimal(70)))) == "C7/D7*100"
    assert written(there.of(figure(-3, ("minuend", SUM), ("subtrahend", TEN)))) == "C7-D7"


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ((SUM, TEN), "SUM(C8:C9)"),
        ((SUM, None, TEN), "SUM(C8:C10)"),
        ((SUM,), "SUM(I5:I7,I9)"),
        ((SUM, TEN, TEN), "SUM(I5:I7,I9)"),
        ((figure(7, ("addend", 5), ("addend", 7)), figure(13, ("addend", 9), ("addend", 5))), "SUM(I5:I7,I9)"),
        ((), "SUM(I5:I7,I9)"),
    ],
)
def test_a_whole_is_the_sum_of_the_lines_only_if_it_is(parts, text):
    whole = figure(17, ("addend", 5), ("unknown", 6), ("addend", 7), ("addend", 9))
    below = [Below(8 + index, part) for index, part in enumerate(parts)]

    assert written(formulas(NUMBERS).of(whole, below, "C")) == text


def test_more_cells_than_a_function_takes():
    rows = range(1, 601, 2)
    known = formulas({row: cell(1) for row in rows})
    text = written(known.of(figure(300, *(("addend", row) for row in rows))))

    assert text == f"SUM(SUM({','.join(f'I{row}' for row in rows[:255])}),SUM({','.join(f'I{row}' for row in rows[255:])}))"


def test_a_formula_too_long_for_excel_is_not_written():
    rows = range(1, 2001, 2)

    assert formulas({row: cell(1) for row in rows}).of(figure(1000, *(("addend", row) for row in rows))) is None


@given(st.sets(st.integers(min_value=1, max_value=200)))
def test_runs_hold_every_row_once_and_do_not_touch(rows):
    found = runs(rows)

    assert [row for first, last in found for row in range(first, last + 1)] == sorted(rows)
    assert all(before[1] + 1 < after[0] for before, after in pairwise(found))


@pytest.mark.parametrize(
    ("rows", "sheet", "names"),
    [([], "", []), ([3, 1, 2, 7], "", ["C1:C3", "C7"]), ([5, 6], "Dữ liệu", ["'Dữ liệu'!$C$5:$C$6"]), ([5], "Dữ liệu", ["'Dữ liệu'!$C$5"])],
)
def test_names_of_ranges(rows, sheet, names):
    assert ranges(rows, "C", sheet) == names


@pytest.mark.parametrize(
    ("parts", "value", "text"),
    [
        (((1, 5), (1, 7)), 7, "I5+I7"),
        (((1, 9), (-1, 7)), 6, "I9-I7"),
        (((-1, 7), (1, 9)), 6, "-I7+I9"),
        (((1, 5), (1, 6), (1, 7)), 7, "I5+I6+I7"),
        (((1, 5), (1, 7)), 8, ""),
        (((1, 5), (1, 99)), 3, ""),
        ((), 7, ""),
    ],
)
def test_a_cell_that_its_form_works_out(parts, value, text):
    whole = cell(value, parts=tuple((sign, at(row)) for sign, row in parts))

    assert formulas({**NUMBERS, 40: whole}).data.formula((str(PERIOD), at(40))) == text


def test_each_cell_has_one_row():
    data = DataSheet({(str(PERIOD), at(row)): cell(1) for row in range(1, 9)})
    for each in (figure(2, ("addend", 2), ("addend", 1)), figure(3, ("addend", 1), ("addend", 3)), figure(1, ("addend", 77))):
        data._enter(each)

    assert [(place[1].row, row) for place, row in data.rows.items()] == [(2, FIRST_ROW), (1, FIRST_ROW + 1), (3, FIRST_ROW + 2)]


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "code"),
    [
        (61864, "hộ", 0, "#,##0"),
        (Decimal("52.5"), "%", 1, "[=0]0;[=100]0;#,##0.0"),
        (Decimal("0.004"), "%", 2, "[=0]0;[=100]0;#,##0.000"),
        (Decimal("99.996"), "%", 2, "[=0]0;[=100]0;#,##0.000"),
        (Decimal(100), "%", 2, "[=0]0;[=100]0;#,##0.00"),
        (Decimal(0), "%", 1, "[=0]0;[=100]0;#,##0.0"),
        (Decimal("-0.05"), "điểm %", 2, "#,##0.00;-#,##0.00;0"),
        (Decimal("18.625"), "tiêu chí", 2, "#,##0.00"),
    ],
)
def test_number_formats(value, unit, decimals, code):
    assert number_format(figure(value, unit=unit, decimals=decimals), Style()) == code


@pytest.mark.parametrize(("value", "code"), [(1_000_000, "#,##0"), (1_234_500, "#,##0.000"), (1_200_000, "#,##0.0"), (200, "#,##0.0000"), (0, "#,##0")])
def test_money_shows_the_decimals_it_has(value, code):
    assert number_format(figure(value, unit="triệu đồng", scale=MILLION), Style()) == code

"""A form is found where it stands: columns moved, rows inserted, headings in other spellings."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqg_cli.core.sheet import Sheet, Workbook
from mtqg_cli.intake.read import read_files
from mtqg_cli.reference.layout import layout_of
from mtqg_cli.validate.check import check_files
from mtqg_cli.validate.match import data_rows, match_sheet, total_row
from mtqg_cli.validate.tables import build_table


@pytest.fixture(scope="module")
def workbook(dam_ha, period):
    return read_files([dam_ha.data_folder(period) / "quang-lam.xlsx"])[0]


@pytest.fixture(scope="module")
def request_(dam_ha, period):
    return dam_ha.request(period)


def form_of(request, name):
    return next(form for form in request.forms if form.id == name)


def moved(sheet: Sheet, rows: int, columns: int) -> Sheet:
    """The sheet with blank rows above and blank columns before everything."""
    shifted = [[""] * columns + list(row) for row in [[]] * rows + list(sheet.rows)]
    return replace(
        sheet,
        rows=shifted,
        marked={(row + rows, column + columns): cell for (row, column), cell in sheet.marked.items()},
        formulas={},
        merged=tuple((top + rows, left + columns, bottom + rows, right + columns) for top, left, bottom, right in sheet.merged),
    )


@pytest.mark.parametrize("name", ["thong-tin", "ho-ngheo", "von", "cong-trinh", "so-lieu", "tieu-chi-ntm.xa-ntm-2021-2025"])
def test_a_clean_sheet_is_matched_as_it_was_laid_out(workbook, request_, name):
    form = form_of(request_, name)
    match, layout = match_sheet(form, workbook.sheet(form.sheet)), layout_of(form)

    assert dict(match.columns) == dict(layout.columns)
    assert (match.header_row, match.first_row, match.missing) == (layout.header_row, layout.first_row, ())
    assert total_row(match) == layout.total_row


@settings(max_examples=25, deadline=None)
@given(rows=st.integers(0, 12), columns=st.integers(0, 30))
def test_a_moved_table_reads_the_same_and_every_cell_keeps_its_own_address(workbook, request_, rows, columns):
    form = form_of(request_, "ho-ngheo")
    sheet = moved(workbook.sheet(form.sheet), rows, columns)
    table = build_table(match_sheet(form, sheet), "xã")
    original = build_table(match_sheet(form, workbook.sheet(form.sheet)), "xã")

    assert [[row.value(name) for name in row.cells] for row in table.rows] == [[row.value(name) for name in row.cells] for row in original.rows]
    for row in table.rows:
        for cell in row.cells.values():
            assert sheet.value(cell.location.row, cell.location.column) == (cell.raw.value if cell.raw else "")


def test_columns_in_another_order_are_found(workbook, request_):
    form = form_of(request_, "so-lieu")
    sheet = workbook.sheet(form.sheet)
    swapped = replace(sheet, rows=[[*row[:2], *reversed(row[2:4]), *row[4:]] for row in sheet.rows], formulas={}, merged=())
    match = match_sheet(form, swapped)

    assert match.columns["value"] == 3
    assert build_table(match, "xã").rows[0].value("population") == 4410


def test_headings_whose_cells_are_no_longer_merged_are_found(workbook, request_):
    for name in ("ho-ngheo", "ho-can-ngheo", "von"):
        form = form_of(request_, name)
        match = match_sheet(form, replace(workbook.sheet(form.sheet), merged=()))
        assert dict(match.columns) == dict(layout_of(form).columns)


def test_headings_in_decomposed_unicode_are_found(workbook, request_):
    form = form_of(request_, "ho-ngheo")
    sheet = workbook.sheet(form.sheet)
    rows = [[unicodedata.normalize("NFD", value) if isinstance(value, str) else value for value in row] for row in sheet.rows]

    assert match_sheet(form, replace(sheet, rows=rows)).missing == ()


def test_a_row_inserted_without_a_number_is_read(workbook, request_):
    form = form_of(request_, "ho-ngheo")
    sheet = workbook.sheet(form.sheet)
    inserted = ["", "Thôn chen", *[0.0] * 9]
    rows = [list(row) for row in sheet.rows]
    changed = replace(sheet, rows=[*rows[:12], inserted, *rows[12:]], formulas={})

    assert 13 in list(data_rows(match_sheet(form, changed)))


def test_the_signature_below_a_table_without_total_is_no_row(dam_ha, period, request_):
    workbook = read_files([dam_ha.data_folder(period) / "don-vi.xlsx"])[0]
    form = form_of(request_, "noi-dung")
    match = match_sheet(form, workbook.sheet(form.sheet))

    assert len(list(data_rows(match))) == 18


def test_another_sheet_is_not_taken_for_the_form(workbook, request_):
    assert match_sheet(form_of(request_, "ho-ngheo"), workbook.sheet("Biểu 04")) is None


def test_every_message_points_at_the_cell_whose_content_it_quotes(workbook, request_):
    form = form_of(request_, "ho-ngheo")
    sheet = workbook.sheet(form.sheet)
    rows = [list(row) for row in sheet.rows]
    for number, column in ((9, 2), (10, 4), (12, 7)):
        rows[number][column] = f"sai {number}.{column}"
    spoilt = Workbook(workbook.file, workbook.sha256, tuple(replace(each, rows=rows) if each is sheet else each for each in workbook.sheets))
    found = check_files([spoilt], request_).diagnostics

    assert [(each.code, each.location.cell, each.found) for each in found] == [
        ("C102", "C10", "sai 9.2"),
        ("C102", "E11", "sai 10.4"),
        ("C102", "H13", "sai 12.7"),
    ]


@pytest.mark.parametrize("filling", [0.0, "-", " – "])
def test_spare_rows_at_the_end_that_were_filled_with_zeros_are_no_rows(workbook, request_, filling):
    form = form_of(request_, "ho-ngheo")
    sheet = workbook.sheet(form.sheet)
    before = list(data_rows(match_sheet(form, sheet)))
    rows = [list(row) for row in sheet.rows]
    for row in range(before[-1] + 1, before[-1] + 11):
        rows[row - 1][2:10] = [filling] * 8

    assert list(data_rows(match_sheet(form, replace(sheet, rows=rows)))) == before


def test_a_row_of_zeros_without_a_name_among_the_others_is_still_asked_for_its_name(workbook, request_):
    form = form_of(request_, "ho-ngheo")
    sheet = workbook.sheet(form.sheet)
    rows = [list(row) for row in sheet.rows]
    rows[12][1] = ""  # Khe Nước, a thôn without any poor household
    told = check_files([replace(workbook, sheets=tuple(replace(each, rows=rows) if each is sheet else each for each in workbook.sheets))], request_).diagnostics

    assert ("C101", "B13") in [(each.code, each.location.cell) for each in told]

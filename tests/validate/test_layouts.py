"""However a sheet was rearranged, the same table is read from it, and every cell knows where its own content stands."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtqg_cli.intake.read import read_files
from mtqg_cli.reference.layout import RETURNED_SHEET, STAMP_SHEET, layout_of
from mtqg_cli.validate.check import check_files
from mtqg_cli.validate.match import data_rows, match_sheet
from mtqg_cli.validate.tables import build_table

FORMS = {
    "quang-lam.xlsx": ["thong-tin", "tieu-chi-ntm.xa-ntm-2021-2025", "ho-ngheo", "ho-can-ngheo", "von", "cong-trinh", "so-lieu"],
    "don-vi.xlsx": ["cong-nhan-ntm", "ke-hoach-giao", "von-don-vi", "chi-dao", "noi-dung"],
}


class Samples(dict):
    """The workbooks by name; hypothesis would print them whole."""

    def __repr__(self):
        return "the samples"


@pytest.fixture(scope="module")
def workbooks(dam_ha, period):
    return Samples({name: read_files([dam_ha.data_folder(period) / name])[0] for name in FORMS})


@pytest.fixture(scope="module")
def request_(dam_ha, period):
    return dam_ha.request(period)


@pytest.fixture(scope="module")
def forms(request_):
    return Samples({form.id: form for form in request_.forms})


def form_of(request, name):
    return next(form for form in request.forms if form.id == name)


def filled(sheet):
    """The sheet with every merged cell undone, and its text in each of the cells: what moving columns about leaves."""
    rows = [list(row) for row in sheet.rows]
    width = max(len(row) for row in rows)
    rows = [row + [""] * (width - len(row)) for row in rows]
    for top, left, bottom, right in sheet.merged:
        for row in range(top, min(bottom, len(rows)) + 1):
            for column in range(left, min(right, width) + 1):
                rows[row - 1][column - 1] = rows[top - 1][left - 1]
    return replace(sheet, rows=rows, merged=(), formulas={}, marked={})


@st.composite
def rearrangements(draw):
    """Seeds for: the order of columns, blank columns, blank rows above and among the data, the order of printed rows."""
    return {
        "seed": draw(st.integers(0, 2**32)),
        "columns": draw(st.booleans()),
        "gaps": draw(st.integers(0, 3)),
        "above": draw(st.integers(0, 12)),
        "between": draw(st.integers(0, 3)),
        "decomposed": draw(st.booleans()),
        "signature": draw(st.booleans()),
        "headings": draw(st.booleans()),
    }


def rearranged(sheet, form, how):
    """A sheet as a commune may send it back."""
    layout, chance = layout_of(form), random.Random(how["seed"])  # noqa: S311
    plain = filled(sheet)
    width = len(plain.rows[0])
    order = list(range(1, layout.last_column))
    if how["columns"]:
        chance.shuffle(order)
    order = [0, *order, *range(layout.last_column, width)]
    for _ in range(how["gaps"]):
        order.insert(chance.randrange(1, len(order) + 1), None)
    rows = [[row[column] if column is not None else "" for column in order] for row in plain.rows]
    blank = [""] * len(order)
    head, data, tail = rows[: layout.first_row - 1], rows[layout.first_row - 1 : layout.last_row], rows[layout.last_row :]
    if form.kind == "fixed":
        chance.shuffle(data)
    for _ in range(how["between"]):
        data.insert(chance.randrange(len(data) + 1), list(blank))
    if how["headings"] and form.kind == "rows":
        data[3:3] = [list(row) for row in head[layout.header_row - 1 :]]
    if how["signature"]:
        tail += [list(blank), [*blank[:-1], "Quảng Lâm, ngày 20 tháng 6 năm 2024"], ["", "Người lập biểu", *blank[2:]]]
    made = [list(blank) for _ in range(how["above"])] + head + data + tail
    if how["decomposed"]:
        made = [[unicodedata.normalize("NFD", value) if isinstance(value, str) else value for value in row] for row in made]
    return replace(plain, rows=made)


@pytest.mark.parametrize(("file", "name"), [(file, name) for file, names in FORMS.items() for name in names])
@settings(max_examples=8, deadline=None)
@given(how=rearrangements())
def test_the_same_table_is_read_however_it_was_rearranged(workbooks, forms, file, name, how):
    form = forms[name]
    sheet = workbooks[file].sheet(form.sheet)
    changed = rearranged(sheet, form, how)
    match = match_sheet(form, changed)
    table, original = build_table(match, "xã"), build_table(match_sheet(form, filled(sheet)), "xã")

    assert match.missing == ()
    assert [{field: row.value(field) for field in row.cells} for row in table.rows] == [
        {field: row.value(field) for field in row.cells} for row in original.rows
    ]
    for row in table.rows:
        for field, cell in row.cells.items():
            if field not in ("key", "level"):  # told by the form, not read
                assert cell.raw == changed.cell(cell.location.row, cell.location.column), field


def test_headings_copied_into_the_data_are_no_rows(workbooks, request_):
    form = form_of(request_, "ho-ngheo")
    sheet = workbooks["quang-lam.xlsx"].sheet(form.sheet)
    rows = [list(row) for row in sheet.rows]
    again = replace(sheet, rows=[*rows[:11], *rows[6:9], *rows[11:]], formulas={}, merged=())

    assert [again.text(row, 2) for row in data_rows(match_sheet(form, again))] == [sheet.text(row, 2) for row in data_rows(match_sheet(form, sheet))]


def test_a_row_of_small_numbers_is_no_row_of_column_numbers(workbooks, request_):
    form = form_of(request_, "ho-ngheo")
    sheet = workbooks["quang-lam.xlsx"].sheet(form.sheet)
    rows = [list(row) for row in sheet.rows]
    rows[9][1:] = ["Thôn 1", 1.0, 0.0, 1.0, *rows[9][5:]]

    assert 10 in list(data_rows(match_sheet(form, replace(sheet, rows=rows))))


@pytest.mark.parametrize("name", ["biểu 02", " Biểu  02 ", unicodedata.normalize("NFD", "Biểu 02"), "BIỂU 02\u00a0"])
def test_names_of_sheets_in_other_spellings_are_known(workbooks, request_, name):
    workbook = workbooks["quang-lam.xlsx"]
    renamed = tuple(replace(sheet, name=name) if sheet.name == "Biểu 02" else sheet for sheet in workbook.sheets)

    assert check_files([replace(workbook, sheets=renamed)], request_).diagnostics == ()


def test_a_second_sheet_whose_name_differs_by_a_space_is_told(workbooks, request_):
    workbook = workbooks["quang-lam.xlsx"]
    sheet = workbook.sheet("Biểu 02")
    rows = [list(row) for row in sheet.rows]
    rows[9][2] = 77.0
    found = check_files([replace(workbook, sheets=(*workbook.sheets, replace(sheet, name="Biểu 02 ", rows=rows)))], request_).diagnostics

    assert [each.code for each in found] == ["S207"]


@pytest.mark.parametrize("stamped", [True, False])
def test_our_own_sheet_of_mistakes_is_ignored_when_the_workbook_comes_back(workbooks, request_, stamped):
    workbook = workbooks["quang-lam.xlsx"]
    ours = replace(workbook.sheet("Biểu 02"), name=RETURNED_SHEET, rows=[["Lỗi cần sửa"], ["Biểu 02", "C10", "Hộ nghèo đầu kỳ"]], merged=(), formulas={})
    sheets = tuple(sheet for sheet in workbook.sheets if stamped or sheet.name != STAMP_SHEET)
    found = check_files([replace(workbook, sheets=(ours, *sheets))], request_)

    assert [each.code for each in found.diagnostics] == ([] if stamped else ["F110"])
    assert found.value[0].unit is not None


def test_a_face_that_has_moved_is_still_read(workbooks, request_):
    workbook = workbooks["quang-lam.xlsx"]
    sheets = tuple(replace(sheet, rows=[[], [], *sheet.rows], merged=(), formulas={}) for sheet in workbook.sheets if sheet.name != STAMP_SHEET)
    found = check_files([replace(workbook, sheets=sheets)], request_)

    assert [(each.code, each.location.cell) for each in found.diagnostics] == [("F110", "C5")]


def test_a_renamed_sheet_is_named_in_the_hint(workbooks, request_):
    workbook = workbooks["quang-lam.xlsx"]
    renamed = tuple(replace(sheet, name="Sheet1") if sheet.name == "Biểu 05" else sheet for sheet in workbook.sheets)
    found = check_files([replace(workbook, sheets=renamed)], request_).diagnostics

    assert [each.code for each in found] == ["S201"]
    assert "“Sheet1” có tiêu đề của biểu này" in found[0].hint

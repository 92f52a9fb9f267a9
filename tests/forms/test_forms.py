"""The workbooks that units receive, read back with openpyxl."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.period import parse_period
from mtqg_cli.forms.checks import LISTS_SHEET, Lists, validation_of
from mtqg_cli.forms.content import NOT_APPLICABLE, FormValues
from mtqg_cli.forms.measure import line_count, text_width
from mtqg_cli.forms.workbook import make_workbook
from mtqg_cli.reference.book import load_book
from mtqg_cli.reference.form import Column, Form
from mtqg_cli.reference.layout import (
    AS_OF_ROW,
    FACE_COLUMN,
    PERIOD_ROW,
    STAMP_SHEET,
    STAMP_VERSION,
    TITLE_ROW,
    TOTAL_LABEL,
    UNIT_ROW,
    layout_of,
    row_formula,
    total_formula,
)
from mtqg_cli.reference.quantity import NUMERIC
from mtqg_cli.reference.unit import units_on

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from mtqg_cli.core.unit import Unit

UNITS = units_on(date(2024, 6, 30))
PERIOD = parse_period("6m2024")


def unit_of(name: str) -> Unit:
    unit = UNITS.find(name).unit
    assert unit is not None
    return unit


DISTRICT = unit_of("Huyện Đầm Hà, Tỉnh Quảng Ninh")
COMMUNE = unit_of("Xã Quảng Lâm, Huyện Đầm Hà, Tỉnh Quảng Ninh")
TOWN = unit_of("Thị trấn Đầm Hà, Huyện Đầm Hà, Tỉnh Quảng Ninh")
BOOK = load_book().value
CRITERIA = ("xa-ntm-2021-2025", "xa-ntm-nang-cao-2021-2025", "huyen-ntm-2021-2025")
FORMS = BOOK.in_use(CRITERIA, tuple(BOOK.programmes), UNITS.children(DISTRICT), BOOK.extra)


def is_input(form: Form, row: int, column: Column) -> bool:
    """Whether a cell of the data is to be filled in."""
    printed = form.rows[row - layout_of(form).first_row] if form.kind == "fixed" else None
    worked_out = bool(column.computed) or (printed is not None and bool(printed.computed) and column.type in NUMERIC)
    return not column.printed and not worked_out and (printed is None or column.field not in printed.without)


def forms_for(unit: Unit) -> list[Form]:
    scope = "unit" if unit is DISTRICT else "commune"
    return [form for form in FORMS if form.scope == scope and form.applies(unit)]


def form_of(name: str) -> Form:
    return next(form for form in FORMS if form.id == name)


def made(unit: Unit, values: dict[str, FormValues] | None = None, *, forms: list[Form] | None = None, results: bool = False) -> Workbook:
    artifact = make_workbook(forms_for(unit) if forms is None else forms, unit, PERIOD, filename="x.xlsx", values=values)
    return load_workbook(BytesIO(artifact.content), data_only=results)


def small_form(**changes: object) -> Form:
    """A form with printed rows to which columns of figures apply."""
    columns: list[dict[str, object]] = [
        {"field": "label", "label": "Nguồn vốn", "printed": True, "width": 30},
        {"field": "plan", "label": "Kế hoạch", "type": "money", "unit": "triệu đồng", "decimals": 3, "group": ("Vốn", "Giao")},
        {"field": "extra", "label": "Bổ sung", "type": "money", "unit": "triệu đồng", "decimals": 3, "group": ("Vốn", "Giao")},
        {"field": "total", "label": "Cộng", "type": "money", "unit": "triệu đồng", "decimals": 3, "group": ("Vốn",), "computed": ("+plan", "+extra")},
        {"field": "rest", "label": "Còn lại", "type": "money", "unit": "triệu đồng", "decimals": 3, "computed": ("+total", "-plan")},
    ]
    values: dict[str, object] = {
        "id": "nho",
        "title": "Biểu nhỏ",
        "version": "2",
        "sheet": "Biểu nhỏ",
        "order": 1,
        "scope": "commune",
        "kind": "fixed",
        "columns": columns,
        "rows": [{"key": "1", "label": "Trung ương"}, {"key": "1.10", "label": "Tỉnh", "applies_to": ("thị trấn",)}],
    }
    return Form.model_validate({**values, **changes})


@pytest.mark.parametrize("unit", [COMMUNE, TOWN, DISTRICT], ids=lambda unit: unit.name)
def test_everything_stands_where_the_layout_says(unit: Unit):
    book = made(unit)
    forms = forms_for(unit)
    assert book.sheetnames == [*(form.sheet for form in forms), LISTS_SHEET, STAMP_SHEET]
    assert book.active.title == forms[0].sheet
    for form in forms:
        sheet, layout = book[form.sheet], layout_of(form)
        assert form.title.upper() in sheet.cell(TITLE_ROW, 1).value
        assert sheet.cell(UNIT_ROW, FACE_COLUMN).value == unit.name
        assert sheet.cell(PERIOD_ROW, FACE_COLUMN).value == "6 tháng đầu năm 2024"
        assert sheet.cell(AS_OF_ROW, FACE_COLUMN).value == datetime(2024, 6, 30)
        assert sheet.cell(AS_OF_ROW, FACE_COLUMN).number_format == "dd/mm/yyyy"
        assert sheet.cell(layout.header_row, 1).value == ("STT" if form.kind == "rows" else "TT")
        assert sheet.cell(layout.number_row, 1).value == "A"
        for column in form.columns:
            place = layout.columns[column.field]
            assert sheet.cell(layout.header_row + len(column.group), place).value == column.label
            assert sheet.cell(layout.number_row, place).value == layout.numbers[column.field]
        heads = [sheet.cell(row, 1).value for row in range(layout.first_row, layout.last_row + 1)]
        assert heads == (list(range(1, form.capacity + 1)) if form.kind == "rows" else [row.key for row in form.rows])
        if layout.total_row:
            assert sheet.cell(layout.total_row, 2).value == TOTAL_LABEL


@pytest.mark.parametrize("unit", [COMMUNE, TOWN, DISTRICT], ids=lambda unit: unit.name)
def test_a_blank_workbook_holds_nothing_but_what_the_form_prints(unit: Unit):
    book, results = made(unit), made(unit, results=True)
    for form in forms_for(unit):
        layout = layout_of(form)
        for row in range(layout.first_row, layout.last_row + 1):
            for column in form.columns:
                cell = book[form.sheet].cell(row, layout.columns[column.field])
                if column.computed:
                    assert cell.value == row_formula(column, layout, row)
                    assert results[form.sheet][cell.coordinate].value == 0
                elif is_input(form, row, column):
                    assert cell.value in {None, NOT_APPLICABLE}
                elif not column.printed:
                    assert results[form.sheet][cell.coordinate].value in {0, None}
        for column in form.columns:
            if layout.total_row and column.summed:
                cell = book[form.sheet].cell(layout.total_row, layout.columns[column.field])
                assert cell.value == total_formula(column.field, layout)
                assert results[form.sheet][cell.coordinate].value == 0


def test_only_cells_to_fill_in_are_unlocked():
    book = made(COMMUNE)
    for form in forms_for(COMMUNE):
        sheet, layout = book[form.sheet], layout_of(form)
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert not sheet.protection.formatRows
        fields = {place: field for field, place in layout.columns.items()}
        for row in sheet.iter_rows():
            for cell in row:
                column = form.column(fields.get(cell.column, ""))
                input_cell = column is not None and layout.first_row <= cell.row <= layout.last_row and is_input(form, cell.row, column)
                assert cell.protection.locked is not input_cell, cell.coordinate


def test_the_stamp_tells_what_the_workbook_is():
    book = made(COMMUNE)
    assert book[STAMP_SHEET].sheet_state == "veryHidden"
    lines = [tuple(value for value in row if value is not None) for row in book[STAMP_SHEET].iter_rows(values_only=True)]
    forms = [("form", form.id, form.version, form.sheet) for form in forms_for(COMMUNE)]
    assert lines == [("mtqg", STAMP_VERSION), ("unit", COMMUNE.code), ("period", "6m2024"), *forms]


def test_values_are_written_as_the_sheet_shows_them():
    rows = [
        {
            "programme": "ntm-2021-2025",
            "project": "02",
            "name": "Đường thôn",
            "source": "nstw",
            "kind": "dtpt",
            "plan_carried": 1_500,
            "plan_year": 2_000_000_000,
        },
        {"programme": "dtts-2021-2030", "project": "10.2", "name": "=1+1", "plan_year": 400_000},
    ]
    values = {
        "von": FormValues(rows=rows),
        "thong-tin": FormValues(record={"data_date": date(2024, 6, 20), "poverty_line": "tinh", "villages": 9, "preparer": "@công chức"}),
        "tieu-chi-ntm.xa-ntm-2021-2025": FormValues(by_key={"17.10": {"mark": "dat", "result": Decimal("98.5")}, "1": {"mark": "chua", "note": "chờ duyệt"}}),
    }
    book, results = made(COMMUNE, values), made(COMMUNE, values, results=True)
    sheet, layout = results["Biểu 04"], layout_of(form_of("von"))

    def row(number: int) -> list[object]:
        return [cell.value for cell in sheet[layout.first_row + number]]

    assert row(0)[:9] == [1, "Nông thôn mới", "02", "Đường thôn", "NSTW", "ĐTPT", 0.0015, 2000, 2000.0015]
    assert row(1)[:9] == [2, "DTTS&MN", "10.2", "=1+1", None, None, None, 0.4, 0.4]
    assert row(2)[1:9] == [None] * 7 + [0]
    assert sheet.cell(layout.total_row, layout.columns["plan_year"]).value == 2000.4
    assert sheet.cell(layout.total_row, layout.columns["plan_total"]).value == 2000.4015
    text = book["Biểu 04"].cell(layout.first_row + 1, layout.columns["name"])
    assert (text.data_type, text.value) == ("s", "=1+1")

    general = results["Thông tin"]
    first = layout_of(form_of("thong-tin")).first_row
    assert [general.cell(first + index, 4).value for index in range(5)] == [datetime(2024, 6, 20), "@công chức", "Chuẩn của tỉnh", None, 9]

    criteria = form_of("tieu-chi-ntm.xa-ntm-2021-2025")
    places = layout_of(criteria)
    found = {
        results["Biểu 01"].cell(at, 1).value: [results["Biểu 01"].cell(at, places.columns[name]).value for name in ("result", "mark", "note")]
        for at in range(places.first_row, places.last_row + 1)
    }
    assert found["17.10"] == [98.5, "Đạt", None]
    assert found["1"] == [None, "Chưa đạt", "chờ duyệt"]
    assert found["1.1"] == [None, None, None]


def test_text_never_becomes_a_formula_or_a_link():
    nasty = ["=cmd|' /C calc'!A0", "+1", "@x", "-2", "{=1}", "http://example.vn", "=SUM(A1:A9)"]
    book = made(COMMUNE, {"ho-ngheo": FormValues(rows=[{"village": text} for text in nasty])})
    sheet, layout = book["Biểu 02"], layout_of(form_of("ho-ngheo"))
    cells = [sheet.cell(layout.first_row + index, 2) for index in range(len(nasty))]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [(text, "s", None) for text in nasty]
    allowed = {sheet.cell(row, layout.columns["closing"]).coordinate for row in range(layout.first_row, layout.last_row + 1)}
    formulas = {cell.coordinate for row in sheet.iter_rows(max_row=layout.last_row) for cell in row if cell.data_type == "f"}
    assert formulas == allowed


def test_drop_downs_come_from_the_hidden_sheet():
    book = made(COMMUNE)
    assert book[LISTS_SHEET].sheet_state == "hidden"
    form = form_of("von")
    layout = layout_of(form)
    lists = {str(check.sqref): check.formula1 for check in book["Biểu 04"].data_validations.dataValidation if check.type == "list"}
    for column in form.columns:
        if column.choices:
            letter = layout.letter(column.field)
            source = lists[f"{letter}{layout.first_row}:{letter}{layout.last_row}"]
            sheet, area = source.replace("'", "").replace("$", "").split("!")
            assert [cell.value for (cell,) in book[sheet][area]] == [choice.label for choice in column.choices]


def test_a_long_list_with_commas_stays_whole():
    labels = [f"Nguồn thứ {number}, có dấu phẩy" for number in range(40)]
    columns = [
        {"field": "name", "label": "Tên"},
        {"field": "source", "label": "Nguồn", "type": "choice", "choices": [[str(number), label] for number, label in enumerate(labels)]},
    ]
    book = made(COMMUNE, forms=[small_form(kind="rows", rows=[], columns=columns)])
    (check,) = book["Biểu nhỏ"].data_validations.dataValidation
    assert check.formula1 == f"'{LISTS_SHEET}'!$A$1:$A$40"
    assert [cell.value for cell in book[LISTS_SHEET]["A"]] == labels


@pytest.mark.parametrize("unit", [COMMUNE, DISTRICT], ids=lambda unit: unit.name)
def test_every_number_date_and_choice_is_checked_while_it_is_typed(unit: Unit):
    book = made(unit)
    for form in forms_for(unit):
        layout, checks = layout_of(form), book[form.sheet].data_validations.dataValidation
        checked = {(row, column) for check in checks for area in check.sqref.ranges for row, column in area.cells}
        for check in checks:
            assert check.errorTitle == "Dữ liệu không hợp lệ"
            assert 0 < len(check.error) <= 255
            assert check.errorStyle in {None, "stop"}
            assert check.allowBlank
        for column in form.columns:
            if not column.printed and not column.computed and (column.type in {*NUMERIC, "date", "choice"} or column.choices):
                rows = range(layout.first_row, layout.last_row + 1)
                wanted = {(row, layout.columns[column.field]) for row in rows if is_input(form, row, column)}
                assert wanted <= checked, column.field


def test_limits_of_numbers_follow_the_form():
    lists = Lists()
    columns = small_form(
        columns=[
            {"field": "a", "label": "a", "type": "count"},
            {"field": "b", "label": "b", "type": "percent", "minimum": "0.5"},
            {"field": "c", "label": "c", "type": "decimal", "minimum": -5, "maximum": 5},
            {"field": "d", "label": "d"},
        ]
    ).columns
    count, percent, decimal, text = (validation_of(column, lists) for column in columns)
    assert count is not None
    assert percent is not None
    assert decimal is not None
    assert text is None
    assert (count["validate"], count["criteria"], count["value"]) == ("integer", ">=", 0)
    assert (percent["validate"], percent["minimum"], percent["maximum"]) == ("decimal", 0.5, 100)
    assert (decimal["minimum"], decimal["maximum"]) == (-5, 5)
    assert "từ 0,5 đến 100" in str(percent["error_message"])


def test_a_row_that_does_not_concern_the_unit_is_shaded_and_locked():
    sheet, layout = made(TOWN)["Biểu 06"], layout_of(form_of("so-lieu"))
    cell = sheet.cell(layout.last_row, layout.columns["value"])
    assert cell.value == NOT_APPLICABLE
    assert cell.protection.locked
    assert cell.fill.fgColor.rgb == "FFF2F2F2"
    assert made(COMMUNE)["Biểu 06"].cell(layout.last_row, layout.columns["value"]).value is None


def test_printed_rows_with_columns_of_figures():
    form = small_form()
    values = {"nho": FormValues(by_key={"1": {"plan": 1_500_000, "extra": 250_000}})}
    sheet = made(COMMUNE, values, forms=[form], results=True)["Biểu nhỏ"]
    assert [cell.value for cell in sheet[11]] == ["1", "Trung ương", 1.5, 0.25, 1.75, 0.25]
    assert [cell.value for cell in sheet[12]] == ["1.10", "Tỉnh", NOT_APPLICABLE, None, None, None]
    assert {str(area) for area in sheet.merged_cells.ranges} >= {"C7:E7", "C8:D8", "E8:E9", "F7:F9", "A7:A9", "B7:B9"}
    assert sheet["A1"].value == "BIỂU NHỎ"  # the sheet's name is not said twice


def test_a_printed_row_can_be_worked_out_from_others():
    form = form_of("huy-dong")
    given = {str(number): {"plan": number * 10**6, "done": 500_000} for number in range(1, 14)}
    values = {form.id: FormValues(by_key={**given, "10": {**given["10"], "quantity": Decimal("12.5")}})}
    layout = layout_of(form)
    sheet, results = (made(COMMUNE, values, forms=[form], results=each)[form.sheet] for each in (False, True))
    last = layout.last_row

    assert sheet[f"E{last}"].value == "=" + "+".join(f"E{row}" for row in range(layout.first_row, last))
    assert (results[f"E{last}"].value, results[f"F{last}"].value) == (91, 6.5)
    assert sheet[f"E{last}"].protection.locked
    assert sheet[f"D{layout.first_row}"].protection.locked, "số lượng chỉ ghi ở dòng ngày công, hiến đất"
    assert not sheet[f"D{layout.first_row + 9}"].protection.locked
    assert results[f"D{layout.first_row + 9}"].value == 12.5


def test_notes_stand_on_headings_and_row_labels():
    book = made(COMMUNE)
    for form in forms_for(COMMUNE):
        sheet, layout = book[form.sheet], layout_of(form)
        for column in form.columns:
            note = sheet.cell(layout.header_row + len(column.group), layout.columns[column.field]).comment
            assert (note.text if note else "") == column.note
            assert note is None or note.author == "None"  # how openpyxl reads an empty author
        for index, row in enumerate(form.rows):
            note = sheet.cell(layout.first_row + index, 2).comment
            assert (note.text if note else "") == row.note


@pytest.mark.parametrize("unit", [COMMUNE, DISTRICT], ids=lambda unit: unit.name)
def test_each_table_prints_one_page_wide_with_its_headings_on_every_page(unit: Unit):
    book = made(unit)
    for form in forms_for(unit):
        sheet, layout = book[form.sheet], layout_of(form)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert str(sheet.page_setup.paperSize) == "9"
        if layout.last_column > 8:
            assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == f"${layout.header_row}:${layout.number_row}"
        assert sheet.freeze_panes == f"C{layout.first_row}"
        assert "Trang &P/&N" in sheet.oddFooter.center.text
        assert sheet.print_area.startswith(f"'{form.sheet}'!$A$1:")


def test_the_foot_names_the_form_and_who_signs():
    for unit, name, signer in ((COMMUNE, "ho-ngheo", "TM. ỦY BAN NHÂN DÂN"), (DISTRICT, "von-don-vi", "THỦ TRƯỞNG ĐƠN VỊ")):
        form = form_of(name)
        sheet, layout = made(unit)[form.sheet], layout_of(form)
        assert layout.total_row is not None
        assert sheet.cell(layout.total_row + 1, 1).value == f"Mã biểu: {name}, phiên bản 1; kỳ 6m2024"
        words = " ".join(str(cell.value) for cell in sheet[layout.total_row + 2] if cell.value)
        assert "NGƯỜI LẬP BIỂU" in words
        assert signer in words


def test_headings_and_long_labels_get_the_height_they_need():
    form = form_of("tieu-chi-ntm.xa-ntm-2021-2025")
    sheet, layout = made(COMMUNE)["Biểu 01"], layout_of(form)
    heights = {sheet.cell(row, 1).value: sheet.row_dimensions[row].height for row in range(layout.first_row, layout.last_row + 1)}
    assert heights["19.2"] > heights["18.6"] > heights["1.2"]
    assert heights["4"] is None  # one line: grows by itself


def test_the_same_workbook_is_the_same_bytes():
    values = {"ho-ngheo": FormValues(rows=[{"village": "Thôn Bình Hồ", "opening": 5}])}
    first, second = (make_workbook(forms_for(COMMUNE), COMMUNE, PERIOD, filename="quang-lam.xlsx", values=values) for _ in range(2))
    assert first == second
    assert first.name == "quang-lam.xlsx"
    properties = load_workbook(BytesIO(first.content)).properties
    assert properties.created == properties.modified == datetime(2024, 6, 30)


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        ("ho-ngheo", FormValues(rows=[{"village": f"Thôn {number}"} for number in range(41)]), "40 dòng"),
        ("ho-ngheo", FormValues(rows=[{"thon": "Bình Hồ"}]), "thon"),
        ("thong-tin", FormValues(record={"so_thon": 3}), "so_thon"),
        ("thong-tin", FormValues(rows=[{}]), "1 dòng"),
        ("tieu-chi-ntm.xa-ntm-2021-2025", FormValues(by_key={"20": {"mark": "dat"}}), "20"),
    ],
)
def test_values_without_a_place_are_refused(name: str, values: FormValues, words: str):
    with pytest.raises(MtqgError, match=words) as caught:
        made(COMMUNE, {name: values})
    assert form_of(name).sheet in caught.value.message
    assert caught.value.hint


def test_a_unit_without_forms_is_refused():
    with pytest.raises(MtqgError, match="xã Quảng Lâm"):
        made(COMMUNE, forms=[])


def test_a_full_form_keeps_all_its_rows():
    rows = [{"village": f"Thôn {number}", "opening": number} for number in range(40)]
    sheet = made(COMMUNE, {"ho-ngheo": FormValues(rows=rows)}, results=True)["Biểu 02"]
    layout = layout_of(form_of("ho-ngheo"))
    assert sheet.cell(layout.last_row, 2).value == "Thôn 39"
    assert sheet.cell(layout.total_row, layout.columns["closing"]).value == sum(range(40))


def test_lines_are_counted_as_they_will_be_broken():
    assert line_count("", 10, 12) == 1
    assert line_count("một\nhai", 50, 12) == 2
    assert line_count("ngày/tháng/năm sinh", 8, 12) == 3  # a word too long for its column is broken inside
    assert line_count("Hộ nghèo " * 10, 11, 12) == 10
    assert text_width("Thôn", 12, bold=True) > text_width("Thôn", 12) > text_width("thon", 12)
    assert text_width("ơ", 12) == text_width("o", 12)  # marks take no room of their own

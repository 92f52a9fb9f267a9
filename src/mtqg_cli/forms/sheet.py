"""The lower part of a form's sheet: data rows, total, signatures; and how the sheet behaves: checks, protection, printing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.core.location import cell_name, column_letter
from mtqg_cli.forms.checks import Lists, excel_number, validation_of
from mtqg_cli.forms.content import FormValues, Line, Run, Slot, lines_of, runs_of, totals_of
from mtqg_cli.forms.heading import write_face, write_headings, write_note
from mtqg_cli.forms.measure import column_pixels, row_height
from mtqg_cli.forms.page import FAINT, GREY, Page, set_paper
from mtqg_cli.reference.layout import TOTAL_LABEL
from mtqg_cli.reference.quantity import NUMERIC

if TYPE_CHECKING:
    from mtqg_cli.core.period import Period
    from mtqg_cli.core.unit import Unit
    from mtqg_cli.reference.quantity import Quantity

_MARK_SIZE = 9
_SIGNATURE_LINES = 8
_SIGNATURE_SIZE = 11
_DATE = "Ngày …… tháng …… năm ……"
#: Choices and codes in narrower columns are centred, in wider ones they read as text.
_NARROW = 20
#: The bracket's width is kept free at the right: an indent would not do, LibreOffice forgets it in cells that shrink.
_WHOLE = "#,##0_)"
_FRACTIONAL = "#,##0.{}_)"
#: What an indent takes of a column's width, in characters.
_INDENT_WIDTH = 1.3


def write_sheet(page: Page, unit: Unit, period: Period, lists: Lists, values: FormValues) -> None:
    """Everything of one form."""
    for index, width in enumerate(page.widths):
        page.sheet.set_column_pixels(index, index, column_pixels(width))
    write_face(page, unit, period)
    write_headings(page)
    lines = lines_of(page.form, unit, values)
    for line in lines:
        _write_line(page, line)
    totals = totals_of(page.form, lines)
    _write_total(page, totals)
    runs = runs_of(lines)
    _add_checks(page, runs, lists)
    _add_number_looks(page, (*runs, *(Run(each.row, each.row, each.column, each.quantity, each.kind) for each in totals)))
    last_row = _write_foot(page, unit, period)
    _set_behaviour(page, lines)
    _set_print(page, last_row)


def _write_line(page: Page, line: Line) -> None:
    bold = line.printed is not None and line.printed.level == "criterion"
    if isinstance(line.head, int):
        shape = page.styles.get(font_size=page.size, align="center", border=1, font_color=FAINT)
        page.sheet.write_number(line.row - 1, 0, line.head, shape)
    else:
        main = line.printed is not None and line.printed.level in {"criterion", "both"}
        page.put((line.row, 1, line.row, 1), line.head, font_size=page.size, align="center", border=1, num_format="@", bold=main)
    for slot in line.slots:
        _write_slot(page, slot, {**_look(page, slot), **({"bold": True} if bold and slot.kind == "printed" else {})})
    _set_line_height(page, line, bold=bold)
    if line.printed is not None and line.printed.note:
        write_note(page, line.row, page.key_column, line.printed.note)


def _set_line_height(page: Page, line: Line, *, bold: bool) -> None:
    """Words of several lines get the height that they need; any other row is left automatic and grows while it is filled in."""
    heights = []
    for slot in line.slots:
        if isinstance(slot.value, str):
            room = slot.heading.width - (_INDENT_WIDTH if "indent" in _alignment(page, slot) else 0)
            heights.append(page.height(slot.value, room, bold=bold and slot.kind == "printed"))
    if max(heights, default=0) > page.height("", 1):
        page.set_height(line.row, max(heights))


def _write_slot(page: Page, slot: Slot, look: dict[str, object]) -> None:
    position = (slot.row - 1, slot.column - 1)
    shape = page.styles.get(**look)
    if slot.formula:
        result = slot.value if isinstance(slot.value, Decimal) else Decimal(0)
        page.sheet.write_formula(*position, slot.formula, shape, excel_number(result))
    elif slot.value is None:
        page.sheet.write_blank(*position, None, shape)
    elif isinstance(slot.value, str):
        page.sheet.write_string(*position, slot.value, shape)
    elif isinstance(slot.value, date):
        page.sheet.write_datetime(*position, slot.value, shape)
    else:
        page.sheet.write_number(*position, excel_number(slot.value), shape)


def _look(page: Page, slot: Slot) -> dict[str, object]:
    look: dict[str, object] = {"font_size": page.size, "border": 1, "num_format": _number_format(slot.quantity)}
    if slot.kind == "excluded":
        return {**look, "num_format": "General", "align": "center", "italic": True, "font_color": FAINT, "bg_color": GREY}
    if slot.quantity.type in NUMERIC:
        look |= {"align": "right", "shrink": True}
    else:
        look |= {**_alignment(page, slot), "text_wrap": True}
    if slot.kind == "computed":
        look |= {"bg_color": GREY}
    if slot.kind == "input":
        look |= {"locked": False}
    return look


def _alignment(page: Page, slot: Slot) -> dict[str, object]:
    """Where words stand: under the numbers in a column of mixed values, centred in narrow columns, else left."""
    if slot.heading.type == "own":
        return {"align": "right"}
    narrow = slot.heading.type != "text" and slot.heading.width < _NARROW
    if narrow or (slot.kind == "printed" and slot.column != page.key_column):
        return {"align": "center"}
    return {"align": "left", "indent": 1}


def _number_format(quantity: Quantity) -> str:
    if quantity.type in NUMERIC:
        return _FRACTIONAL.format("#" * quantity.decimals) if quantity.decimals else _WHOLE
    return {"date": "dd/mm/yyyy", "code": "@", "result": "@"}.get(quantity.type, "General")


def _write_total(page: Page, totals: tuple[Slot, ...]) -> None:
    row = page.layout.total_row
    if row is None:
        return
    plain = {"font_size": page.size, "border": 1, "bold": True, "bg_color": GREY}
    for column in range(1, page.layout.last_column + 1):
        page.put((row, column, row, column), TOTAL_LABEL if column == page.key_column else "", align="center", **plain)
    for slot in totals:
        _write_slot(page, slot, {**_look(page, slot), **plain})


def _add_checks(page: Page, runs: tuple[Run, ...], lists: Lists) -> None:
    for run in runs:
        check = validation_of(run.quantity, lists) if run.kind == "input" else None
        if check is not None:
            page.sheet.data_validation(run.first_row - 1, run.column - 1, run.last_row - 1, run.column - 1, check)


def _add_number_looks(page: Page, runs: tuple[Run, ...]) -> None:
    """Whole amounts lose the dangling decimal sign of `#,##0.###`; computed zeros of unused rows are not shown."""
    whole = page.styles.get(num_format=_WHOLE)
    unseen = page.styles.get(num_format=";;;")
    key = column_letter(page.key_column)
    for run in runs:
        name = cell_name(run.first_row, run.column)
        area = (run.first_row - 1, run.column - 1, run.last_row - 1, run.column - 1)
        if run.kind == "computed" and run.first_row != page.layout.total_row:
            rule = f'=AND({name}=0,${key}{run.first_row}="")'
            page.sheet.conditional_format(*area, {"type": "formula", "criteria": rule, "format": unseen, "stop_if_true": True})
        if run.quantity.decimals and run.quantity.type in NUMERIC:
            page.sheet.conditional_format(*area, {"type": "formula", "criteria": f"={name}=INT({name})", "format": whole})


def _write_foot(page: Page, unit: Unit, period: Period) -> int:
    """The form's own mark, and the signatures in one tall row, which no page break can part; returns the last row."""
    layout, form = page.layout, page.form
    row = (layout.total_row or layout.last_row) + 1
    mark = f"Mã biểu: {form.id}, phiên bản {form.version}; kỳ {period}"
    page.put((row, 1, row, layout.last_column), mark, font_size=_MARK_SIZE, font_color=FAINT, align="left")
    last_row = row + 1
    split = min(range(1, layout.last_column), key=lambda each: abs(page.span(1, each) - page.span(each + 1, layout.last_column)))
    signer = "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH" if unit.level == "xã" else "THỦ TRƯỞNG ĐƠN VỊ"
    _write_signature(page, (last_row, 1, last_row, split), ("", "NGƯỜI LẬP BIỂU", "(Ký, ghi rõ họ tên)"))
    _write_signature(page, (last_row, split + 1, last_row, layout.last_column), (_DATE, signer, "(Ký, ghi rõ họ tên, đóng dấu)"))
    page.set_height(last_row, row_height(_SIGNATURE_LINES, _SIGNATURE_SIZE))
    return last_row


def _write_signature(page: Page, area: tuple[int, int, int, int], lines: tuple[str, str, str]) -> None:
    """Date, who signs, how."""
    look: dict[str, object] = {"font_size": _SIGNATURE_SIZE, "align": "center", "valign": "top", "text_wrap": True}
    page.put(area, "", **look)
    plain, bold = page.styles.get(font_size=_SIGNATURE_SIZE, italic=True), page.styles.get(font_size=_SIGNATURE_SIZE, bold=True)
    parts = [plain, f"\n{lines[0]}\n", bold, f"{lines[1]}\n", plain, lines[2]]
    page.sheet.write_rich_string(area[0] - 1, area[1] - 1, *parts, page.styles.get(**look))


def _set_behaviour(page: Page, lines: tuple[Line, ...]) -> None:
    sheet, layout = page.sheet, page.layout
    sheet.hide_gridlines(2)
    sheet.freeze_panes(layout.number_row, page.key_column)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    first = next(((slot.row - 1, slot.column - 1) for line in lines for slot in line.slots if slot.kind == "input" and slot.column > page.key_column), (0, 0))
    sheet.set_selection(*first, *first)
    texts = [1, *(layout.columns[each.field] for each in page.form.columns if each.type in {"code", "result"})]
    areas = [f"{column_letter(each)}{layout.first_row}:{column_letter(each)}{layout.last_row}" for each in texts]
    areas.append(f"A{layout.number_row}:{cell_name(layout.number_row, layout.last_column)}")
    sheet.ignore_errors({"number_stored_as_text": " ".join(areas)})


def _set_print(page: Page, last_row: int) -> None:
    sheet, layout = page.sheet, page.layout
    if page.landscape:
        sheet.set_landscape()
    set_paper(sheet)
    sheet.repeat_rows(layout.header_row - 1, layout.number_row - 1)
    sheet.print_area(0, 0, last_row - 1, layout.last_column - 1)

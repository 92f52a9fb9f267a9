"""A matched sheet into a table of cells: parsed, the form's own formulas worked out where their results are stale or gone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mtqg_cli.core.location import column_letter
from mtqg_cli.core.table import Cell, Row, Table
from mtqg_cli.core.vietnamese import nfc
from mtqg_cli.validate.match import data_rows, printed_rows, rows_beyond, total_row
from mtqg_cli.validate.parse import read_cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mtqg_cli.core.sheet import RawCell
    from mtqg_cli.reference.form import Column, Form, FormRow
    from mtqg_cli.reference.quantity import Quantity
    from mtqg_cli.validate.match import SheetMatch


def build_table(match: SheetMatch, unit_kind: str) -> Table:
    """The table of a sheet. A form with one value a row becomes a single row whose fields are the printed rows'."""
    where = match.sheet.at(match.header_row, 1)
    where = type(where)(where.file, where.sheet)
    if match.form.kind == "rows":
        rows = tuple(_free_row(match, number) for number in data_rows(match))
        return Table(match.form.id, where, rows, _total(match, rows))
    found = printed_rows(match)
    wanted = [(row, found[row.key]) for row in match.form.rows if row.key in found and _applies(row, unit_kind)]
    if match.form.one_value_a_row:
        cells = {row.field: _within(_cell(match, number, match.columns["value"], row), row) for row, number in wanted if "value" in match.columns}
        return Table(match.form.id, where, (Row(cells, match.form.title, match.first_row),))
    by_key = {row.key: _printed_row(match, row, number) for row, number in wanted}
    for printed, _ in wanted:
        if printed.computed:
            by_key[printed.key] = _worked_out_row(match, printed, by_key)
    return Table(match.form.id, where, tuple(by_key.values()))


def is_unfilled(table: Table, form: Form, period_kind: str) -> bool:
    """Whether none of the cells that must be filled in is: then that is all there is to say of the sheet."""
    if form.kind == "rows":
        return not table.rows
    worked_out = {row.key for row in form.rows if row.computed}
    required = [name for name, quantity in form.quantity_of.items() if quantity.required_in(period_kind)]
    rows = [row for row in table.rows if row.value("key") not in worked_out]
    wanted = [row.cells[name] for row in rows for name in required if name in row.cells]
    return bool(wanted) and all(cell.raw is None for cell in wanted)


def _applies(row: FormRow, unit_kind: str) -> bool:
    return not row.applies_to or unit_kind.lower() in row.applies_to


def _cell(match: SheetMatch, row: int, column: int, quantity: Quantity) -> Cell:
    raw = match.sheet.cell(row, column)
    if match.covered and (row, column) in match.covered:  # told once for the merged cell, not once a cell
        return Cell(match.sheet.at(row, column), raw, None, "merged")
    return Cell(match.sheet.at(row, column), raw, *read_cell(raw, quantity))


def _within(cell: Cell, quantity: Quantity) -> Cell:
    """The cell; one out of the range of its field is at fault: nothing is reckoned with it, and nothing else follows from it."""
    return cell if cell.value is None or not cell.valid or quantity.allows(cell.value) else cell._replace(fault="out_of_range")


def _printed_row(match: SheetMatch, row: FormRow, number: int) -> Row:
    given = ((column, place) for column, place in match.given if column.field not in row.without)
    cells = {column.field: _within(_cell(match, number, place, column), column) for column, place in given}
    location = match.sheet.at(number, match.serial_column)
    cells["key"] = Cell(location, match.sheet.cell(number, match.serial_column), row.key)
    cells["level"] = Cell(location, None, row.level)
    what = "chỉ tiêu" if row.level == "indicator" else match.form.subject
    name = row.key if match.form.criteria_set else f"“{row.label}” ({row.key})"
    return Row(cells, f"{what} {name}", number)


def _worked_out_row(match: SheetMatch, printed: FormRow, rows: Mapping[str, Row]) -> Row:
    """A printed row whose own formulas are worked out here where Excel's results are missing or stale."""
    row = rows[printed.key]
    cells = dict(row.cells)
    for column in match.form.figures:
        cell = cells.get(column.field)
        if cell is None or cell.raw is None or cell.raw.formula is None or any(key not in rows for _, key in printed.terms):
            continue
        letter = column_letter(match.columns[column.field])
        sides = "".join(f"{'-' if sign < 0 else '+'}{letter}{rows[key].number}" for sign, key in printed.terms)
        if _plain(cell.raw.formula) != _plain(f"={sides.lstrip('+')}"):
            continue
        value = printed_value(printed, column.field, rows)
        if value is None:
            cells[column.field] = Cell(cell.location, cell.raw, None, "parts_unknown")
        elif cell.value != value:
            cells[column.field] = _within(Cell(cell.location, cell.raw, value, recomputed=True), column)
    return Row(cells, row.label, row.number)


def printed_value(printed: FormRow, field: str, rows: Mapping[str, Row]) -> int | None:
    """The signed sum of a worked-out printed row's parts in a column, or None if one of them is blank or unreadable."""
    total = 0
    for sign, key in printed.terms:
        value = rows[key].value(field) if key in rows else None
        if not isinstance(value, int):
            return None
        total += sign * value
    return total


def _free_row(match: SheetMatch, number: int) -> Row:
    cells = {column.field: _cell(match, number, match.columns[column.field], column) for column in match.form.columns if column.field in match.columns}
    for column in match.form.columns:
        if column.computed and column.field in cells:
            cells[column.field] = _worked_out(match, column, cells)
        if column.field in cells:
            cells[column.field] = _within(cells[column.field], column)
    return Row(cells, _label(match, cells, number), number)


def _label(match: SheetMatch, cells: Mapping[str, Cell], number: int) -> str:
    """What a person calls the row: its subject and the words in its naming column, if those could be read."""
    named = next((key for key in match.form.key if (column := match.form.column(key)) and (column.type == "text" or column.choices_from == "communes")), None)
    cell = cells.get(named) if named is not None and match.form.subject != "nội dung" else None
    if cell is None or cell.raw is None or not cell.valid:
        return f"{match.form.subject} ở dòng {number}"
    name = nfc(str(cell.raw.value))
    return name if name.casefold().startswith(match.form.subject.casefold()) else f"{match.form.subject} {name}"


def _worked_out(match: SheetMatch, column: Column, cells: Mapping[str, Cell]) -> Cell:
    """The cell itself, or the result of the form's own formula where Excel's is missing or stale."""
    cell = cells[column.field]
    if cell.raw is None or not _is_own_formula(match, column, cell.location.row or 0, cell.raw):
        return cell
    value = computed_value(column, cells)
    if value is None:
        return Cell(cell.location, cell.raw, None, "parts_unknown")
    return cell if cell.value == value else Cell(cell.location, cell.raw, value, recomputed=True)


def computed_value(column: Column, cells: Mapping[str, Cell]) -> int | None:
    """The signed sum of a computed column's parts, or None if one of them is blank or unreadable."""
    total = 0
    for sign, name in column.terms:
        part = cells.get(name)
        if part is None or not part.valid or not isinstance(part.value, int):
            return None
        total += sign * part.value
    return total


def _is_own_formula(match: SheetMatch, column: Column, row: int, raw: RawCell) -> bool:
    if raw.formula is None or any(name not in match.columns for _, name in column.terms):
        return False
    sides = "".join(f"{'-' if sign < 0 else '+'}{column_letter(match.columns[name])}{row}" for sign, name in column.terms)
    return _plain(raw.formula) == _plain(f"={sides.lstrip('+')}")


def _plain(formula: str) -> str:
    return re.sub(r"[\s$]", "", formula).upper().replace("=+", "=")


_SUM = re.compile(r"=SUM\(([A-Z]+)(\d+):([A-Z]+)(\d+)\)")


def _total(match: SheetMatch, rows: tuple[Row, ...]) -> Row | None:
    """The total row. A SUM over all rows of the data is worked out here; another formula or a number is taken as it stands."""
    number = total_row(match)
    if number is None or rows_beyond(match):  # a total with data below it is not the table's: that is told already
        return None
    cells = {}
    for column in match.form.columns:
        if not column.summed or column.field not in match.columns:
            continue
        cell = _cell(match, number, match.columns[column.field], column)
        if cell.raw is not None and _sums_everything(match, cell.raw, cell.location.column or 0, number):
            value = _sum(rows, column.field)
            if value is None:
                cell = Cell(cell.location, cell.raw, None, "parts_unknown")
            elif cell.value != value:
                cell = Cell(cell.location, cell.raw, value, recomputed=True)
        cells[column.field] = cell
    return Row(cells, "dòng tổng cộng", number)


def _sum(rows: tuple[Row, ...], field: str) -> int | None:
    total = 0
    for row in rows:
        value = row.value(field)
        if not isinstance(value, int):
            return None
        total += value
    return total


def _sums_everything(match: SheetMatch, raw: RawCell, column: int, number: int) -> bool:
    found = _SUM.fullmatch(_plain(raw.formula or ""))
    letter = column_letter(column)
    return bool(found and found[1] == found[3] == letter and int(found[2]) <= match.first_row and int(found[4]) == number - 1)

"""The cells of the received workbooks by period and place, as their sheets show them: what a figure can be recomputed from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.core.report import SourceCell
from mtqg_cli.reference.layout import FACE_COLUMN, UNIT_LABEL, UNIT_ROW
from mtqg_cli.reference.quantity import NUMERIC

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mtqg_cli.core.location import Location
    from mtqg_cli.core.submission import Batch
    from mtqg_cli.core.table import Cell, Row, Table
    from mtqg_cli.reference.form import Form
    from mtqg_cli.reference.quantity import Quantity

_PATH = " – "


def source_cells(batches: Mapping[str, Batch], forms: Sequence[Form]) -> dict[tuple[str, Location], SourceCell]:
    """All cells that forms ask for, of all submissions that count; and of each sheet the cell that names its unit."""
    by_id = {form.id: form for form in forms}
    found: dict[tuple[str, Location], SourceCell] = {}
    for period, batch in batches.items():
        for submission in batch.submissions:
            unit = submission.unit.name
            for table in submission.tables.values():
                face = table.location._replace(row=UNIT_ROW, column=FACE_COLUMN)
                found[period, face] = SourceCell(unit, "", UNIT_LABEL.rstrip(":"), "", unit)
                if table.form in by_id:
                    found |= {(period, place): cell for place, cell in _of_table(table, by_id[table.form], unit)}
    return found


def _of_table(table: Table, form: Form, unit: str) -> Iterator[tuple[Location, SourceCell]]:
    for row in table.rows:
        label = _label(form, row)
        for field, cell in row.cells.items():
            own = next((each.label for each in form.rows if each.field == field), label)
            yield cell.location, _shown(form, field, cell, (unit, own), _parts(form, row, field))


def _parts(form: Form, row: Row, field: str) -> tuple[tuple[int, Location], ...]:
    """The cells of the row that a column is worked out from, if it is."""
    column = form.column(field)
    terms = column.terms if column is not None else ()
    return tuple((sign, row.cells[name].location) for sign, name in terms if name in row.cells)


def _label(form: Form, row: Row) -> str:
    """What a row is called; one that has no name of its own by all that tells it apart."""
    if len(form.key) <= 1 or form.kind == "fixed":
        return row.label
    words = [_words(form.quantity(field), row.value(field)) for field in form.key]
    return ", ".join(str(each) for each in words if each is not None) or row.label


def _shown(form: Form, field: str, cell: Cell, whose: tuple[str, str], parts: tuple[tuple[int, Location], ...]) -> SourceCell:
    """A cell under the unit and the row that it belongs to."""
    quantity = form.quantity(field)
    column = form.column(field) or next((each for each in form.columns if not each.printed), None)
    title = _PATH.join(column.path) if column is not None else ""
    value = cell.value if cell.valid else None
    measure = quantity.unit if quantity is not None else ""
    if quantity is not None and quantity.type in NUMERIC and isinstance(value, int | Decimal):
        return SourceCell(*whose, title, measure, Decimal(value) / quantity.scale, quantity.scale, parts)
    return SourceCell(*whose, title, measure, _words(quantity, value), parts=parts)


def _words(quantity: Quantity | None, value: object) -> str | date | None:
    """What stands in a cell that is no number, in the sheet's own words."""
    words = quantity.labels.get(value, value) if quantity is not None else value
    return words if words is None or isinstance(words, date) else str(words)

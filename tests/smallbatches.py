"""Batches of a few rows given as plain values, and their figures by id, scope and split."""

from __future__ import annotations

from mtqg_cli.aggregate.compute import compute
from mtqg_cli.core.location import Location
from mtqg_cli.core.sheet import RawCell
from mtqg_cli.core.submission import Batch, Submission
from mtqg_cli.core.table import Cell, Row, Table


def row(file, sheet, number, values):
    """A row of cells from the second column on; None is a blank."""
    cells = {
        name: Cell(Location(file, sheet, number, column), RawCell("number", value) if value is not None else None, value)
        for column, (name, value) in enumerate(values.items(), start=2)
    }
    return Row(cells, f"dòng {number}", number)


def batch_of(request, tables_by_unit, period=None):
    """A batch of {unit: {form: [{field: value}]}}."""
    submissions = []
    for unit, tables in tables_by_unit.items():
        file = f"{unit.code}.xlsx"
        made = {
            form: Table(form, Location(file, form), tuple(row(file, form, 10 + index, values) for index, values in enumerate(rows)))
            for form, rows in tables.items()
        }
        submissions.append(Submission(file, "", unit, period or request.period, made))
    return Batch(request.unit, period or request.period, request.communes, tuple(submissions), (), ())


def figures_of(request, tables_by_unit):
    """The figures of one batch, which stands for every period that figures are taken from."""
    batch = batch_of(request, tables_by_unit)
    return by_key(request, dict.fromkeys({str(request.period), *(str(each) for each in request.as_of.values())}, batch))


def by_key(request, batches):
    """The figures of batches by period."""
    return {(each.id, each.scope, tuple(sorted(each.by.items()))): each for each in compute(batches, request).figures}

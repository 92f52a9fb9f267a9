"""Districts made up in tests: what each unit sends, without workbooks."""

from __future__ import annotations

from dataclasses import replace

from mtqg_cli.aggregate.compute import compute
from mtqg_cli.core.location import Location
from mtqg_cli.core.sheet import RawCell
from mtqg_cli.core.submission import Batch, Submission
from mtqg_cli.core.table import Cell, Row, Table


def row(file, sheet, number, values):
    """A row of cells; None is a blank one."""
    cells = {
        name: Cell(Location(file, sheet, number, column), RawCell("number", value) if value is not None else None, value)
        for column, (name, value) in enumerate(values.items(), start=2)
    }
    return Row(cells, f"dòng {number}", number)


def batch_of(request, tables_by_unit, period=None):
    """The batch of {unit: {form: [values]}}, of the request's period or of another."""
    period = period or request.period
    submissions = []
    for unit, tables in tables_by_unit.items():
        file = f"{unit.code}.xlsx"
        made = {
            form: Table(form, Location(file, form), tuple(row(file, form, 10 + index, values) for index, values in enumerate(rows)))
            for form, rows in tables.items()
        }
        submissions.append(Submission(file, "", unit, period, made))
    sent = {unit.code for unit in tables_by_unit}
    missing = tuple(unit for unit in request.communes if unit.code not in sent)
    return Batch(request.unit, period, request.communes, tuple(submissions), (), missing)


def aggregates_of(request, tables_by_unit):
    """Figures and listings, every period of the request being the same batch."""
    batch = batch_of(request, tables_by_unit)
    periods = {str(request.period), *(str(each) for each in request.as_of.values())}
    return compute(dict.fromkeys(periods, batch), request)


def figures_of(request, tables_by_unit):
    """The figures by (id, scope, split)."""
    return _by_key(aggregates_of(request, tables_by_unit).figures)


def by_key(request, batches):
    """The figures of batches by period."""
    return _by_key(compute(batches, request).figures)


def _by_key(figures):
    return {(each.id, each.scope, tuple(sorted(each.by.items()))): each for each in figures}


def with_every_form(request):
    """The request of a project that has asked for all extra forms."""
    return replace(request, forms=request.book.in_use(request.criteria, request.programmes, request.communes, request.book.extra))

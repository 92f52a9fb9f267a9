"""Runs everything on the files of a period: identify, match, parse, rules; gives the batch that counts and all findings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Checked, Diagnostic, has_errors
from mtqg_cli.core.sheet import Unreadable
from mtqg_cli.core.submission import Batch, FileResult, FileStatus, Submission
from mtqg_cli.core.vietnamese import name_key
from mtqg_cli.validate.context import BatchContext, CellContext, FileContext, Place, RowContext, SheetContext, TableContext
from mtqg_cli.validate.decided import correct, judge, strays, weigh
from mtqg_cli.validate.fold import fold
from mtqg_cli.validate.identify import identify
from mtqg_cli.validate.match import match_sheet
from mtqg_cli.validate.registry import cell_rules, form_rules, rules_of
from mtqg_cli.validate.tables import build_table, is_unfilled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from mtqg_cli.core.sheet import Workbook
    from mtqg_cli.core.table import Row, Table
    from mtqg_cli.core.unit import Unit
    from mtqg_cli.reference.form import Form
    from mtqg_cli.reference.request import Request


def check_batch(sources: Sequence[Workbook | Unreadable], request: Request, previous: Batch | None = None, earlier: Batch | None = None) -> Checked[Batch]:
    """The batch of a period, from the files as they were read."""
    return combine([check_file(source, request) for source in sources], request, previous, earlier)


def combine(results: Sequence[FileResult], request: Request, previous: Batch | None = None, earlier: Batch | None = None) -> Checked[Batch]:
    """The batch of a period. A file with findings still counts as far as it was read; two files of one unit both do not.

    `previous` is the period whose closing figures this one opens with, `earlier` the last one before it in the same year.
    """
    batch = _batch(results, request)
    found = [diagnostic for result in results for diagnostic in result.diagnostics]
    folder = f"data/{request.period}"
    found += strays(request.corrections, [result.status.file for result in results], folder)
    counted = _without_doubles(batch)
    context = BatchContext(counted, batch.submissions, previous, earlier, request)
    found += [diagnostic for rule in rules_of("batch") for diagnostic in rule.run(context)]
    judged = _judged(found, results, request)
    return Checked(counted, tuple(sorted(judged, key=_order(request))))


def check_files(sources: Sequence[Workbook | Unreadable], request: Request) -> Checked[tuple[FileStatus, ...]]:
    """Single files by themselves, without the question who is missing, nor what was decided about files that are not among them."""
    results = [check_file(source, request) for source in sources]
    found = [diagnostic for result in results for diagnostic in result.diagnostics]
    names = {source.file for source in sources}
    accepted = tuple(each for each in request.judgement.accepted if each.file in names and not each.rule.startswith("X"))
    judged = _judged(found, results, replace(request, judgement=replace(request.judgement, accepted=accepted)))
    return Checked(tuple(result.status for result in results), tuple(sorted(judged, key=_order(request))))


def _judged(found: list[Diagnostic], results: Iterable[FileResult], request: Request) -> tuple[Diagnostic, ...]:
    """The findings as the project takes them, what one mistake brought about as one."""
    weighed, used = weigh(found, request.judgement)
    folded = _folded(sorted(weighed, key=_order(request)), results, request)
    return judge(folded, request.judgement, f"data/{request.period}", used)


def _folded(found: list[Diagnostic], results: Iterable[FileResult], request: Request) -> tuple[Diagnostic, ...]:
    """What one mistake brought about, as one finding."""
    suspected = {location for each in found for location, _ in each.remedies}
    files = {location.file for location in suspected}
    tables = [table for result in results if result.submission is not None and result.submission.file in files for table in result.submission.tables.values()]
    forms = {form.id: form for form in request.forms}
    places = {
        cell.location: Place(forms[table.form], row, field)
        for table in tables
        for row in (*table.rows, *((table.total,) if table.total is not None else ()))
        for field, cell in row.cells.items()
        if cell.location in suspected
    }
    return fold(found, places)


def check_file(source: Workbook | Unreadable, request: Request) -> FileResult:
    """What one file says, by itself: it depends on nothing but its name, its content and the request."""
    if isinstance(source, Unreadable) or not request.corrections:
        return _check_source(source, request)
    corrected = correct(source, request.corrections)
    result = _check_source(corrected.value, request)
    return replace(result, diagnostics=(*corrected.diagnostics, *result.diagnostics))


def _check_source(source: Workbook | Unreadable, request: Request) -> FileResult:
    identity = None if isinstance(source, Unreadable) else identify(source, request)
    found = [diagnostic for rule in rules_of("file") for diagnostic in rule.run(FileContext(source, identity, request))]
    unit = identity.unit if identity is not None else None
    status = FileStatus(source.file, source.sha256, unit.code if unit is not None else None, not isinstance(source, Unreadable))
    if isinstance(source, Unreadable) or identity is None or unit is None or has_errors(found):
        return FileResult(status, None, tuple(found))
    tables, more = _check_sheets(source, unit, identity.sheets, request)
    return FileResult(status, Submission(source.file, source.sha256, unit, request.period, tables), (*found, *more))


def _check_sheets(workbook: Workbook, unit: Unit, stamped: Mapping[str, str], request: Request) -> tuple[dict[str, Table], list[Diagnostic]]:
    tables: dict[str, Table] = {}
    found: list[Diagnostic] = []
    forms = request.forms_for(unit)
    for form in forms:
        wanted = {name_key(stamped.get(form.id, form.sheet)), name_key(form.sheet)}
        sheet = next((each for each in workbook.sheets if name_key(each.name) in wanted), None)
        match = match_sheet(form, sheet) if sheet is not None else None
        for rule in rules_of("sheet"):
            found += rule.run(SheetContext(workbook, form, sheet, match, unit, request.period, form.id in stamped))
        if match is not None:
            tables[form.id] = build_table(match, unit.kind)
    for form in forms:
        if form.id in tables:
            found += _check_table(form, tables, request)
    return tables, found


def _check_table(form: Form, tables: dict[str, Table], request: Request) -> Iterator[Diagnostic]:
    table = tables[form.id]
    if is_unfilled(table, form, request.period.kind):
        yield from _table_rule("no_rows", TableContext(table, form, tables, request))
        return
    looks = form_rules("row", form)
    for row in table.rows:
        yield from _check_cells(row, form, request)
        context = RowContext(row, form, request)
        for rule in looks:
            yield from rule.run(context)
    if table.total is not None:
        unread = replace(table.total, cells={field: cell for field, cell in table.total.cells.items() if not cell.valid})
        yield from _check_cells(unread, form, request)
    for rule in form_rules("table", form):
        yield from rule.run(TableContext(table, form, tables, request))


def _table_rule(name: str, context: TableContext) -> Iterator[Diagnostic]:
    return (found for rule in rules_of("table") if rule.name == name for found in rule.run(context))


def _check_cells(row: Row, form: Form, request: Request) -> Iterator[Diagnostic]:
    quantities = form.quantity_of
    for field, cell in row.cells.items():
        quantity = quantities.get(field)
        if quantity is None:
            continue
        looks = cell_rules(cell.sign, quantity.type, cell.raw is not None and cell.raw.formula is not None)
        context = CellContext(cell, quantity, field, row, form, request) if looks else None
        for rule in looks:
            yield from rule.run(context)


def _batch(results: Iterable[FileResult], request: Request) -> Batch:
    results = list(results)
    submissions = tuple(result.submission for result in results if result.submission is not None)
    sent = {result.status.unit for result in results}
    missing = tuple(unit for unit in request.asked if unit.code not in sent)
    rank = {unit.code: index for index, unit in enumerate((*request.communes, request.unit))}
    ordered = tuple(sorted(submissions, key=lambda each: (rank[each.unit.code], each.file)))
    return Batch(request.unit, request.period, request.communes, ordered, tuple(result.status for result in results), missing)


def _without_doubles(batch: Batch) -> Batch:
    """Two workbooks of one unit contradict each other: neither counts until one is taken away."""
    codes = [submission.unit.code for submission in batch.submissions]
    single = tuple(each for each in batch.submissions if codes.count(each.unit.code) == 1)
    return Batch(batch.unit, batch.period, batch.communes, single, batch.files, batch.missing)


def _order(request: Request) -> Callable[[Diagnostic], tuple[str | int, ...]]:
    sheets = {form.sheet: form.order for form in request.forms}

    def key(each: Diagnostic) -> tuple[str | int, ...]:
        file, sheet, row, column = each.location.sort_key
        return (file, sheets.get(sheet, 0), sheet, row, column, each.code)

    return key

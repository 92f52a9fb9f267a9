"""What came of one file as a few kilobytes, and again as it was, to the last bit of it. Text and numbers only: nothing in it can be run.

Cells make up nearly all of it. So equal contents are kept once, and what the cells of a row have in common with those of the next is too.
"""

from __future__ import annotations

import json
import sys
import zlib
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING, Any

from mtqg_cli.core.diagnostic import Decision, Diagnostic, Severity
from mtqg_cli.core.location import Location
from mtqg_cli.core.sheet import RawCell
from mtqg_cli.core.submission import FileResult, FileStatus, Submission
from mtqg_cli.core.table import Cell, Row, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mtqg_cli.core.period import Period
    from mtqg_cli.core.unit import Unit

#: No result of an honest workbook comes near.
LARGEST = 2**26
#: What may be wrong with bytes that claim to be a result.
_BROKEN = (zlib.error, ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)

# Thousands of each are made of every workbook: straight from tuples, that takes a third of the time.
_location: Callable[[Iterable[object]], Location] = partial(tuple.__new__, Location)
_raw: Callable[[Iterable[object]], RawCell] = partial(tuple.__new__, RawCell)
_cell: Callable[[Iterable[object]], Cell] = partial(tuple.__new__, Cell)

#: Fault, remark and whether it was recomputed, of nearly every cell.
_ORDINARY = (None, None, False)
_PLAIN = frozenset({type(None), bool, int, float, str})
#: Equal ones of the same type are the same.
_EXACT = frozenset({str, int, bool, date})
#: How values are written that JSON has no sign for, and read again.
_WRITERS: dict[type, tuple[str, Callable[[Any], str]]] = {
    Decimal: ("decimal", str),
    datetime: ("datetime", datetime.isoformat),
    date: ("date", date.isoformat),
    time: ("time", time.isoformat),
    timedelta: ("timedelta", lambda each: f"{each.days} {each.seconds} {each.microseconds}"),
}
_READERS: dict[str, Callable[[str], object]] = {
    "decimal": Decimal,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda text: timedelta(*map(int, text.split())),
}


class _Strange(Exception):  # noqa: N818 - an answer, not an error
    """There is something in a result that is not known how to be kept."""


class _Pool:
    """Different things in the order in which they came, each known by its number; 0 is None."""

    def __init__(self) -> None:
        self.kept: list[Any] = [None]
        self._numbers: dict[object, int] = {}

    def value(self, value: object) -> int:
        """The number of a value; 1, 1.0 and True are three of them, 0.0 and -0.0 two."""
        if value is None:
            return 0
        kind = type(value)
        return self._number(value, (kind, value if kind in _EXACT else repr(value)))

    def raw(self, raw: RawCell | None) -> int:
        """The number of what stands in a cell."""
        if raw is None:
            return 0
        kind = type(raw.value)
        exact = raw.in_file is None and (kind in _EXACT or (kind is float and raw.value))
        return self._number(raw, (kind, raw if exact else repr(raw)))

    def _number(self, thing: object, key: object) -> int:
        number = self._numbers.setdefault(key, len(self.kept))
        if number == len(self.kept):
            self.kept.append(thing)
        return number


def pack(result: FileResult) -> bytes | None:
    """The result of a file; None for one that holds more than is worth keeping, or something strange."""
    try:
        content = json.dumps(_document(result), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    except (_Strange, ValueError):  # ValueError: a number of thousands of digits
        return None
    return zlib.compress(content) if len(content) <= LARGEST else None


def _document(result: FileResult) -> dict[str, object]:
    values, raws = _Pool(), _Pool()
    status, sent = result.status, result.submission
    tables = [(name, *_table(table, values, raws)) for name, table in sent.tables.items()] if sent is not None else []
    contents = list(zip(*(_raw_parts(each, values) for each in raws.kept[1:]), strict=True))
    return {
        "status": (status.file, status.sha256, status.unit, status.readable),
        "sent": (sent.file, sent.sha256, sent.unit.code) if sent is not None else None,
        "tables": tables,
        "raws": contents,
        "values": [each if type(each) in _PLAIN else None for each in values.kept],
        "odd": [(number, *_written(value)) for number, value in enumerate(values.kept) if type(value) not in _PLAIN],
        "found": [_diagnostic_parts(each) for each in result.diagnostics],
    }


def _written(value: object) -> tuple[str, str]:
    if type(value) not in _WRITERS:
        raise _Strange
    kind, write = _WRITERS[type(value)]
    return kind, write(value)


def _table(table: Table, values: _Pool, raws: _Pool) -> tuple[object, ...]:
    """A table: what sorts of rows it has (their fields and columns), the rows, what stands in all cells, what is special about a few."""
    rows = (*table.rows, *((table.total,) if table.total is not None else ()))
    cells = [cell for row in rows for cell in row.cells.values()]
    if any(cell.location[:2] != table.location[:2] for cell in cells):
        raise _Strange
    sorts: dict[tuple[tuple[str, ...], tuple[int | None, ...]], int] = {}
    about = []
    for row in rows:
        numbers = [cell.location.row for cell in row.cells.values()]
        sort = sorts.setdefault((tuple(row.cells), tuple(cell.location.column for cell in row.cells.values())), len(sorts))
        about.append((sort, row.label, row.number, numbers[0] if len(set(numbers)) == 1 else numbers))
    contents = [raws.raw(cell.raw) for cell in cells]
    read = [values.value(cell.value) for cell in cells]
    special = [(number, *cell[3:]) for number, cell in enumerate(cells) if cell[3:] != _ORDINARY]
    return table.form, table.location, table.total is not None, list(sorts), about, contents, read, special


def _raw_parts(raw: RawCell, values: _Pool) -> tuple[object, ...]:
    return (raw.kind, values.value(raw.value), *raw[2:5], _raw_parts(raw.in_file, values) if raw.in_file is not None else None)


def _diagnostic_parts(each: Diagnostic) -> tuple[object, ...]:
    decision = each.decision
    return (
        each.code,
        each.severity.value,
        each.location,
        each.message,
        each.hint,
        each.found,
        each.expected,
        each.related,
        [_diagnostic_parts(one) for one in each.consequences],
        (decision.reason, decision.by, decision.date.isoformat() if decision.date is not None else None) if decision is not None else None,
        each.remedies,
    )


def unpack(content: bytes, units: Iterable[Unit], period: Period) -> FileResult | None:
    """The result again, of one of these units for this period; None for bytes that hold none."""
    try:
        reader = zlib.decompressobj()
        document: dict[str, Any] = json.loads(reader.decompress(content, LARGEST))
        return _result(document, units, period) if reader.eof else None
    except _BROKEN:
        return None


def _result(document: dict[str, Any], units: Iterable[Unit], period: Period) -> FileResult:
    values = document["values"]
    for number, kind, text in document["odd"]:
        values[number] = _READERS[kind](text)
    raws = [None, *_raws(document["raws"], values)]
    submission = None
    if document["sent"] is not None:
        file, sha256, code = document["sent"]
        tables = {sys.intern(name): _read_table(parts, values, raws) for name, *parts in document["tables"]}
        submission = Submission(file, sha256, {unit.code: unit for unit in units}[code], period, tables)
    return FileResult(FileStatus(*document["status"]), submission, tuple(map(_diagnostic, document["found"])))


def _raws(columns: list[list[Any]], values: list[Any]) -> Iterable[RawCell]:
    if not columns:
        return ()
    kinds, contents, formulas, percents, encodings, befores = columns
    before = (next(iter(_raws([[part] for part in each], values))) if each is not None else None for each in befores)
    return map(_raw, zip(map(sys.intern, kinds), map(values.__getitem__, contents), formulas, percents, encodings, before, strict=True))


def _read_table(parts: list[Any], values: list[Any], raws: list[RawCell | None]) -> Table:
    form, location, has_total, sorts, about, contents, read, special = parts
    named = [(tuple(map(sys.intern, names)), columns) for names, columns in sorts]
    where = _location(location)
    places: list[Location] = []
    for sort, _, _, numbers in about:
        columns = named[sort][1]
        lines = numbers if isinstance(numbers, list) else repeat(numbers, len(columns))
        places += map(_location, zip(repeat(where.file), repeat(where.sheet), lines, columns))
    ordinary = map(repeat, _ORDINARY)
    cells = list(map(_cell, zip(places, map(raws.__getitem__, contents), map(values.__getitem__, read), *ordinary)))  # noqa: B905 - the same
    for number, fault, remark, recomputed in special:
        cells[number] = cells[number]._replace(fault=fault, remark=remark, recomputed=recomputed)
    rows, start = [], 0
    for sort, label, number, _ in about:
        names = named[sort][0]
        end = start + len(names)
        rows.append(Row(dict(zip(names, cells[start:end], strict=True)), label, number))
        start = end
    total = rows.pop() if has_total else None
    return Table(form, where, tuple(rows), total)


def _diagnostic(parts: list[Any]) -> Diagnostic:
    code, severity, location, message, hint, found, expected, related, consequences, decision, remedies = parts
    return Diagnostic(
        code,
        Severity(severity),
        _location(location),
        message,
        hint,
        found,
        expected,
        tuple(map(_location, related)),
        tuple(map(_diagnostic, consequences)),
        Decision(decision[0], decision[1], date.fromisoformat(decision[2]) if decision[2] is not None else None) if decision is not None else None,
        tuple((_location(each), amount) for each, amount in remedies),
    )

"""A submission as plain facts: what stood in which row and column, small enough to be kept after the file is gone."""

from __future__ import annotations

import json
import math
import zlib
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mtqg_cli.core.receipt import FormFacts, RowFacts
from mtqg_cli.core.vietnamese import name_key, nfc
from mtqg_cli.reference.wording import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mtqg_cli.core.submission import Submission
    from mtqg_cli.core.table import Cell, Row, Table
    from mtqg_cli.reference.form import Form

#: What a printed row is known by; they are no figures of the unit's.
_PRINTED = ("key", "level")
#: Formulas whose result is not there, or rests on cells that are blank or unreadable: what Excel left in the cell says nothing.
_NO_RESULT = ("formula_without_value", "parts_unknown")

#: What the facts of one workbook may become when they are unpacked: a workbook has not more than 12 MB of content.
_LARGEST = 2**25


def facts_of(submission: Submission, forms: Iterable[Form]) -> dict[str, FormFacts]:
    """The facts of every form that was asked for, by form id."""
    found = {}
    for form in forms:
        table = submission.tables.get(form.id)
        rows = tuple(_row(row, form) for row in table.rows) if table is not None else None
        found[form.id] = FormFacts(form.version, rows, _total(table, form))
    return found


def _total(table: Table | None, form: Form) -> dict[str, str]:
    return _values(table.total, form) if table is not None and table.total is not None else {}


def _row(row: Row, form: Form) -> RowFacts:
    values = _values(row, form)
    if form.one_value_a_row:
        return RowFacts((), "", values)
    if form.kind == "fixed":
        return RowFacts((str(row.value("key")),), row.label, values)
    return RowFacts(tuple(name_key(values.get(name, "")) for name in form.key), _label(row, form, values), values)


def _label(row: Row, form: Form, values: Mapping[str, str]) -> str:
    """The row's own name inside a sentence; one that is only called by its number, which changes when rows are moved, is called by its key."""
    named = [values[name] for name in form.key if name in values]
    if named and row.label == f"{form.subject} ở dòng {row.number}":
        return f"{form.subject} {', '.join(named)}"
    return form.subject + row.label[len(form.subject) :] if row.label.casefold().startswith(form.subject.casefold()) else row.label


def _values(row: Row, form: Form) -> dict[str, str]:
    return {name: text for name, cell in row.cells.items() if name not in _PRINTED and (text := _text(cell, form, name)) is not None}


def _text(cell: Cell, form: Form, name: str) -> str | None:
    """The value as its form writes it, or what was typed if it could not be read; None for a blank cell."""
    raw = cell.raw
    if raw is not None and raw.in_file is not None:  # the unit has sent what stands in the file, whatever was agreed since
        return _typed(raw.in_file.value)
    if cell.value is not None:
        return written(cell.value, form.quantity(name))
    if raw is None:
        return None
    if cell.fault in _NO_RESULT or raw.value is None:
        return "chưa tính được"
    return _typed(raw.value)


def _typed(value: object) -> str:
    """A number as it is written, a text as it was typed."""
    number = Decimal(f"{value:.15g}") if isinstance(value, float) and math.isfinite(value) else value
    return nfc(written(number, None))


def pack(facts: Mapping[str, FormFacts]) -> bytes:
    """The facts as compressed JSON."""
    document = {
        name: {"version": form.version, "rows": [[row.key, row.label, row.values] for row in form.rows] if form.rows is not None else None, "total": form.total}
        for name, form in facts.items()
    }
    return zlib.compress(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode(), 9)


def unpack(content: object) -> dict[str, FormFacts] | None:
    """The facts again; None for what holds none."""
    try:
        document: dict[str, Any] = json.loads(zlib.decompressobj().decompress(content, _LARGEST)) if isinstance(content, bytes) else {}
        return {name: _form(form) for name, form in document.items()} or None
    except (zlib.error, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _form(form: dict[str, Any]) -> FormFacts:
    """One form; raises TypeError, ValueError or KeyError for what no run has packed."""
    rows = None
    if form["rows"] is not None:
        rows = tuple(RowFacts(tuple(map(_word, key)), _word(label), _words(values)) for key, label, values in form["rows"])
    return FormFacts(_word(form["version"]), rows, _words(form["total"]))


def _words(values: dict[str, object]) -> dict[str, str]:
    return {name: _word(value) for name, value in values.items()}


def _word(value: object) -> str:
    if isinstance(value, str):
        return value
    raise TypeError

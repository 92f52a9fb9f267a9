"""What has changed from one workbook of a unit to the next: figure by figure, in the words of the form."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mtqg_cli.core.receipt import Change

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mtqg_cli.core.receipt import FormFacts, RowFacts
    from mtqg_cli.reference.form import Form

_TOTAL = "dòng tổng cộng"


def differences(old: Mapping[str, FormFacts], new: Mapping[str, FormFacts], forms: Iterable[Form]) -> tuple[Change, ...]:
    """All changes in the order of the forms. A form that was not asked for both times says nothing of the unit and is left out."""
    return tuple(change for form in forms if form.id in old and form.id in new for change in _of_form(old[form.id], new[form.id], form))


def _of_form(old: FormFacts, new: FormFacts, form: Form) -> Iterator[Change]:
    if old.version != new.version:
        yield Change("version", form.id, form.sheet, old=old.version, new=new.version)
        return
    if old.rows is None or new.rows is None:
        if old.rows is not new.rows:
            yield Change("sheet_come" if old.rows is None else "sheet_gone", form.id, form.sheet)
        return
    before, after = _by_key(old.rows), _by_key(new.rows)
    changed: set[str] = set()
    for key, row in after.items():
        if key not in before:
            changed |= row.values.keys()
            yield Change("row_come", form.id, form.sheet, row.label)
            continue
        found = list(_of_values(before[key].values, row.values, form, row.label, frozenset(form.key)))
        changed |= {name for name, _ in found}
        yield from (change for _, change in found)
    for key, row in before.items():
        if key not in after:
            changed |= row.values.keys()
            yield Change("row_gone", form.id, form.sheet, row.label)
    # a total follows its rows: it is told only where it changed by itself
    yield from (change for _, change in _of_values(old.total, new.total, form, _TOTAL, frozenset(changed)))


def _by_key(rows: Iterable[RowFacts]) -> dict[tuple[tuple[str, ...], int], RowFacts]:
    """The rows by what they are known by; one that stands there twice is its second."""
    seen: Counter[tuple[str, ...]] = Counter()
    found = {}
    for row in rows:
        found[row.key, seen[row.key]] = row
        seen[row.key] += 1
    return found


def _of_values(old: Mapping[str, str], new: Mapping[str, str], form: Form, label: str, passed: frozenset[str]) -> Iterator[tuple[str, Change]]:
    """The changes of a row with their fields, in the order of the form; `passed` are fields that are not asked about."""
    for name in (*(column.field for column in form.columns), *(row.field for row in form.rows if row.field)):
        mine, theirs = old.get(name), new.get(name)
        if name in passed or mine == theirs:
            continue
        quantity = form.quantity(name)
        unit = quantity.unit if quantity is not None and quantity.type == "money" else "%" if quantity is not None and quantity.type == "percent" else ""
        yield name, Change("value", form.id, form.sheet, label, _title(form, name), mine, theirs, unit)


def _title(form: Form, field: str) -> str:
    """Hộ nghèo cuối kỳ; Tổng số (Kế hoạch vốn)."""
    row = next((row for row in form.rows if row.field == field), None)
    if row is not None:
        return row.label
    column = form.column(field)
    if column is None:
        return field
    return f"{column.label} ({column.group[-1]})" if column.group else column.label

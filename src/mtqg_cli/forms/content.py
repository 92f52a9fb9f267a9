"""What stands in the data cells of a form: printed words, given values, formulas with their results. Not how it looks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.reference.layout import Layout, layout_of, printed_formula, row_formula, total_formula

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mtqg_cli.core.unit import Unit
    from mtqg_cli.reference.form import Column, Form, FormRow
    from mtqg_cli.reference.quantity import Quantity

#: What is written into one cell; None leaves it blank.
Written = str | Decimal | date | None
SlotKind = Literal["printed", "input", "computed", "excluded"]

#: What stands in the value cell of a row that does not concern the unit.
NOT_APPLICABLE = "không áp dụng"


@dataclass(frozen=True, slots=True)
class FormValues:
    """What a form is filled with, as data values: choice ids, đồng, counts, dates, text.

    `rows`: a form whose rows are free, one {field: value} a row. `record`: {row.field: value} of a form with one value a row.
    `by_key`: {row.key: {field: value}} of any other form with printed rows.
    """

    rows: Sequence[Mapping[str, object]] = ()
    record: Mapping[str, object] = field(default_factory=dict)
    by_key: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Slot:
    """One data cell under the column `heading`; `quantity` is what may stand in it, which can be the row's own.

    A computed one has its formula, the value being the result.
    """

    row: int
    column: int
    heading: Column
    quantity: Quantity
    kind: SlotKind
    value: Written = None
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One data row: what stands in column 1, its slots in order, the printed row that it is."""

    row: int
    head: str | int
    slots: tuple[Slot, ...]
    printed: FormRow | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Data cells one below the other that allow the same."""

    first_row: int
    last_row: int
    column: int
    quantity: Quantity
    kind: SlotKind


def lines_of(form: Form, unit: Unit, values: FormValues) -> tuple[Line, ...]:
    """All data rows of a form, spare ones included; MtqgError if there are more values than rows or names unknown to the form."""
    _check(form, values)
    layout = layout_of(form)
    if form.kind == "rows":
        spare: list[Mapping[str, object]] = [{}] * (form.capacity - len(values.rows))
        records = [*values.rows, *spare]
        return tuple(_free_line(form, layout, index, record) for index, record in enumerate(records))
    return tuple(_printed_line(form, layout, index, unit, values) for index in range(len(form.rows)))


def runs_of(lines: tuple[Line, ...]) -> tuple[Run, ...]:
    """The data cells as runs down each column."""
    runs: list[Run] = []
    for slots in zip(*(line.slots for line in lines), strict=True):
        for slot in slots:
            last = runs[-1] if runs else None
            if last is not None and (last.column, last.last_row, last.kind) == (slot.column, slot.row - 1, slot.kind) and last.quantity is slot.quantity:
                runs[-1] = replace(last, last_row=slot.row)
            else:
                runs.append(Run(slot.row, slot.row, slot.column, slot.quantity, slot.kind))
    return tuple(runs)


def totals_of(form: Form, lines: tuple[Line, ...]) -> tuple[Slot, ...]:
    """The sums of the total row; none where the form has no total."""
    layout = layout_of(form)
    if layout.total_row is None:
        return ()
    sums: dict[str, Decimal] = {}
    for slot in (slot for line in lines for slot in line.slots):
        name = slot.heading.field
        sums[name] = sums.get(name, Decimal(0)) + _number(slot.value)
    return tuple(
        Slot(layout.total_row, layout.columns[each.field], each, each, "computed", sums[each.field], total_formula(each.field, layout))
        for each in form.columns
        if each.summed
    )


def _check(form: Form, values: FormValues) -> None:
    """A value that has no place must not vanish without a word."""
    name = f"{form.sheet} ({form.title})"
    capacity = form.capacity if form.kind == "rows" else 0
    if len(values.rows) > capacity:
        message = f"{name} chỉ ghi thêm được {capacity} dòng, nhưng có {len(values.rows)} dòng cần ghi."
        hint = f"Tăng “capacity” trong tệp forms/{form.id}.toml của dự án rồi tạo lại biểu, hoặc gộp bớt dòng."
        raise MtqgError(message, hint)
    fields = {column.field for column in form.columns}
    unknown = {field for record in (*values.rows, *values.by_key.values()) for field in record} - fields
    unknown |= set(values.by_key) - {row.key for row in form.rows}
    unknown |= set(values.record) - {row.field for row in form.rows}
    if unknown:
        message = f"{name} không có mục nào tên là {', '.join(sorted(unknown))}."
        raise MtqgError(message, "Dùng đúng tên mà lệnh mtqg list forms --format json cho biết.")


def _free_line(form: Form, layout: Layout, index: int, record: Mapping[str, object]) -> Line:
    row = layout.first_row + index
    return Line(row, index + 1, tuple(_slot(form, layout, column, row, record) for column in form.columns))


def _printed_line(form: Form, layout: Layout, index: int, unit: Unit, values: FormValues) -> Line:
    printed = form.rows[index]
    row = layout.first_row + index
    record = {**values.by_key.get(printed.key, {}), **printed.texts, "label": printed.label}
    excluded = bool(printed.applies_to) and unit.kind.lower() not in printed.applies_to
    slots: list[Slot] = []
    told = False
    for column in form.columns:
        place = layout.columns[column.field]
        if excluded and not column.printed:
            slots.append(Slot(row, place, column, column, "excluded", None if told else NOT_APPLICABLE))
            told = True
        elif column.type == "own" and printed.field:
            slots.append(Slot(row, place, column, printed, "input", _written(printed, values.record.get(printed.field))))
        elif column.field in printed.without:
            slots.append(Slot(row, place, column, column, "excluded"))
        elif printed.computed and column in form.figures:
            formula = printed_formula(form, printed, layout, column.field)
            slots.append(Slot(row, place, column, column, "computed", _printed_result(form, printed, column, values), formula))
        else:
            slots.append(_slot(form, layout, column, row, record))
    return Line(row, printed.key, tuple(slots), printed)


def _slot(form: Form, layout: Layout, column: Column, row: int, record: Mapping[str, object]) -> Slot:
    place = layout.columns[column.field]
    if column.computed:
        return Slot(row, place, column, column, "computed", _result(form, column, record), row_formula(column, layout, row))
    return Slot(row, place, column, column, "printed" if column.printed else "input", _written(column, record.get(column.field)))


def _result(form: Form, column: Column, record: Mapping[str, object]) -> Decimal:
    """What the formula of a computed column gives, in the column's unit; blanks count as Excel counts them."""
    result = Decimal(0)
    for sign, name in column.terms:
        part = form.column(name)
        if part is not None:
            result += sign * (_result(form, part, record) if part.computed else _number(_written(part, record.get(name))))
    return result


def _printed_result(form: Form, printed: FormRow, column: Column, values: FormValues) -> Decimal:
    """What the formula of a worked-out printed row gives; blanks count as Excel counts them."""
    result = Decimal(0)
    for sign, key in printed.terms:
        part = form.row(key)
        if part is not None:
            given = values.by_key.get(key, {})
            result += sign * (_printed_result(form, part, column, values) if part.computed else _number(_written(column, given.get(column.field))))
    return result


def _written(quantity: Quantity, value: object) -> Written:
    """A data value as the sheet shows it: the label of a choice, money in the column's unit."""
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value
    if isinstance(value, int | float | Decimal):
        return Decimal(str(value)) / quantity.scale
    return next((choice.label for choice in quantity.choices if choice.id == value), str(value))


def _number(value: Written) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)

"""What a form is: the whole truth about one sheet, from which blank workbooks, reading, rules and documentation come."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from mtqg_cli.core.vietnamese import name_key
from mtqg_cli.reference.layout import Layout, layout_of
from mtqg_cli.reference.lines import AtMost, Carry, Ended, Expiry, Fitting, Grade, Needed, Relation, Sum, Tie, Times, Total, Whole, Within
from mtqg_cli.reference.quantity import NUMERIC, Model, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.unit import Unit

Scope = Literal["commune", "unit"]


def signed(terms: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    """Names with their signs: ("+a", "-b") → ((1, a), (-1, b))."""
    return tuple((-1 if term[0] == "-" else 1, term.lstrip("+-")) for term in terms)


class Column(Quantity):
    """A column: its place in the heading tree (`group` above `label`), what may stand in it, how it is worked out."""

    field: str
    label: str
    group: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    computed: tuple[str, ...] = ()
    printed: bool = False
    total: bool = True
    width: float = 12
    note: str = ""

    @cached_property
    def terms(self) -> tuple[tuple[int, str], ...]:
        """A computed column's parts with their signs: ["+a", "-b"] → ((1, a), (-1, b))."""
        return signed(self.computed)

    @property
    def path(self) -> tuple[str, ...]:
        """All headings above the data, outermost first."""
        return (*self.group, self.label)

    @cached_property
    def names(self) -> frozenset[str]:
        """The keys of the headings that it is known by."""
        return frozenset(map(name_key, (self.label, *self.aliases)))

    @cached_property
    def summed(self) -> bool:
        """Whether the total row adds this column up."""
        return self.total and self.type in {"count", "money"} and not self.printed


class FormRow(Quantity):
    """A printed row. With `field` it holds one value of its own; without, the form's columns apply to it.

    `level` is what the row is (criterion, indicator); `texts` fills the printed columns; `prefill` is written into the blank form.
    `computed`: the figures of the row are worked out from other printed rows (their keys with signs); `without`: columns that say
    nothing here.
    """

    key: str
    label: str
    field: str = ""
    level: str = ""
    texts: dict[str, str] = Field(default_factory=dict)
    applies_to: tuple[str, ...] = ()
    prefill: Literal["as_of", "poverty_line", ""] = ""
    computed: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    note: str = ""

    @cached_property
    def terms(self) -> tuple[tuple[int, str], ...]:
        """A computed row's parts with their signs."""
        return signed(self.computed)


class Form(Model):
    """A form file; the file's stem is `id`. A form with `rows_from` becomes one form for each criteria set in use.

    `cumulative` columns run on from the year's first day and never fall; `steady` ones change within a year only with a reason in `note`.
    `optional`: the sheet need not be there. `may_be_empty`: a sheet without a row means that there is nothing to report.
    `extra`: the form is used only by projects that ask for it. `criteria_level`: whose criteria sets it is made for.
    `units`: the codes of those that send it, where a project says so (None: all of the kinds that it applies to).
    """

    id: str
    title: str
    version: str
    sheet: str
    order: int
    scope: Scope
    kind: Literal["rows", "fixed"]
    dataset: str = ""
    criteria_set: str = ""
    rows_from: Literal["criteria", ""] = ""
    criteria_level: str = "xã"
    extra: bool = False
    by_poverty_line: bool = False
    applies_to: tuple[str, ...] = ()
    units: frozenset[str] | None = None
    subject: str = "dòng"
    key: tuple[str, ...] = ()
    capacity: int = Field(default=40, gt=0)
    unit_note: str = ""
    guide: tuple[str, ...] = ()
    basis: str = ""
    optional: bool = False
    may_be_empty: bool = False
    origin: str = ""
    columns: Annotated[tuple[Column, ...], Field(alias="column")] = ()
    rows: Annotated[tuple[FormRow, ...], Field(alias="row")] = ()
    at_most: tuple[AtMost, ...] = ()
    within: tuple[Within, ...] = ()
    tie: tuple[Tie, ...] = ()
    carry: tuple[Carry, ...] = ()
    cumulative: tuple[str, ...] = ()
    steady: tuple[str, ...] = ()
    sum: tuple[Sum, ...] = ()
    times: tuple[Times, ...] = ()
    total: tuple[Total, ...] = ()
    needed: tuple[Needed, ...] = ()
    whole: tuple[Whole, ...] = ()
    grade: tuple[Grade, ...] = ()
    expiry: tuple[Expiry, ...] = ()
    ended: tuple[Ended, ...] = ()
    fitting: tuple[Fitting, ...] = ()

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @property
    def data(self) -> str:
        """The name under which figures find what this form holds."""
        return self.dataset or self.id

    @cached_property
    def layout(self) -> Layout:
        """Where everything stands on its blank sheet."""
        return layout_of(self)

    @cached_property
    def has_total(self) -> bool:
        """Whether there is a total row: in forms whose rows are added, if any column is summed."""
        return self.kind == "rows" and any(column.summed for column in self.columns)

    @cached_property
    def one_value_a_row(self) -> bool:
        """Whether each printed row is a value of its own, so that the whole sheet is one record."""
        return any(row.field for row in self.rows)

    @cached_property
    def keyed(self) -> bool:
        """Whether the form has printed rows under columns, so that a figure is told by a row's key and a field."""
        return self.kind == "fixed" and not self.one_value_a_row

    @property
    def relations(self) -> tuple[Relation, ...]:
        """All lines that relate figures to each other."""
        own = (*self.sum, *self.times, *self.total, *self.needed, *self.whole, *self.grade, *self.expiry, *self.ended, *self.fitting)
        return (*self.at_most, *self.within, *self.tie, *self.carry, *own)

    @cached_property
    def figures(self) -> tuple[Column, ...]:
        """The columns that hold numbers of the unit's own."""
        return tuple(column for column in self.columns if column.type in NUMERIC and not column.printed)

    def row(self, key: str) -> FormRow | None:
        """The printed row of a key."""
        return self.row_of.get(key)

    def column(self, field: str) -> Column | None:
        """The column of a field."""
        return self.column_of.get(field)

    def quantity(self, field: str) -> Quantity | None:
        """What may stand in a field, whether it is a column or a row of its own."""
        return self.quantity_of.get(field)

    @cached_property
    def row_of(self) -> dict[str, FormRow]:
        """Printed rows by key."""
        return {row.key: row for row in self.rows}

    @cached_property
    def words(self) -> frozenset[str]:
        """The keys of all its headings."""
        return frozenset(name_key(word) for column in self.columns for word in (*column.path, *column.aliases))

    @cached_property
    def column_of(self) -> dict[str, Column]:
        """Columns by field."""
        return {column.field: column for column in self.columns}

    @cached_property
    def quantity_of(self) -> dict[str, Quantity]:
        """Columns, and rows with a value of their own, by field."""
        return {**self.column_of, **{row.field: row for row in self.rows if row.field}}

    def applies(self, unit: Unit) -> bool:
        """Whether this unit sends the form: it is of a kind (xã, thị trấn, …) that does, and one of those that a project names."""
        return (not self.applies_to or unit.kind.lower() in self.applies_to) and (self.units is None or unit.code in self.units)

    @model_validator(mode="after")
    def names_exist(self) -> Self:
        """Every field that a line of the form names is one of its columns."""
        fields = {column.field for column in self.columns} | {row.field for row in self.rows if row.field}
        keys = {row.key for row in self.rows}
        terms = keys if self.keyed else fields
        unknown = [name for name in self._fields_named() if name not in fields]
        unknown += [name for name in self._terms_named() if name not in terms and self.rows_from != "criteria"]
        unknown += [line.row for line in self.total if line.row and line.row not in keys]
        if unknown:
            message = f"không có cột hoặc dòng nào tên {', '.join(unknown)}"
            raise ValueError(message)
        if len(fields) != len(self.columns) + sum(bool(row.field) for row in self.rows):
            message = "có tên khai báo hai lần"
            raise ValueError(message)
        if len(keys) != len(self.rows):
            message = "có dòng in sẵn khai báo hai lần cùng một số thứ tự"
            raise ValueError(message)
        return self

    def _fields_named(self) -> Iterator[str]:
        """Columns, and rows with a value of their own, that lines name."""
        yield from (*self.key, *self.cumulative, *self.steady)
        for column in self.columns:
            yield from (name for _, name in column.terms)
        for row in self.rows:
            yield from row.without
        for line in self.relations:
            yield from line.fields_named

    def _terms_named(self) -> Iterator[str]:
        """Fields or, under columns, keys of printed rows that lines name."""
        for row in self.rows:
            yield from (name for _, name in row.terms)
        for line in self.sum:
            yield from (line.whole, *line.parts)
        for times in self.times:
            yield from (times.value, times.base)

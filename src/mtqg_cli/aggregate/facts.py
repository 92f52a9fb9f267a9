"""The tables of a batch as rows that can be asked for by unit and by what their fields say; no figure is made here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mtqg_cli.core.location import Location
    from mtqg_cli.core.submission import Batch
    from mtqg_cli.core.table import Cell, Row
    from mtqg_cli.reference.form import Form
    from mtqg_cli.reference.indicator import Wanted
    from mtqg_cli.reference.quantity import Quantity

#: What a row says beside the form's fields: of which set it is, and the dự án that a sub-project belongs to.
CRITERIA_SET, GROUP = "criteria_set", "project_group"


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """A row of a table, whose it is, and what it says beside its cells."""

    unit: str
    row: Row
    beside: Mapping[str, str | None]

    def value(self, name: str) -> object:
        """What the row says under a name; None where it says nothing."""
        return self.beside[name] if name in self.beside else self.row.value(name)


@dataclass(slots=True)
class Rows:
    """Rows in the order of the batch. What is asked for by unit or by values is looked up: all are walked once for each set of names."""

    facts: Sequence[Fact]
    _found: dict[tuple[bool, tuple[str, ...]], dict[object, list[Fact]]] = field(default_factory=dict)

    def of(self, scope: str | None, by: Mapping[str, str] = MappingProxyType({})) -> Sequence[Fact]:
        """The rows of a unit (of everybody: None) whose fields say this; names that people write themselves in any case of letters."""
        if scope is None and not by:
            return self.facts
        names = tuple(by)
        found = self._found.get((scope is None, names))
        if found is None:
            found = self._found[scope is None, names] = {}
            for each in self.facts:
                key = (None if scope is None else each.unit, *(folded(each.value(name)) for name in names))
                found.setdefault(key, []).append(each)
        return found.get((scope, *(folded(value) for value in by.values())), ())


@dataclass(frozen=True, slots=True)
class Looked:
    """A sheet that was looked at: whose, for which criteria set if for one, and where it is."""

    unit: str
    criteria_set: str
    location: Location


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows by dataset, and for each dataset the sheets that were looked at, of each unit and (None) of all."""

    batch: Batch
    tables: Mapping[str, Rows]
    sheets: Mapping[tuple[str, str | None], Sequence[Looked]]
    forms: Mapping[str, Form]
    known_projects: dict[tuple[str, str | None], frozenset[tuple[str, ...]]] = field(default_factory=dict)
    known_fields: dict[str, frozenset[str]] = field(default_factory=dict)

    def rows(self, dataset: str) -> Rows:
        """The rows of a dataset; none if nobody sent any."""
        return self.tables.get(dataset, _NO_ROWS)

    def fields(self, dataset: str) -> frozenset[str]:
        """The names under which any row of a dataset can say something."""
        if dataset not in self.known_fields:
            self.known_fields[dataset] = frozenset(name for each in self.rows(dataset).facts for name in (*each.row.cells, *each.beside))
        return self.known_fields[dataset]

    def projects(self, level: str, scope: str | None) -> frozenset[tuple[str, ...]]:
        """The (programme, project) or (programme, project_group) that any dataset names, for a commune's code or for all."""
        key = (level, scope)
        if key not in self.known_projects:
            named = (each for rows in self.tables.values() for each in rows.of(scope) if GROUP in each.beside)
            self.known_projects[key] = frozenset(said(named, ("programme", level)))
        return self.known_projects[key]

    def looked_at(self, dataset: str, scope: str | None, by: Mapping[str, str]) -> tuple[Location, ...]:
        """The sheets of a dataset that a unit (or anybody) sent, of one criteria set if the split names one."""
        wanted = by.get(CRITERIA_SET)
        return tuple(each.location for each in self.sheets.get((dataset, scope), ()) if wanted in (None, each.criteria_set))

    def quantity(self, dataset: str, field: str) -> Quantity | None:
        """What a field of a dataset holds."""
        form = self.forms.get(dataset)
        return form.quantity(field) if form is not None else None


_NO_ROWS = Rows(())


def facts_of(batch: Batch, forms: tuple[Form, ...], parents: Mapping[tuple[str, str], str] = MappingProxyType({})) -> Facts:
    """The facts of a batch. Values are Python objects (int, Decimal, str), so that sums stay exact; blanks are None.

    `parents` gives the dự án that a tiểu dự án belongs to, by (programme, code), and itself for a dự án that has some.
    """
    rows: dict[str, list[Fact]] = {}
    sheets: dict[tuple[str, str | None], list[Looked]] = {}
    for submission in batch.submissions:
        code = submission.unit.code
        for form in forms:
            table = submission.tables.get(form.id)
            if table is None:
                continue
            looked = Looked(code, form.criteria_set, table.location)
            sheets.setdefault((form.data, None), []).append(looked)
            sheets.setdefault((form.data, code), []).append(looked)
            if table.rows:
                rows.setdefault(form.data, []).extend(Fact(code, row, _beside(row, form, parents)) for row in table.rows)
    by_dataset = {form.data: form for form in reversed(forms)}
    return Facts(batch, {dataset: Rows(found) for dataset, found in rows.items()}, sheets, by_dataset)


def _beside(row: Row, form: Form, parents: Mapping[tuple[str, str], str]) -> Mapping[str, str | None]:
    if "programme" in row.cells and "project" in row.cells:
        return {CRITERIA_SET: form.criteria_set, GROUP: parents.get((str(row.value("programme")), str(row.value("project"))))}
    return {CRITERIA_SET: form.criteria_set}


def said(rows: Iterable[Fact], names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """What rows say under names, where they say something under each of them."""
    for each in rows:
        values = tuple(each.value(name) for name in names)
        if None not in values:
            yield values  # type: ignore[misc]  # fields that split figures hold words


def cells(rows: Iterable[Fact], name: str) -> Iterator[Cell]:
    """The cells of a field in rows."""
    return (cell for each in rows if (cell := each.row.cells.get(name)) is not None)


def positive(rows: Iterable[Fact], field: str) -> list[Fact]:
    """The rows in which a field is above zero."""
    return [each for each in rows if _above_zero(each.value(field))]


def valid_on(rows: Iterable[Fact], field: str, day: date) -> list[Fact]:
    """The rows that still held on a day: the last day on which they do is written in a field."""
    return [each for each in rows if isinstance(value := each.value(field), date) and value >= day]


def in_year(rows: Iterable[Fact], field: str, year: int) -> list[Fact]:
    """The rows of which a field says that they are of a year: a day in it, or the year itself."""
    return [each for each in rows if (value.year == year if isinstance(value := each.value(field), date) else value == str(year))]


def undecided(rows: Iterable[Fact], where: Mapping[str, Wanted]) -> Sequence[Fact]:
    """The rows that are not ruled out: each field is what is wanted, or blank."""
    wanted = [(name, _among(value) | {None}) for name, value in where.items()]
    return [each for each in rows if all(folded(each.value(name)) in values for name, values in wanted)]


def select(rows: Iterable[Fact], where: Mapping[str, Wanted]) -> list[Fact]:
    """The rows whose fields equal the wanted values, or one of them; names that people write themselves in any case of letters."""
    wanted = [(name, _among(value)) for name, value in where.items()]
    return [each for each in rows if all(folded(each.value(name)) in values for name, values in wanted)]


def leave_out(rows: Iterable[Fact], unwanted: Mapping[str, Wanted]) -> list[Fact]:
    """The rows but those whose field equals an unwanted value."""
    refused = [(name, _among(value)) for name, value in unwanted.items()]
    return [each for each in rows if not any(folded(each.value(name)) in values for name, values in refused)]


def _among(wanted: Wanted) -> set[object]:
    return {folded(each) for each in (wanted if isinstance(wanted, tuple) else (wanted,))}


def folded(value: object) -> object:
    """Words without their case of letters; everything else as it is."""
    return value.casefold() if isinstance(value, str) else value


def _above_zero(value: object) -> bool:
    return isinstance(value, int | Decimal) and value > 0

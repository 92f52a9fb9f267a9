"""A table filled with a report's values: texts as Word prints them, numbers still figures. It knows no sheet and no formula."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from jinja2.exceptions import TemplateError

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.figure import Figure
from mtqg_cli.core.report import Record
from mtqg_cli.reference.table import ATTACHED, FieldCell
from mtqg_cli.render.documents.annex.tagged import printed, row_cells
from mtqg_cli.render.environment import make_environment
from mtqg_cli.render.views import views

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2 import Template

    from mtqg_cli.core.report import Report
    from mtqg_cli.reference.table import TableRow, TableSpec

#: What a name that comes after the dot of a figure leads to; everything else about a figure is text.
_PARTS = {"tu_so": "numerator", "mau_so": "denominator"}


@dataclass(frozen=True, slots=True)
class Line:
    """A row: numbers as figures, everything else as text; `level` is 0 for the whole, 1 for the elements, 2 for theirs."""

    cells: tuple[Figure | str, ...]
    bold: bool
    level: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A filled table; `heads` has the headings of each column, outermost first."""

    table: TableSpec
    name: str
    title: str
    attached: str
    heads: tuple[tuple[str, ...], ...]
    lines: tuple[Line, ...]
    note: str


@dataclass(frozen=True, slots=True)
class _Scope:
    """The names in reach, as values and as texts see them."""

    values: dict[str, Any]
    shown: dict[str, Any]

    def value(self, path: str) -> Any:
        """What a dotted name leads to; None where the way ends early."""
        first, *rest = path.split(".")
        found = self.values[first]
        for name in rest:
            if isinstance(found, Record):
                found = found.values[name]
            elif isinstance(found, Figure) and name in _PARTS:
                found = getattr(found, _PARTS[name])
            else:
                return None
        return found

    def look(self, path: str) -> Any:
        """The same as texts see it."""
        first, *rest = path.split(".")
        found = self.shown[first]
        for name in rest:
            found = found[name]
        return found

    def elements(self, over: str, called: str, has: tuple[str, ...]) -> list[_Scope]:
        """A scope for each element of a list that has data, with its place in the list."""
        pairs = zip(self.value(over), self.look(over), strict=True)
        named = [_Scope({**self.values, called: value}, {**self.shown, called: shown}) for value, shown in pairs]
        kept = [each for each in named if each.has_data(has, called)]
        return [replace(each, shown={**each.shown, "loop": _loop(index, len(kept))}) for index, each in enumerate(kept)]

    def has_data(self, has: tuple[str, ...], element: str = "") -> bool:
        """Whether one of some fields has data; true where nothing is asked."""
        found = [self.value(f"{element}.{name}" if element else name) for name in has]
        return not has or any(isinstance(value, Figure) and value.value is not None for value in found)


def _loop(index: int, count: int) -> dict[str, object]:
    """What `loop` offers in templates."""
    place: dict[str, object] = {"index": index + 1, "index0": index, "revindex": count - index, "revindex0": count - index - 1}
    return {**place, "first": index == 0, "last": index == count - 1, "length": count}


@dataclass(slots=True)
class Filling:
    """Fills the tables of one report; texts are prepared once."""

    report: Report
    environment: Any = field(default_factory=lambda: make_environment().overlay(autoescape=False))
    prepared: dict[str, Template] = field(default_factory=dict)

    def grids(self, tables: Iterable[TableSpec]) -> Iterator[Grid]:
        """Every table that has something to show, in order."""
        whole = _Scope(dict(self.report.values), views(self.report))
        for table in tables:
            try:
                yield from self._grids(table, whole)
            except (TemplateError, TypeError, KeyError) as error:
                message = f"Bảng “{table.id}” không điền được: {error}."
                raise MtqgError(message, "Sửa tệp khai báo bảng trong tables/; các tên dùng được: mtqg list indicators.") from error

    def text(self, text: str, scope: _Scope) -> str:
        """A text with its names filled in."""
        if text not in self.prepared:
            self.prepared[text] = self.environment.from_string(text)
        return str(self.prepared[text].render(scope.shown))

    def _grids(self, table: TableSpec, whole: _Scope) -> Iterator[Grid]:
        for scope in whole.elements(table.over, table.called, table.has) if table.over else [whole]:
            lines = tuple(line for row in table.rows for line in self._lines(table, row, scope, (table.called, 0)))
            # as `tagged.opening` says it for Word
            if table.over or (scope.has_data(table.has) if table.has else lines):
                heads = tuple(tuple(self.text(each, scope) for each in column.head) for column in table.columns)
                title, attached, note = (self.text(each, scope) for each in (table.title, ATTACHED, table.note))
                yield Grid(table, self.text(table.name, scope), title, attached, heads, lines, note)

    def _lines(self, table: TableSpec, row: TableRow, scope: _Scope, owner: tuple[str, int]) -> Iterator[Line]:
        """The lines of a row of the declaration; `owner` is the element that it is about, and its level."""
        element, level = (row.called, owner[1] + 1) if row.over else owner
        for each in scope.elements(row.over, row.called, row.has) if row.over else (scope,):
            yield Line(tuple(self._cell(cell, element, each) for cell in row_cells(table, row)), row.bold, level)
            for inner in row.rows:
                yield from self._lines(table, inner, each, (element, level))

    def _cell(self, cell: str | FieldCell, element: str, scope: _Scope) -> Figure | str:
        if isinstance(cell, str):
            return self.text(cell, scope)
        value = scope.value(f"{element}.{cell.field}" if element else cell.field)
        if isinstance(value, Figure) and value.amount is not None:
            return value
        return self.text(printed(cell, element), scope)

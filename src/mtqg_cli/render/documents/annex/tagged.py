"""A table as the tags of a template: what the Word annexes are built from, and what is checked before any data is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtqg_cli.reference.table import ATTACHED, FieldCell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.reference.table import TableRow, TableSpec


@dataclass(frozen=True, slots=True)
class TaggedRow:
    """The texts of a row's cells; a control row holds one tag and vanishes when the template is filled."""

    cells: tuple[str, ...]
    bold: bool = False
    control: bool = False


def opening(table: TableSpec) -> str:
    """The statement that the table stands under: a condition, a loop, or nothing where it always appears."""
    if table.over:
        return _loop(table, table.called)
    if table.has:
        return f"if {_any(table.has)}"
    lists = [row.over for row in table.rows]
    return f"if {' or '.join(lists)}" if all(lists) else ""


def closing(table: TableSpec) -> str:
    """What ends that statement."""
    return "endfor" if table.over else "endif" if opening(table) else ""


def tagged_rows(table: TableSpec) -> Iterator[TaggedRow]:
    """The rows with their loops."""
    for row in table.rows:
        yield from _tagged(table, row, table.called)


def _tagged(table: TableSpec, row: TableRow, owner: str) -> Iterator[TaggedRow]:
    element = row.called or owner
    if row.over:
        yield TaggedRow((f"{{%tr {_loop(row, element)} %}}",), control=True)
    yield TaggedRow(tuple(cell_texts(table, row, element)), row.bold)
    for each in row.rows:
        yield from _tagged(table, each, element)
    if row.over:
        yield TaggedRow(("{%tr endfor %}",), control=True)


def cell_texts(table: TableSpec, row: TableRow, element: str) -> Iterator[str]:
    """The cells of a row as a template has them; `element` is what its fields are names of."""
    for cell in row_cells(table, row):
        yield printed(cell, element) if isinstance(cell, FieldCell) else cell


def row_cells(table: TableSpec, row: TableRow) -> Iterator[str | FieldCell]:
    """A row's own cells, then the fields of the other columns."""
    yield from row.cells
    yield from (FieldCell(field=column.field) for column in table.columns[len(row.cells) :])


def printed(cell: FieldCell, element: str) -> str:
    """The tag that prints a field as tables do."""
    return f"{{{{ {_name(cell.field, element)}|trong_bang }}}}"


def lines(table: TableSpec) -> Iterator[str]:
    """The whole table as lines of a template, headings and all, so that its names can be looked up."""
    before, after = opening(table), closing(table)
    if before:
        yield f"{{% {before} %}}"
    yield from (table.title, ATTACHED, table.name, table.measure, table.note)
    for column in table.columns:
        yield from column.head
    for row in tagged_rows(table):
        yield from (cell.replace("{%tr ", "{% ") for cell in row.cells) if row.control else row.cells
    if after:
        yield f"{{% {after} %}}"


def _loop(row: TableSpec | TableRow, element: str) -> str:
    condition = f" if {_any(row.has, element)}" if row.has else ""
    return f"for {element} in {row.over}{condition}"


def _any(fields: tuple[str, ...], element: str = "") -> str:
    return " or ".join(f"{_name(field, element)}.co" for field in fields)


def _name(field: str, element: str) -> str:
    return f"{element}.{field}" if element else field

"""A workbook as it was read: raw cells with what Excel knows of them, before any form gives them a meaning."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from mtqg_cli.core.location import Location
from mtqg_cli.core.vietnamese import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mtqg_cli.core.legacy import Encoding

Kind = Literal["number", "text", "bool", "date", "error", "formula_without_value"]
_KINDS: Mapping[type, Kind] = {bool: "bool", int: "number", float: "number", str: "text"}
#: What `str.strip` takes for white space, and what nobody sees.
_BLANK = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + INVISIBLE


class RawCell(NamedTuple):
    """What stands in a cell: `value` is float, str, bool, date or datetime, or the error's text (`#DIV/0!`).

    `legacy` is the old encoding that the cell's font is made for. `in_file` is what stands in the file where something else is read by agreement.
    """

    kind: Kind
    value: object
    formula: str | None = None
    percent: bool = False
    legacy: Encoding | None = None
    in_file: RawCell | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet. `rows` are the values from A1 on; the maps hold what a value alone does not tell.

    Keys are 1-based (row, column). A blank cell has no RawCell.
    """

    file: str
    name: str
    rows: Sequence[Sequence[object]]
    marked: Mapping[tuple[int, int], RawCell] = field(default_factory=dict)
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    percent: frozenset[tuple[int, int]] = frozenset()
    legacy: Mapping[tuple[int, int], Encoding] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    @property
    def height(self) -> int:
        """The number of the last row that was read."""
        return len(self.rows)

    def cell(self, row: int, column: int) -> RawCell | None:
        """What stands at a 1-based position, or None for a blank cell (white space and what is invisible are blank)."""
        position = (row, column)
        if position in self.marked:
            return self.marked[position]
        value = self.value(row, column)
        if value is None or value == "":
            return None
        kind = _KINDS.get(type(value), "date")
        if kind == "text" and not str(value).strip(_BLANK):
            return None
        return RawCell(kind, value, self.formulas.get(position), position in self.percent, self.legacy.get(position))

    def filled(self, row: int, column: int) -> bool:
        """Whether anything stands at a 1-based position: `cell` is not None."""
        value = self.value(row, column)
        if isinstance(value, str):
            return bool(value.strip(_BLANK)) or (row, column) in self.marked
        return value is not None or (row, column) in self.marked

    def row(self, number: int) -> Sequence[object]:
        """The bare values of a 1-based row; none outside of what was read."""
        return self.rows[number - 1] if 0 < number <= len(self.rows) else ()

    def value(self, row: int, column: int) -> object:
        """The bare value at a 1-based position; None outside of what was read."""
        if row < 1 or column < 1:
            return None
        try:
            return self.rows[row - 1][column - 1]
        except IndexError:
            return None

    def text(self, row: int, column: int) -> str:
        """The value as text, trimmed; empty for a blank cell."""
        value = self.value(row, column)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value).strip()

    def at(self, row: int, column: int) -> Location:
        """The location of a 1-based position on this sheet."""
        return Location(self.file, self.name, row, column)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file that could be read: its name in the data folder, its content's hash and its sheets in order.

    `form` is the format that the content really has. `links` are the other workbooks that formulas may draw on, `objects` the
    kinds of foreign things inside (ActiveX, OLE): both are named and never opened.
    """

    file: str
    sha256: str
    sheets: tuple[Sheet, ...]
    form: Literal["xlsx", "xls"] = "xlsx"
    links: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of exactly this name."""
        return next((each for each in self.sheets if each.name == name), None)


Refusal = Literal[
    "not_excel",
    "damaged",
    "encoding",
    "encrypted",
    "old_format",
    "binary_workbook",
    "open_document",
    "web_page",
    "plain_text",
    "macros",
    "too_large",
    "entities",
    "locked",
    "vanished",
    "folder",
]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file of the data folder that could not be read, or is not let in, and why."""

    file: str
    sha256: str
    reason: Refusal
    detail: str = ""

"""A filled table on a sheet of its own, laid out like the annex page in Word; numbers are formulas with their results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mtqg_cli.core.location import cell_name, column_letter
from mtqg_cli.render.documents.annex.formulas import Below, Formulas
from mtqg_cli.render.documents.annex.page import GREY, RED, SIZE, Looks, height, pixels, set_paper
from mtqg_cli.render.printing import POINTS, print_in_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mtqg_cli.core.figure import Figure
    from mtqg_cli.core.report import Style
    from mtqg_cli.render.documents.annex.data_sheet import DataSheet
    from mtqg_cli.render.documents.annex.grid import Grid, Line

_ALIGN = {"number": "right", "text": "left", "centre": "center"}
_TITLE, _SMALL = 14, 12
_LEAST = 18
_HUNDRED = 100
#: Serial numbers and codes stay text; formulas of one column may differ from line to line.
_NO_WARNING = ("number_stored_as_text", "formula_differs", "formula_range")


@dataclass(slots=True)
class Sheet:
    """A worksheet that is being written from top to bottom; rows and columns are 1-based."""

    sheet: Any
    looks: Looks
    grid: Grid
    style: Style
    row: int = 0

    @property
    def last(self) -> int:
        """The last column."""
        return len(self.grid.heads)

    @property
    def width(self) -> float:
        """The width of the whole table in mm."""
        return sum(column.width for column in self.grid.table.columns)

    def across(self, text: str, size: float = SIZE, **look: object) -> None:
        """A text over all columns on the next row."""
        self.row += 1
        shape = self.looks.get(font_size=size, text_wrap=True, **look)
        if self.last > 1:
            self.sheet.merge_range(self.row - 1, 0, self.row - 1, self.last - 1, "", shape)
        self.sheet.write_string(self.row - 1, 0, text, shape)
        self.sheet.set_row(self.row - 1, height(text, self.width, size, bold=bool(look.get("bold"))))


def write_table(place: Sheet, number: str, data: DataSheet, *, draft: bool, remarks: Iterable[str] = ()) -> None:
    """The whole sheet. `number` is the annex's (I, II …); `remarks` are what has to be known of the figures."""
    grid, table = place.grid, place.grid.table
    for index, column in enumerate(table.columns):
        place.sheet.set_column_pixels(index, index, pixels(column.width))
    if draft:  # for the screen; on paper every page says so at its top
        place.across("DỰ THẢO", _TITLE, bold=True, align="right", font_color=RED)
    place.across(f"Phụ lục {number}", _TITLE, bold=True, align="center")
    place.across(grid.title, _TITLE, bold=True, align="center")
    place.across(grid.attached, _SMALL, italic=True, align="center")
    if table.measure:
        place.across(f"Đơn vị tính: {table.measure}", _SMALL, italic=True, align="right")
    first = place.row + 1
    _write_heads(place)
    top = place.row + 1
    _write_lines(place, data)
    place.sheet.ignore_errors(dict.fromkeys(_NO_WARNING, f"A{top}:{column_letter(place.last)}{max(place.row, top)}"))
    if grid.note:
        place.across(grid.note, _SMALL, italic=True)
    for index, remark in enumerate(remarks):
        if index == 0:
            place.across("Lưu ý về số liệu", _SMALL, bold=True)
        place.across(f"- {remark}", _SMALL)
    kept = next((index for index, column in enumerate(table.columns) if column.style == "number"), 0)
    place.sheet.freeze_panes(top - 1, min(kept, 2))
    place.sheet.repeat_rows(first - 1, top - 2)
    place.sheet.print_area(1 if draft else 0, 0, place.row - 1, place.last - 1)
    set_paper(place.sheet, landscape=table.orientation == "landscape", draft=draft)


def _write_heads(place: Sheet) -> None:
    """The heading tree: neighbours under the same outer heading share it, a column's own heading goes down to the table."""
    heads = place.grid.heads
    widths = [column.width for column in place.grid.table.columns]
    depth = max(map(len, heads))
    shape = place.looks.get(font_size=SIZE, bold=True, align="center", text_wrap=True, border=1, bg_color=GREY)
    heights = [float(_LEAST)] * depth
    for level, first, last in sorted(_heading_areas(heads), reverse=True):
        text = heads[first][level]
        down = level if level < len(heads[first]) - 1 else depth - 1
        area = (place.row + level, first, place.row + down, last)
        if area[:2] != area[2:]:
            place.sheet.merge_range(*area, "", shape)
        place.sheet.write_string(area[0], first, text, shape)
        needed = height(text, sum(widths[first : last + 1]), bold=True)
        heights[down] += max(needed - sum(heights[level : down + 1]), 0)
    for level, each in enumerate(heights):
        place.sheet.set_row(place.row + level, each)
    place.row += depth


def _heading_areas(heads: tuple[tuple[str, ...], ...]) -> Iterator[tuple[int, int, int]]:
    """Every heading as (level, first column, last column), from 0."""
    for level in range(max(map(len, heads))):
        index = 0
        while index < len(heads):
            last = index
            if level < len(heads[index]) - 1:
                while last + 1 < len(heads) and heads[last + 1][: level + 1] == heads[index][: level + 1] and len(heads[last + 1]) > level + 1:
                    last += 1
            if level < len(heads[index]):
                yield level, index, last
            index = last + 1


def _write_lines(place: Sheet, data: DataSheet) -> None:
    grid, top = place.grid, place.row + 1
    formulas = Formulas(data)
    for row, line in enumerate(grid.lines, start=top):
        for column, cell in enumerate(line.cells, start=1):
            if not isinstance(cell, str):
                formulas.placed.setdefault(id(cell), cell_name(row, column))
    for index, line in enumerate(grid.lines):
        place.row = top + index
        tallest = float(_LEAST)
        for column, cell in enumerate(line.cells, start=1):
            about = grid.table.columns[column - 1]
            looks: dict[str, object] = {"font_size": SIZE, "bold": line.bold, "border": 1, "align": _ALIGN[about.style]}
            if isinstance(cell, str):
                place.sheet.write_string(place.row - 1, column - 1, cell, place.looks.get(**looks, text_wrap=True))
                tallest = max(tallest, height(cell, about.width, bold=line.bold))
            else:
                _write_number(place, column, cell, formulas, tuple(_below(grid.lines, index, column, top)), looks)
        place.sheet.set_row(place.row - 1, tallest)


def _write_number(place: Sheet, column: int, figure: Figure, formulas: Formulas, below: tuple[Below, ...], looks: dict[str, object]) -> None:
    """The exact number in a format with the decimals that Word prints; a figure that is counted from nothing stays a number."""
    shape = place.looks.get(**looks, num_format=number_format(figure, place.style))
    value = float(figure.amount or 0)
    formula = formulas.of(figure, below, column_letter(column))
    if formula is None:
        place.sheet.write_number(place.row - 1, column - 1, value, shape)
    else:
        place.sheet.write_formula(place.row - 1, column - 1, f"={formula.text}", shape, value)


def number_format(figure: Figure, style: Style) -> str:
    """The format under which the number is read as in the Word table, and other numbers as that table would print them."""
    decimals = len(print_in_table(figure, style).partition(",")[2])
    if figure.unit not in {"%", POINTS}:
        return _with(decimals)
    if figure.amount in {0, _HUNDRED}:  # these two print without decimals, the others do not
        decimals = style.decimals.get(figure.family or figure.id, figure.decimals)
    if figure.unit == "%":
        return f"[=0]0;[=100]0;{_with(decimals)}"
    return f"{_with(decimals)};-{_with(decimals)};0"


def _with(decimals: int) -> str:
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"


def _below(lines: tuple[Line, ...], index: int, column: int, top: int) -> Iterator[Below]:
    """The cells that a whole may be the sum of: of all elements for the first lines, else of the deeper lines that follow."""
    level = lines[index].level
    for row, line in enumerate(lines[index + 1 :], start=index + 1):
        if level and line.level <= level:
            return
        cell = line.cells[column - 1]
        if line.level == level + 1:
            yield Below(top + row, None if isinstance(cell, str) else cell)

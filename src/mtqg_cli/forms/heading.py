"""The upper part of a form's sheet: title, legal basis, unit and period, the heading tree, the row of column numbers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from mtqg_cli.forms.measure import line_count
from mtqg_cli.forms.page import FONT, GREY, Page
from mtqg_cli.reference.layout import AS_OF_ROW, FACE_COLUMN, NOTE_ROW, PERIOD_LABEL, PERIOD_ROW, SUBTITLE_ROW, TITLE_ROW, UNIT_LABEL, UNIT_ROW

if TYPE_CHECKING:
    from mtqg_cli.core.period import Period
    from mtqg_cli.core.unit import Unit

_TITLE_SIZE = 14
_SMALL = 10
_LEAST_HEIGHT = 18
#: Headings do not run to the very border, in characters.
_EDGE = 0.5
_NOTE_PIXELS = 240
_NOTE_SIZE = 10


@dataclass(frozen=True, slots=True)
class Heading:
    """A cell of the heading tree; positions are 1-based and inclusive."""

    area: tuple[int, int, int, int]
    text: str
    note: str = ""


def write_face(page: Page, unit: Unit, period: Period) -> None:
    """Rows 1 to 6."""
    form, whole = page.form, (1, page.layout.last_column)
    title = form.title.upper()
    if not form.title.casefold().startswith(form.sheet.casefold()):
        title = f"{form.sheet}. {title}"
    page.set_height(TITLE_ROW, page.put_wrapped(TITLE_ROW, title, whole, _TITLE_SIZE, bold=True, align="center") + 4)
    guide = "\n".join(form.guide)
    page.set_height(SUBTITLE_ROW, page.put_wrapped(SUBTITLE_ROW, guide, whole, _SMALL, italic=True, align="center") + 4)
    _write_fact(page, UNIT_ROW, UNIT_LABEL, unit.name)
    _write_fact(page, PERIOD_ROW, PERIOD_LABEL, period.label)
    _write_fact(page, AS_OF_ROW, "Số liệu tính đến ngày:", "")
    dated = page.styles.get(font_size=page.size, bold=True, align="left", indent=1, num_format="dd/mm/yyyy")
    page.sheet.write_datetime(AS_OF_ROW - 1, FACE_COLUMN - 1, period.as_of, dated)
    page.put((NOTE_ROW, 1, NOTE_ROW, page.layout.last_column), form.unit_note, font_size=page.size, italic=True, align="right")


def _write_fact(page: Page, row: int, label: str, text: str) -> None:
    page.put((row, 1, row, FACE_COLUMN - 1), label, font_size=page.size, align="right")
    page.put((row, FACE_COLUMN, row, max(FACE_COLUMN, page.layout.last_column)), text, font_size=page.size, bold=True, align="left", indent=1)


def write_headings(page: Page) -> None:
    """The heading tree with its notes, and the row of column numbers."""
    layout = page.layout
    headings = _heading_tree(page)
    for heading in headings:
        page.put(heading.area, heading.text, font_size=page.size, bold=True, align="center", text_wrap=True, border=1, bg_color=GREY)
        if heading.note:
            write_note(page, heading.area[0], heading.area[1], heading.note)
    for row, height in _heading_heights(page, headings).items():
        page.set_height(row, height)
    numbers = {1: "A", **{layout.columns[name]: number for name, number in layout.numbers.items()}}
    look: dict[str, object] = {"italic": True, "align": "center", "border": 1, "bg_color": GREY}
    page.set_height(layout.number_row, max(page.put_wrapped(layout.number_row, text, (place, place), _SMALL, **look) for place, text in numbers.items()))


def _heading_tree(page: Page) -> list[Heading]:
    """Leaves reach down to the last heading row; equal groups side by side are one cell."""
    layout, columns = page.layout, page.form.columns
    bottom = layout.header_row + layout.header_rows - 1
    found = [Heading((layout.header_row, 1, bottom, 1), "STT" if page.form.kind == "rows" else "TT")]
    for column in columns:
        place = layout.columns[column.field]
        found.append(Heading((layout.header_row + len(column.group), place, bottom, place), column.label, column.note))
    for level in range(layout.header_rows - 1):
        row = layout.header_row + level
        placed = [(column.group[: level + 1], layout.columns[column.field]) for column in columns]
        for group, members in groupby(placed, key=itemgetter(0)):
            places = [place for _, place in members]
            if len(group) > level:
                found.append(Heading((row, places[0], row, places[-1]), group[level]))
    return found


def _heading_heights(page: Page, headings: list[Heading]) -> dict[int, float]:
    """Enough for every heading: those on one row first, what is then missing for tall ones goes to the lowest row."""
    heights = {page.layout.header_row + level: float(_LEAST_HEIGHT) for level in range(page.layout.header_rows)}
    for heading in sorted(headings, key=lambda each: each.area[2] - each.area[0]):
        top, left, bottom, right = heading.area
        needed = page.height(heading.text, page.span(left, right) - _EDGE, bold=True)
        missing = needed - sum(heights[row] for row in range(top, bottom + 1))
        heights[bottom] += max(missing, 0)
    return heights


def write_note(page: Page, row: int, column: int, text: str) -> None:
    """A note on a cell, as large as its text; without an author's name."""
    lines = line_count(text, _NOTE_PIXELS / 7 - 3, _NOTE_SIZE)
    options: dict[str, Any] = {
        "author": "",
        "font_name": FONT,
        "font_size": _NOTE_SIZE,
        "width": _NOTE_PIXELS,
        "height": 18 * lines + 14,
    }
    page.sheet.write_comment(row - 1, column - 1, text, options)

"""How much room a text takes in Times New Roman: what row heights are computed from. Estimates, not typesetting."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Widths in em of the letters that differ much from half an em (Adobe's metrics of Times, rounded up).
_GROUPS = {
    0.28: "ijlt.,:;/'| ",
    0.34: "frI()[]-",
    0.45: 'acezsJ“”"',
    0.56: "FPS+=<>≥≤",
    0.67: "BCELRTZ",
    0.73: "wADGHKNOQUVXYĐ",
    0.9: "mMW%—…",
}
_WIDTHS = {letter: width for width, letters in _GROUPS.items() for letter in letters}
_USUAL = 0.5
_BOLD = 1.06
#: Screen, printer and LibreOffice break lines at slightly different places: room is kept for the widest of them.
_SLACK = 1.04
#: Pixels of one character of a column's width in a form file, and what Excel keeps free beside the text.
_CHARACTER = 7
_MARGIN = 5
_POINTS = 0.75
_LINE = 1.32
_PADDING = 4


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text on one line, in points."""
    letters = (each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))
    ems = sum(_WIDTHS.get(each, _USUAL) for each in letters)
    return ems * size * (_BOLD if bold else 1) * _SLACK


def line_count(text: str, characters: float, size: float, *, bold: bool = False) -> int:
    """On how many lines a text stands in a column (or merged columns) of that width in characters."""
    room = characters * _CHARACTER * _POINTS
    space = text_width(" ", size, bold=bold)
    lines = 0
    for paragraph in text.split("\n"):
        lines += 1
        used = 0.0
        for word in paragraph.split(" "):
            width = text_width(word, size, bold=bold)
            lines += int(width // room)  # broken inside the word
            if used and used + space + width > room:
                lines += 1
                used = width
            else:
                used += width + (space if used else 0)
    return lines


def row_height(lines: int, size: float) -> float:
    """The height in points of a row with so many lines."""
    return round(lines * size * _LINE + _PADDING)


def column_pixels(characters: float) -> int:
    """The width of a column in pixels."""
    return round(characters * _CHARACTER) + _MARGIN


def table_width(widths: Iterable[float]) -> float:
    """The width in points of columns with so many characters each."""
    return sum(column_pixels(each) for each in widths) * _POINTS

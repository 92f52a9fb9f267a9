"""How the sheets of the annex look: fonts, formats, paper, and how much room a text takes. It knows no table."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

FONT = "Times New Roman"
SIZE = 11
GREY = "#F2F2F2"
RED = "#FF0000"
_A4 = 9
_INCH = 25.4
_DOTS = 96
_POINTS = 72
#: The mean width of a letter in em, bold letters, what a cell keeps free beside its text, and lines in points.
_LETTER, _BOLD, _EDGE = 0.43, 1.07, 5
_LEADING, _PADDING = 1.27, 4

OPTIONS: dict[str, Any] = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": FONT, "font_size": 12, "font_scheme": "none", "font_family": 1},
}


@dataclass(frozen=True, slots=True)
class Looks:
    """The formats of a workbook; equal looks are one format."""

    workbook: Any
    made: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)

    def get(self, **look: object) -> Any:
        """The format with these XlsxWriter properties, over the workbook's font."""
        key = tuple(sorted(look.items()))
        if key not in self.made:
            self.made[key] = self.workbook.add_format({"valign": "vcenter", **look})
        return self.made[key]


def set_paper(sheet: Any, *, landscape: bool, draft: bool) -> None:
    """A4, as wide as the page, each sheet with page numbers of its own; a draft says so on each page."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=20 / _INCH, right=15 / _INCH, top=20 / _INCH, bottom=18 / _INCH)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_start_page(1)
    sheet.set_footer(f'&C&"{FONT},Regular"&10&A – trang &P', {"margin": 8 / _INCH})
    if draft:
        sheet.set_header(f'&R&"{FONT},Bold"&13&KFF0000DỰ THẢO', {"margin": 8 / _INCH})


def pixels(width: float) -> int:
    """A width in mm as Excel's pixels."""
    return round(width / _INCH * _DOTS)


@lru_cache(maxsize=2**14)  # rows repeat the words of others: units, files, columns
def height(text: str, width: float, size: float = SIZE, *, bold: bool = False) -> float:
    """The height in points of a row with this text in a cell of a width in mm; an estimate with some room."""
    room = max((width / _INCH * _POINTS - _EDGE) / (size * _LETTER * (_BOLD if bold else 1)), 1)
    count = 0
    for paragraph in text.split("\n"):
        count, used = count + 1, 0.0
        for word in paragraph.split():
            length = len(word)
            if used and used + 1 + length > room:
                count, used = count + 1, float(length)
            else:
                used += length + (1 if used else 0)
            count += int(length // (room + 1))
    return round(count * size * _LEADING + _PADDING)

"""The sheet that is being written: 1-based positions, formats made once, merged texts. Knows nothing of what a form means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mtqg_cli.forms.measure import line_count, row_height, table_width

if TYPE_CHECKING:
    from mtqg_cli.reference.form import Form
    from mtqg_cli.reference.layout import Layout

FONT = "Times New Roman"
GREY = "#F2F2F2"
FAINT = "#7F7F7F"
#: Tables wider than this (in characters) are set one point smaller.
_WIDE = 120
#: What goes on an upright A4 page without being made much smaller, in points.
_UPRIGHT = 650
_UPRIGHT_COLUMNS = 8
_SERIAL_WIDTH = 6
#: Rows a little taller than their text.
_ROW_PIXELS = 24
_INCH = 2.54
_A4 = 9


def workbook_options() -> dict[str, Any]:
    """XlsxWriter's options: text stays text whatever it begins with; the font that column widths are measured in.

    A digit of Times New Roman 12 is exactly 8 pixels wide, in Excel and in LibreOffice with a font of the same metrics,
    so that columns come out alike. Without `font_scheme` Excel would take the theme's Calibri.
    """
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": FONT, "font_size": 12, "font_scheme": "none", "font_family": 1},
        "default_column_width": 72,
        "default_row_height": _ROW_PIXELS,
    }


def set_paper(sheet: Any) -> None:
    """A4, as wide as the page, numbered pages: what is printed lies beside other papers."""
    sheet.set_paper(_A4)
    sheet.set_margins(left=1.5 / _INCH, right=1.5 / _INCH, top=1.5 / _INCH, bottom=1.8 / _INCH)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_footer(f'&C&"{FONT},Regular"&10Trang &P/&N', {"margin": 0.8 / _INCH})


@dataclass(frozen=True, slots=True)
class Styles:
    """The formats of a workbook; equal looks are one format."""

    workbook: Any
    made: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)

    def get(self, **look: object) -> Any:
        """The format with these XlsxWriter properties, over the workbook's font."""
        key = tuple(sorted(look.items()))
        if key not in self.made:
            self.made[key] = self.workbook.add_format({"valign": "vcenter", **look})
        return self.made[key]


@dataclass(frozen=True, slots=True)
class Page:
    """A worksheet with the form that is written on it."""

    sheet: Any
    styles: Styles
    form: Form
    layout: Layout

    @property
    def widths(self) -> tuple[float, ...]:
        """The widths of all columns in characters, the serial number's first."""
        return (_SERIAL_WIDTH, *(column.width for column in self.form.columns))

    @property
    def size(self) -> int:
        """The font size of the table in points."""
        return 11 if sum(self.widths) > _WIDE else 12

    @property
    def landscape(self) -> bool:
        """Whether the page lies on its long side."""
        return self.layout.last_column > _UPRIGHT_COLUMNS or table_width(self.widths) > _UPRIGHT

    @property
    def key_column(self) -> int:
        """The first column of words: it stays in sight, and its cell tells whether a row is used."""
        return next((self.layout.columns[each.field] for each in self.form.columns if each.type in {"text", "code", "choice"}), 2)

    def span(self, first: int, last: int) -> float:
        """The width in characters of columns first to last."""
        return sum(self.widths[first - 1 : last])

    def put(self, area: tuple[int, int, int, int], text: str, **look: object) -> None:
        """Writes a text over (first row, first column, last row, last column), merged where that is more than a cell."""
        top, left, bottom, right = (each - 1 for each in area)
        shape = self.styles.get(**look)
        if (top, left) != (bottom, right):
            self.sheet.merge_range(top, left, bottom, right, "", shape)
        self.sheet.write_string(top, left, text, shape)

    def put_wrapped(self, row: int, text: str, columns: tuple[int, int], size: int, **look: object) -> float:
        """Writes a wrapped text over columns of one row and returns the height that it needs."""
        self.put((row, columns[0], row, columns[1]), text, font_size=size, text_wrap=True, **look)
        return row_height(line_count(text, self.span(*columns), size, bold=bool(look.get("bold"))), size)

    def height(self, text: str, characters: float, *, bold: bool = False) -> float:
        """The height in points that a wrapped text of the table's size needs."""
        return row_height(line_count(text, characters, self.size, bold=bold), self.size)

    def set_height(self, row: int, height: float) -> None:
        """Fixes the height of a row in points."""
        self.sheet.set_row(row - 1, height)

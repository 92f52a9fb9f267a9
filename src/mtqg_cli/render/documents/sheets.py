"""The style rules of one page: a class for each look that occurs, named in the order in which they come."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mtqg_cli.render.documents.blocks import Look, Paper

_MM = 25.4 / 72
#: Times New Roman's own line is higher than its size.
_FONT_LINE = 1.15
_AROUND_LINES = 2


def _plain(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _points(number: float) -> str:
    return f"calc({_plain(number)} * var(--pt))" if number else "0"


def _millimetres(points: float) -> str:
    return f"{_plain(round(points * _MM, 1))}mm"


def _quoted(text: str) -> str:
    """A text as CSS has it; whatever is no letter, digit or space goes by its number, so that it cannot end the rule or the element."""
    return '"' + "".join(each if each.isalnum() or each == " " else f"\\{ord(each):06x}" for each in text) + '"'


@dataclass(slots=True)
class Rules:
    """Gathers rules; what has the same declarations shares a class. `mark` is what stands in the margin of every printed page."""

    numbered: bool
    mark: str
    _classes: dict[str, str] = field(default_factory=dict)
    _pages: dict[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """All rules, as the end of a style sheet."""
        classes = "".join(f".{name} {{ {rule} }}\n" for rule, name in self._classes.items())
        return classes + "".join(f"@page {name} {{ {page}{self._margin()} }}\n" for page, name in self._pages.items()) + self._first()

    def look(self, look: Look) -> str:
        """The classes of a paragraph."""
        declarations = {
            "text-align": "var(--justify)" if look.align == "justify" else look.align,
            "font-size": _points(look.size),
            "font-weight": "bold" if look.bold else "",
            "font-style": "italic" if look.italic else "",
            "color": f"#{look.colour}" if look.colour else "",
            "text-indent": _points(look.first_line) if look.first_line else "",
            "margin": " ".join(_points(each) for each in (look.before, look.right, look.after, look.left)),
            "line-height": _plain(look.line * _FONT_LINE),
            "break-after": "avoid" if look.keep_next else "",
        }
        named = self._named("; ".join(f"{name}: {value}" for name, value in declarations.items() if value))
        return f"{named} new-page" if look.page_break else named

    def line(self, look: Look, within: float) -> str:
        """The class of a drawn line in a column of a known width."""
        length = max(within - look.left - look.right, 0)
        return self._named(
            f"width: {_points(length)}; max-width: 100%; margin-block: {_points(look.before + _AROUND_LINES)} {_points(look.after + _AROUND_LINES)}"
        )

    def colour(self, colour: str) -> str:
        """The class of a run in a colour; black where it has none."""
        return self._named(f"color: #{colour or '000000'}")

    def width(self, points: float) -> str:
        """The class of a column or of a table."""
        return self._named(f"width: {_points(points) if points else 'auto'}")

    def columns(self, widths: Iterable[float]) -> str:
        """The class of a row of things side by side."""
        return self._named(f"grid-template-columns: {' '.join(f'minmax(0, {_plain(each or 1)}fr)' for each in widths)}")

    def paper(self, paper: Paper) -> str:
        """The class of a section: a sheet on the screen, pages of a kind of their own in print."""
        margins = (paper.top, paper.right, paper.bottom, paper.left)
        page = f"size: {_millimetres(paper.width)} {_millimetres(paper.height)}; margin: {' '.join(map(_millimetres, margins))};"
        name = self._pages.setdefault(page, f"t{len(self._pages) + 1}")
        return self._named(f"width: {_points(paper.width)}; padding: {' '.join(map(_points, margins))}; page: {name}")

    def _margin(self) -> str:
        number = " @top-center { content: counter(page); font: 13pt 'Times New Roman', serif; }" if self.numbered else ""
        return f"{number} @top-right {{ content: {_quoted(self.mark)}; color: #f00; font: bold 13pt 'Times New Roman', serif; }}" if self.mark else number

    def _first(self) -> str:
        """The first page has no number, and has the mark above its text in every browser."""
        return "@page t1:first { @top-center { content: none; } @top-right { content: none; } }\n"

    def _named(self, rule: str) -> str:
        return self._classes.setdefault(rule, f"k{len(self._classes) + 1}")

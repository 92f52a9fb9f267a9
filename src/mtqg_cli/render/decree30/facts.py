"""What a document looks like on paper: sections, paragraphs, letters with the formatting that holds. No XML, no rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import name_key, nfc

if TYPE_CHECKING:
    from collections.abc import Iterator

#: How much of a paragraph is quoted.
_QUOTED = 60
#: No head has longer lines; what is longer is not taken apart.
_LONGEST_LINE = 1000
_SEEN = re.compile(r"\w")
#: Where the left and the right half of a head without a table meet; blanks to be filled in by hand are no such place.
_APART = re.compile(r"(?<!Số:)(?<!số:)(?<!ngày)(?<!tháng)(?<!năm)(?:\t|[ \u00a0]{3})[ \t\u00a0]*(?!/|tháng|năm|[ \t\u00a0]|$)")


@dataclass(frozen=True, slots=True)
class Format:
    """How letters look: `fonts` are those of plain and of accented letters, `size` in points, `colour` RRGGBB."""

    fonts: tuple[str, str]
    size: float
    colour: str
    bold: bool
    italic: bool
    underline: bool
    capitals: bool


@dataclass(frozen=True, slots=True)
class Span:
    """Letters of one format."""

    text: str
    format: Format

    @property
    def seen(self) -> bool:
        """Whether it holds a letter or a digit: the format of spaces and dots shows nowhere."""
        return _SEEN.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in a table; tables are numbered through the document."""

    table: int
    row: int
    column: int
    ruled_below: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph is set; lengths in mm, `before` and `after` in points, `line` in lines (`exact`: in points)."""

    align: str
    left: float
    first: float
    before: float
    after: float
    line: float
    exact: bool
    contextual: bool
    ruled: bool
    style: str
    label: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; `number` is 1-based in its part. `mark` is how its own mark looks: what an automatic label takes over."""

    number: int
    spans: tuple[Span, ...]
    mark: Format
    setting: Setting
    cell: Cell | None = None
    boxed: bool = False
    drawn: bool = False
    section: int = 0

    @cached_property
    def text(self) -> str:
        """The text in composed form, with single spaces."""
        return nfc("".join(each.text for each in self.spans))

    @cached_property
    def key(self) -> str:
        """The text as names are compared."""
        return name_key(self.text)

    @property
    def place(self) -> str:
        """Where it is, as a message begins."""
        return f"Đoạn {self.number} (“{quote(self.text or self.setting.label)}”)"

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Its lines, and the halves of lines that stand apart."""
        whole = "".join(each.text for each in self.spans)
        cuts: list[tuple[int, int]] = []
        start = 0
        for line in whole.split("\n"):
            begin = start
            for gap in _APART.finditer(line) if len(line) <= _LONGEST_LINE else ():
                cuts.append((begin, start + gap.start()))
                begin = start + gap.end()
            cuts.append((begin, start + len(line)))
            start += len(line) + 1
        return tuple(Piece(self, spans) for spans in _cut(self.spans, cuts))


@dataclass(frozen=True)
class Piece:
    """A line of a paragraph, or one half of a line."""

    paragraph: Paragraph
    spans: tuple[Span, ...]

    @cached_property
    def text(self) -> str:
        """The text as it is seen, in composed form."""
        return nfc("".join(each.text.upper() if each.format.capitals else each.text for each in self.spans))

    @cached_property
    def key(self) -> str:
        """The text as names are compared."""
        return name_key(self.text)

    @property
    def seen(self) -> tuple[Span, ...]:
        """The spans whose format can be seen."""
        return tuple(each for each in self.spans if each.seen)

    @property
    def place(self) -> str:
        """Where it is, as a message begins."""
        return f"Đoạn {self.paragraph.number} (“{quote(self.text or self.paragraph.setting.label)}”)"


@dataclass(frozen=True, slots=True)
class PageNumber:
    """A field that prints the number of the page; `top` is false in a footer, `pages` is default, first or even."""

    top: bool
    pages: str
    centred: bool
    format: Format


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one make; lengths in mm. `first` is the number of its first paragraph, `tables` those of its tables, `start` where its numbering begins anew."""

    number: int
    first: int
    width: float | None
    height: float | None
    margins: dict[str, float]
    own_first_page: bool
    number_format: str
    start: int | None
    tables: range
    page_numbers: tuple[PageNumber, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole document."""

    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]


def quote(text: str) -> str:
    """The beginning of a text."""
    short = nfc(text)
    return short if len(short) <= _QUOTED else f"{short[:_QUOTED].rstrip()}…"


def _cut(spans: tuple[Span, ...], cuts: list[tuple[int, int]]) -> Iterator[tuple[Span, ...]]:
    """The spans within each stretch of the joined text; one sweep over both, for stretches in order."""
    index = at = 0
    for begin, end in cuts:
        found = []
        while index < len(spans) and at < end:
            span = spans[index]
            low, high = max(begin - at, 0), min(end - at, len(span.text))
            if low < high:
                found.append(Span(span.text[low:high], span.format))
            if at + len(span.text) > end:
                break
            at += len(span.text)
            index += 1
        if found:
            yield tuple(found)

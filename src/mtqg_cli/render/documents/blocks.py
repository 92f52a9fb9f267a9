"""A filled Word document as simple values, in the order in which it is read: what html and md are made from. It reads and writes nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph stands on the page after all its styles; lengths in points, `line` in lines."""

    align: str = "left"
    size: float = 10
    bold: bool = False
    italic: bool = False
    colour: str = ""
    first_line: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    line: float = 1
    page_break: bool = False
    keep_next: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one look, with its line breaks; `note` is the number of the footnote that it points to, 0 if it is text."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    raised: Literal["", "sup", "sub"] = ""
    colour: str = ""
    note: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `number` is what Word prints before it, `level` counts from 1 for headings and from 0 for entries of lists."""

    runs: tuple[Run, ...]
    look: Look
    kind: Literal["text", "title", "subtitle", "heading", "entry", "caption"] = "text"
    level: int = 0
    number: str = ""

    @property
    def text(self) -> str:
        """Its words without their looks and without the number."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn line: an empty paragraph with a border."""

    look: Look


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing: `content` is empty where it is no PNG or JPEG; `width` in points, 0 if unknown."""

    name: str
    alt: str
    content: bytes = b""
    media: str = ""
    width: float = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell and how many columns and rows it covers; the covered ones are not there."""

    blocks: tuple[Block, ...]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; headings are those at its top that Word repeats on every page."""

    cells: tuple[Cell, ...]
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; without rules it only puts things side by side. `widths` are its columns' in points."""

    rows: tuple[Row, ...]
    ruled: bool
    widths: tuple[float, ...]


Block = Paragraph | Line | PageBreak | Picture | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A page and its margins in points."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float


@dataclass(frozen=True, slots=True)
class Section:
    """What stands on pages of one kind."""

    blocks: tuple[Block, ...]
    paper: Paper


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole document. `header` and `footer` hold what stands on its pages besides page numbers, each text once."""

    title: str
    language: str
    sections: tuple[Section, ...]
    header: tuple[Paragraph, ...] = ()
    footer: tuple[Paragraph, ...] = ()
    notes: Mapping[int, tuple[Block, ...]] = field(default_factory=dict)
    numbered_pages: bool = False

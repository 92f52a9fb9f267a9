"""The paragraphs of a Word template as its author sees them, split runs joined, each with the place to name in a message."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": " ", f"{_W}cr": " "}
_ONE_TAG = re.compile(r"\{\{(?:(?!\}\}).)*\}\}")
_PARTS = (
    (re.compile(r"word/document\d*\.xml"), ""),
    (re.compile(r"word/header\d*\.xml"), " của đầu trang"),
    (re.compile(r"word/footer\d*\.xml"), " của chân trang"),
    (re.compile(r"word/(?:foot|end)notes\d*\.xml"), " của chú thích"),
)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `number` is 1-based within its part, `row` and `cell` are the texts of the table parts around it."""

    number: int
    text: str
    place: str
    row: str | None = None
    cell: str | None = None
    in_body: bool = True

    @property
    def holds_one_tag(self) -> bool:
        """Whether a drawing may take its place: nothing but one {{ … }}, in the text itself, outside of tables."""
        return self.in_body and self.cell is None and _ONE_TAG.fullmatch(self.text.strip()) is not None


def read_parts(template: bytes) -> tuple[tuple[Paragraph, ...], ...]:
    """The paragraphs of every part that is filled in, part by part; ValueError if this is no Word document."""
    try:
        with ZipFile(BytesIO(template)) as package:
            names = sorted(package.namelist())
            if "word/document.xml" not in names:
                raise ValueError("word/document.xml")
            return tuple(
                tuple(_paragraphs(parse_strictly(package.read(name)), suffix)) for pattern, suffix in _PARTS for name in names if pattern.fullmatch(name)
            )
    except (BadZipFile, etree.XMLSyntaxError) as error:
        raise ValueError(str(error)) from error


def parse_strictly(xml: bytes) -> Any:
    """The root element; broken XML raises, entities and the network stay out."""
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, recover=False))


def _paragraphs(root: Any, suffix: str) -> Iterator[Paragraph]:
    for number, element in enumerate(root.iter(f"{_W}p"), start=1):
        row = next(element.iterancestors(f"{_W}tr"), None)
        cell = next(element.iterancestors(f"{_W}tc"), None)
        yield Paragraph(number, _own_text(element), f"Đoạn {number}{suffix}", _all_text(row), _all_text(cell), not suffix)


def _own_text(paragraph: Any) -> str:
    """Text boxes hold paragraphs inside a paragraph: their text is theirs."""
    return "".join(
        _BREAKS.get(element.tag, element.text or "")
        for element in paragraph.iter(f"{_W}t", *_BREAKS)
        if element.getparent().tag == f"{_W}r" and next(element.iterancestors(f"{_W}p"), None) is paragraph
    )


def _all_text(element: Any) -> str | None:
    return None if element is None else "".join(each.text or "" for each in element.iter(f"{_W}t")).strip()

"""Reads a Word document into facts: one walk over the body, one over each header and footer. It judges nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from mtqg_cli.render.decree30.facts import Cell, Document, Paragraph, Section, Span
from mtqg_cli.render.decree30.package import Package, RefusedError
from mtqg_cli.render.decree30.running_heads import page_numbers
from mtqg_cli.render.decree30.styles import Stylesheet, W, ruled, twips

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.render.decree30.facts import PageNumber

#: Word's own documents of 500 pages have 20,000.
MAX_PARAGRAPHS = 60_000
#: How many fields of one header or footer are looked at.
_MOST_NUMBERS = 20

_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_BOX = f"{W}txbxContent"
_SHORT_NUMBER = re.compile(r"[0-9]{1,9}")
_LETTERS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_DRAWN = frozenset({f"{W}drawing", f"{W}pict", f"{W}object", _CHOICE})
#: What was taken out while changes were tracked, and what is no text.
_GONE = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "tblPr", "tblGrid", "trPr", "tcPr"))


def read_document(content: bytes) -> Document:
    """The facts of a document; raises RefusedError for what is none or may not be opened."""
    package = Package(content)
    sheet = Stylesheet(package.of_kind("styles"), package.of_kind("theme"), package.of_kind("numbering"))
    body = package.root.find(f"{W}body")
    walker = _Walker(sheet)
    if body is not None:
        walker.walk(body)
        walker.sections.append((body.find(f"{W}sectPr"), walker.number, walker.tables))
    return Document(tuple(_sections(walker, package, sheet)), tuple(walker.paragraphs))


class _Walker:
    """Goes through the body once, in the order of reading; text boxes follow the paragraph that holds them."""

    def __init__(self, sheet: Stylesheet) -> None:
        self.sheet = sheet
        self.paragraphs: list[Paragraph] = []
        self.sections: list[tuple[Any, int, int]] = []
        self.number = 0
        self.tables = 0
        self._where: tuple[Cell | None, str, bool] = (None, "", False)

    def walk(self, element: Any) -> None:
        """All paragraphs and tables inside an element."""
        for child in _chosen(element):
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                self._table(child)
            elif child.tag not in _GONE:
                self.walk(child)

    def _table(self, table: Any) -> None:
        self.tables += 1
        number, before = self.tables, self._where
        style = table.find(f"{W}tblPr/{W}tblStyle")
        for row, cells in enumerate(_inside(table, f"{W}tr")):
            for column, cell in enumerate(_inside(cells, f"{W}tc")):
                borders = cell.find(f"{W}tcPr/{W}tcBorders")
                self._where = (
                    Cell(number, row, column, borders is not None and ruled(borders)),
                    style.get(f"{W}val", "") if style is not None else "",
                    before[2],
                )
                self.walk(cell)
        self._where = before

    def _paragraph(self, element: Any) -> None:
        self.number += 1
        if self.number > MAX_PARAGRAPHS:
            raise RefusedError("Tách văn bản thành nhiều tệp rồi kiểm tra từng tệp.", f"văn bản có hơn {MAX_PARAGRAPHS} đoạn")
        cell, table, boxed = self._where
        own = element.find(f"{W}pPr")
        setting = self.sheet.setting(own, table)
        spans: list[Span] = []
        boxes: list[Any] = []
        drawn = self._spans(element, setting.style, table, spans, boxes)
        mark, _ = self.sheet.format(own.find(f"{W}rPr") if own is not None else None, setting.style, table)
        self.paragraphs.append(Paragraph(self.number, tuple(spans), mark, setting, cell, boxed, drawn, len(self.sections)))
        for box in boxes:
            self._where = (cell, table, True)
            self.walk(box)
        self._where = (cell, table, boxed)
        section = own.find(f"{W}sectPr") if own is not None else None
        if section is not None:
            self.sections.append((section, self.number, self.tables))

    def _spans(self, element: Any, style: str, table: str, spans: list[Span], boxes: list[Any]) -> bool:
        """The visible letters into `spans`, text boxes into `boxes`; whether something is drawn."""
        drawn = False
        for child in element:
            if child.tag in _GONE or not isinstance(child.tag, str):
                continue
            if child.tag == f"{W}r":
                look, hidden = self.sheet.format(child.find(f"{W}rPr"), style, table)
                text = normalize("NFC", "".join(_letters(child)))
                if text and not hidden:
                    spans.append(Span(text, look))
                for part in child:
                    if part.tag in _DRAWN:
                        drawn = True
                        boxes += _boxes(part)
            else:
                drawn = self._spans(child, style, table, spans, boxes) or drawn
        return drawn


def _letters(run: Any) -> Iterator[str]:
    for each in run:
        if each.tag == f"{W}t":
            yield each.text or ""
        elif each.tag in _LETTERS:
            yield _LETTERS[each.tag]


def _boxes(element: Any) -> Iterator[Any]:
    """The outermost text boxes of a drawing, of the newer of two versions only."""
    for child in _chosen(element):
        if child.tag == _BOX:
            yield child
        else:
            yield from _boxes(child)


def _chosen(element: Any) -> Any:
    """The children, of alternatives only the first."""
    return list(element)[:1] if element.tag == _CHOICE else [each for each in element if isinstance(each.tag, str)]


def _inside(element: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also those within content controls."""
    for child in element:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _GONE and child.tag != f"{W}p":
            yield from _inside(child, tag)


def _sections(walker: _Walker, package: Package, sheet: Stylesheet) -> Iterator[Section]:
    """The sections; headers and footers that one does not name are those of the section before."""
    running: dict[tuple[str, str], str] = {}
    read: dict[str, Any] = {}
    first, table = 1, 1
    for number, (element, last, last_table) in enumerate(walker.sections):
        for each in element if element is not None else ():
            if each.tag in (f"{W}headerReference", f"{W}footerReference"):
                target = package.related.get(next((value for name, value in each.attrib.items() if name.endswith("}id")), ""), "")
                running[each.tag, each.get(f"{W}type", "default")] = target
        for target in running.values():
            if target not in read:
                root = package.part(target)
                read[target] = () if root is None else tuple(dict.fromkeys(islice(page_numbers(root, sheet), _MOST_NUMBERS)))
        found = tuple(replace(each, top=tag == f"{W}headerReference", pages=pages) for (tag, pages), target in running.items() for each in read[target])
        yield _section(number, first, element, found, range(table, last_table + 1))
        first, table = last + 1, last_table + 1


def _section(number: int, first: int, element: Any, found: tuple[PageNumber, ...], tables: range) -> Section:
    def get(name: str, attribute: str) -> str | None:
        part = element.find(f"{W}{name}") if element is not None else None
        value: str | None = part.get(f"{W}{attribute}") if part is not None else None
        return value

    margins = {side: twips(get("pgMar", side)) for side in ("top", "bottom", "left", "right", "gutter")}
    start = get("pgNumType", "start")
    title_page = element.find(f"{W}titlePg") if element is not None else None
    return Section(
        number=number,
        first=first,
        width=twips(get("pgSz", "w")),
        height=twips(get("pgSz", "h")),
        margins={side: abs(value) for side, value in margins.items() if value is not None},
        own_first_page=title_page is not None and title_page.get(f"{W}val", "1") not in {"0", "false", "off"},
        number_format=get("pgNumType", "fmt") or "decimal",
        start=int(start) if start is not None and _SHORT_NUMBER.fullmatch(start) else None,
        tables=tables,
        page_numbers=found,
    )

"""What stands inside one paragraph of a Word document: its runs, and what it carries along. It knows no tables and no pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from lxml import etree

from mtqg_cli.render.documents.blocks import PageBreak, Picture, Run
from mtqg_cli.render.documents.looks import attribute, colour, on

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mtqg_cli.render.documents.looks import Properties, Styles

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_M_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_BOX = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}txbxContent"
_THROUGH = frozenset({"hyperlink", "ins", "moveTo", "smartTag", "sdtContent", "sdt", "dir", "bdo", "customXml"})
_FORMULAS = frozenset({"oMath", "oMathPara"})
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_UNSAID = "\0"
_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_DRAWINGS = frozenset({"drawing", "pict", "object"})
_FIELDS = frozenset({"fldChar", "instrText"})
_MEDIA = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))
_EMU_A_POINT = 12700


def local(element: Any) -> str:
    """The name of an element without its namespace; comments have none."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


@dataclass(slots=True)
class Inline:
    """Gathers one paragraph. `boxes` are the contents of text boxes, `page_fields` tells that page numbers are printed here."""

    styles: Styles
    properties: Properties
    picture: Callable[[str], bytes]
    note: Callable[[str, str], int]
    before: list[Picture | PageBreak] = field(default_factory=list)
    after: list[Picture | PageBreak] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    page_fields: bool = False
    _pieces: list[Run] = field(default_factory=list)
    _codes: list[str] = field(default_factory=list)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs, those of one look joined."""
        groups = groupby(self._pieces, key=_without_text)
        return tuple(
            Run("".join(each.text for each in group), look.bold, look.italic, look.underline, look.raised, look.colour, look.note) for look, group in groups
        )

    def walk(self, element: Any) -> None:
        """Takes in what an element holds; what was deleted under tracked changes is not shown."""
        for child in element:
            name = local(child)
            if name == "r":
                self._run(child)
            elif name in _THROUGH:
                self.walk(child)
            elif name == "fldSimple":
                if not self._prints_pages(attribute(child, "instr")):
                    self.walk(child)
            elif name in _FORMULAS:
                self._say("".join(each.text or "" for each in child.iter(_M_TEXT)), self.properties)

    def _run(self, run: Any) -> None:
        properties = self.styles.of_run(run, self.properties)
        if not on(properties, "vanish"):
            self._inside(run, properties)

    def _inside(self, holder: Any, properties: Mapping[str, str]) -> None:
        for child in holder:
            name = local(child)
            if name in _TEXTS:
                self._say(_TEXTS[name](child), properties)
            elif name == "br":
                self._break(attribute(child, "type"), properties)
            elif name in _NOTES:
                self._pieces.append(Run("", raised="sup", note=self.note(_NOTES[name], attribute(child, "id"))))
            elif name == "AlternateContent":
                for choice in list(child)[:1]:
                    self._inside(choice, properties)
            elif name in _DRAWINGS:
                self._drawing(child)
            elif name in _FIELDS:
                self._field(child, name)

    def _say(self, text: str, properties: Mapping[str, str]) -> None:
        if not text or any(code == _UNSAID for code in self._codes):
            return
        raised = {"superscript": "sup", "subscript": "sub"}.get(properties.get("vertAlign", ""), "")
        told = text.upper() if on(properties, "caps") else text
        self._pieces.append(Run(told, on(properties, "b"), on(properties, "i"), on(properties, "u"), raised, colour(properties)))  # type: ignore[arg-type]

    def _break(self, kind: str, properties: Mapping[str, str]) -> None:
        if kind == "page":
            self._carry(PageBreak())
        if kind != "column" and (kind != "page" or self._pieces):
            self._say("\n", properties)

    def _carry(self, block: Picture | PageBreak) -> None:
        (self.after if self._pieces else self.before).append(block)

    def _field(self, element: Any, name: str) -> None:
        """The code of a field is never text; a page number is none either: such a field is marked, and says nothing until its end."""
        kind = attribute(element, "fldCharType")
        if name == "instrText":
            if self._codes:
                self._codes[-1] += element.text or ""
        elif kind == "begin":
            self._codes.append("")
        elif kind == "separate" and self._codes:
            self._codes[-1] = _UNSAID if self._prints_pages(self._codes[-1]) else self._codes[-1]
        elif kind == "end" and self._codes:
            self._prints_pages(self._codes.pop())

    def _prints_pages(self, code: str) -> bool:
        found = code.split(maxsplit=1)[:1]
        prints = bool(found) and found[0].upper() in _PAGE_FIELDS
        self.page_fields = self.page_fields or prints
        return prints

    def _drawing(self, element: Any) -> None:
        boxes = list(element.iter(_BOX))
        self.boxes += [each for each in boxes if not any(above in boxes for above in each.iterancestors(_BOX))]
        named = next(element.iter(f"{_WP}docPr"), None)
        if named is None or boxes:
            return
        embedded = next((each.get(f"{_R}embed", "") for each in element.iter(f"{_A}blip")), "")
        content = self.picture(embedded)
        media = next((media for mark, media in _MEDIA if content.startswith(mark)), "")
        extent = next(element.iter(f"{_WP}extent"), None)
        width = int(extent.get("cx", "0")) / _EMU_A_POINT if extent is not None else 0
        self._carry(Picture(named.get("name", ""), named.get("descr", ""), content if media else b"", media, width))


def _without_text(run: Run) -> Run:
    return Run("", run.bold, run.italic, run.underline, run.raised, run.colour, run.note)


def _symbol(element: Any) -> str:
    """A sign of a symbol font has no letter of its own."""
    try:
        sign = chr(int(attribute(element, "char"), 16))
    except ValueError:
        return ""
    return "•" if "\ue000" <= sign <= "\uf8ff" else sign


#: What says something in a run, and what it says.
_TEXTS: Mapping[str, Callable[[Any], str]] = {
    "t": lambda element: (element.text or "").replace("\n", " "),
    "tab": lambda _: "\t",
    "cr": lambda _: "\n",
    "noBreakHyphen": lambda _: "\u2011",
    "sym": _symbol,
}

"""What Word's styles come to: the properties of a paragraph, a run, a table after style, numbering and direct settings. No text here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mtqg_cli.render.documents.blocks import Look

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = frozenset({"0", "false", "off", "none"})
#: Properties whose own `val` is meant; those without one are on.
_SINGLE = frozenset(
    {"jc", "outlineLvl", "pageBreakBefore", "keepNext", "b", "i", "u", "caps", "vanish", "vertAlign", "sz", "color", "rStyle", "pStyle", "tblHeader"}
)
#: Properties that are told by several attributes.
_SPREAD = frozenset({"spacing", "ind"})
_ALIGNS = {"center": "center", "right": "right", "end": "right", "both": "justify", "distribute": "justify"}
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_TWIPS = 20
_LINE = 240
_HALF_POINTS = 20

Properties = dict[str, str]


def attribute(element: Any, name: str, default: str = "") -> str:
    """A w: attribute."""
    return str(element.get(f"{_W}{name}", default))


def number(text: str, default: float = 0) -> float:
    """A length as Word writes it; what is none is the default."""
    return float(text) if _NUMBER.fullmatch(text) else default


def on(properties: Mapping[str, str], name: str) -> bool:
    """Whether a property that may be switched is on."""
    return properties.get(name, "0") not in _OFF


def properties_of(*holders: Any) -> Properties:
    """The properties that some w:pPr or w:rPr hold themselves, the later ones first in rank."""
    found: Properties = {}
    for holder in holders:
        for child in holder if holder is not None else ():
            name = child.tag.removeprefix(_W) if isinstance(child.tag, str) else ""
            if name in _SINGLE:
                found[name] = attribute(child, "val", "1")
            elif name in _SPREAD:
                found.update({f"{name}.{key.removeprefix(_W)}": value for key, value in child.items()})
            elif name == "numPr":
                found.update({each.tag.removeprefix(_W): attribute(each, "val") for each in child})
            elif name == "pBdr":
                found["border"] = "1" if any(drawn(each) for each in child) else "0"
    return found


def drawn(border: Any) -> bool:
    """Whether a border is to be seen."""
    return attribute(border, "val", "nil") not in ("nil", "none")


def colour(properties: Mapping[str, str]) -> str:
    """A colour as six digits; black and Word's own choice are none."""
    found = properties.get("color", "")
    return found.upper() if _COLOUR.fullmatch(found) and found != "000000" else ""


@dataclass(slots=True)
class Styles:
    """The styles of a document; what a style comes to is reckoned once."""

    elements: Mapping[str, Any]
    defaults: Properties
    normal: str
    _known: dict[str, Properties] = field(default_factory=dict)

    def chain(self, style: str) -> Iterator[Any]:
        """A style and those that it is based on, itself first; a circle ends."""
        passed: set[str] = set()
        while style in self.elements and style not in passed:
            passed.add(style)
            yield self.elements[style]
            above = self.elements[style].find(f"{_W}basedOn")
            style = "" if above is None else attribute(above, "val")

    def names(self, style: str) -> set[str]:
        """The names in lower case under which Word shows a style and those that it is based on."""
        return {attribute(name, "val").lower() for each in self.chain(style) if (name := each.find(f"{_W}name")) is not None}

    def of(self, style: str) -> Properties:
        """The properties of a paragraph or character style with all that it inherits."""
        if style not in self._known:
            chain = list(self.chain(style))[::-1]
            found = properties_of(*(part for each in chain for part in (each.find(f"{_W}pPr"), each.find(f"{_W}rPr"))))
            owner = next((each for each in chain[::-1] if each.find(f"{_W}pPr/{_W}numPr") is not None), None)
            if owner is not None:
                found["numbered by"] = attribute(owner, "styleId")
            self._known[style] = found
        return self._known[style]

    def of_paragraph(self, paragraph: Any) -> Properties:
        """What holds for a paragraph, and for its runs where they say nothing; without its numbering's indents."""
        direct = properties_of(paragraph.find(f"{_W}pPr"))
        return {**self.defaults, **self.of(direct.get("pStyle", self.normal)), **direct}

    def of_run(self, run: Any, paragraph: Properties) -> Properties:
        """What holds for a run."""
        direct = properties_of(run.find(f"{_W}rPr"))
        return {**paragraph, **(self.of(direct["rStyle"]) if "rStyle" in direct else {}), **direct}

    def ruled(self, table: Any) -> bool:
        """Whether a table or one of its cells shows lines."""
        own = table.find(f"{_W}tblPr/{_W}tblStyle")
        holders = [*(() if own is None else self.chain(attribute(own, "val"))), table]
        direct = table.find(f"{_W}tblPr/{_W}tblBorders")
        if direct is not None and not any(drawn(each) for each in direct):
            holders = [table]
        return any(drawn(border) for holder in holders for borders in _borders(holder) for border in borders)


def _borders(holder: Any) -> Iterable[Any]:
    """Of a style anywhere in it, of a table its own and those of its cells but not of tables within."""
    if holder.tag == f"{_W}style":
        return list(holder.iter(f"{_W}tblBorders", f"{_W}tcBorders"))
    paths = (f"{_W}tblPr/{_W}tblBorders", f"{_W}tr/{_W}tc/{_W}tcPr/{_W}tcBorders")
    return [found for path in paths for found in holder.iterfind(path)]


def read_styles(root: Any) -> Styles:
    """The styles of a styles part."""
    elements = {attribute(each, "styleId"): each for each in root.iterchildren(f"{_W}style")}
    defaults = properties_of(
        root.find(f"{_W}docDefaults/{_W}pPrDefault/{_W}pPr"),
        root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"),
    )
    normal = next((key for key, each in elements.items() if attribute(each, "type") == "paragraph" and attribute(each, "default") in ("1", "true")), "")
    return Styles(elements, defaults, normal)


def look(properties: Mapping[str, str]) -> Look:
    """How a paragraph with these properties stands on the page."""

    def points(*names: str) -> float:
        return next((number(properties[name]) / _TWIPS for name in names if name in properties), 0)

    automatic = properties.get("spacing.lineRule", "auto") == "auto"
    return Look(
        align=_ALIGNS.get(properties.get("jc", ""), "left"),
        size=number(properties.get("sz", ""), _HALF_POINTS) / 2,
        bold=on(properties, "b"),
        italic=on(properties, "i"),
        colour=colour(properties),
        first_line=-points("ind.hanging") or points("ind.firstLine"),
        left=points("ind.left", "ind.start"),
        right=points("ind.right", "ind.end"),
        before=points("spacing.before"),
        after=points("spacing.after"),
        line=round(number(properties.get("spacing.line", ""), _LINE) / _LINE, 2) if automatic else 1,
        page_break=on(properties, "pageBreakBefore"),
        keep_next=on(properties, "keepNext"),
    )

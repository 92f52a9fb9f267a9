"""The styles part: a cell's own style with another fill and back, and the styles of our sheet. Entries are added, none is changed."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from lxml import etree

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.render.returned.markup import add, beside, child, local, put_in_order

if TYPE_CHECKING:
    from mtqg_cli.render.returned.package import Package

#: Tints that no palette of Excel offers, so that a cell that has one was coloured by us.
TINTS = {Severity.ERROR: "FFFFC2B8", Severity.WARNING: "FFFFE9A1"}
FONT = "Times New Roman"
_NO_FILL = 0
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst")


class Styles:
    """Numbers of cell styles; what is asked for twice is made once."""

    def __init__(self, package: Package, part: str) -> None:
        self._package = package
        self._part = part
        self._root = package.look(part)
        self._known: dict[str, dict[bytes, int]] = {}

    def marked(self, style: int, severity: Severity) -> int:
        """A style that differs in its fill only."""
        return self._with_fill(style, self._tint(TINTS[severity]))

    def restored(self, style: int, fill: str) -> int:
        """A marked style with the fill that it had before, as `fill_of` wrote it; without one, none."""
        number = _NO_FILL
        if fill:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            number = self._number("fills", _moved(etree.fromstring(fill.encode(), parser), self._root))
        return self._with_fill(style, number)

    def fill_of(self, style: int) -> str:
        """The fill of a style as text; empty for none."""
        number = int(self._format(style).get("fillId", "0"))
        fills = self._entries("fills")
        if number == _NO_FILL or number >= len(fills) or self._tint_of(number):
            return ""
        return str(etree.tostring(fills[number], encoding="unicode", with_tail=False))

    def marks(self) -> frozenset[int]:
        """The styles that carry one of our tints."""
        fills = {number for number in range(len(self._entries("fills"))) if self._tint_of(number)}
        return frozenset(number for number, each in enumerate(self._entries("cellXfs")) if int(each.get("fillId", "0")) in fills)

    def plain(self, *, font: Any, fill: str = "", border: bool = False, align: dict[str, str]) -> int:
        """A style for a cell of our own sheet. Text stays text even where somebody types into it: quotePrefix."""
        made = etree.Element(beside(self._root, "xf"), numFmtId="0", fontId=str(self._number("fonts", font)))
        made.set("fillId", str(self._tint(fill) if fill else _NO_FILL))
        made.set("borderId", str(self._number("borders", self._thin() if border else self._frame("border", ("left", "right", "top", "bottom", "diagonal")))))
        for name in ("xfId", "quotePrefix", "applyFont", "applyFill", "applyBorder", "applyAlignment"):
            made.set(name, "0" if name == "xfId" else "1")
        etree.SubElement(made, beside(self._root, "alignment"), align)
        return self._number("cellXfs", made)

    def font(self, size: str, *, bold: bool = False, italic: bool = False, underlined: bool = False, colour: str = "FF000000") -> Any:
        """A font for `plain`."""
        made = etree.Element(beside(self._root, "font"))
        for name, wanted in (("b", bold), ("i", italic), ("u", underlined)):
            if wanted:
                add(made, name)
        add(made, "sz", val=size)
        add(made, "color", rgb=colour)
        add(made, "name", val=FONT)
        add(made, "family", val="1")
        return made

    def _with_fill(self, style: int, fill: int) -> int:
        made = deepcopy(self._format(style))
        made.set("fillId", str(fill))
        made.set("applyFill", "1")
        return self._number("cellXfs", made)

    def _tint(self, colour: str) -> int:
        made = etree.Element(beside(self._root, "fill"))
        pattern = add(made, "patternFill", patternType="solid")
        add(pattern, "fgColor", rgb=colour)
        add(pattern, "bgColor", indexed="64")
        return self._number("fills", made)

    def _tint_of(self, number: int) -> bool:
        colours = [each.get("rgb", "").upper()[-6:] for each in self._entries("fills")[number].iter() if local(each) == "fgColor"]
        return bool(colours) and colours[0] in {tint[-6:] for tint in TINTS.values()}

    def _thin(self) -> Any:
        made = self._frame("border", ("left", "right", "top", "bottom", "diagonal"))
        for side in list(made)[:4]:
            side.set("style", "thin")
            add(side, "color", rgb="FF7F7F7F")
        return made

    def _frame(self, name: str, children: tuple[str, ...]) -> Any:
        made = etree.Element(beside(self._root, name))
        for each in children:
            add(made, each)
        return made

    def _format(self, style: int) -> Any:
        formats = self._entries("cellXfs")
        if not formats:
            self._number("cellXfs", etree.Element(beside(self._root, "xf"), numFmtId="0", fontId="0", fillId="0", borderId="0"))
            formats = self._entries("cellXfs")
        return formats[style] if style < len(formats) else formats[0]

    def _entries(self, section: str) -> list[Any]:
        found = child(self._root, section)
        return [] if found is None else [each for each in found if local(each)]

    def _number(self, section: str, made: Any) -> int:
        """The number of an entry in its section; it is added if none is equal."""
        known = self._known.get(section)
        if known is None:
            known = {}
            for number, each in enumerate(self._entries(section)):
                known.setdefault(_key(each), number)
            self._known[section] = known
        key = _key(made)
        if key not in known:
            root = self._package.edit(self._part)
            holder = child(root, section)
            if holder is None:
                holder = etree.Element(beside(root, section))
                put_in_order(root, holder, _ORDER)
            known[key] = len(self._entries(section))
            holder.append(made)
            holder.set("count", str(known[key] + 1))
        return known[key]


def _key(element: Any) -> bytes:
    """Equal for entries that look the same: applyFill does not matter, so that a restored cell gets the style that it came from."""
    names = sorted((str(name), str(value)) for name, value in element.attrib.items() if name != "applyFill")
    inner = [_key(each) for each in element if local(each)]
    return repr((local(element), names, inner)).encode()


def _moved(element: Any, root: Any) -> Any:
    """The element with all names in the namespace of another root: an older return may have been strict."""
    made = etree.Element(beside(root, local(element)), {str(name): str(value) for name, value in element.attrib.items()})
    for each in element:
        if local(each):
            made.append(_moved(each, root))
    return made

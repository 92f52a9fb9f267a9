"""What the formats of cells tell beside their looks: that a number is shown as a percent, that a font is older than Unicode."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from mtqg_cli.core.legacy import encoding_of_font
from mtqg_cli.intake.limits import tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mtqg_cli.core.legacy import Encoding

#: Excel's built-in percent formats (0% and 0.00%).
BUILT_IN_PERCENT = frozenset({"9", "10"})


#: Larger parts are not remembered.
_SMALL = 2**16


@dataclass(frozen=True, slots=True)
class Styles:
    """The numbers of the cell formats (in cellXfs, not in the named styles) that matter, as a cell's `s` gives them."""

    percent: tuple[str, ...] = ()
    legacy: Mapping[str, Encoding] = field(default_factory=dict)


def read_styles(xml: bytes) -> Styles:
    """The formats of a workbook's styles part; that of workbooks made from one form is the same."""
    return _known_styles(xml) if len(xml) <= _SMALL else _read(xml)


def _read(xml: bytes) -> Styles:
    try:
        root = tree(xml, recover=True)
    except etree.XMLSyntaxError:
        return Styles()
    wanted = BUILT_IN_PERCENT | {number.get("numFmtId", "") for number in root.iter("{*}numFmt") if "%" in number.get("formatCode", "")}
    names = [font.find("{*}name") for font in root.iterfind("{*}fonts/{*}font")]
    fonts = {str(index): old for index, name in enumerate(names) if name is not None and (old := encoding_of_font(name.get("val", "")))}
    formats = {str(index): entry for index, entry in enumerate(root.iterfind("{*}cellXfs/{*}xf"))}
    return Styles(
        tuple(number for number, entry in formats.items() if entry.get("numFmtId", "") in wanted),
        {number: fonts[entry.get("fontId", "")] for number, entry in formats.items() if entry.get("fontId", "") in fonts},
    )


_known_styles = lru_cache(maxsize=16)(_read)

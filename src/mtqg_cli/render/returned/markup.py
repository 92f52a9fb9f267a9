"""Small words of SpreadsheetML that all parts share: local names, order of children, text that Excel takes as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from mtqg_cli.render.printing import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: Excel reads _x000A_ as a line end: the underscore itself is written so.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST = 32_000


def local(element: Any) -> str:
    """The name of an element without its namespace; empty for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(parent: Any, name: str) -> Any:
    """The first child of a local name, or None."""
    return next((each for each in parent if local(each) == name), None)


def beside(element: Any, name: str) -> str:
    """A name in the namespace of an element (strict and transitional files differ)."""
    return f"{{{etree.QName(element).namespace}}}{name}"


def add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
    """A new last child in the parent's namespace."""
    made = etree.SubElement(parent, beside(parent, name), attributes)
    if text is not None:
        made.text = sheet_text(text)
        made.set(_SPACE, "preserve")
    return made


def put_in_order(parent: Any, made: Any, order: Sequence[str]) -> None:
    """Puts a new child where the schema wants it: after the last of those that come before it."""
    before = set(order[: order.index(local(made))])
    place = max((index for index, each in enumerate(parent) if local(each) in before), default=-1)
    parent.insert(place + 1, made)


def sheet_text(text: str) -> str:
    """The text as a cell or comment may hold it."""
    return _ESCAPE.sub("_x005F_", printable(text))[:_LONGEST]


def text_of(element: Any) -> str:
    """All text of a string item or comment, phonetic hints left out."""
    return "".join(each.text or "" for each in element.iter() if local(each) == "t" and local(each.getparent()) != "rPh")

"""Spellings of a cell's value that calamine reads as another value than Excel does: written out plainly, or refused. Gives no value a meaning."""

from __future__ import annotations

import re

from lxml import etree

from mtqg_cli.intake.limits import Refused, tree

#: A comment, CDATA or instruction may cut a number short; a character written by its number is left out.
_CUT = re.compile(rb"<!|(?<=.)<\?|<(?:\w+:)?v(?:\s[^<>]*)?>[^<]*&#", re.DOTALL)
#: A shared text is named by its number; anything else would give the first text of the list.
_NO_INDEX = re.compile(rb"""<(?:\w+:)?c\s(?=[^<>]*?\bt\s*=\s*["']s["'])[^<>]*+>\s*<(?:\w+:)?v(?:\s[^<>]*)?>(?![0-9]*+<)""")
_TWO_VALUES = re.compile(rb"</(?:\w+:)?v>\s*<(?:\w+:)?v[\s>]")


def spelled_out(xml: bytes) -> bytes:
    """The worksheet with every value as one plain text; raises Refused where Excel itself would not know the value."""
    if _CUT.search(xml):
        xml = _plain(xml)
    if _NO_INDEX.search(xml):
        raise Refused("damaged", "có ô trỏ tới đoạn chữ không có trong tệp")
    if _TWO_VALUES.search(xml):
        raise Refused("damaged", "có ô mang hai giá trị")
    return xml


def _plain(xml: bytes) -> bytes:
    try:
        root = tree(xml)
    except etree.XMLSyntaxError:
        return xml  # the readers that follow say what is wrong with it
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

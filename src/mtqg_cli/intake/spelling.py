"""Spellings of a cell's value that calamine reads as another value than Excel does: written out plainly, or refused. Gives no value a meaning."""

from __future__ import annotations

import re

from lxml import etree

from mtqg_cli.intake.limits import Refused, tree

# Patterns, also where a plain search would do: for two characters they are twice as fast.
#: A comment, CDATA or a declaration.
MARKUP = re.compile(rb"<!")
_INSTRUCTION = re.compile(rb"<\?")
_BY_NUMBER = re.compile(rb"&#")
#: A comment, CDATA or instruction may cut a number short; a character written by its number is left out.
_NUMBERED = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>[^<]*&#")
#: A shared text is named by its number; anything else would give the first text of the list.
_NO_INDEX = re.compile(rb"""<(?:\w+:)?c\s(?=[^<>]*?\bt\s*=\s*["']s["'])[^<>]*+>\s*<(?:\w+:)?v(?:\s[^<>]*)?>(?![0-9]*+<)""")
#: The name of a shared text's type where it is not the last but one thing before a number, as nearly every program writes it.
_UNUSUAL = re.compile(rb'"s"(?:(?<! t="s")|(?![^<>]*+><v>[0-9]++</v>))')
_TWO_VALUES = re.compile(rb"v>\s*+<(?:\w+:)?v[\s>]")


def spelled_out(xml: bytes) -> bytes:
    """The worksheet with every value as one plain text; raises Refused where Excel itself would not know the value."""
    if MARKUP.search(xml) or _INSTRUCTION.search(xml, 1) or (_BY_NUMBER.search(xml) and _NUMBERED.search(xml)):
        xml = _plain(xml)
    if (_UNUSUAL.search(xml) or (b"'" in xml and b"'s'" in xml)) and _NO_INDEX.search(xml):
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

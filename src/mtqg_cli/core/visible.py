"""What cannot be seen in a text, put into words: how messages quote cells. Nothing here is read back."""

from __future__ import annotations

import re
import unicodedata

#: Messages quote cells; nobody reads a whole page that was pasted into one.
LONGEST = 160

_NAMES = {
    "\t": "tab",
    "\n": "xuống dòng",
    "\v": "xuống dòng",
    "\r": "xuống dòng",
    "\u0085": "xuống dòng",
    "\u2028": "xuống dòng",
    "\u2029": "xuống dòng",
    "\u00ad": "dấu nối ẩn",
    "\u200b": "ký tự ẩn",
    "\u200c": "ký tự ẩn",
    "\u200d": "ký tự ẩn",
    "\u2060": "ký tự ẩn",
    "\ufeff": "ký tự ẩn",
    "\ufffd": "ký tự hỏng",
}
#: Controls, formats (bidi and zero-width), surrogates, private use, what is not assigned, line and paragraph separators.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SPACES = re.compile(r"[^\S\t-\r\x1c-\x1f\x85\u2028\u2029]+")
#: Full-width letters and digits stand this far behind the plain ones.
_WIDE, _FAR = re.compile("[\uff01-\uff5e]+"), 0xFEE0


def inert(text: str) -> str:
    """The text with every character named that draws nothing: it cannot steer a terminal, turn a line round or break a file format."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_named, text.replace("\r\n", "\n")))


def _named(character: str) -> str:
    if character in _NAMES:
        return f"[{_NAMES[character]}]"
    if unicodedata.category(character) in _UNSEEN:
        return f"[U+{ord(character):04X}]"
    return character


def visible(text: str) -> str:
    """A cell's text with all that the eye misses: spaces that are not plain or stand at an end, wide digits, loose diacritics too."""
    short = text if len(text) <= LONGEST else text[:LONGEST]
    composed = unicodedata.normalize("NFC", short)
    notes = "[dấu thanh gõ rời]" if composed != short else ""
    if short != text:
        notes += f"… [còn {len(text) - LONGEST} ký tự]"
    last = len(composed)
    spaced = _SPACES.sub(lambda match: _space(match[0], inside=match.start() > 0 and match.end() < last), composed)
    return inert(_WIDE.sub(lambda match: _narrow(match[0]), spaced)) + notes


def _narrow(text: str) -> str:
    """Plain letters with a note: many fonts have no wide ones and would print boxes."""
    return f"{''.join(chr(ord(each) - _FAR) for each in text)}[chữ khổ rộng]"


def _space(spaces: str, *, inside: bool) -> str:
    """One plain space between words stays; anything else is named."""
    if inside and spaces == " ":
        return spaces
    hard = sum(1 for each in spaces if each != " ")
    plain = len(spaces) - hard
    parts = [_counted(plain, "dấu cách"), _counted(hard, "dấu cách cứng")]
    return "".join(f"[{each}]" for each in parts if each)


def _counted(number: int, name: str) -> str:
    return "" if not number else name if number == 1 else f"{number} {name}"

"""Fonts and colours of all letters, told once for the whole document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.render.decree30.findings import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mtqg_cli.render.decree30.facts import Paragraph, Span
    from mtqg_cli.render.decree30.findings import Findings


def check_letters(paragraphs: Sequence[Paragraph], findings: Findings) -> None:
    """D205 and D206."""
    names, colours = findings.rules.font.names, findings.rules.colour.allowed
    known = {name.casefold() for name in names}
    black = {colour.upper() for colour in colours}
    fonts, coloured = [], []
    for paragraph in paragraphs:
        seen = [span for span in paragraph.spans if span.seen]
        wrong = dict.fromkeys(font for span in seen for font in _fonts(span) if font.casefold() not in known)
        fonts += [(paragraph, Fault(f"phông {font}, phải là {names[0]}", font, names[0])) for font in wrong]
        others = dict.fromkeys(span.format.colour for span in seen if span.format.colour not in black)
        coloured += [(paragraph, Fault(f"chữ màu {_colour(each)}, phải là màu đen", each, "màu đen")) for each in others]
    findings.tell_many("font", fonts)
    findings.tell_many("colour", coloured)


def _fonts(span: Span) -> Iterator[str]:
    """The fonts that a span's letters really take: plain and accented ones may have different."""
    plain, accented = span.format.fonts
    letters = [each for each in span.text if each.isalnum()]
    if any(each.isascii() for each in letters):
        yield plain
    if any(not each.isascii() for each in letters):
        yield accented


def _colour(value: str) -> str:
    return "theo chủ đề" if value == "theme" else f"#{value}"

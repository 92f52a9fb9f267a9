"""A chart as inline SVG: no script, no style sheet, text as text, with the words of its Word twin. It knows no page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from mtqg_cli.render.documents.look import FONT, LABELS, LEGEND, OUTLINE, POINTS, ROOM, WIDTH, look, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.report import Chart, Style
    from mtqg_cli.render.documents.look import Look

_DASHES = ("none", "7 4", "2 3", "8 3 2 3")
_INK = "1A1A1A"
_LINE = 13.0
_SWATCH = 9.0
_LETTER = 5.6
_BAR_SHARE = 0.8  # of a category's slot
_COLUMN_SHARE = 0.62
_ABOVE = 18.0  # room for a number above the highest column
_CHARACTER_GAP = 4.0


@dataclass(frozen=True, slots=True)
class _Scale:
    """Lengths of values: `lowest` is zero or below."""

    lowest: float
    highest: float
    length: float

    def __call__(self, value: float) -> float:
        return (value - self.lowest) / (self.highest - self.lowest) * self.length


def render(chart: Chart, style: Style) -> str:
    """The drawing, as wide as its frame; the title is for those who do not see it, as the caption stands in the text."""
    look_ = look(chart, style)
    identity = "".join(each if each.isalnum() else "-" for each in chart.id)
    draw = {"bar": _bars, "column": _columns, "line": _lines}[look_.kind]
    parts = "".join((*draw(look_), *_legend(look_)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t-{identity} d-{identity}" viewBox="0 0 {WIDTH:g} {look_.height:g}" '
        f'width="100%" style="max-width:{WIDTH:g}pt" font-family={quoteattr(f"{FONT}, serif")} font-size="{POINTS}" fill="#{_INK}">'
        f'<title id="t-{identity}">{escape(look_.title)}</title><desc id="d-{identity}">{escape(look_.alt)}</desc>{parts}</svg>'
    )


def _bars(look_: Look) -> Iterator[str]:
    """Horizontal bars with their names left and their numbers behind them."""
    bottom = look_.height - (LEGEND if len(look_.series) > 1 else 0)
    slot = bottom / max(len(look_.labels), 1)
    thick = slot * _BAR_SHARE / max(len(look_.series), 1)
    scale = _scale(look_, WIDTH - LABELS - ROOM)
    zero = LABELS + scale(0)
    for index, label in enumerate(look_.labels):
        middle = slot * (index + 0.5)
        lines = wrapped(label, LABELS - 8)
        for line, words in enumerate(lines):
            yield _text(LABELS - 6, middle + (line - (len(lines) - 1) / 2) * _LINE + 4, words, "end")
        for number, (text, value) in enumerate(_values(look_, index)):
            top = middle - slot * _BAR_SHARE / 2 + thick * number
            if value is not None:
                end = LABELS + scale(value)
                yield _rect(min(zero, end), top, abs(end - zero), thick, look_.colours[number])
                yield _text(max(zero, end) + _CHARACTER_GAP, top + thick / 2 + 4, text, "start")
    yield _axis(zero, 0, zero, bottom)


def _columns(look_: Look) -> Iterator[str]:
    """Columns with their numbers above them."""
    bottom, slot, scale = _upright(look_)
    wide = slot * _COLUMN_SHARE / max(len(look_.series), 1)
    zero = bottom - scale(0)
    for index in range(len(look_.labels)):
        left = slot * index + slot * (1 - _COLUMN_SHARE) / 2
        for number, (text, value) in enumerate(_values(look_, index)):
            if value is not None:
                top = bottom - scale(value)
                yield _rect(left + wide * number, min(top, zero), wide, abs(zero - top), look_.colours[number])
                yield _text(left + wide * (number + 0.5), min(top, zero) - _CHARACTER_GAP, text, "middle")
    yield _axis(0, zero, WIDTH, zero)
    yield from _names(look_, slot, bottom)


def _lines(look_: Look) -> Iterator[str]:
    """Lines through the points, broken where there is no value."""
    bottom, slot, scale = _upright(look_)
    for number, colour in enumerate(look_.colours):
        points = [(slot * (index + 0.5), *_values(look_, index)[number]) for index in range(len(look_.labels))]
        pieces: list[list[str]] = [[]]
        for x, _, value in points:
            if value is None:
                pieces.append([])
            else:
                pieces[-1].append(f"{x:.1f},{bottom - scale(value):.1f}")
        yield from (_stroke(piece, number, colour) for piece in pieces if len(piece) > 1)
        for x, text, value in points:
            if value is not None:
                yield f'<circle cx="{x:.1f}" cy="{bottom - scale(value):.1f}" r="3.5" fill="#{colour}"/>'
                yield _text(x, bottom - scale(value) - 7, text, "middle")
    yield _axis(0, bottom - scale(0), WIDTH, bottom - scale(0))
    yield from _names(look_, slot, bottom)


def _upright(look_: Look) -> tuple[float, float, _Scale]:
    """The foot of columns, the width of a category, the heights of values."""
    bottom = look_.height - (LEGEND if len(look_.series) > 1 else 0) - _LINE * 2 - 6
    return bottom, WIDTH / max(len(look_.labels), 1), _scale(look_, bottom - _ABOVE)


def _names(look_: Look, slot: float, bottom: float) -> Iterator[str]:
    for index, label in enumerate(look_.labels):
        for line, words in enumerate(wrapped(label, slot - 6)):
            yield _text(slot * (index + 0.5), bottom + _LINE * (line + 1) + 2, words, "middle")


def _legend(look_: Look) -> Iterator[str]:
    """Below, in the middle; a single series needs none."""
    if len(look_.series) < 2:  # noqa: PLR2004 - one is told by the caption
        return
    widths = [_SWATCH + 5 + len(each) * _LETTER + 30 for each in look_.series]
    left, y = (WIDTH - sum(widths)) / 2, look_.height - 10
    for number, (label, colour, width) in enumerate(zip(look_.series, look_.colours, widths, strict=True)):
        if look_.kind == "line":
            yield _stroke([f"{left - 16:.1f},{y - 4:.1f}", f"{left + _SWATCH:.1f},{y - 4:.1f}"], number, colour)
        else:
            yield _rect(left, y - _SWATCH, _SWATCH, _SWATCH, colour)
        yield _text(left + _SWATCH + 5, y, label, "start")
        left += width


def _values(look_: Look, category: int) -> list[tuple[str, float | None]]:
    """What is printed and what is drawn, a series each; None is a gap."""
    amounts = [one.figures[category].amount for one in look_.chart.series]
    return [(texts[category], None if amount is None else float(amount)) for texts, amount in zip(look_.texts, amounts, strict=True)]


def _scale(look_: Look, length: float) -> _Scale:
    known = [value for index in range(len(look_.labels)) for _, value in _values(look_, index) if value is not None]
    lowest, highest = min((0.0, *known)), max((0.0, *known))
    return _Scale(lowest, highest if highest > lowest else lowest + 1, length)


def _rect(x: float, y: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="#{colour}" stroke="#{OUTLINE}" stroke-width="0.75"/>'


def _stroke(points: list[str], number: int, colour: str) -> str:
    return f'<polyline points="{" ".join(points)}" fill="none" stroke="#{colour}" stroke-width="2" stroke-dasharray="{_DASHES[number % len(_DASHES)]}"/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _axis(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#{OUTLINE}" stroke-width="0.75"/>'

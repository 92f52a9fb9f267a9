"""How a chart looks, in Word and in HTML alike: kind, measures, colours, and the words on it. It draws nothing."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import format_number
from mtqg_cli.render.printing import print_amount, printable

if TYPE_CHECKING:
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.core.report import Chart, Style

FONT = "Times New Roman"
POINTS = 11
#: Fills that differ in lightness first, so that they are told apart in black and white; all have the same outline.
OUTLINE = "26323F"
_FILLS = ("C3CFDC", "1F3A5F", "7A92AC", "EEF1F5", "4B6482")
_LINES = ("1F3A5F", "7A92AC", "26323F", "4B6482")

#: In points (72 an inch): what a chart has at most, and what is set aside for its parts.
WIDTH = 453.5  # 160 mm
TALLEST = 620.0  # leaves room for the caption on a page
LABELS = 178.0  # names of bars, left of them
ROOM = 52.0  # for the number behind the longest bar
LEGEND = 30.0
PLOT = 170.0  # height of columns and lines
_BAR = 15.0
_BETWEEN = 9.0
_LINE = 13.0
_LETTER = 5.2  # a wide letter of Times New Roman at 11 pt
_LONGEST = 2  # lines of a name
_CROWD = 10  # bars with names of one line only
_COLUMN_LETTER = 5.0
#: From here on a number of a chart needs no decimals: what is lost is less than what can be seen of a bar.
_LARGE = 100


@dataclass(frozen=True, slots=True)
class Look:
    """A chart with its words as they are printed; `labels` are the categories cut to the room there is."""

    chart: Chart
    kind: str
    labels: tuple[str, ...]
    series: tuple[str, ...]
    texts: tuple[tuple[str, ...], ...]
    height: float
    colours: tuple[str, ...]
    alt: str

    @property
    def title(self) -> str:
        """The title as it is printed."""
        return printable(self.chart.title)


def look(chart: Chart, style: Style) -> Look:
    """All that is decided about a chart before it is drawn."""
    texts = _texts(chart, style)
    kind = "bar" if chart.kind == "column" and _crowded(chart, texts) else chart.kind
    most = 1 if len(chart.categories) > _CROWD else _LONGEST
    room = LABELS / _LETTER * most if kind == "bar" else WIDTH / max(len(chart.categories), 1) / _LETTER * _LONGEST
    labels = tuple(shortened(each, int(room * 0.9)) for each in chart.categories)
    height = min(len(labels) * slot(chart, labels) + LEGEND + _LINE, TALLEST) if kind == "bar" else PLOT + LEGEND + _LINE * 4
    series = tuple(" ".join(printable(one.label).split()) for one in chart.series)
    palette = _LINES if kind == "line" else _FILLS[1:] if len(series) == 1 else _FILLS
    colours = tuple(palette[index % len(palette)] for index in range(len(series)))
    return Look(chart, kind, labels, series, texts, height, colours, alternative(chart, style))


def slot(chart: Chart, labels: tuple[str, ...]) -> float:
    """The height of one category of bars: its bars or its name, whichever needs more."""
    lines = max((ceil(len(each) * _LETTER / LABELS) for each in labels), default=1)
    return max(len(chart.series) * _BAR, lines * _LINE) + _BETWEEN


def alternative(chart: Chart, style: Style) -> str:
    """The chart in words, with every number, for whoever does not see it."""
    rows = []
    for index, category in enumerate(chart.categories):
        said = [f"{one.label.lower()} {_said(one.figures[index], style)}" for one in chart.series]
        rows.append(f"{category}: {', '.join(said)}")
    unit = f" ({chart.unit})" if chart.unit else ""
    return " ".join(printable(f"{chart.title}{unit}. {'; '.join(rows)}.").split())


def shortened(name: str, most: int) -> str:
    """A name cut between two words, with the dots that say so."""
    words = " ".join(printable(name).split())
    if len(words) <= most:
        return words
    kept = words[:most].rpartition(" ")[0] or words[: most - 1]
    return f"{kept.rstrip(' ,;:.-–')}…"


def wrapped(name: str, width: float) -> list[str]:
    """A name in lines of at most a width in points."""
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and len(longer) * _LETTER > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def rounded(chart: Chart, style: Style) -> bool:
    """Whether its numbers are printed without the decimals that they have elsewhere."""
    amounts = [each.amount for one in chart.series for each in one.figures if each.amount]
    decimals = any("," in _said(each, style) for one in chart.series for each in one.figures if each.amount is not None)
    return decimals and all(abs(each) >= _LARGE for each in amounts)


def _texts(chart: Chart, style: Style) -> tuple[tuple[str, ...], ...]:
    """The numbers as they are printed; nothing where there is no data."""
    whole = rounded(chart, style)
    return tuple(
        tuple("" if each.amount is None else format_number(each.amount) if whole else _said(each, style) for each in one.figures) for one in chart.series
    )


def _said(figure: Figure, style: Style) -> str:
    return print_amount(figure, style, leading_zero=False)


def _crowded(chart: Chart, texts: tuple[tuple[str, ...], ...]) -> bool:
    """Whether numbers above columns would run into each other: then they stand behind bars."""
    columns = len(chart.categories) * (len(chart.series) + 1)
    widest = max((len(text) for row in texts for text in row), default=0)
    return columns > 0 and WIDTH / columns < widest * _COLUMN_LETTER

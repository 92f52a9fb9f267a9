"""Figures as lines for a person at a terminal: those of the whole unit, by group."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from mtqg_cli.render.views import print_figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mtqg_cli.core.figure import Figure
    from mtqg_cli.core.report import Style

_WIDTH = 80
_VALUE = 34


#: Splits so fine that only what is there is told.
_FINE = {"project", "project_group", "source", "kind", "type"}


def render(figures: Iterable[Figure], names: Mapping[tuple[str, str], str], style: Style) -> str:
    """The text of `summary`; `names` are what splits are called (programmes, criteria sets)."""
    shown = [figure for figure in figures if figure.scope is None and (figure.value or not _FINE & figure.by.keys())]
    return "\n".join(line for figure in shown for line in _lines(figure, names, style))


def _lines(figure: Figure, names: Mapping[tuple[str, str], str], style: Style) -> Iterator[str]:
    split = ", ".join(names.get(each, each[1]) for each in figure.by.items())
    label = f"{figure.label} [{split}]" if split else figure.label
    value = print_figure(figure, style)
    text = _with_unit(figure, value)
    left = wrap(label, _WIDTH - _VALUE - 2)
    right = wrap(text, _VALUE) or [""]
    for index in range(max(len(left), len(right))):
        first = left[index] if index < len(left) else ""
        second = right[index] if index < len(right) else ""
        yield f"{first:<{_WIDTH - _VALUE - 2}}  {second}".rstrip()


def _with_unit(figure: Figure, value: str) -> str:
    if figure.value is None or isinstance(figure.value, tuple) or figure.unit == "%":
        return value
    return f"{value.removesuffix('%')} {figure.unit}"

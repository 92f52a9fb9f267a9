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
#: Splits that a person at a terminal is spared; JSON and CSV have them. Of projects, what is there is told.
_LEFT_OUT = {"project_group", "source", "kind", "type"}


def render(figures: Iterable[Figure], names: Mapping[str, str], style: Style) -> str:
    """The text of `summary`; `names` are what splits are called (programmes, criteria sets)."""
    return "\n".join(line for figure in figures if _told(figure) for line in _lines(figure, names, style))


def _told(figure: Figure) -> bool:
    return figure.scope is None and not _LEFT_OUT & figure.by.keys() and ("project" not in figure.by or bool(figure.value))


def _lines(figure: Figure, names: Mapping[str, str], style: Style) -> Iterator[str]:
    split = ", ".join(names.get(value, value) for value in figure.by.values())
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

"""All figures and listings of a report as one short text: two of them are alike if, and only if, the values are. Looks and labels do not count."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from mtqg_cli.core.figure import Figure, Text
from mtqg_cli.core.report import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mtqg_cli.core.figure import FigureValue


def digest(figures: Iterable[Figure], listings: Mapping[str, Sequence[Record]]) -> str:
    """The sha256 of the values by their names. A figure that has no data is told as such and is not one of zero."""
    line = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
    lines = sorted(line(_figure(each)) for each in figures)
    lines += [line([name, [_plain(each) for each in listings[name]]]) for name in sorted(listings)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _figure(figure: Figure) -> list[object]:
    parts = [_exact(each.value) if each is not None else None for each in (figure.numerator, figure.denominator)]
    return [figure.id, figure.scope or "", sorted(figure.by.items()), str(figure.period), figure.unit, _exact(figure.value), figure.scale, *parts]


def _exact(value: FigureValue) -> object:
    """10 and 10.00 are one number; names stay a list."""
    if value is None or isinstance(value, tuple):
        return value
    return f"{value:f}".rstrip("0").rstrip(".") if "." in (text := f"{value:f}") else text


def _plain(value: object) -> object:
    if isinstance(value, Record):
        return {name: _plain(each) for name, each in value.values.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Figure):
        return _figure(value)
    return value.value if isinstance(value, Text) else str(value)

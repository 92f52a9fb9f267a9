"""Figures as JSON with everything behind them, one figure a line; the keys are a contract. `mtqg merge` adds such documents up."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mtqg_cli.core.figure import Figure
from mtqg_cli.reference.handed_in import CHECKSUM, FIGURES, exact
from mtqg_cli.render.printing import print_figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mtqg_cli.core.figure import Leaf
    from mtqg_cli.core.period import Period
    from mtqg_cli.core.report import Style
    from mtqg_cli.reference.handed_in import Header

Key = tuple[str, str | None, tuple[tuple[str, str], ...]]
_Name = tuple[str, tuple[tuple[str, str], ...]]
#: What lies in the sheets that a count looked through.
_SEARCHED = "searched"


#: Of figures that were handed in: the text that each was printed as (None: not yet), and how many cells were blank behind it.
HandedOn = Mapping[Key, tuple[str | None, int]]


def render(header: Header, figures: Iterable[Figure], style: Style, *, brief: bool = False, handed_on: HandedOn | None = None) -> str:
    """The document of `summary --format json` as one text."""
    return "\n".join(lines(header, figures, style, brief=brief, handed_on=handed_on))


def encoded(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines as a file holds them, one at a time: as one text they would take four times the room."""
    return (line.encode() + b"\n" for line in lines)


def lines(header: Header, figures: Iterable[Figure], style: Style, *, brief: bool = False, handed_on: HandedOn | None = None) -> Iterator[str]:
    """Its lines one at a time: with all cells it can have a hundred megabytes. Values are exact and in the unit that is named beside them.

    `brief` names the figures that a figure is made from instead of all cells behind those, and the cells of a sheet together: a fifth of the size.
    """
    digest = hashlib.sha256()
    for line in _before_checksum(header, tuple(figures), style, handed_on or {}, brief=brief):
        digest.update(line.encode() + b"\n")
        yield line
    yield f'{CHECKSUM}"{digest.hexdigest()}"'
    yield "}"


def _before_checksum(header: Header, figures: Sequence[Figure], style: Style, handed_on: HandedOn, *, brief: bool) -> Iterator[str]:
    by_name = _ByName(figures) if brief else None
    counted: dict[int, int] = {}
    yield "{"
    yield from (f'"{name}": {_dump(value)},' for name, value in header.model_dump(mode="json").items())
    yield FIGURES
    for place, each in enumerate(figures, start=1):
        told = _figure(each)
        text, blanks = handed_on.get(_key(each), (None, None)) if handed_on else (None, None)
        told["text"] = text if text is not None else print_figure(each, style)
        told["unknown"] = blanks if blanks is not None else _blanks(each, counted)
        told["sources"] = list(by_name.sources(each)) if by_name is not None else [_cell(leaf) for leaf in each.leaves()]
        yield _dump(told) + ("," if place < len(figures) else "")
    yield "],"


#: The figures are a tree, and there are tens of thousands of them.
_dump = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def _key(figure: Figure) -> Key:
    return (figure.id, figure.scope, tuple(sorted(figure.by.items())))


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "id": figure.id,
        "label": figure.label,
        "unit": figure.unit,
        "scope": figure.scope,
        "by": dict(figure.by),
        "period": str(figure.period),
        "value": list(figure.value) if isinstance(figure.value, tuple) else exact(figure.amount),
        "numerator": exact(figure.numerator.amount) if figure.numerator is not None else None,
        "denominator": exact(figure.denominator.amount) if figure.denominator is not None else None,
        "base": figure.base,
    }


def _blanks(figure: Figure, counted: dict[int, int]) -> int:
    """How many blank cells a figure would need; of a count without data, the sheets that it looked through in vain."""
    searched = sum(1 for each in figure.sources if each.role == _SEARCHED) if figure.value is None else 0
    return searched + _unknown(figure, counted)


def _unknown(figure: Figure, counted: dict[int, int]) -> int:
    """The blank cells behind a figure; counted once for all figures that are made from it."""
    if id(figure) not in counted:
        counted[id(figure)] = sum(_unknown(each.origin, counted) if isinstance(each.origin, Figure) else each.role == "unknown" for each in figure.sources)
    return counted[id(figure)]


def _cell(leaf: Leaf) -> dict[str, str | None]:
    place = leaf.location
    return {"file": place.file, "sheet": place.sheet, "cell": place.cell, "period": str(leaf.period), "role": leaf.role}


class _ByName:
    """Sources of figures, told by the names of the figures of one document; what is asked of an object is worked out once."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self._periods = {_key(each): each.period for each in figures}
        self._told: dict[int, _Name | None] = {}
        self._names: dict[_Name, _Name] = {}
        self._said: dict[int, str] = {}

    def sources(self, figure: Figure) -> Iterator[dict[str, Any]]:
        """The figures of this document by name, for several units together; of anything else the cells, for a sheet together."""
        groups: dict[tuple[Any, ...], list[str | None]] = {}
        for source in figure.sources:
            origin = source.origin
            if not isinstance(origin, Figure):
                groups.setdefault((origin.file, origin.sheet, self._say(source.period), source.role), []).append(origin.cell)
            elif (name := self._name(origin)) is not None:
                groups.setdefault((*name, self._say(source.period), source.role), []).append(origin.scope)
            else:
                for role, period, place in source.leaves():
                    groups.setdefault((place.file, place.sheet, self._say(period), role), []).append(place.cell)
        for (first, second, period, role), found in groups.items():
            if isinstance(second, tuple):
                yield {"figure": first, "by": dict(second), "scopes": found, "period": period, "role": role}
            else:
                yield {"file": first, "sheet": second, "cells": found, "period": period, "role": role}

    def _name(self, figure: Figure) -> _Name | None:
        """What the document calls a figure; None if it does not have it."""
        if id(figure) not in self._told:
            known = self._periods.get(_key(figure)) == figure.period
            name = (figure.id, tuple(figure.by.items()))
            self._told[id(figure)] = self._names.setdefault(name, name) if known else None
        return self._told[id(figure)]

    def _say(self, period: Period) -> str:
        return self._said.get(id(period)) or self._said.setdefault(id(period), str(period))

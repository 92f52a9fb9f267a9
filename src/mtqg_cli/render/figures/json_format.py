"""Figures as JSON with everything behind them, one figure a line; the keys are a contract. `mtqg merge` adds such documents up."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mtqg_cli.core.figure import Figure
from mtqg_cli.reference.handed_in import CHECKSUM, FIGURES, exact
from mtqg_cli.render.printing import print_figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mtqg_cli.core.figure import Leaf
    from mtqg_cli.core.report import Style
    from mtqg_cli.reference.handed_in import Header

Key = tuple[str, str | None, tuple[tuple[str, str], ...]]
#: What lies in the sheets that a count looked through.
_SEARCHED = "searched"


@dataclass(frozen=True, slots=True)
class HandedOn:
    """What is known beforehand of figures that were handed in: the texts that they were printed as, how many cells were blank behind them."""

    printed: Mapping[Key, str] = field(default_factory=dict)
    unknown: Mapping[Key, int] = field(default_factory=dict)


def render(header: Header, figures: Iterable[Figure], style: Style, *, brief: bool = False, handed_on: HandedOn | None = None) -> str:
    """The document of `summary --format json` as one text."""
    return "\n".join(lines(header, figures, style, brief=brief, handed_on=handed_on))


def lines(header: Header, figures: Iterable[Figure], style: Style, *, brief: bool = False, handed_on: HandedOn | None = None) -> Iterator[str]:
    """Its lines one at a time: with all cells it can have a hundred megabytes. Values are exact and in the unit that is named beside them.

    `brief` names the figures that a figure is made from instead of all cells behind those, and the cells of a sheet together: a fifth of the size.
    """
    digest = hashlib.sha256()
    for line in _before_checksum(header, tuple(figures), style, handed_on or HandedOn(), brief=brief):
        digest.update(line.encode() + b"\n")
        yield line
    yield f'{CHECKSUM}"{digest.hexdigest()}"'
    yield "}"


def _before_checksum(header: Header, figures: Sequence[Figure], style: Style, handed_on: HandedOn, *, brief: bool) -> Iterator[str]:
    known = {_key(each): each for each in figures} if brief else {}
    counted: dict[int, int] = {}
    yield "{"
    yield from (f'"{name}": {_dump(value)},' for name, value in header.model_dump(mode="json").items())
    yield FIGURES
    for place, each in enumerate(figures, start=1):
        key, told = _key(each), _figure(each)
        told["text"] = handed_on.printed[key] if key in handed_on.printed else print_figure(each, style)
        told["unknown"] = handed_on.unknown[key] if key in handed_on.unknown else _blanks(each, counted)
        told["sources"] = list(_brief_sources(each, known)) if brief else [_cell(leaf) for leaf in each.leaves()]
        yield _dump(told) + ("," if place < len(figures) else "")
    yield "],"


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


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


def _brief_sources(figure: Figure, known: Mapping[Key, Figure]) -> Iterator[dict[str, Any]]:
    """The figures of this document by name, for several units together; of anything else the cells, for a sheet together."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for source in figure.sources:
        origin = source.origin
        told = known.get(_key(origin)) if isinstance(origin, Figure) else None
        if isinstance(origin, Figure) and told is not None and told.period == origin.period:
            by = tuple(origin.by.items())
            groups.setdefault((origin.id, by, str(source.period), source.role), []).append(origin.scope)
        else:
            for leaf in Figure(figure.id, "", "", figure.period, None, sources=(source,)).leaves():
                groups.setdefault((leaf.location.file, leaf.location.sheet, None, str(leaf.period), leaf.role), []).append(leaf.location.cell)
    for (first, second, *_, period, role), found in groups.items():
        if isinstance(second, tuple):
            yield {"figure": first, "by": dict(second), "scopes": found, "period": period, "role": role}
        else:
            yield {"file": first, "sheet": second, "cells": found, "period": period, "role": role}

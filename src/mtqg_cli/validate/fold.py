"""One cause, one message: findings that one mistake brought about are put under the one that names it. Nothing is dropped."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Diagnostic, Severity
from mtqg_cli.validate.context import FindingsContext
from mtqg_cli.validate.registry import rules, rules_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from mtqg_cli.core.location import Location
    from mtqg_cli.validate.context import Place

_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def fold(found: Sequence[Diagnostic], places: Mapping[Location, Place]) -> tuple[Diagnostic, ...]:
    """The findings, those with a common cause as one; `places` tells what stands in a cell."""
    return tuple(_same_habit(_one_wrong_cell(list(found), places)))


def _one_wrong_cell(found: list[Diagnostic], places: Mapping[Location, Place]) -> list[Diagnostic]:
    """A cell that, changed by one amount, would settle several findings at once is their cause; the more it settles, the surer."""
    open_ones = dict(enumerate(found))
    suspects: dict[tuple[Location, int], list[int]] = defaultdict(list)
    for index, each in open_ones.items():
        for remedy in dict.fromkeys(each.remedies):
            suspects[remedy].append(index)
    causes: dict[int, Diagnostic] = {}
    while suspects:
        remedy = max(suspects, key=lambda each: (len(suspects[each]), _stands_at(each[0], suspects[each], found)))
        members = suspects.pop(remedy)
        if len(members) < 2:  # noqa: PLR2004 - one finding needs no other to explain it
            break
        cause = _cause(remedy, [found[index] for index in members], places)
        if cause is None:
            continue
        causes[members[0]] = cause
        for index in members:
            del open_ones[index]
        taken = set(members)
        suspects = {key: rest for key, indexes in suspects.items() if (rest := [index for index in indexes if index not in taken])}
    return [each for _, each in sorted({**open_ones, **causes}.items())]


def _stands_at(location: Location, members: Iterable[int], found: Sequence[Diagnostic]) -> bool:
    return any(found[index].location == location for index in members)


def _cause(remedy: tuple[Location, int], members: list[Diagnostic], places: Mapping[Location, Place]) -> Diagnostic | None:
    """The finding that stands at the cell itself, or one that names the cell; None if nobody knows what stands there."""
    location, amount = remedy
    own = next((each for each in members if each.location == location), None)
    if own is None and location in places:
        context = FindingsContext(location, amount, tuple(members), places[location])
        own = next((named for rule in rules_of("findings") for named in rule.run(context)), None)
    if own is None:
        return None
    return _under(own, [each for each in members if each is not own])


def _same_habit(found: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    """What was done in the same wrong way all over a file, or down a column, is told at its first place."""
    keys = {rule.code: _KEYS[rule.once] for rule in rules() if rule.once}
    groups: dict[object, list[Diagnostic]] = defaultdict(list)
    for index, each in enumerate(found):
        key = keys.get(each.code)
        groups[(each.code, key(each)) if key is not None else index].append(each)
    return [_under(first, rest) if rest else first for first, *rest in groups.values()]


_KEYS: Mapping[str, Callable[[Diagnostic], object]] = {
    "file": lambda each: each.location.file,
    "sheet": lambda each: (each.location.file, each.location.sheet),
    "column": lambda each: (each.location.file, each.location.sheet, each.location.column),
}


def _under(cause: Diagnostic, others: Sequence[Diagnostic]) -> Diagnostic:
    severity = min((cause.severity, *(each.severity for each in others)), key=_RANK.__getitem__)
    flat = [part for each in others for part in (replace(each, consequences=()), *each.consequences)]
    return replace(cause, severity=severity, consequences=(*cause.consequences, *flat))

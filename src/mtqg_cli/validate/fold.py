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
    """The findings, those with a common cause as one; `places` tells what stands in a cell. What was decided upon stays as it is."""
    decided = [each for each in found if each.decision is not None]
    found = [each for each in found if each.decision is None]
    return (*decided, *_same_habit(_same_number(_one_wrong_cell(found, places))))


def _one_wrong_cell(found: list[Diagnostic], places: Mapping[Location, Place]) -> list[Diagnostic]:
    """A cell that, changed by one amount, would settle several findings at once is their cause; the more it settles, the surer."""
    open_ones = dict(enumerate(found))
    pointed: dict[tuple[Location, int], list[int]] = defaultdict(list)
    for index, each in open_ones.items():
        for remedy in dict.fromkeys(each.remedies):
            pointed[remedy].append(index)
    doubted = _doubted(found)
    for remedy, indexes in pointed.items():
        indexes += [index for index in doubted.get(remedy[0], ()) if index not in indexes]
    suspects = _shared(pointed)
    causes: dict[int, Diagnostic] = {}
    while suspects:
        remedy = max(suspects, key=lambda each: (len(suspects[each]), _stands_at(each[0], suspects[each], found)))
        members = suspects.pop(remedy)
        alone = not any(set(members) <= set(others) and _possible(key, places) for key, others in suspects.items())
        cause = _cause(remedy, [found[index] for index in members], places, alone=alone)
        if cause is None:
            continue
        causes[members[0]] = cause
        for index in members:
            del open_ones[index]
        taken = set(members)
        suspects = _shared({key: [index for index in indexes if index not in taken] for key, indexes in suspects.items()})
    return [each for _, each in sorted({**open_ones, **causes}.items())]


def _shared(suspects: Mapping[tuple[Location, int], list[int]]) -> dict[tuple[Location, int], list[int]]:
    """Those that more than one finding points to: one finding needs no other to explain it."""
    return {key: indexes for key, indexes in suspects.items() if len(indexes) > 1}


def _doubted(found: Sequence[Diagnostic]) -> dict[Location, list[int]]:
    """The findings that doubt a number, by its cell: whatever amount the others ask for, they have that cell in mind."""
    codes = {rule.code for rule in rules() if rule.doubts}
    places: dict[Location, list[int]] = defaultdict(list)
    for index, each in enumerate(found):
        if each.code in codes and not each.remedies:
            places[each.location].append(index)
    return places


def _stands_at(location: Location, members: Iterable[int], found: Sequence[Diagnostic]) -> bool:
    return any(found[index].location == location for index in members)


def _cause(remedy: tuple[Location, int], members: list[Diagnostic], places: Mapping[Location, Place], *, alone: bool) -> Diagnostic | None:
    """The finding that stands at the cell itself, or else one that names the cell if that cell `alone` settles all of them.

    Where several cells would, nobody can tell which is wrong: the first of the findings stands for the others. None if the cell
    cannot be changed so.
    """
    location, amount = remedy
    own = next((each for each in members if each.location == location), None)
    if own is None and not _possible(remedy, places):
        return None
    if own is None and alone:
        context = FindingsContext(location, amount, tuple(members), places[location])
        own = next((named for rule in rules_of("findings") for named in rule.run(context)), None)
    first = own or members[0]
    return _under(first, [each for each in members if each is not first])


def _possible(remedy: tuple[Location, int], places: Mapping[Location, Place]) -> bool:
    """Whether the cell is known and may hold what it would hold then."""
    place = places.get(remedy[0])
    value = place.cell.value if place is not None else None
    quantity = place.form.quantity(place.field) if place is not None else None
    return isinstance(value, int) and quantity is not None and quantity.allows(value + remedy[1])


def _same_number(found: list[Diagnostic]) -> list[Diagnostic]:
    """Several doubts about one number are one finding, the gravest first."""
    kept: dict[int, Diagnostic] = dict(enumerate(found))
    for indexes in _doubted(found).values():
        first, *others = sorted(indexes, key=lambda index: (_RANK[found[index].severity], index))
        if others:
            kept[first] = _under(found[first], [found[index] for index in others])
            for index in others:
                del kept[index]
    return [each for _, each in sorted(kept.items())]


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

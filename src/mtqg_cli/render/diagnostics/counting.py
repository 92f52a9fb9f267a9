"""How findings are counted and summed up in words; the same in every format."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mtqg_cli.core.diagnostic import Diagnostic
    from mtqg_cli.core.location import Location

#: How many places of one code are named where room is short.
_PLACES = 4


def counts(diagnostics: Iterable[Diagnostic]) -> dict[Severity, int]:
    """How many of each severity; consequences are not counted, they vanish with their cause."""
    counted = Counter(each.severity for each in diagnostics)
    return {severity: counted[severity] for severity in Severity}


def in_words(numbers: dict[Severity, int]) -> str:
    """3 lỗi, 1 cảnh báo; empty for none."""
    return ", ".join(f"{number} {severity.label}" for severity, number in numbers.items() if number)


def folded(diagnostic: Diagnostic) -> Iterator[Diagnostic]:
    """What a finding brings with it, at any depth."""
    for each in diagnostic.consequences:
        yield each
        yield from folded(each)


def brings(diagnostic: Diagnostic) -> str:
    """Kéo theo 14 lỗi khác; empty where nothing is folded under a finding."""
    told = in_words(counts(folded(diagnostic)))
    return f"kéo theo {told} khác" if told else ""


def brought_places(diagnostic: Diagnostic) -> str:
    """R201 (K10, K12, K14, K15 …), T302 (Biểu 03!K69): the codes and cells of what is folded, in short."""
    cells: dict[str, list[str]] = {}
    for each in folded(diagnostic):
        cells.setdefault(each.code, []).append(seen_from(diagnostic.location, each.location))
    return ", ".join(_code(code, [each for each in dict.fromkeys(places) if each]) for code, places in cells.items())


def _code(code: str, places: list[str]) -> str:
    shown = f"{', '.join(places[:_PLACES])}{' …' if len(places) > _PLACES else ''}"
    return f"{code} ({shown})" if shown else code


def seen_from(here: Location, there: Location) -> str:
    """A place as it is named from another one: the file and the sheet only where they differ."""
    cell = there.cell or (f"dòng {there.row}" if there.row else None)
    if there.file != here.file:
        return str(there)
    parts = [there.sheet if there.sheet != here.sheet else None, cell]
    return "!".join(part for part in parts if part)


def most_frequent(diagnostics: Iterable[Diagnostic], most: int) -> list[tuple[str, int]]:
    """The codes that come most often, the first of equals by name."""
    counted = Counter(each.code for each in diagnostics)
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:most]

"""The numbers that Word puts before headings and entries of lists, counted as Word counts them. It knows no text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mtqg_cli.render.environment import roman

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%([1-9])")
_LETTERS = 26
BULLET = "•"


def _letters(number: int) -> str:
    """A … z, aa, bb …: Word repeats the letter."""
    return chr(ord("a") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1)


_FORMS: Mapping[str, Callable[[int], str]] = {
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "decimalZero": lambda number: f"{number:02}",
    "none": lambda _: "",
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbering: `text` holds %1, %2 … for the numbers of the levels down to itself; `properties` is its w:pPr."""

    start: int
    form: str
    text: str
    gap: str
    legal: bool
    style: str
    properties: Any

    def says(self, number: int) -> str:
        """A number in this level's writing."""
        return _FORMS.get(self.form, str)(number)


@dataclass(slots=True)
class Numbering:
    """The counters of a document; call `label` for its numbered paragraphs in their order."""

    lists: Mapping[str, str]
    levels: Mapping[str, Mapping[int, Level]]
    starts: Mapping[str, Mapping[int, int]]
    _counted: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def level_of(self, number: str, level: int) -> Level | None:
        """The level's definition, if there is one."""
        return self.levels.get(self.lists.get(number, ""), {}).get(level)

    def level_of_style(self, number: str, style: str) -> int:
        """The level that a style is bound to in a numbering."""
        levels = self.levels.get(self.lists.get(number, ""), {})
        return next((index for index, each in levels.items() if each.style == style), 0)

    def label(self, number: str, level: int) -> str:
        """Counts one paragraph on and gives what stands before it, with the gap that follows."""
        own = self.level_of(number, level)
        if own is None:
            return ""
        name = self.lists[number]
        counted = self._counted.setdefault(name, {})
        if number not in self._begun:
            self._begun.add(number)
            counted.update({index: start - 1 for index, start in self.starts.get(number, {}).items()})
        counted[level] = counted.get(level, own.start - 1) + 1
        for deeper in [index for index in counted if index > level]:
            del counted[deeper]
        if own.form == "bullet":
            return f"{own.text if own.text.isascii() and own.text.strip() else BULLET}{own.gap}"
        written = _PLACE.sub(lambda match: self._part(name, int(match[1]) - 1, own), own.text)
        return f"{written}{own.gap}" if written else ""

    def _part(self, name: str, level: int, own: Level) -> str:
        above = self.levels[name].get(level)
        if above is None:
            return ""
        number = self._counted[name].get(level, above.start)
        return str(number) if own.legal else above.says(number)


def read_numbering(root: Any | None) -> Numbering:
    """The numberings of a numbering part, or none."""
    if root is None:
        return Numbering({}, {}, {})
    levels = {_value(each, "abstractNumId"): _levels(each) for each in root.iterchildren(f"{_W}abstractNum")}
    lists, starts = {}, {}
    for each in root.iterchildren(f"{_W}num"):
        key = _value(each, "numId")
        kept = each.find(f"{_W}abstractNumId")
        lists[key] = _value(kept, "val") if kept is not None else ""
        overrides = ((_number(one, "ilvl"), one.find(f"{_W}startOverride")) for one in each.iterchildren(f"{_W}lvlOverride"))
        starts[key] = {level: _number(start, "val") for level, start in overrides if start is not None}
    return Numbering(lists, levels, starts)


def _levels(abstract: Any) -> dict[int, Level]:
    return {_number(each, "ilvl"): _level(each) for each in abstract.iterchildren(f"{_W}lvl")}


def _level(element: Any) -> Level:
    def of(name: str, default: str = "") -> str:
        child = element.find(f"{_W}{name}")
        return default if child is None else _value(child, "val")

    gap = "" if of("suff", "tab") == "nothing" else " "
    start = of("start", "1")
    legal = element.find(f"{_W}isLgl") is not None
    return Level(int(start) if start.isdecimal() else 1, of("numFmt", "decimal"), of("lvlText"), gap, legal, of("pStyle"), element.find(f"{_W}pPr"))


def _value(element: Any, name: str) -> str:
    return str(element.get(f"{_W}{name}", ""))


def _number(element: Any, name: str) -> int:
    value = _value(element, name)
    return int(value) if value.isdecimal() else 0

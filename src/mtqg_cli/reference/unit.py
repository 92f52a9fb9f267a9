"""The official list of administrative units, dated, and how a name typed by a person is found in it."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from mtqg_cli.core.unit import REFORM_DAY, Level, Unit
from mtqg_cli.core.vietnamese import bare_key, closest, name_key, slug
from mtqg_cli.reference.resources import DATA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Kinds as they begin a name, with the short forms that offices use.
_KINDS: Mapping[str, tuple[str, ...]] = {
    "Thành phố": ("tp.", "tp", "t.p"),
    "Tỉnh": ("t.",),
    "Huyện": ("h.",),
    "Quận": ("q.",),
    "Thị xã": ("tx.", "tx", "t.x"),
    "Thị trấn": ("tt.", "tt", "t.t"),
    "Phường": ("p.",),
    "Đặc khu": ("đk.",),
    "Xã": ("x.",),
}


@dataclass(frozen=True, slots=True)
class NameSearch:
    """What a search for a name gave: the one unit that is meant, or several candidates to choose from, or guesses."""

    unit: Unit | None
    candidates: tuple[Unit, ...] = ()
    guesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitMap:
    """All units that stood on one day."""

    units: Mapping[tuple[Level, str], Unit]

    def get(self, code: str) -> Unit | None:
        """The unit of a code: two digits are a province, three a district, five a commune."""
        levels: dict[int, Level] = {2: "tỉnh", 3: "huyện", 5: "xã"}
        level = levels.get(len(code))
        return self.units.get((level, code)) if level else None

    def children(self, unit: Unit) -> tuple[Unit, ...]:
        """The communes of a district, or of a province that has no districts; in the official order of codes."""
        mine = [each for each in self.units.values() if each.parent == unit.code and each.level != unit.level]
        if unit.level == "tỉnh" and any(each.level == "huyện" for each in mine):
            mine = [each for each in mine if each.level == "huyện"]
        return tuple(sorted(mine, key=lambda each: each.code))

    def full_name(self, unit: Unit) -> str:
        """Xã Quảng Lâm, Huyện Đầm Hà, Tỉnh Quảng Ninh."""
        names = [unit.name]
        parent = self.get(unit.parent) if unit.parent else None
        while parent is not None:
            names.append(parent.name)
            parent = self.get(parent.parent) if parent.parent else None
        return ", ".join(names)

    def find(self, text: str) -> NameSearch:
        """The unit that "Huyện Đầm Hà, Tỉnh Quảng Ninh" means; parts may leave out kinds and the units above."""
        parts = [part for part in text.split(",") if part.strip()]
        if not parts:
            return NameSearch(None)
        ending = _last_letter(parts[0])  # equal names end alike: spares ten thousand full comparisons
        found = [unit for unit in self.units.values() if _last_letter(unit.name) == ending and self._fits(unit, parts)]
        if len(found) == 1:
            return NameSearch(found[0])
        if found:
            return NameSearch(None, candidates=tuple(found))
        bare = bare_key(parts[0])
        alike = [unit for unit in self.units.values() if bare in (bare_key(unit.name), bare_key(unit.proper_name))]
        if alike:
            return NameSearch(None, guesses=tuple(self.full_name(unit) for unit in sorted(alike, key=lambda unit: len(unit.code))))
        names = {self.full_name(unit): self.full_name(unit) for unit in self.units.values()}
        short = {unit.name: self.full_name(unit) for unit in self.units.values()}
        proper = {unit.proper_name: self.full_name(unit) for unit in self.units.values()}
        guesses = closest(text, names) or closest(parts[0], short) or closest(parts[0], proper)
        return NameSearch(None, guesses=tuple(guesses))

    def _fits(self, unit: Unit, parts: list[str]) -> bool:
        """Whether the first part names the unit and each further one a unit above it, in order."""
        if not _same_name(parts[0], unit):
            return False
        above: Unit | None = unit
        for part in parts[1:]:
            above = self.get(above.parent) if above is not None and above.parent else None
            while above is not None and not _same_name(part, above):
                above = self.get(above.parent) if above.parent else None
            if above is None:
                return False
        return True


def _last_letter(text: str) -> str:
    return _last_of(text.rstrip()[-4:])


@cache
def _last_of(ending: str) -> str:
    letters = [each for each in unicodedata.normalize("NFD", ending.casefold()) if not unicodedata.combining(each)]
    return letters[-1] if letters else ""


def _same_name(text: str, unit: Unit) -> bool:
    key = name_key(text)
    return key.endswith(name_key(unit.proper_name)) and key in _spellings(unit.kind, unit.name)


@cache
def _spellings(kind: str, name: str) -> frozenset[str]:
    """The keys of a name with its kind in full, shortened, and left out."""
    proper = name[len(kind) :].strip()
    short = _KINDS.get(kind, ())
    written = [name, proper, *(f"{each} {proper}" for each in short), *(f"{each}{proper}" for each in short if each.endswith("."))]
    return frozenset(name_key(each) for each in written)


def match_name(text: str, units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Those of the units that a name means: one is an answer, more need the kind in front (xã Đầm Hà, thị trấn Đầm Hà)."""
    return tuple(unit for unit in units if _same_name(text, unit))


def units_on(day: date) -> UnitMap:
    """The map of a day: the list as it stood until 30 June 2025, or the one from 1 July 2025."""
    return _map_from(day >= REFORM_DAY)


@cache
def _map_from(reformed: bool) -> UnitMap:  # noqa: FBT001 - the cache's key
    name = "communes_from_2025-07-01.csv" if reformed else "communes_until_2025-06-30.csv"
    valid_from = REFORM_DAY if reformed else None
    valid_to = None if reformed else REFORM_DAY - timedelta(days=1)
    units: dict[tuple[Level, str], Unit] = {}

    def add(level: Level, code: str, name: str, kind: str, parent: str | None) -> None:
        if (level, code) not in units:
            units[level, code] = Unit(code, name, kind, level, parent, valid_from, valid_to)

    with (DATA / "units" / name).open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            province, district = row["province_code"], row.get("district_code")
            add("tỉnh", province, row["province"], _kind_of(row["province"]), None)
            if district:
                add("huyện", district, row["district"], _kind_of(row["district"]), province)
            if row["commune_code"]:  # five islands of the old map have no communes
                add("xã", row["commune_code"], row["commune"], row["kind"], district or province)
    return UnitMap(units)


def _kind_of(name: str) -> str:
    return next(kind for kind in _KINDS if name.casefold().startswith(kind.casefold()))  # the list also has "Thị Xã"


@cache
def workbook_names(unit: Unit, communes: tuple[Unit, ...]) -> dict[str, str]:
    """The file name of each unit's workbook by its code.

    Names that collide take the kind (xa-dam-ha, thi-tran-dam-ha); those that still do, like xã Lộc Thạnh and xã Lộc Thành, the code.
    """
    names = {each.code: slug(each.proper_name) for each in communes}
    for longer in ("{kind}", "{kind}-{code}"):
        count = Counter(names.values())
        names |= {each.code: longer.format(kind=slug(each.name), code=each.code) for each in communes if count[names[each.code]] > 1}
    return {unit.code: "don-vi.xlsx", **{code: f"{name}.xlsx" for code, name in names.items()}}

"""A figure of the JSON worked out again from its source cells, read with openpyxl, by their roles."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import cache

import openpyxl


def cells_of(folder):
    """What stands in a source's cell, in a project folder."""

    @cache
    def workbook(period, file):
        return openpyxl.load_workbook(folder / "data" / period / file, data_only=True)

    def value(source):
        return workbook(source["period"], source["file"])[source["sheet"]][source["cell"]].value

    return value


def from_cells(figure, cell):
    """The value that a figure's sources give; None where they give none."""
    sources = [(tuple(part for part in source["role"].split("/") if part != "addend"), source) for source in figure["sources"]]
    return again(sources, cell, figure["unit"], min if figure["id"].endswith("thap_nhat") else max)


def again(sources, cell, unit, end=max):
    """The value that sources give: [(role path, source)]; `end` chooses among those of several communes."""
    parts = defaultdict(list)
    for path, source in sources:
        parts[path[0] if path else "addend"].append((path[1:], source))
    parts.pop("unknown", None)
    searched = parts.pop("searched", None)
    if not parts:
        return Decimal(0) if searched else None
    if "compared" in parts:
        by_commune = defaultdict(list)
        for path, source in parts["compared"]:
            by_commune[source["file"]].append((path, source))
        return end(again(mine, cell, unit) for mine in by_commune.values())
    for first, second in (("numerator", "denominator"), ("minuend", "subtrahend")):
        if first in parts or second in parts:
            points = any(path[:2] == ("minuend", "numerator") for path, _ in parts[first])  # a plan of percentage points
            inner = unit if first == "minuend" else "%" if points else ""
            return of_two(first, again(parts[first], cell, inner), again(parts[second], cell, inner), unit)
    if "value" in parts:
        pairs = [(exact(cell(value)), exact(cell(weight))) for (_, value), (_, weight) in zip(parts["value"], parts["weight"], strict=True)]
        return sum(value * weight for value, weight in pairs) / sum(weight for _, weight in pairs)
    if "filled" in parts or "positive" in parts:
        assert all(cell(source) is not None for _, source in parts.get("filled", ()))
        assert all(cell(source) > 0 for _, source in parts.get("positive", ()))
        parts["counted"] = parts.pop("filled", None) or parts.pop("positive")
    if "counted" in parts:
        inner = {path for path, _ in parts["counted"]}
        keys = {(source["file"], None if inner != {()} else (source["sheet"], source["cell"])) for _, source in parts["counted"]}
        return Decimal(len(keys))
    return sum((exact(cell(source)) for _, source in parts["addend"]), Decimal(0))


def of_two(role, one, other, unit):
    """A ratio or a difference; None where one of the two is not there, or nothing stands below."""
    if one is None or other is None or (role == "numerator" and other == 0):
        return None
    return one - other if role == "minuend" else one / other * (100 if "%" in unit else 1)


def exact(value):
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)

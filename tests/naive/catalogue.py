"""What the shipped reference files list, read with tomllib alone: the rows of a criteria set, the projects of a programme."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_DATA = Path(__file__).resolve().parents[2] / "src" / "mtqg_cli" / "reference" / "data"


@cache
def criteria_rows(name):
    """(printed number, level) of every row: a criterion with a single indicator is both."""
    told = tomllib.loads((_DATA / "criteria" / f"{name}.toml").read_text(encoding="utf-8"))
    rows = [(each["code"], "condition") for each in told.get("condition", ())]
    for criterion in told["criterion"]:
        indicators = criterion.get("indicator", [])
        rows.append((criterion["code"], "both" if len(indicators) == 1 else "criterion"))
        if len(indicators) != 1:
            rows += [(each["code"], "indicator") for each in indicators]
    return tuple(rows)


def criteria_count(name):
    """How many criteria a set has."""
    return sum(level in {"criterion", "both"} for _, level in criteria_rows(name))


@cache
def parents(programme):
    """{code: the code of the dự án that it is a part of, or ""}."""
    told = tomllib.loads((_DATA / "programmes" / f"{programme}.toml").read_text(encoding="utf-8"))
    return {each["code"]: each.get("parent", "") for each in told["project"]}


def group_of(programme, code):
    """The dự án that a project is counted to when parts are rolled up: its parent, itself where it has parts, else none."""
    tree = parents(programme)
    return tree[code] or (code if code in tree.values() else None)

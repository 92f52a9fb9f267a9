"""Figures laid out as a table: a line for each figure and split, a column for each unit. Nothing is reckoned here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mtqg_cli.core.figure import Figure

#: The whole has no scope; pandas would take None for a missing label.
_WHOLE = ""


def by_unit(figures: Iterable[Figure], units: Sequence[str]) -> list[list[Figure | None]]:
    """The figures of the whole and then of the units (codes), None where a unit has none; in the order in which they come.

    Figures of other scopes are left out. Raises ValueError for two figures of one id, split and scope.
    """
    columns = [_WHOLE, *units]
    told = [(each.id, tuple(sorted(each.by.items())), each.scope or _WHOLE, each) for each in figures]
    frame = pd.DataFrame(told, columns=["id", "by", "scope", "figure"], dtype=object)
    frame = frame[frame["scope"].isin(columns)]
    line = frame.groupby(["id", "by"], sort=False).ngroup()
    # pivot refuses a doubled place; pivot_table would choose one of the two
    table = frame.assign(line=line).pivot(index="line", columns="scope", values="figure").reindex(columns=columns)  # noqa: PD010
    return [[each if not isinstance(each, float) else None for each in row] for row in table.itertuples(index=False, name=None)]

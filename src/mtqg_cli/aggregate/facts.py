"""The tables of a batch as tidy frames, one for each dataset: a row a table row, its values beside the cells they came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mtqg_cli.core.location import Location
    from mtqg_cli.core.submission import Batch
    from mtqg_cli.reference.form import Form
    from mtqg_cli.reference.indicator import Wanted
    from mtqg_cli.reference.quantity import Quantity

#: Columns beside the form's fields: whose row it is, of which set, the row itself with its cells, the dự án that a sub-project belongs to.
UNIT, CRITERIA_SET, ROW, GROUP = "_unit", "criteria_set", "_row", "project_group"


@dataclass(frozen=True, slots=True)
class Looked:
    """A sheet that was looked at: whose, for which criteria set if for one, and where it is."""

    unit: str
    criteria_set: str
    location: Location


@dataclass(frozen=True, slots=True)
class Facts:
    """Frames by dataset, and for each dataset the sheets that were looked at."""

    batch: Batch
    frames: Mapping[str, pd.DataFrame]
    sheets: Mapping[str, tuple[Looked, ...]]
    forms: Mapping[str, Form]
    known_projects: dict[tuple[str, str | None], frozenset[tuple[str, ...]]] = field(default_factory=dict)

    def projects(self, level: str, scope: str | None) -> frozenset[tuple[str, ...]]:
        """The (programme, project) or (programme, project_group) that any dataset names, for a commune's code or for all."""
        key = (level, scope)
        if key not in self.known_projects:
            named = [frame if scope is None else frame[frame[UNIT] == scope] for frame in self.frames.values() if GROUP in frame]
            pairs = (frame[["programme", level]].dropna().itertuples(index=False, name=None) for frame in named)
            self.known_projects[key] = frozenset(tuple(each) for found in pairs for each in found)
        return self.known_projects[key]

    def frame(self, dataset: str) -> pd.DataFrame:
        """The rows of a dataset; empty with the bookkeeping columns if nobody sent any."""
        return self.frames.get(dataset, _EMPTY)

    def looked_at(self, dataset: str, scope: str | None, by: Mapping[str, str]) -> tuple[Location, ...]:
        """The sheets of a dataset that a unit (or anybody) sent, of one criteria set if the split names one."""
        wanted = by.get(CRITERIA_SET)
        return tuple(each.location for each in self.sheets.get(dataset, ()) if scope in (None, each.unit) and wanted in (None, each.criteria_set))

    def quantity(self, dataset: str, field: str) -> Quantity | None:
        """What a field of a dataset holds."""
        form = self.forms.get(dataset)
        return form.quantity(field) if form is not None else None


_EMPTY = pd.DataFrame(columns=[UNIT, CRITERIA_SET, ROW])


def tidy(batch: Batch, forms: tuple[Form, ...], parents: Mapping[tuple[str, str], str] = MappingProxyType({})) -> Facts:
    """The facts of a batch. Values are Python objects (int, Decimal, str), so that sums stay exact; blanks are None.

    `parents` gives the dự án that a tiểu dự án belongs to, by (programme, code), and itself for a dự án that has some.
    """
    records: dict[str, list[dict[str, object]]] = {}
    sheets: dict[str, list[Looked]] = {}
    for submission in batch.submissions:
        for form in forms:
            table = submission.tables.get(form.id)
            if table is None:
                continue
            sheets.setdefault(form.data, []).append(Looked(submission.unit.code, form.criteria_set, table.location))
            for row in table.rows:
                record: dict[str, object] = {name: row.value(name) for name in row.cells}
                record |= {UNIT: submission.unit.code, ROW: row, CRITERIA_SET: form.criteria_set}
                if {"programme", "project"} <= row.cells.keys():
                    record[GROUP] = parents.get((str(row.value("programme")), str(row.value("project"))))
                records.setdefault(form.data, []).append(record)
    frames = {dataset: pd.DataFrame(rows, dtype=object) for dataset, rows in records.items()}
    by_dataset = {form.data: form for form in reversed(forms)}
    return Facts(batch, frames, {dataset: tuple(found) for dataset, found in sheets.items()}, by_dataset)


def positive(frame: pd.DataFrame, field: str) -> pd.DataFrame:
    """The rows in which a field is above zero."""
    return frame[frame[field].map(_above_zero).astype(bool)] if field in frame else frame.iloc[0:0]


def valid_on(frame: pd.DataFrame, field: str, day: date) -> pd.DataFrame:
    """The rows that still held on a day: the last day on which they do is written in a field."""
    return frame[frame[field].map(lambda value: isinstance(value, date) and value >= day).astype(bool)] if field in frame else frame.iloc[0:0]


def in_year(frame: pd.DataFrame, field: str, year: int) -> pd.DataFrame:
    """The rows of which a field says that they are of a year: a day in it, or the year itself."""
    return (
        frame[frame[field].map(lambda value: value.year == year if isinstance(value, date) else value == str(year)).astype(bool)]
        if field in frame
        else frame.iloc[0:0]
    )


def known(frame: pd.DataFrame, fields: Iterable[str]) -> pd.DataFrame:
    """The rows in which all of the fields are filled in, as far as the frame has them."""
    there = [name for name in fields if name in frame]
    return frame[frame[there].notna().all(axis=1)] if there else frame


def undecided(frame: pd.DataFrame, where: Mapping[str, Wanted]) -> pd.DataFrame:
    """The rows that are not ruled out: each field is what is wanted, or blank."""
    for name, wanted in where.items():
        if name in frame:
            frame = frame[_among(frame[name], wanted) | frame[name].isna()]
    return frame


def _among(column: pd.Series, wanted: Wanted) -> pd.Series:
    values = {_folded(each) for each in (wanted if isinstance(wanted, tuple) else (wanted,))}
    return column.map(lambda value: _folded(value) in values).astype(bool)


def _folded(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value


def _above_zero(value: object) -> bool:
    return isinstance(value, int | Decimal) and value > 0


def select(frame: pd.DataFrame, where: Mapping[str, Wanted]) -> pd.DataFrame:
    """The rows whose fields equal the wanted values, or one of them; names that people write themselves in any case of letters."""
    for name, wanted in where.items():
        if name not in frame:
            return frame.iloc[0:0]
        frame = frame[_among(frame[name], wanted)]
    return frame


def leave_out(frame: pd.DataFrame, unwanted: Mapping[str, Wanted]) -> pd.DataFrame:
    """The rows but those whose field equals an unwanted value."""
    for name, values in unwanted.items():
        if name in frame:
            frame = frame[~_among(frame[name], values)]
    return frame

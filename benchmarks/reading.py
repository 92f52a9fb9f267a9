"""The same 100 workbooks read by intake, by bare python-calamine and by openpyxl; and what they say, from the workbooks and from the cache.

python benchmarks/reading.py [ROUNDS]: the rounds alternate within one process, what is compared is the best of them. First it is made sure
that all readers agree: on every value with calamine, on every value and formula with openpyxl, and on every result with the cache.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from datetime import datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
from python_calamine import CalamineWorkbook
from validate_batch import PERIOD, make_project

from mtqg_cli.core.sheet import Workbook
from mtqg_cli.intake.read import read_files, read_taken, take
from mtqg_cli.ledger.cache import place
from mtqg_cli.project import load_project
from mtqg_cli.reading import Asked, read_all
from mtqg_cli.validate.check import check_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from mtqg_cli.core.sheet import Sheet
    from mtqg_cli.core.submission import FileResult

#: openpyxl takes so long that two rounds of it are enough of a measure.
_SLOW = {"openpyxl, values and formulas": 2}


def calamine(files: list[Path]) -> None:
    """Every value of every sheet, and nothing else."""
    for path in files:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            book.get_sheet_by_name(name).to_python()


def with_openpyxl(path: Path) -> dict[str, dict[tuple[int, int], tuple[object, object]]]:
    """Value and formula of every cell that has one of them: two loads, there is no other way to have both."""
    values, formulas = (openpyxl.load_workbook(path, data_only=only) for only in (True, False))
    found = {}
    for sheet, other in zip(values, formulas, strict=True):
        pairs = zip(sheet.iter_rows(), other.iter_rows(), strict=True)
        cells = ((one, two) for row, its in pairs for one, two in zip(row, its, strict=True) if two.value is not None)
        found[sheet.title] = {(one.row, one.column): (one.value, two.value if two.data_type == "f" else None) for one, two in cells}
    return found


def ours(sheet: Sheet) -> dict[tuple[int, int], tuple[object, object]]:
    """The same of a sheet as intake has read it."""
    raws = ((row, column, sheet.cell(row, column)) for row in range(1, sheet.height + 1) for column in range(1, len(sheet.row(row)) + 1))
    return {(row, column): (raw.value, raw.formula) for row, column, raw in raws if raw is not None}


def _day(value: object) -> object:
    """A date as calamine gives it: openpyxl has none without a time of day."""
    return value.date() if isinstance(value, datetime) and value.time() == time_of_day() else value


def agree(files: list[Path]) -> int:
    """The number of cells, all of which are the same to all three."""
    count = 0
    for path, workbook in zip(files, read_files(files), strict=True):
        assert isinstance(workbook, Workbook)
        book, other = CalamineWorkbook.from_path(str(path)), with_openpyxl(path)
        for sheet in workbook.sheets:
            assert list(sheet.rows) == book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False), (path, sheet.name)
            cells = ours(sheet)
            assert cells == {place: (_day(value), formula) for place, (value, formula) in other[sheet.name].items() if value != ""}, (path, sheet.name)
            count += len(cells)
    return count


def best(work: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The best of some rounds that alternate."""
    found: dict[str, float] = {}
    for number in range(rounds):
        for name, each in work.items():
            if number < _SLOW.get(name, rounds):
                gc.collect()
                start = time.perf_counter()
                each()
                found[name] = min(found.get(name, 1e9), time.perf_counter() - start)
    return found


def main(rounds: int) -> None:
    """Makes the workbooks, compares, measures, prints the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = sorted(make_project(folder))
        project = load_project(folder)
        asked = Asked(PERIOD)
        request = asked.request(project)

        def from_workbooks() -> tuple[FileResult, ...]:
            return tuple(check_file(read_taken(take(path)), request) for path in files)

        cells = agree(files)
        assert read_all(project, [asked])[asked] == from_workbooks() == read_all(project, [asked])[asked]
        size = place(folder).stat().st_size
        taken = best(
            {
                "calamine": lambda: calamine(files),
                "intake": lambda: read_files(files),
                "openpyxl, values and formulas": lambda: [with_openpyxl(path) for path in files],
                "facts from the workbooks": from_workbooks,
                "facts from the cache": lambda: read_all(project, [asked]),
            },
            rounds,
        )
    print(f"{len(files)} workbooks, {cells} cells with content; best of {rounds}; the cache has {size / 1024 / len(files):.1f} KB a workbook")
    for each, seconds in taken.items():
        print(f"{each:<30} {seconds:7.3f} s   {seconds / len(files) * 1000:6.2f} ms a workbook")
    print(f"intake / calamine = {taken['intake'] / taken['calamine']:.2f}   (at most 3)")
    print(f"openpyxl / intake = {taken['openpyxl, values and formulas'] / taken['intake']:.1f}   (at least 8)")
    print(f"from the workbooks / from the cache = {taken['facts from the workbooks'] / taken['facts from the cache']:.1f}   (at least 10)")


if __name__ == "__main__":
    main(int((*sys.argv[1:], 7)[0]))

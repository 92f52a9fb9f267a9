"""The Excel annex: the report's tables with live formulas over a sheet of the cells behind them. It writes no file."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

import xlsxwriter

from mtqg_cli.core.report import Artifact
from mtqg_cli.render.documents.annex.data_page import write_data
from mtqg_cli.render.documents.annex.data_sheet import NAME, DataSheet
from mtqg_cli.render.documents.annex.grid import Filling
from mtqg_cli.render.documents.annex.page import OPTIONS, Looks
from mtqg_cli.render.documents.annex.sheets import Sheet, write_table
from mtqg_cli.render.environment import roman, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mtqg_cli.core.report import Report
    from mtqg_cli.reference.table import TableSpec

_LONGEST_NAME = 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def render(tables: Iterable[TableSpec], report: Report, filename: str) -> Artifact:
    """The workbook; equal reports give equal bytes. Raises MtqgError for a table that cannot be filled."""
    grids = tuple(Filling(report).grids(tables))
    data = DataSheet(report.cells)
    data.take(grids)
    remarks = [sentence(each) for each in _texts(report.values.get("luu_y"))]
    content = BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as workbook:
        looks = Looks(workbook)
        names = sheet_names(f"{roman(number)}. {grid.name}" for number, grid in enumerate(grids, start=1))
        for number, (grid, name) in enumerate(zip(grids, names, strict=True), start=1):
            sheet = Sheet(workbook.add_worksheet(name), looks, grid, report.style)
            write_table(sheet, roman(number), data, draft=report.draft, remarks=remarks if number == 1 else ())
        write_data(workbook.add_worksheet(NAME), looks, data, draft=report.draft)
        workbook.worksheets()[0].activate()
        # The only clock in the file is the period's: the same workbook is the same bytes tomorrow.
        made = datetime.combine(report.period.end, time())
        workbook.set_properties({"title": f"Phụ lục số liệu {report.period.label} - {report.unit.name}", "author": "mtqg", "created": made})
    return Artifact(filename, content.getvalue())


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Names that Excel takes: short enough, without its signs, no two alike in any case, none that of the sheet of data."""
    found: list[str] = []
    taken = {NAME.casefold(), "history"}
    for each in wanted:
        plain = " ".join(each.translate(_NOT_IN_NAMES).split()).strip("'") or "Bảng"
        name, count = _cut(plain, _LONGEST_NAME), 1
        while name.casefold() in taken:
            count += 1
            end = f" ({count})"
            name = _cut(plain, _LONGEST_NAME - len(end)) + end
        taken.add(name.casefold())
        found.append(name)
    return found


def _cut(name: str, room: int) -> str:
    """The name or as many of its words as there is room for."""
    if len(name) <= room:
        return name
    return (name[: room + 1].rpartition(" ")[0] or name[:room]).strip(" '")


def _texts(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, tuple) else []

"""One workbook into values: calamine for the values, and beside them what the reader of its format found that calamine loses."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from mtqg_cli.core.sheet import Sheet, Workbook
from mtqg_cli.intake.guard import is_compound
from mtqg_cli.intake.limits import MAX_AREA, Refused, check_values
from mtqg_cli.intake.xls import read_xls
from mtqg_cli.intake.xlsx import read_xlsx

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mtqg_cli.intake.scan import Marks


#: A workbook that unpacks to no more than this has no text too long and no more rows than can be read.
_HARMLESS = 2**18


def read_workbook(file: str, content: bytes, sha256: str = "") -> Workbook:
    """The workbook of a file's bytes, with their hash if it is known already; raises Refused."""
    try:
        old = is_compound(content)
        found = read_xls(content) if old else read_xlsx(content)
        sheets = _sheets(file, found.values, found.marks, whole_numbers=old)
    except Refused:
        raise
    except BaseException as error:
        # whatever a reader did not foresee; calamine is Rust: there it comes as a PanicException, which is no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise Refused("damaged", "Excel còn mở được thì lưu thành tệp mới") from error
    return Workbook(file, sha256 or hashlib.sha256(content).hexdigest(), sheets, "xls" if old else "xlsx", found.links, found.objects)


def _sheets(file: str, content: bytes, marks: Mapping[str, Marks], *, whole_numbers: bool) -> tuple[Sheet, ...]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    found: list[Sheet] = []
    area = 0
    for about in book.sheets_metadata:
        if about.name not in marks:  # a chart sheet has no cells
            continue
        mark = marks[about.name]
        sheet = book.get_sheet_by_name(about.name)
        area += sheet.total_height * sheet.total_width
        if area > MAX_AREA:
            raise Refused("too_large", "các trang tính cộng lại quá rộng")
        rows = sheet.to_python(skip_empty_area=False)
        found.append(
            Sheet(
                file=file,
                name=about.name,
                rows=_floats(rows) if whole_numbers else rows,
                marked=mark.marked,
                formulas=mark.formulas,
                percent=mark.percent,
                legacy=mark.legacy,
                merged=_merged(sheet),
                hidden=about.visible != SheetVisibleEnum.Visible,
                hidden_rows=mark.hidden_rows,
                hidden_columns=mark.hidden_columns,
            )
        )
    if len(content) > _HARMLESS or whole_numbers:
        check_values([sheet.rows for sheet in found])
    return tuple(found)


def _floats(rows: list[list[Any]]) -> list[list[Any]]:
    """Old workbooks tell 4 from 4.0; nothing that reads on does."""
    return [[float(value) if type(value) is int else value for value in row] for row in rows]


def _merged(sheet: Any) -> tuple[tuple[int, int, int, int], ...]:
    """Merged ranges as 1-based (first row, first column, last row, last column)."""
    ranges = sheet.merged_cell_ranges or ()
    return tuple((top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges)

"""One workbook into values: calamine for the values, the scan for what calamine loses, a second look where the scan cannot tell."""

from __future__ import annotations

import hashlib
import io
import posixpath
from typing import TYPE_CHECKING, Any

from lxml import etree
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from mtqg_cli.core.sheet import Sheet, Workbook
from mtqg_cli.intake.guard import Refused, open_package, part
from mtqg_cli.intake.scan import look_closely, percent_styles, scan_sheet

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable, Mapping

    from mtqg_cli.intake.scan import Marks

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION_ID = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)


def read_workbook(file: str, content: bytes) -> Workbook:
    """The workbook of a file's bytes; raises Refused."""
    try:
        sheets = _sheets(file, content, _marks(content))
    except Refused:
        raise
    except BaseException as error:
        # whatever a reader did not foresee; calamine is Rust: there it comes as a PanicException, which is no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise Refused("damaged", "Excel mở được thì hãy mở rồi lưu lại thành tệp mới") from error
    return Workbook(file, hashlib.sha256(content).hexdigest(), sheets)


def _marks(content: bytes) -> dict[str, Marks]:
    """What calamine will lose, by worksheet."""
    with open_package(content) as package:
        parts = _sheet_parts(package)
        names = set(package.namelist())
        styles = percent_styles(part(package, "xl/styles.xml")) if "xl/styles.xml" in names else []
        if "xl/sharedStrings.xml" in names:
            part(package, "xl/sharedStrings.xml")  # only to refuse entities, at which calamine would drop rows
        return {name: _scan(name, part(package, path), styles) for name, path in parts.items()}


def _scan(name: str, xml: bytes, styles: Iterable[str]) -> Marks:
    try:
        marks = scan_sheet(xml, styles)
        return look_closely(xml, styles) if marks.second_look else marks
    except Refused as refused:
        raise Refused(refused.reason, f"trang tính “{name}” {refused.detail}") from None


def _sheets(file: str, content: bytes, marks: Mapping[str, Marks]) -> tuple[Sheet, ...]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    found: list[Sheet] = []
    for about in book.sheets_metadata:
        if about.name not in marks:  # a chart sheet has no cells
            continue
        mark = marks[about.name]
        sheet = book.get_sheet_by_name(about.name)
        found.append(
            Sheet(
                file=file,
                name=about.name,
                rows=sheet.to_python(skip_empty_area=False),
                marked=mark.marked,
                formulas=mark.formulas,
                percent=mark.percent,
                merged=_merged(sheet),
                hidden=about.visible != SheetVisibleEnum.Visible,
                hidden_rows=mark.hidden_rows,
                hidden_columns=mark.hidden_columns,
            )
        )
    return tuple(found)


def _merged(sheet: Any) -> tuple[tuple[int, int, int, int], ...]:
    """Merged ranges as 1-based (first row, first column, last row, last column)."""
    ranges = sheet.merged_cell_ranges or ()
    return tuple((top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges)


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Worksheet names with the part each is stored in."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        book = etree.fromstring(part(package, "xl/workbook.xml"), parser)
        relations = etree.fromstring(part(package, "xl/_rels/workbook.xml.rels"), parser)
    except etree.XMLSyntaxError:
        raise Refused("damaged", "mục lục của tệp bị hỏng") from None
    targets = {each.get("Id"): each for each in relations}
    found: dict[str, str] = {}
    for sheet in book.iter(f"{_MAIN}sheet", f"{_STRICT}sheet"):
        relation = targets.get(next((sheet.get(key) for key in _RELATION_ID if sheet.get(key)), None))
        if relation is not None and str(relation.get("Type", "")).endswith("/worksheet"):
            target = str(relation.get("Target"))
            found[str(sheet.get("name"))] = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    if not found:
        raise Refused("not_excel", "tệp không có trang tính nào")
    return found

"""One workbook into values: calamine for the values, the scan for what calamine loses, a second look where the scan cannot tell."""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from mtqg_cli.core.sheet import Sheet, Workbook
from mtqg_cli.intake.guard import Package, open_package, part
from mtqg_cli.intake.limits import MAX_AREA, Refused, check_content, check_size, check_values, tree
from mtqg_cli.intake.scan import look_closely, percent_styles, scan_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mtqg_cli.intake.scan import Marks

#: A workbook that unpacks to no more than this has no text too long and no more rows than can be read.
_HARMLESS = 2**18
_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_TEXTS = "xl/sharedStrings.xml"
#: The package's first relation, without which calamine does not take it for a workbook.
_START = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Target="xl/workbook.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION_ID = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)


def read_workbook(file: str, content: bytes) -> Workbook:
    """The workbook of a file's bytes; raises Refused."""
    try:
        sheets = _sheets(file, *_look_through(content))
    except Refused:
        raise
    except BaseException as error:
        # whatever a reader did not foresee; calamine is Rust: there it comes as a PanicException, which is no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise Refused("damaged", "Excel mở được thì hãy mở rồi lưu lại thành tệp mới") from error
    return Workbook(file, hashlib.sha256(content).hexdigest(), sheets)


def _look_through(content: bytes) -> tuple[io.BytesIO, dict[str, Marks]]:
    """What calamine may be given, and what it will lose of each worksheet."""
    package = open_package(content)
    index = _index(package)
    texts, styles = (package.xml(path) or b"" for path in (index.texts, index.styles))
    for name, path in index.sheets.items():
        with _told_of(name):
            check_size(part(package, path))
    check_content(texts, [part(package, path) for path in index.sheets.values()])
    percents = percent_styles(styles) if styles else []
    marks: dict[str, Marks] = {}
    for name, path in index.sheets.items():
        with _told_of(name):
            marks[name] = _scan(part(package, path), percents)
    return _clean_package(package, index), marks


def _clean_package(package: Package, index: _Index) -> io.BytesIO:
    """What has been looked through and nothing else, packed plainly: no two readers can read it differently."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as target:
        target.writestr(zipfile.ZipInfo("_rels/.rels"), _START)
        for name in dict.fromkeys((_BOOK, _RELATIONS, index.styles, index.texts, *index.sheets.values())):
            xml = package.xml(name)
            if xml is not None:
                target.writestr(zipfile.ZipInfo(name), xml)
    content.seek(0)
    return content


def _scan(xml: bytes, percents: Iterable[str]) -> Marks:
    marks = scan_sheet(xml, percents)
    return look_closely(xml, percents) if marks.second_look else marks


@contextmanager
def _told_of(name: str) -> Iterator[None]:
    """A refusal of what is done here names the worksheet."""
    try:
        yield
    except Refused as refused:
        raise Refused(refused.reason, f"trang tính “{name}” {refused.detail}") from None


def _sheets(file: str, content: io.BytesIO, marks: Mapping[str, Marks]) -> tuple[Sheet, ...]:
    book = CalamineWorkbook.from_filelike(content)
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
    if content.getbuffer().nbytes > _HARMLESS:
        check_values([sheet.rows for sheet in found])
    return tuple(found)


def _merged(sheet: Any) -> tuple[tuple[int, int, int, int], ...]:
    """Merged ranges as 1-based (first row, first column, last row, last column)."""
    ranges = sheet.merged_cell_ranges or ()
    return tuple((top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in ranges)


@dataclass(frozen=True, slots=True)
class _Index:
    """Where a workbook keeps its worksheets (by name), its shared texts and its styles."""

    sheets: Mapping[str, str]
    texts: str
    styles: str


def _index(package: Package) -> _Index:
    try:
        book, relations = tree(part(package, _BOOK)), tree(part(package, _RELATIONS))
    except etree.XMLSyntaxError:
        raise Refused("damaged", "mục lục của tệp bị hỏng") from None
    targets = {each.get("Id"): (str(each.get("Type", "")).rsplit("/", 1)[-1], _path(str(each.get("Target")))) for each in relations}
    named = {kind: path for kind, path in targets.values() if kind in {"sharedStrings", "styles"}}
    found: dict[str, str] = {}
    for sheet in book.iter(f"{_MAIN}sheet", f"{_STRICT}sheet"):
        kind, path = targets.get(next((sheet.get(key) for key in _RELATION_ID if sheet.get(key)), None), ("", ""))
        if kind == "worksheet":
            found[str(sheet.get("name"))] = path
    if not found:
        raise Refused("not_excel", "tệp không có trang tính nào")
    return _Index(found, named.get("sharedStrings", _TEXTS), named.get("styles", _STYLES))


def _path(target: str) -> str:
    """A part's name from what the workbook's list of relations says."""
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")

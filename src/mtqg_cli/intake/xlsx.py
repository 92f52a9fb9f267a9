"""What calamine loses of a package (.xlsx): the scan of each worksheet, a second look where the scan cannot tell, what else lies in it."""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from mtqg_cli.core.vietnamese import nfc
from mtqg_cli.intake.guard import Package, open_package, part
from mtqg_cli.intake.limits import Refused, check_content, check_size, tree
from mtqg_cli.intake.scan import Contents, look_closely, scan_sheet
from mtqg_cli.intake.spelling import spelled_out
from mtqg_cli.intake.styles import Styles, read_styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mtqg_cli.intake.scan import Marks

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
_LINK = re.compile(r"xl/externalLinks/[^/]+\.xml")
_TARGET = re.compile(rb"""\sTarget\s*=\s*(?:"([^"]*)"|'([^']*)')""")


#: The folders of a package that hold other programs' things, as users know them.
_FOREIGN = {
    "xl/activex/": "điều khiển ActiveX",
    "xl/embeddings/": "đối tượng nhúng (OLE)",
    "xl/oleobjects/": "đối tượng nhúng (OLE)",
    "xl/model/": "mô hình dữ liệu",
    "xl/connections.xml": "kết nối dữ liệu ngoài",
}


def read_xlsx(content: bytes) -> Contents:
    """The contents of a package; raises Refused."""
    package = open_package(content)
    index = _index(package)
    texts, formats = (package.xml(path) or b"" for path in (index.texts, index.styles))
    for name, path in index.sheets.items():
        with _told_of(name):
            check_size(part(package, path))
    check_content(texts, [part(package, path) for path in index.sheets.values()])
    styles = read_styles(formats) if formats else Styles()
    marks: dict[str, Marks] = {}
    sheets: dict[str, bytes] = {}
    for name, path in index.sheets.items():
        with _told_of(name):
            sheets[path] = spelled_out(part(package, path))
            marks[name] = _scan(sheets[path], styles)
    names = package.namelist()
    found = {words for name in names for start, words in _FOREIGN.items() if name.lower().startswith(start)}
    return Contents(marks, _clean_package(package, index, sheets), tuple(_links(package, names)), tuple(sorted(found)))


def _clean_package(package: Package, index: _Index, sheets: Mapping[str, bytes]) -> bytes:
    """What has been looked through and nothing else, packed plainly: no two readers can read it differently."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as target:
        target.writestr(zipfile.ZipInfo("_rels/.rels"), _START)
        for name in dict.fromkeys((_BOOK, _RELATIONS, index.styles, index.texts, *sheets)):
            xml = sheets.get(name, package.xml(name))
            if xml is not None:
                target.writestr(zipfile.ZipInfo(name), xml)
    return content.getvalue()


def _scan(xml: bytes, styles: Styles) -> Marks:
    marks = scan_sheet(xml, styles)
    return look_closely(xml, styles) if marks.second_look else marks


@contextmanager
def _told_of(name: str) -> Iterator[None]:
    """A refusal of what is done here names the worksheet."""
    try:
        yield
    except Refused as refused:
        raise Refused(refused.reason, f"trang tính “{name}” {refused.detail}") from None


def _links(package: Package, names: Iterable[str]) -> Iterator[str]:
    """The file names of the workbooks that formulas may draw on; a link without a readable name is one all the same."""
    for name in names:
        if not _LINK.fullmatch(name):
            continue
        relations = f"xl/externalLinks/_rels/{posixpath.basename(name)}.rels"
        found = _TARGET.search(package.xml(relations) or b"")
        target = unquote(html.unescape((found[1] or found[2]).decode("utf-8", "replace"))) if found is not None else ""
        yield nfc(re.split(r"[/\\]", target)[-1])


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

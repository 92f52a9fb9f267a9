"""What calamine loses of a package (.xlsx): the scan of each worksheet, a second look where the scan cannot tell, what else lies in it."""

from __future__ import annotations

import html
import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from mtqg_cli.core.vietnamese import nfc
from mtqg_cli.intake.guard import Refused, open_package, part
from mtqg_cli.intake.scan import Contents, look_closely, scan_sheet
from mtqg_cli.intake.styles import Styles, read_styles

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable, Iterator

    from mtqg_cli.intake.scan import Marks

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
    with open_package(content) as package:
        parts = _sheet_parts(package)
        names = package.namelist()
        styles = read_styles(part(package, "xl/styles.xml")) if "xl/styles.xml" in names else Styles()
        if "xl/sharedStrings.xml" in names:
            part(package, "xl/sharedStrings.xml")  # only to refuse entities, at which calamine would drop rows
        marks = {name: _scan(name, part(package, path), styles) for name, path in parts.items()}
        found = {words for name in names for start, words in _FOREIGN.items() if name.lower().startswith(start)}
        return Contents(marks, tuple(_links(package, names)), tuple(sorted(found)))


def _scan(name: str, xml: bytes, styles: Styles) -> Marks:
    try:
        marks = scan_sheet(xml, styles)
        return look_closely(xml, styles) if marks.second_look else marks
    except Refused as refused:
        raise Refused(refused.reason, f"trang tính “{name}” {refused.detail}") from None


def _links(package: zipfile.ZipFile, names: Iterable[str]) -> Iterator[str]:
    """The file names of the workbooks that formulas may draw on; a link without a readable name is one all the same."""
    for name in names:
        if not _LINK.fullmatch(name):
            continue
        relations = f"xl/externalLinks/_rels/{posixpath.basename(name)}.rels"
        found = _TARGET.search(part(package, relations)) if relations in package.namelist() else None
        target = unquote(html.unescape((found[1] or found[2]).decode("utf-8", "replace"))) if found is not None else ""
        yield nfc(re.split(r"[/\\]", target)[-1])


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

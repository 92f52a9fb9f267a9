"""The list of sheets in workbook.xml: finding them, taking the sheet of an earlier return out, putting a new one first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from mtqg_cli.core.vietnamese import nfc
from mtqg_cli.reference.layout import RETURNED_SHEET
from mtqg_cli.render.returned.markup import beside, child, local, put_in_order
from mtqg_cli.render.returned.package import WORKBOOK

if TYPE_CHECKING:
    from mtqg_cli.render.returned.package import Package

_STRICT = "http://purl.oclc.org/ooxml/"
_RELATIONSHIPS = {
    True: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    False: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_PROPERTIES = "docProps/app.xml"
_ORDER = (
    *("fileVersion", "fileSharing", "workbookPr", "AlternateContent", "revisionPtr", "absPath", "workbookProtection", "bookViews", "sheets"),
    *("functionGroups", "externalReferences", "definedNames"),
)
_HIDDEN = ("hidden", "veryHidden")
_STYLES = (
    '<styleSheet xmlns="{}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/>'
    '<bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)


class Contents:
    """The sheets of a workbook by name."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._root = package.look(WORKBOOK)
        self.namespace: str = etree.QName(self._root).namespace or ""
        self.relationships = _RELATIONSHIPS[self.namespace.startswith(_STRICT)]

    def part(self, sheet: str) -> str | None:
        """The part of a sheet."""
        return next((self._part_of(each) for each in self._sheets if nfc(each.get("name", "")) == nfc(sheet)), None)

    def shown(self, sheet: str) -> str | None:
        """The name of a sheet as a link needs it; None where there is none that can be gone to."""
        return next((each.get("name") for each in self._sheets if nfc(each.get("name", "")) == nfc(sheet) and each.get("state") not in _HIDDEN), None)

    def parts(self) -> dict[str, str]:
        """Worksheet parts by the name of the sheet."""
        found = ((each.get("name", ""), self._part_of(each)) for each in self._sheets)
        return {name: part for name, part in found if part is not None and local(self._package.look(part)) == "worksheet"}

    def styles(self) -> str:
        """The part of styles; a minimal one is made for a workbook that has none."""
        part = self._package.related(WORKBOOK, "styles")
        if part is None:
            part = "xl/styles.xml"
            self._package.put(part, _STYLES.format(self.namespace).encode())
            self._package.declare(part, _STYLES_TYPE)
            self._package.relate(WORKBOOK, f"{self.relationships}/styles", part)
        return part

    def put_first(self, content: bytes, titles: str) -> None:
        """Adds our sheet before all others and shows it; `titles` are the rows that are printed on every page."""
        if any(nfc(each.get("name", "")).casefold() == RETURNED_SHEET.casefold() for each in self._sheets):
            raise ValueError(RETURNED_SHEET)  # Excel takes names in any case for one, and would call the file damaged
        part = self._package.free_name("xl/worksheets/sheet{}.xml")
        self._package.put(part, content)
        self._package.declare(part, _WORKSHEET_TYPE)
        id_ = self._package.relate(WORKBOOK, f"{self.relationships}/worksheet", part)
        root = self._package.edit(WORKBOOK)
        before = self._sheets
        number = max((int(each.get("sheetId") or 0) for each in before), default=0) + 1
        made = etree.Element(beside(root, "sheet"), name=RETURNED_SHEET, sheetId=str(number))
        made.set(f"{{{self.relationships}}}id", id_)
        child(root, "sheets").insert(0, made)
        self._renumber(before)
        self._define_titles(titles)
        self._show_first(part)
        self._entitle()

    def take_out(self) -> str | None:
        """Removes the sheet of an earlier return from the list; its part, which the caller reads and drops."""
        found = next((each for each in self._sheets if nfc(each.get("name", "")) == RETURNED_SHEET), None)
        if found is None:
            return None
        part = self._part_of(found)
        before = self._sheets
        self._package.edit(WORKBOOK)
        self._package.unrelate(WORKBOOK, self._relation_of(found))
        found.getparent().remove(found)
        self._renumber(before)
        self._unentitle()
        if part is not None:
            self._forget_order(part)
        return part

    def _forget_order(self, part: str) -> None:
        """Somebody reckoned on our sheet: the order of reckoning names a sheet that goes. Excel makes a new one when it opens the file."""
        if not any(local(each) == "f" for each in self._package.look(part).iter()):
            return
        for each in self._package.relations(WORKBOOK):
            if each.kind == "calcChain" and each.target in self._package and each.target is not None:
                self._package.unrelate(WORKBOOK, each.id)
                self._package.drop(each.target)

    @property
    def _sheets(self) -> list[Any]:
        return [each for each in child(self._root, "sheets") if local(each) == "sheet"]

    def _part_of(self, sheet: Any) -> str | None:
        id_ = self._relation_of(sheet)
        return next((each.target for each in self._package.relations(WORKBOOK) if each.id == id_ and each.target in self._package), None)

    @staticmethod
    def _relation_of(sheet: Any) -> str:
        return next((str(value) for name, value in sheet.attrib.items() if str(name).endswith("/relationships}id")), "")

    def _renumber(self, before: list[Any]) -> None:
        """Names that belong to one sheet are known by its place: they move with it, or go with it."""
        after = self._sheets
        names = child(self._root, "definedNames")
        for each in list(names) if names is not None else ():
            place = each.get("localSheetId")
            if place is None or int(place) >= len(before):
                continue
            sheet = before[int(place)]
            if sheet in after:
                each.set("localSheetId", str(after.index(sheet)))
            else:
                names.remove(each)
        if names is not None and not len(names):
            self._root.remove(names)

    def _define_titles(self, titles: str) -> None:
        names = child(self._root, "definedNames")
        if names is None:
            names = etree.Element(beside(self._root, "definedNames"))
            put_in_order(self._root, names, _ORDER)
        made = etree.Element(beside(names, "definedName"), name="_xlnm.Print_Titles", localSheetId="0")
        made.text = f"'{RETURNED_SHEET}'!{titles}"
        names.insert(0, made)

    def _show_first(self, part: str) -> None:
        """Our sheet alone is selected: two selected sheets would be typed into at once."""
        views = child(self._root, "bookViews")
        for view in views if views is not None else ():
            for name in ("activeTab", "firstSheet"):
                if view.get(name) is not None:
                    del view.attrib[name]
        for sheet in self._sheets:
            other = self._part_of(sheet)
            if other is None or other == part or b"tabSelected" not in self._package.raw(other):
                continue
            for each in self._package.edit(other).iter(beside(self._root, "sheetView")):
                each.attrib.pop("tabSelected", None)

    # The titles in docProps/app.xml: Excel does not need them, but whoever lists a file's sheets reads them there. ------

    def _entitle(self) -> None:
        if (found := self._titles()) is not None:
            vector, count = found
            title = etree.Element(vector[0].tag)
            title.text = RETURNED_SHEET
            vector.insert(0, title)
            self._count(vector, count, 1)

    def _unentitle(self) -> None:
        if (found := self._titles()) is not None:
            vector, count = found
            for each in [each for each in vector if each.text == RETURNED_SHEET][:1]:
                vector.remove(each)
                self._count(vector, count, -1)

    @staticmethod
    def _count(vector: Any, count: Any, change: int) -> None:
        vector.set("size", str(len(vector)))
        count.text = str(int(count.text) + change)

    def _titles(self) -> tuple[Any, Any] | None:
        """The list of titles and the number of sheets in it; None where they do not say what is expected."""
        if _PROPERTIES not in self._package:
            return None
        root = self._package.edit(_PROPERTIES)
        titles, pairs = child(root, "TitlesOfParts"), child(root, "HeadingPairs")
        vector = child(titles, "vector") if titles is not None else None
        counts = [each for each in pairs.iter() if local(each) == "i4"] if pairs is not None else []
        names = {each.get("name") for each in self._sheets} | {RETURNED_SHEET}
        if vector is None or not len(vector) or not counts or vector[0].text not in names:
            return None
        return vector, counts[0]

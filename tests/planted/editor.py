"""Changes single cells of a workbook in its package, as a person would in Excel: everything else stays as it was made."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from datetime import date

from lxml import etree

from mtqg_cli.core.location import cell_name, cell_position

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_EPOCH = date(1899, 12, 30)


_REFERENCE = re.compile(r"[A-Z]{1,3}[0-9]+")


def _moved(name, down, right):
    row, column = cell_position(name)
    return cell_name(row + down, column + right)


class Editor:
    """A workbook's parts; `content()` gives the changed file."""

    def __init__(self, content):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}
        self.trees = {}
        self.book = etree.fromstring(self.parts["xl/workbook.xml"])
        relations = etree.fromstring(self.parts["xl/_rels/workbook.xml.rels"])
        targets = {each.get("Id"): each.get("Target") for each in relations}
        self.paths = {sheet.get("name"): f"xl/{targets[sheet.get(RELATION)]}" for sheet in self.book.iter(f"{MAIN}sheet")}

    def tree(self, sheet):
        path = self.paths[sheet]
        if path not in self.trees:
            self.trees[path] = etree.fromstring(self.parts[path])
        return self.trees[path]

    def content(self):
        made = io.BytesIO()
        changed = {path: etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True) for path, tree in self.trees.items()}
        changed["xl/workbook.xml"] = etree.tostring(self.book, xml_declaration=True, encoding="UTF-8", standalone=True)
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            for name, content in self.parts.items():
                package.writestr(name, changed.get(name, content))
        return made.getvalue()

    def cell(self, sheet, name):
        """The element of a cell, made in its place if it is not there."""
        row_number, column = cell_position(name)
        data = self.tree(sheet).find(f"{MAIN}sheetData")
        row = next((each for each in data if int(each.get("r")) >= row_number), None)
        if row is None or int(row.get("r")) != row_number:
            made = etree.Element(f"{MAIN}row", r=str(row_number))
            data.insert(len(data) if row is None else data.index(row), made)
            row = made
        cell = next((each for each in row if cell_position(each.get("r"))[1] >= column), None)
        if cell is None or cell.get("r") != name:
            made = etree.Element(f"{MAIN}c", r=name)
            row.insert(len(row) if cell is None else row.index(cell), made)
            cell = made
        return cell

    def put(self, sheet, name, value):
        """Writes a number, a text, a date (as Excel's number in the cell's own look), True/False, or None for a blank."""
        cell = self.cell(sheet, name)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        if isinstance(value, bool):
            cell.set("t", "b")
            etree.SubElement(cell, f"{MAIN}v").text = str(int(value))
        elif isinstance(value, date):
            cell.set("s", str(self.style(14)))
            etree.SubElement(cell, f"{MAIN}v").text = str((value - _EPOCH).days)
        elif isinstance(value, str):
            cell.set("t", "inlineStr")
            text = etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t")
            text.text = value
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        elif value is not None:
            etree.SubElement(cell, f"{MAIN}v").text = repr(value)

    def put_error(self, sheet, name, error, formula="1/0"):
        self.put(sheet, name, None)
        cell = self.cell(sheet, name)
        cell.set("t", "e")
        etree.SubElement(cell, f"{MAIN}f").text = formula
        etree.SubElement(cell, f"{MAIN}v").text = error

    def put_formula(self, sheet, name, formula, result=None):
        self.put(sheet, name, None)
        cell = self.cell(sheet, name)
        etree.SubElement(cell, f"{MAIN}f").text = formula
        if result is not None:
            etree.SubElement(cell, f"{MAIN}v").text = repr(result)

    def put_percent(self, sheet, name, value):
        self.put(sheet, name, value)
        self.cell(sheet, name).set("s", str(self.style(10)))

    def style(self, number_format):
        """The number of a cell format with a built-in number format."""
        styles = etree.fromstring(self.parts["xl/styles.xml"])
        formats = styles.find(f"{MAIN}cellXfs")
        made = copy.deepcopy(formats[0])
        made.set("numFmtId", str(number_format))
        made.set("applyNumberFormat", "1")
        formats.append(made)
        formats.set("count", str(len(formats)))
        self.parts["xl/styles.xml"] = etree.tostring(styles, xml_declaration=True, encoding="UTF-8", standalone=True)
        return len(formats) - 1

    def hide_row(self, sheet, number):
        self.cell(sheet, cell_name(number, 1)).getparent().set("hidden", "1")

    def hide_column(self, sheet, column):
        columns = self.tree(sheet).find(f"{MAIN}cols")
        for each in columns:
            if int(each.get("min")) <= column <= int(each.get("max")):
                first, last = int(each.get("min")), int(each.get("max"))
                for low, high in ((first, column - 1), (column + 1, last)):
                    if low <= high:
                        other = copy.deepcopy(each)
                        other.set("min", str(low))
                        other.set("max", str(high))
                        each.addprevious(other) if low < column else each.addnext(other)
                each.set("min", str(column))
                each.set("max", str(column))
                each.set("hidden", "1")

    def hide_sheet(self, sheet, state="hidden"):
        self._entry(sheet).set("state", state)

    def rename(self, sheet, name):
        self._entry(sheet).set("name", name)
        self.paths[name] = self.paths.pop(sheet)

    def drop(self, sheet):
        entry = self._entry(sheet)
        index = list(entry.getparent()).index(entry)
        entry.getparent().remove(entry)
        names = self.book.find(f"{MAIN}definedNames")
        for each in list(names) if names is not None else ():
            local = each.get("localSheetId")
            if local is not None and int(local) == index:
                names.remove(each)
            elif local is not None and int(local) > index:
                each.set("localSheetId", str(int(local) - 1))

    def copy_sheet(self, sheet, name):
        """A second sheet with the same cells, at the end."""
        path = f"xl/worksheets/sheet{len(self.paths) + 50}.xml"
        self.parts[path] = etree.tostring(self._bare(sheet), xml_declaration=True, encoding="UTF-8", standalone=True)
        relations = etree.fromstring(self.parts["xl/_rels/workbook.xml.rels"])
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
        number = f"rId{len(relations) + 50}"
        etree.SubElement(relations, relations[0].tag, Id=number, Type=kind, Target=path.removeprefix("xl/"))
        self.parts["xl/_rels/workbook.xml.rels"] = etree.tostring(relations)
        types = etree.fromstring(self.parts["[Content_Types].xml"])
        about = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
        etree.SubElement(types, types[-1].tag.replace("Default", "Override"), PartName=f"/{path}", ContentType=about)
        self.parts["[Content_Types].xml"] = etree.tostring(types)
        sheets = self.book.find(f"{MAIN}sheets")
        etree.SubElement(sheets, f"{MAIN}sheet", {"name": name, "sheetId": str(len(sheets) + 50), RELATION: number})
        self.paths[name] = path

    def merge(self, sheet, area):
        merges = self.tree(sheet).find(f"{MAIN}mergeCells")
        etree.SubElement(merges, f"{MAIN}mergeCell", ref=area)

    def move(self, sheet, down, right):
        """Moves everything on a sheet, as inserted rows and columns do: formulas and merged cells follow."""
        tree = self.tree(sheet)
        for row in tree.iter(f"{MAIN}row"):
            row.set("r", str(int(row.get("r")) + down))
            row.attrib.pop("spans", None)
        for cell in tree.iter(f"{MAIN}c"):
            cell.set("r", _moved(cell.get("r"), down, right))
        for formula in tree.iter(f"{MAIN}f"):
            formula.text = _REFERENCE.sub(lambda match: _moved(match[0], down, right), formula.text or "")
        for merged in tree.iter(f"{MAIN}mergeCell"):
            merged.set("ref", ":".join(_moved(corner, down, right) for corner in merged.get("ref").split(":")))
        for name in ("cols", "dimension", "conditionalFormatting", "dataValidations", "ignoredErrors"):
            for each in tree.findall(f"{MAIN}{name}"):
                tree.remove(each)

    def text(self, sheet, name):
        """What stands in a cell of a sheet that was written with inline or shared texts."""
        cell = self.cell(sheet, name)
        value = cell.findtext(f"{MAIN}v")
        if cell.get("t") == "s":
            shared = etree.fromstring(self.parts["xl/sharedStrings.xml"])
            return "".join(shared[int(value)].itertext())
        return value or "".join(cell.itertext())

    def _bare(self, sheet):
        tree = copy.deepcopy(self.tree(sheet))
        for name in ("legacyDrawing", "dataValidations", "conditionalFormatting", "drawing", "hyperlinks"):
            for each in tree.findall(f"{MAIN}{name}"):
                tree.remove(each)
        return tree

    def _entry(self, sheet):
        return next(each for each in self.book.iter(f"{MAIN}sheet") if each.get("name") == sheet)

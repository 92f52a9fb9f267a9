"""The notes of one worksheet: the comments part and the boxes in its VML drawing. Notes of others stay, ours are told by their first line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from mtqg_cli.core.location import cell_name
from mtqg_cli.render.returned.boxes import Boxes
from mtqg_cli.render.returned.markup import add, beside, child, local, put_in_order, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mtqg_cli.render.returned.grid import Grid
    from mtqg_cli.render.returned.package import Package

#: The line that every note of ours begins with, in a note of its own or under what stood there.
HEADING = "Lỗi cần sửa (mtqg)"
_AUTHOR = "mtqg"
#: Excel's own threaded discussions stand behind a note of such an author; what is added there is not shown.
_THREADED = "tc="
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
#: The children of a worksheet that come before legacyDrawing (CT_Worksheet).
_ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection", "protectedRanges", "scenarios"),
    *("autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations"),
    *("hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches"),
    *("ignoredErrors", "smartTags", "drawing", "legacyDrawing"),
)


def add_notes(package: Package, grid: Grid, notes: Mapping[tuple[int, int], str], relationships: str) -> None:
    """Notes by cell; where a cell has one already, ours is put under it. `relationships` is the namespace of relationship types."""
    part = package.related(grid.part, "comments")
    if part is None:
        part = package.free_name("xl/comments{}.xml")
        namespace = etree.QName(grid.root).namespace
        package.put(part, f'<comments xmlns="{namespace}"><authors/><commentList/></comments>'.encode())
        package.declare(part, _COMMENTS_TYPE)
        package.relate(grid.part, f"{relationships}/comments", part)
    root = package.edit(part)
    there = {each.get("ref"): each for each in child(root, "commentList")}
    authors = child(root, "authors")
    boxes, grown = [], {}
    for (row, column), text in sorted(notes.items()):
        old = there.get(cell_name(row, column))
        if old is None:
            made = add(child(root, "commentList"), "comment", ref=cell_name(row, column), authorId=str(_author(authors)))
            _write(add(made, "text"), f"{HEADING}\n", text)
            boxes.append((row, column, text))
        elif not _author_of(authors, old).startswith(_THREADED):
            _write(_as_runs(child(old, "text")), f"\n\n{HEADING}\n", text)
            grown[cell_name(row, column)] = text
    if boxes:
        _boxes(package, grid, relationships).add(grid, boxes)
    drawing = _target(package, grid)
    if grown and drawing is not None:
        Boxes(package, drawing).stretch(grown, 1)


def remove_notes(package: Package, grid: Grid) -> None:
    """Takes away whatever `add_notes` has ever added; parts that hold nothing any more go too."""
    part = package.related(grid.part, "comments")
    if part is None or HEADING not in text_of(package.look(part)):
        return
    root = package.edit(part)
    holder = child(root, "commentList")
    gone, shrunk = set(), {}
    for each in list(holder):
        before, heading, text = text_of(each).partition(HEADING)
        if heading and not before.strip():
            holder.remove(each)
            gone.add(each.get("ref", ""))
        elif heading:
            _cut(child(each, "text"), len(before.rstrip("\n")))
            shrunk[each.get("ref", "")] = text.strip("\n")
    drawing = package.related(grid.part, "vmlDrawing") if _legacy(grid) is None else _target(package, grid)
    if drawing is not None:
        Boxes(package, drawing).remove(gone)
        Boxes(package, drawing).stretch(shrunk, -1)
    if not any(local(each) for each in holder):
        _forget(package, grid, part, drawing)


def _forget(package: Package, grid: Grid, part: str, drawing: str | None) -> None:
    """The sheet has no notes any more: as before the first one."""
    empty = drawing is not None and Boxes(package, drawing).empty
    for relation in package.relations(grid.part):
        if relation.target == part or (empty and relation.target == drawing):
            package.unrelate(grid.part, relation.id)
    package.drop(part)
    if empty and drawing is not None:
        package.drop(drawing)
        legacy = _legacy(grid)
        if legacy is not None:
            grid.root.remove(legacy)


def _boxes(package: Package, grid: Grid, relationships: str) -> Boxes:
    """The drawing that the sheet keeps its boxes in; a new one if it has none."""
    target = _target(package, grid)
    if target is not None:
        return Boxes(package, target)
    part = package.free_name("xl/drawings/vmlDrawing{}.vml")
    boxes = Boxes.new(package, part)
    package.declare_extension("vml", _VML_TYPE)
    id_ = package.relate(grid.part, f"{relationships}/vmlDrawing", part)
    legacy = etree.Element(beside(grid.root, "legacyDrawing"), {f"{{{relationships}}}id": id_})
    put_in_order(grid.root, legacy, _ORDER)
    return boxes


def _legacy(grid: Grid) -> Any:
    return child(grid.root, "legacyDrawing")


def _target(package: Package, grid: Grid) -> str | None:
    legacy = _legacy(grid)
    if legacy is None:
        return None
    ids = {str(value) for name, value in legacy.attrib.items() if str(name).endswith("}id")}
    return next((each.target for each in package.relations(grid.part) if each.id in ids and each.target in package), None)


def _author(authors: Any) -> int:
    for number, each in enumerate(authors):
        if each.text == _AUTHOR:
            return number
    add(authors, "author").text = _AUTHOR
    return len(authors) - 1


def _author_of(authors: Any, comment: Any) -> str:
    number = int(comment.get("authorId") or 0)
    return str(authors[number].text or "") if number < len(authors) else ""


def _write(holder: Any, heading: str, text: str) -> None:
    """The heading in bold, the text under it; phonetic hints stay at the end, as the schema wants it."""
    hints = [each for each in holder if local(each) in ("rPh", "phoneticPr")]
    for words, bold in ((heading, True), (text, False)):
        run = add(holder, "r")
        look = add(run, "rPr")
        if bold:
            add(look, "b")
        add(look, "sz", val="10")
        add(look, "color", indexed="81")
        add(look, "rFont", val="Times New Roman")
        add(look, "family", val="1")
        add(run, "t", words)
    holder.extend(hints)


def _as_runs(holder: Any) -> Any:
    """A note that is bare text becomes a note of one run: text and runs do not stand side by side."""
    bare = child(holder, "t")
    if bare is not None:
        run = etree.Element(beside(holder, "r"))
        holder.replace(bare, run)
        run.append(bare)
    return holder


def _cut(holder: Any, length: int) -> None:
    """Leaves the first characters of a note; runs that become empty go."""
    for text in [each for each in holder.iter() if local(each) == "t"]:
        kept = (text.text or "")[:length]
        length -= len(kept)
        if kept or text.getparent() is holder:
            text.text = kept
        else:
            holder.remove(text.getparent())

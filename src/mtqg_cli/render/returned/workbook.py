"""A received workbook with its faulty cells coloured and noted, and a first sheet that lists them: parts patched, nothing else touched."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import BadZipFile

from lxml import etree

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.location import cell_name
from mtqg_cli.core.vietnamese import nfc
from mtqg_cli.render.returned.comments import add_notes, remove_notes
from mtqg_cli.render.returned.contents import Contents
from mtqg_cli.render.returned.grid import Grid
from mtqg_cli.render.returned.lines import lines_of
from mtqg_cli.render.returned.list_sheet import TITLES, make, remembered
from mtqg_cli.render.returned.package import Package
from mtqg_cli.render.returned.styles import Styles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mtqg_cli.core.returned import ReturnedFile
    from mtqg_cli.render.returned.lines import Line
    from mtqg_cli.render.returned.list_sheet import Cell

#: What a damaged or very strange package makes the code below stumble over.
_STRANGE = (BadZipFile, etree.LxmlError, KeyError, ValueError, IndexError, TypeError, AttributeError, OverflowError)


def annotate(content: bytes, returned: ReturnedFile) -> bytes | None:
    """The annotated file; the same arguments give the same bytes. None for a workbook whose parts are not what a workbook has.

    What an earlier return has left in the file is taken out first: a cell that was mended is no longer coloured.
    """
    try:
        package = Package(content)
        _clean(package)
        _mark(package, returned)
        return package.content()
    except _STRANGE:
        return None


def clean(content: bytes) -> bytes:
    """The file without anything that `annotate` has put in."""
    package = Package(content)
    _clean(package)
    return package.content()


def _clean(package: Package) -> None:
    contents = Contents(package)
    part = contents.take_out()
    fills: dict[Cell, str] = {}
    if part is not None:
        fills = remembered(package, part)
        package.drop(part)
    styles = Styles(package, contents.styles())
    marks = styles.marks()
    for name, sheet in contents.parts().items():
        grid = Grid(package, sheet)
        if marks:
            _uncolour(grid, styles, marks, {cell: fill for (of, cell), fill in fills.items() if nfc(of) == nfc(name)})
        remove_notes(package, grid)


def _uncolour(grid: Grid, styles: Styles, marks: frozenset[int], fills: Mapping[str, str]) -> None:
    """Wherever one of our tints is, as somebody may have copied a cell: back to the fill before, or to none."""
    tinted = {str(mark).encode() for mark in marks}
    raw = grid.package.raw(grid.part)
    if not any(b's="' + each + b'"' in raw or b'style="' + each + b'"' in raw or b"s='" + each + b"'" in raw for each in tinted):
        return
    for element, attribute in grid.styled():
        style = int(element.get(attribute) or 0)
        if style in marks:
            before = styles.restored(style, fills.get(element.get("r", ""), ""))
            if before:
                element.set(attribute, str(before))
            else:
                del element.attrib[attribute]


def _mark(package: Package, returned: ReturnedFile) -> None:
    contents = Contents(package)
    styles = Styles(package, contents.styles())
    lines = lines_of(returned.diagnostics, returned.file)
    memory: dict[int, tuple[Cell, str]] = {}
    for name, part in contents.parts().items():
        of_sheet = [(index, line) for index, line in enumerate(lines) if line.marked and nfc(line.finding.location.sheet or "") == nfc(name)]
        if of_sheet:
            grid = Grid(package, part)
            memory |= _colour(grid, styles, name, of_sheet)
            add_notes(package, grid, _notes(grid, of_sheet), contents.relationships)
    contents.put_first(make(returned, lines, memory, contents, styles), TITLES)


def _colour(grid: Grid, styles: Styles, sheet: str, lines: Sequence[tuple[int, Line]]) -> dict[int, tuple[Cell, str]]:
    """Colours the cells, each in the colour of its gravest finding; what they looked like, by the first line of each."""
    gravest: dict[tuple[int, int], Severity] = {}
    first: dict[tuple[int, int], int] = {}
    for index, line in lines:
        place = _place(grid, line)
        first.setdefault(place, index)
        if gravest.get(place) is not Severity.ERROR:
            gravest[place] = line.finding.severity
    memory = {}
    for place, severity in gravest.items():
        cell = grid.cell(*place)
        style = int(cell.get("s") or 0)
        fill = styles.fill_of(style)
        cell.set("s", str(styles.marked(style, severity)))
        if fill:
            memory[first[place]] = ((sheet, cell_name(*place)), fill)
    return memory


def _notes(grid: Grid, lines: Sequence[tuple[int, Line]]) -> dict[tuple[int, int], str]:
    notes: dict[tuple[int, int], list[str]] = {}
    for _, line in lines:
        notes.setdefault(_place(grid, line), []).append(line.note)
    return {place: "\n\n".join(texts) for place, texts in notes.items()}


def _place(grid: Grid, line: Line) -> tuple[int, int]:
    where = line.finding.location
    return grid.anchor(where.row or 1, where.column or 1)

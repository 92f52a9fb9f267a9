"""A filled Word document as Markdown that GitHub and plain readers show alike: headings, lists, tables; looks are left out."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

from mtqg_cli.core.report import Artifact
from mtqg_cli.render.documents.blocks import Paragraph, Picture, Table
from mtqg_cli.render.documents.reading import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mtqg_cli.render.documents.blocks import Block, Cell, Run

_ACTIVE = re.compile(r"[\\`*_\[\]<>|~$]|&(?=#?\w+;)")
#: What would begin a heading, an entry, a quotation, a line or a numbered entry at the beginning of a line.
_BEGINS = re.compile(r"(?P<sign>[#>+=-])|(?P<count>\d{1,9})(?=[.)](?:\s|$))")
_DEEPEST = 6
_BREAK = "\\\n"


def render(document: bytes, filename: str) -> Artifact:
    """The text; pictures and charts are there with their description."""
    contents = read(document)
    parts = [f"> {_words(each.runs)}" for each in contents.header]
    parts += [part for section in contents.sections for part in _parts(section.blocks)]
    parts += [_words(each.runs) for each in contents.footer]
    parts += [f"[^{number}]: {' '.join(_lines(blocks))}" for number, blocks in contents.notes.items()]
    return Artifact(filename, ("\n\n".join(parts) + "\n").encode())


def _parts(blocks: Iterable[Block]) -> Iterator[str]:
    """What stands between blank lines: entries of one list belong together."""
    for entries, group in groupby(blocks, key=_is_entry):
        if entries:
            yield "\n".join(_entry(each) for each in group if isinstance(each, Paragraph))
            continue
        for block in group:
            yield from _part(block)


def _part(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        yield from [_table(block)] if block.ruled else _side_by_side(block)
    elif isinstance(block, Picture) and block.alt.strip():
        yield f"*{_escaped(_one_line(block.alt))}*"
    elif isinstance(block, Paragraph) and (block.number or block.text.strip()):
        yield _told(block)


def _told(paragraph: Paragraph) -> str:
    if paragraph.kind in ("title", "heading"):
        level = min(paragraph.level + 1, _DEEPEST)
        return f"{'#' * level} {_one_line(f'{_escaped(paragraph.number)}{_words(paragraph.runs, plain=True)}')}"
    return _line(f"{_escaped(paragraph.number)}{_words(paragraph.runs)}")


def _is_entry(block: Block) -> bool:
    """A dash of the author's, or a bullet of Word's; numbered paragraphs stay paragraphs, so that nothing counts them anew."""
    return isinstance(block, Paragraph) and block.kind == "entry" and not any(each.isalnum() for each in block.number)


def _entry(paragraph: Paragraph) -> str:
    """One entry of a list; "+" stands below "-"."""
    text = _words(paragraph.runs)
    return f"{'  ' * paragraph.level}- {_line(text if paragraph.number else text[1:].lstrip())}"


def _side_by_side(table: Table) -> Iterator[str]:
    """The head and the signature: cell after cell, a line each."""
    for row in table.rows:
        for cell in row.cells:
            for entries, group in groupby(cell.blocks, key=lambda block: isinstance(block, Paragraph) and block.kind == "text"):
                if entries:
                    told = [part for block in group for part in _part(block)]
                    yield from [_BREAK.join(told)] if told else []
                else:
                    yield from _parts(group)


def _table(table: Table) -> str:
    heads = [row for row in table.rows if row.heading]
    columns = max([len(table.widths), *(sum(cell.columns for cell in row.cells) for row in table.rows)])
    titles = [_joined(names) for names in zip(*_grid([row.cells for row in heads], columns, repeated=True), strict=True)] if heads else [""] * columns
    rows = [titles, ["---"] * columns, *_grid([row.cells for row in table.rows if not row.heading], columns, repeated=False)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _grid(rows: list[tuple[Cell, ...]], columns: int, *, repeated: bool) -> list[list[str]]:
    """The texts by row and column; a cell that covers several stands in the first of them, or in all."""
    grid: list[list[str | None]] = [[None] * columns for _ in rows]
    for index, cells in enumerate(rows):
        free = (column for column, taken in enumerate(grid[index]) if taken is None)
        for cell in cells:
            first = next(free, None)
            if first is None:
                break
            text = "<br>".join(_lines(cell.blocks, plain=repeated))
            for row in grid[index : index + cell.rows]:
                row[first : first + cell.columns] = [text if repeated else ""] * len(row[first : first + cell.columns])
            grid[index][first] = text
    return [[each or "" for each in row] for row in grid]


def _joined(names: Iterable[str]) -> str:
    """The headings above a column from the outermost in, each once."""
    return " – ".join(name for name, _ in groupby(names) if name)


def _lines(blocks: Iterable[Block], *, plain: bool = False) -> Iterator[str]:
    """The paragraphs of a cell or a note, each in one line of source."""
    for block in blocks:
        if isinstance(block, Paragraph) and (block.number or block.text.strip()):
            yield f"{_escaped(block.number)}{_words(block.runs, plain=plain)}".replace(_BREAK, "<br>").strip()
        elif isinstance(block, Picture) and block.alt.strip():
            yield f"*{_escaped(_one_line(block.alt))}*"
        elif isinstance(block, Table):
            yield from (line for row in block.rows for cell in row.cells for line in _lines(cell.blocks, plain=plain))


def _words(runs: tuple[Run, ...], *, plain: bool = False) -> str:
    """The text with bold and italic marked where Markdown can: beside letters it cannot, then the words stand alone."""
    words = ""
    text = "".join(run.text for run in runs)
    place, marked = 0, False
    for run in runs:
        before = text[place - 1 : place] if place else ""
        place += len(run.text)
        after = text[place : place + 1]
        if run.note:
            words += f"[^{run.note}]"
            continue
        mark = "" if plain else "**" * run.bold + "*" * run.italic
        opens = run.text[:1].isspace() or (not marked and _apart(before))
        closes = run.text[-1:].isspace() or _apart(after)
        fits = bool(mark and run.text.strip()) and opens and closes
        words += _marked(run.text, mark) if fits else _escaped(run.text)
        marked = fits and not run.text[-1:].isspace()
    return "\n".join(line.strip(" ") for line in words.split("\n")).strip().replace("\n", _BREAK)


def _marked(text: str, mark: str) -> str:
    core = text.strip()
    start = text.index(core)
    return f"{_escaped(text[:start])}{mark}{_escaped(core)}{mark}{_escaped(text[start + len(core) :])}"


def _apart(neighbour: str) -> bool:
    """Whether a mark may stand beside this character."""
    return not neighbour or neighbour.isspace() or unicodedata.category(neighbour)[0] in "PS"


def _escaped(text: str) -> str:
    return _ACTIVE.sub(lambda match: f"\\{match[0]}", text.replace("\t", " "))


def _line(text: str) -> str:
    """A paragraph none of whose lines begins anything but a paragraph."""
    return "\n".join(_BEGINS.sub(_harmless, line, count=1) if _BEGINS.match(line) else line for line in text.split("\n"))


def _harmless(match: re.Match[str]) -> str:
    return f"\\{match['sign']}" if match["sign"] else f"{match['count']}\\"


def _one_line(text: str) -> str:
    return " ".join(text.replace(_BREAK, " ").split())

"""A filled Word document as one HTML file: read on any screen without a network, printed like the document. It runs nothing."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from mtqg_cli.core.report import Artifact
from mtqg_cli.render.documents.blocks import Line, PageBreak, Paragraph, Picture, Table
from mtqg_cli.render.documents.reading import read
from mtqg_cli.render.documents.sheets import Rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mtqg_cli.render.documents.blocks import Block, Cell, Contents, Look, Run, Section

_DEEPEST = 6
_POINTS_A_PIXEL = 0.75


def render(document: bytes, filename: str, pictures: Mapping[str, str] | None = None) -> Artifact:
    """The page; `pictures` are SVG drawings of this program by the names that drawings have in the document."""
    contents = read(document)
    page = _Page(Rules(contents.numbered_pages, " · ".join(each.text for each in contents.header)), pictures or {})
    body = page.body(contents)
    style = files(__package__).joinpath("document.css").read_text(encoding="utf-8") + page.rules.text()
    policy = f"default-src 'none'; style-src 'sha256-{_hash(style)}'; img-src data:; base-uri 'none'; form-action 'none'"
    lines = (
        "<!DOCTYPE html>",
        f'<html lang="{contents.language}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{escape(contents.title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        *body,
        "</body>",
        "</html>",
    )
    return Artifact(filename, ("\n".join(lines) + "\n").encode())


def _hash(text: str) -> str:
    """How the page's own policy knows its style: nothing that a template or a cell smuggles in has this hash."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@dataclass(slots=True)
class _Page:
    """Writes blocks as elements; `rules` gathers the classes that they need."""

    rules: Rules
    pictures: Mapping[str, str]
    _called: set[int] = field(default_factory=set)

    def body(self, contents: Contents) -> list[str]:
        """All that stands between the tags of the body."""
        running = ["<header>", *(self._paragraph(each, "p") for each in contents.header), "</header>"] if contents.header else []
        made = ["<main>"]
        for section in contents.sections:
            made += self._section(section, running)
            running = []
        if contents.notes:
            made += ['<section class="notes sheet" aria-label="Chú thích">', "<ol>"]
            made += [line for number, blocks in contents.notes.items() for line in self._note(number, blocks)]
            made += ["</ol>", "</section>"]
        made.append("</main>")
        if contents.footer:
            made += ['<footer class="foot">', *(self._paragraph(each, "p") for each in contents.footer), "</footer>"]
        return made

    def _section(self, section: Section, above: list[str]) -> list[str]:
        paper = section.paper
        inside = paper.width - paper.left - paper.right
        return [f'<section class="sheet {self.rules.paper(paper)}">', *above, *self._blocks(section.blocks, inside), "</section>"]

    def _note(self, number: int, blocks: tuple[Block, ...]) -> list[str]:
        back = f' <a href="#goi-{number}" aria-label="Về chỗ gọi chú thích {number}">↑</a>'
        return [f'<li id="chu-thich-{number}" value="{number}">', *self._blocks(blocks, 0), f"{back}</li>"]

    def _blocks(self, blocks: Iterable[Block], width: float) -> list[str]:
        """Entries of a list and a picture with its caption are one element each."""
        made: list[str] = []
        for entries, group in groupby(blocks, key=_is_entry):
            found = tuple(group)
            if entries:
                made += ["<ul>", *(self._paragraph(each, "li") for each in found if isinstance(each, Paragraph)), "</ul>"]
            else:
                for above, block, below in zip((None, *found), found, (*found[1:], None), strict=False):
                    made += self._block(block, above, below, width)
        return made

    def _block(self, block: Block, above: Block | None, below: Block | None, width: float) -> list[str]:
        if isinstance(block, Picture):
            return self._figure(block, below)
        if isinstance(block, Table):
            return self._table(block) if block.ruled else self._columns(block, width)
        if isinstance(block, Line):
            return [f'<hr class="{self.rules.line(block.look, width)}">']
        if isinstance(block, PageBreak):
            return ['<div class="new-page"></div>']
        return [] if _captions(block, above) else [self._paragraph(block, self._tag(block))]

    @staticmethod
    def _tag(paragraph: Paragraph) -> str:
        if paragraph.kind == "title":
            return "h1"
        return f"h{min(paragraph.level + 1, _DEEPEST)}" if paragraph.kind == "heading" else "p"

    def _paragraph(self, paragraph: Paragraph, tag: str) -> str:
        words = escape(paragraph.number) + "".join(self._run(run, paragraph.look) for run in paragraph.runs)
        return f'<{tag} class="{self.rules.look(paragraph.look)}">{words}</{tag}>'

    def _run(self, run: Run, look: Look) -> str:
        if run.note:
            anchor = "" if run.note in self._called else f' id="goi-{run.note}"'
            self._called.add(run.note)
            return f'<sup><a href="#chu-thich-{run.note}"{anchor}>{run.note}</a></sup>'
        words = escape(run.text.replace("\t", " "))
        for on, opening, closing in (
            (run.bold and not look.bold, "<b>", "</b>"),
            (look.bold and not run.bold, '<span class="thin">', "</span>"),
            (run.italic and not look.italic, "<i>", "</i>"),
            (look.italic and not run.italic, '<span class="upright">', "</span>"),
            (run.underline, "<u>", "</u>"),
            (bool(run.raised), f"<{run.raised}>", f"</{run.raised}>"),
            (run.colour != look.colour, f'<span class="{self.rules.colour(run.colour)}">', "</span>"),
        ):
            words = f"{opening}{words}{closing}" if on else words
        return words

    def _columns(self, table: Table, width: float) -> list[str]:
        """What a table without rules only puts side by side."""
        made = []
        for row in table.rows:
            widths = _widths(row.cells, table.widths)
            made.append(f'<div class="columns {self.rules.columns(widths)}">')
            for cell, own in zip(row.cells, widths, strict=True):
                made += ["<div>", *self._blocks(cell.blocks, own or width), "</div>"]
            made.append("</div>")
        return made

    def _table(self, table: Table) -> list[str]:
        made = ['<div class="wide" role="region" aria-label="Bảng số liệu" tabindex="0">', f'<table class="{self.rules.width(sum(table.widths))}">']
        if table.widths:
            made.append("<colgroup>" + "".join(f'<col class="{self.rules.width(each)}">' for each in table.widths) + "</colgroup>")
        for heading, rows in groupby(table.rows, key=lambda row: row.heading):
            part = "thead" if heading else "tbody"
            made.append(f"<{part}>")
            made += [line for row in rows for line in ("<tr>", *(self._cell(cell, heading=heading) for cell in row.cells), "</tr>")]
            made.append(f"</{part}>")
        return [*made, "</table>", "</div>"]

    def _cell(self, cell: Cell, *, heading: bool) -> str:
        tag = "th" if heading else "td"
        about = f' scope="{"colgroup" if cell.columns > 1 else "col"}"' if heading else ""
        about += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        about += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        if len(cell.blocks) == 1 and isinstance(cell.blocks[0], Paragraph):
            paragraph = cell.blocks[0]
            words = escape(paragraph.number) + "".join(self._run(run, paragraph.look) for run in paragraph.runs)
            return f'<{tag}{about} class="{self.rules.look(paragraph.look)}">{words}</{tag}>'
        return f"<{tag}{about}>" + "".join(self._blocks(cell.blocks, 0)) + f"</{tag}>"

    def _figure(self, picture: Picture, below: Block | None) -> list[str]:
        drawn = self.pictures.get(picture.name)
        if drawn is not None:
            shown = f'<div role="img" aria-label="{escape(picture.alt)}">{drawn}</div>'
        elif picture.content:
            data = base64.b64encode(picture.content).decode()
            width = f' width="{round(picture.width / _POINTS_A_PIXEL)}"' if picture.width else ""
            shown = f'<img src="data:{picture.media};base64,{data}" alt="{escape(picture.alt)}"{width}>'
        else:
            shown = f'<p class="instead">{escape(picture.alt)}</p>'
        caption = ["<figcaption>", self._paragraph(below, "p"), "</figcaption>"] if isinstance(below, Paragraph) and _captions(below, picture) else []
        return ["<figure>", shown, *caption, "</figure>"]


def _is_entry(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.kind == "entry"


def _captions(block: Block, above: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.kind == "caption" and isinstance(above, Picture)


def _widths(cells: tuple[Cell, ...], widths: tuple[float, ...]) -> list[float]:
    """How wide each cell of a row is, 0 where the table does not say."""
    found, column = [], 0
    for cell in cells:
        found.append(sum(widths[column : column + cell.columns]))
        column += cell.columns
    return found

"""Word files to order, and what stands in one as python-docx sees it: the other side of the comparisons."""

from __future__ import annotations

from html.parser import HTMLParser
from io import BytesIO

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table
from markdown_it import MarkdownIt

BLOCKS = frozenset({"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "figcaption"})
SCHEMES = ("Heading1", "Heading2", "Heading3")


def document(*paragraphs, xml=""):
    """A file of paragraphs, each a text or a list of (text, bold, italic); `xml` is put behind them as it is."""
    made = Document()
    for paragraph in paragraphs:
        added = made.add_paragraph()
        for text, bold, italic in [(paragraph, False, False)] if isinstance(paragraph, str) else paragraph:
            run = added.add_run(text)
            run.bold, run.italic = bold, italic
    if xml:
        for element in parse_xml(f"<w:body {nsdecls('w', 'wp', 'a', 'pic', 'r')}>{xml}</w:body>"):
            made.element.body.insert_element_before(element, "w:sectPr")
    return content(made)


def content(made):
    saved = BytesIO()
    made.save(saved)
    return saved.getvalue()


def plain(text):
    return " ".join(text.split())


def roman(number):
    return ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"][number]


def lines_told_by_docx(made):
    """The same, line by line."""
    return [plain(line) for text in _texts(made) for line in text.split("\n") if plain(line)]


def told_by_docx(made):
    """The texts of paragraphs and cells in their order, with the numbers that the shipped templates' headings get."""
    return [plain(text) for text in _texts(made) if plain(text)]


def _texts(made):
    counts = dict.fromkeys((*SCHEMES, "PhuLuc", "TenBieuDo"), 0)
    for block in Document(BytesIO(made)).iter_inner_content():
        if isinstance(block, Table):
            yield from (text for row in block.rows for text in cells_of(row))
            continue
        text, style = block.text, block.style.style_id
        if style in counts:
            counts[style] += 1
            below = SCHEMES[SCHEMES.index(style) + 1 :] if style in SCHEMES else ()
            counts.update(dict.fromkeys(below, 0))
            first, second, third = (counts[each] for each in SCHEMES)
            labels = {
                "Heading1": f"{roman(first)}. ",
                "Heading2": f"{second}. ",
                "Heading3": f"{second}.{third}. ",
                "PhuLuc": f"Phụ lục {roman(counts['PhuLuc'])}",
                "TenBieuDo": f"Hình {counts['TenBieuDo']}. ",
            }
            text = labels[style] + text
        yield text


def cells_of(row):
    """A cell that only goes on from the row above is empty for a reader."""
    for cell in row._tr.tc_lst:
        if cell.vMerge != "continue":
            yield from (paragraph.text for paragraph in cell.p_lst)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.tags, self.attributes, self._open = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))
        if tag in BLOCKS:
            self._open.append(tag)
            self.found.append([tag, ""])
        elif tag == "br" and self._open:
            self.found.append([self._open[-1], ""])

    def handle_endtag(self, tag):
        if self._open and self._open[-1] == tag:
            self._open.pop()

    def handle_data(self, data):
        if self._open:
            self.found[-1][1] += data


def parsed(page):
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader


def told_by_html(page, *tags):
    """The texts of a page's blocks in their order; those of some tags if any are named."""
    return [plain(text) for tag, text in parsed(page).found if plain(text) and (not tags or tag in tags)]


def shown(markdown):
    """Markdown as a reader of CommonMark with GitHub's tables shows it."""
    return MarkdownIt("commonmark").enable("table").render(markdown)

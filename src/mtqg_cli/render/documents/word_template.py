"""docxtpl held to strict rules: what a Word template is as jinja, and the filled template. It knows no report."""

from __future__ import annotations

import marshal
import re
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from docx.oxml import parse_xml
from docxtpl import DocxTemplate
from jinja2 import Template
from jinja2.exceptions import TemplateSyntaxError
from lxml import etree

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.render.documents.paragraphs import parse_strictly
from mtqg_cli.render.environment import make_environment
from mtqg_cli.render.kept import fetch, keep, name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import nodes

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Elements that hold other elements only: text right inside them is text that Word does not show.
_CONTAINERS = frozenset(f"{_W}{name}" for name in ("body", "p", "r", "tbl", "tr", "tc", "hdr", "ftr", "footnotes", "footnote"))
_NOTES = re.compile(r"wordprocessingml\.(?:footnotes|endnotes)\+xml$")
_PARAGRAPH = re.compile(r"<w:p([ >])")
_BODY = "/word/document.xml"
_QUOTED = 40
#: How a template writes what would be jinja, as docxtpl has it.
_ESCAPED = (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}"))
#: What docxtpl makes Word's own: tabs, lines, paragraphs, pages.
_BREAKS = re.compile(r"[\t\n\a\f]")
#: Parts of templates whose code is kept: a run may fill all templates for many units.
_KEPT = 32


def body_tree(template: bytes) -> nodes.Template | None:
    """The text of a Word template as jinja reads it when it is filled; None if it cannot, or if it is not word/document.xml that is filled."""
    document = WordTemplate(BytesIO(template))
    try:
        document.init_docx()
        return _parsed(document.get_xml()) if document.docx.part.partname == _BODY else None
    except (BadZipFile, KeyError, ValueError, etree.XMLSyntaxError, TemplateSyntaxError):
        return None


class WordTemplate(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl without its leniency: what it rendered must parse strictly before its recovering parser sees it."""

    docx: Any

    def fill(self, values: Mapping[str, object]) -> None:
        """Puts the values in."""
        self.render(values)

    def patch_xml(self, src_xml: str) -> str:
        """Left as it is: it is made jinja when it is compiled, which it may have been long ago."""
        return src_xml

    def render_xml_part(self, src_xml: str, part: object, context: Mapping[str, object], jinja_env: object = None) -> str:  # noqa: ARG002 - docxtpl's
        """The filled part, line ends and tabs in values made Word's; looked at before docxtpl's recovering parser can lose any of it."""
        xml = _compiled(src_xml).render(context).replace("\n<w:p ", "<w:p ").replace("\n<w:p>", "<w:p>")
        for written, meant in _ESCAPED:
            xml = xml.replace(written, meant)
        if _BREAKS.search(xml):
            xml = self.resolve_listing(xml)
        _check(xml)
        return xml

    def map_tree(self, tree: Any) -> None:
        """The filled body into the document, by its text: lxml takes long to move a body with its thirty namespaces from tree to tree."""
        part = self.docx.part
        part.element.body.clear()
        around = etree.tostring(part.element, encoding="unicode").partition("<w:body/>")
        _, start, body = etree.tostring(tree, encoding="unicode").partition(">")
        tree.clear()  # whoever gave it still holds it: two trees of a large province at once take a hundred megabytes
        part._element = parse_xml(f"{around[0]}<w:body{start}{body}{around[2]}")  # noqa: SLF001 - python-docx has no setter
        self.docx = part.document

    def map_headers_footers_xml(self, relKey: str, xml: bytes) -> None:  # noqa: N803 - docxtpl's name
        """The filled header in its own part: docxtpl makes a new one, which python-docx finds only after saving."""
        self.docx.part.rels[relKey].target_part._element = parse_xml(xml)  # noqa: SLF001 - python-docx has no setter

    def render_properties(self, context: Mapping[str, object], jinja_env: object = None) -> None:
        """Title and author are no templates."""

    def render_footnotes(self, context: Mapping[str, object], jinja_env: object = None) -> None:
        """Once a part: docxtpl does it once a section, and would render what the first pass has put in."""
        for part in self.docx.part.package.iter_parts():
            if _NOTES.search(part.content_type):
                xml = self.patch_xml(part.blob.decode("utf-8"))
                part._blob = self.render_xml_part(xml, part, context, jinja_env).encode("utf-8")  # noqa: SLF001 - python-docx has no setter


def _check(xml: str) -> None:
    """Raises if the XML is broken or holds text where Word would drop it."""
    try:
        root = parse_strictly(xml.encode("utf-8"))
    except etree.XMLSyntaxError as error:
        message = f"Tệp mẫu điền xong thì hỏng cấu trúc ({error.msg})."
        hint = "Mỗi thẻ {%p …%}, {%tr …%} phải đứng một mình trong đoạn hoặc dòng của nó, mở và đóng ở cùng một cấp."
        raise MtqgError(message, hint) from error
    for lost in _stray_text(root):
        message = f"Chữ “{lost[:_QUOTED]}” sẽ không hiện trong Word."
        raise MtqgError(message, "Thẻ {{r …}}, {{p …}} không dùng được: dùng {{ … }} trong đoạn văn.")


def _stray_text(root: Any) -> Iterator[str]:
    for element in root.iter(*_CONTAINERS):
        for text in (element.text, *(child.tail for child in element)):
            if text and text.strip():
                yield text.strip()


@lru_cache(maxsize=2)
def _parsed(xml: str) -> nodes.Template:
    """A part as jinja reads it: docxtpl takes Word's tags out of its own, and each paragraph gets a line."""
    patched = _PARAGRAPH.sub(r"\n<w:p\1", DocxTemplate.patch_xml(None, xml))
    return make_environment().parse(patched)


@lru_cache(maxsize=_KEPT)
def _compiled(xml: str) -> Template:
    environment = make_environment()
    name = name_of("ma", xml.encode("utf-8", "surrogatepass"))
    content = fetch(name)
    code = marshal.loads(content) if content is not None else environment.compile(_parsed(xml))  # noqa: S302 - as Python loads its own modules
    if content is None:
        keep(name, marshal.dumps(code))
    return Template.from_code(environment, code, environment.make_globals(None))

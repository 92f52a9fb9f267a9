"""docxtpl held to strict rules: what a Word template is as jinja, and the filled template. It knows no report."""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from docx.oxml import parse_xml
from docxtpl import DocxTemplate
from jinja2.exceptions import TemplateSyntaxError
from lxml import etree

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.render.documents.paragraphs import parse_strictly
from mtqg_cli.render.environment import make_environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Template, nodes

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: Elements that hold other elements only: text right inside them is text that Word does not show.
_CONTAINERS = frozenset(f"{_W}{name}" for name in ("body", "p", "r", "tbl", "tr", "tc", "hdr", "ftr", "footnotes", "footnote"))
_NOTES = re.compile(r"wordprocessingml\.(?:footnotes|endnotes)\+xml$")
_PARAGRAPH = re.compile(r"<w:p([ >])")
_BODY = "/word/document.xml"
_QUOTED = 40
#: Parts of templates whose code is kept: a run may fill all templates for many units.
_KEPT = 32


def body_tree(template: bytes) -> nodes.Template | None:
    """The text of a Word template as jinja reads it when it is filled; None if it cannot, or if it is not word/document.xml that is filled."""
    document = WordTemplate(BytesIO(template))
    try:
        document.init_docx()
        return _parsed(_PARAGRAPH.sub(r"\n<w:p\1", document.patch_xml(document.get_xml()))) if document.docx.part.partname == _BODY else None
    except (BadZipFile, KeyError, ValueError, etree.XMLSyntaxError, TemplateSyntaxError):
        return None


class WordTemplate(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl without its leniency: what it rendered must parse strictly before its recovering parser sees it."""

    docx: Any

    def fill(self, values: Mapping[str, object]) -> None:
        """Puts the values in."""
        self.render(values, _Compiler())

    def patch_xml(self, src_xml: str) -> str:
        """The same text is made jinja once: the template's check and its filling ask for it."""
        return _patched(src_xml)

    def render_xml_part(self, src_xml: str, part: object, context: Mapping[str, object], jinja_env: object = None) -> str:
        """What came out is looked at before docxtpl's recovering parser can lose any of it."""
        xml: str = super().render_xml_part(src_xml, part, context, jinja_env)
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


class _Compiler:
    """Of jinja's environment what docxtpl asks for."""

    def from_string(self, source: str) -> Template:
        return _compiled(source)


@lru_cache(maxsize=_KEPT)
def _patched(xml: str) -> str:
    patched: str = DocxTemplate.patch_xml(None, xml)
    return patched


@lru_cache(maxsize=2)
def _parsed(source: str) -> nodes.Template:
    return make_environment().parse(source)


@lru_cache(maxsize=_KEPT)
def _compiled(source: str) -> Template:
    return make_environment().from_string(_parsed(source))

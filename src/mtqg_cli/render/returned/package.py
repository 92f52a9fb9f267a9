"""A workbook as the parts of its zip file, of which single ones are changed: what nobody touches stays byte for byte."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

CONTENT_TYPES = "[Content_Types].xml"
WORKBOOK = "xl/workbook.xml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_ZIP_MODE = 0o644 << 16
_CREATED_ON_UNIX = 3


@dataclass(frozen=True, slots=True)
class Relation:
    """A line of a part's relationships; `target` is a part's name, or None for what lies outside of the package."""

    id: str
    type: str
    target: str | None

    @property
    def kind(self) -> str:
        """The last word of the type: worksheet, comments, vmlDrawing."""
        return self.type.rsplit("/", 1)[-1]


class Package:
    """The parts by name. A part's tree that was asked for by `edit` is written anew, every other part as it came."""

    def __init__(self, content: bytes) -> None:
        with ZipFile(BytesIO(content)) as source:
            self._parts = {each.filename: source.read(each) for each in source.infolist() if not each.is_dir()}
        self._trees: dict[str, Any] = {}
        self._edited: set[str] = set()

    def __contains__(self, name: object) -> bool:
        return name in self._parts

    @property
    def names(self) -> tuple[str, ...]:
        """All parts in the order of the file."""
        return tuple(self._parts)

    def raw(self, name: str) -> bytes:
        """A part as bytes; KeyError if there is none."""
        if name in self._edited:
            return _written(self._trees[name])
        return self._parts[name]

    def look(self, name: str) -> Any:
        """The root element of a part, to be read only."""
        if name not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=False, huge_tree=False)
            self._trees[name] = etree.fromstring(self._parts[name], parser)
        return self._trees[name]

    def edit(self, name: str) -> Any:
        """The root element of a part that is going to be changed."""
        root = self.look(name)
        self._edited.add(name)
        return root

    def put(self, name: str, content: bytes) -> None:
        """Adds a part or replaces one by other bytes."""
        self._trees.pop(name, None)
        self._edited.discard(name)
        self._parts[name] = content

    def _forget(self, name: str) -> None:
        self._parts.pop(name, None)
        self._trees.pop(name, None)
        self._edited.discard(name)

    def free_name(self, pattern: str) -> str:
        """The first name that no part has: xl/comments{}.xml → xl/comments8.xml."""
        taken = {name.lower() for name in self._parts}
        number = 1
        while pattern.format(number).lower() in taken:
            number += 1
        return pattern.format(number)

    def content(self) -> bytes:
        """The file: the same parts give the same bytes."""
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_DEFLATED) as target:
            for name in self._parts:
                entry = ZipInfo(name, _ZIP_DATE)
                entry.compress_type = ZIP_DEFLATED
                entry.create_system = _CREATED_ON_UNIX
                entry.external_attr = _ZIP_MODE
                target.writestr(entry, self.raw(name))
        return packed.getvalue()

    # Relationships --------------------------------------------------------------------------------------------------

    def relations(self, part: str) -> tuple[Relation, ...]:
        """What a part refers to."""
        name = _relations_name(part)
        if name not in self._parts:
            return ()
        return tuple(_relation(part, each) for each in self.look(name))

    def related(self, part: str, kind: str) -> str | None:
        """The first part of a kind that a part refers to, if it is there."""
        return next((each.target for each in self.relations(part) if each.kind == kind and each.target in self._parts), None)

    def relate(self, part: str, type_: str, target: str) -> str:
        """Adds a reference; its new id."""
        name = _relations_name(part)
        if name not in self._parts:
            self.put(name, _written(etree.Element(f"{{{_RELATIONSHIPS}}}Relationships", nsmap={None: _RELATIONSHIPS})))
        root = self.edit(name)
        taken = {each.get("Id") for each in root}
        number = 1
        while f"rId{number}" in taken:
            number += 1
        path = posixpath.relpath(target, posixpath.dirname(part))
        etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", Id=f"rId{number}", Type=type_, Target=path)
        return f"rId{number}"

    def unrelate(self, part: str, id_: str) -> None:
        """Takes a reference away; a list of references that becomes empty goes too."""
        name = _relations_name(part)
        root = self.edit(name)
        for each in list(root):
            if each.get("Id") == id_:
                root.remove(each)
        if not len(root):
            self._forget(name)

    def _everywhere_related(self) -> Iterator[str | None]:
        for name in self._parts:
            if name.endswith(".rels"):
                for each in self.look(name):
                    yield _relation(_part_of_relations(name), each).target

    # Content types --------------------------------------------------------------------------------------------------

    def declare(self, part: str, content_type: str) -> None:
        """Says what a new part is."""
        etree.SubElement(self.edit(CONTENT_TYPES), f"{{{_TYPES}}}Override", PartName=f"/{part}", ContentType=content_type)

    def declare_extension(self, extension: str, content_type: str) -> None:
        """Says what all parts of an extension are, unless that is said already."""
        root = self.look(CONTENT_TYPES)
        if not any(each.get("Extension", "").lower() == extension for each in root):
            self.edit(CONTENT_TYPES).insert(0, etree.Element(f"{{{_TYPES}}}Default", Extension=extension, ContentType=content_type))

    def drop(self, part: str) -> None:
        """Takes a part away, and whatever only it referred to. References to it are the caller's matter."""
        own = [each.target for each in self.relations(part) if each.target in self._parts]
        for name in (part, _relations_name(part)):
            self._forget(name)
        root = self.look(CONTENT_TYPES)
        for each in list(root):
            if each.get("PartName", "").lower() == f"/{part}".lower():
                self.edit(CONTENT_TYPES).remove(each)
        still = set(self._everywhere_related()) if own else set()
        for target in own:
            if target is not None and target not in still:
                self.drop(target)


def _relations_name(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _part_of_relations(name: str) -> str:
    folder, file = posixpath.split(name)
    return posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))


def _relation(part: str, line: Any) -> Relation:
    target = str(line.get("Target", ""))
    if line.get("TargetMode") == "External":
        return Relation(str(line.get("Id")), str(line.get("Type")), None)
    resolved = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(part), target))
    return Relation(str(line.get("Id")), str(line.get("Type")), resolved)


def _written(root: Any) -> bytes:
    written: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
    return written

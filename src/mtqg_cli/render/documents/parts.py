"""The parts of a filled Word document and what points from one to another. It knows no text."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from mtqg_cli.render.documents.paragraphs import parse_strictly

if TYPE_CHECKING:
    from collections.abc import Mapping

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


@dataclass(frozen=True, slots=True)
class Part:
    """A part, and by the ids of its relations the kind and the name of the parts that it points to."""

    root: Any
    relations: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Package:
    """All parts as they lie in the file."""

    contents: Mapping[str, bytes]

    def part(self, name: str) -> Part:
        """One part, parsed."""
        return Part(parse_strictly(self.contents[name]), self._relations(name))

    @property
    def main(self) -> Part:
        """The part that holds the text."""
        return self.part(next(name for kind, name in self._relations("").values() if kind == "officeDocument"))

    @property
    def title(self) -> str:
        """What the file says that it is called."""
        name = next((name for kind, name in self._relations("").values() if kind == "core-properties"), "")
        found = self.part(name).root.find(_TITLE) if name in self.contents else None
        return str(found.text or "") if found is not None else ""

    def only(self, part: Part, kind: str) -> Part | None:
        """The one part of a kind that a part points to: its styles, its numbering."""
        name = next((name for found, name in part.relations.values() if found == kind), None)
        return self.part(name) if name is not None and name in self.contents else None

    def _relations(self, name: str) -> dict[str, tuple[str, str]]:
        folder, file = posixpath.split(name)
        listed = self.contents.get(posixpath.join(folder, "_rels", f"{file}.rels"))
        if listed is None:
            return {}
        return {
            each.get("Id", ""): (posixpath.basename(each.get("Type", "")), posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/"))
            for each in parse_strictly(listed).iter(_RELATION)
            if each.get("TargetMode") != "External"
        }


def open_package(document: bytes) -> Package:
    """The document's parts."""
    with ZipFile(BytesIO(document)) as package:
        return Package({name: package.read(name) for name in package.namelist()})

"""The templates that can be used: what the program ships, then what lies in the project's `templates` folder."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field, ValidationError

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.reference.mistakes import where_in_file, wrong_values
from mtqg_cli.reference.quantity import Model
from mtqg_cli.reference.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping


Format = Literal["docx", "html", "md", "pdf", "xlsx"]
#: Every format that a report may have, and those that are made from the filled Word document.
FORMATS: tuple[Format, ...] = ("docx", "html", "md", "pdf", "xlsx")
WORD_FORMATS: frozenset[Format] = frozenset({"docx", "html", "md", "pdf"})


class Template(Model):
    """A template folder; its name is `id`. `file` is edited in Word, `output` is the name of what is made from it, but for its ending.

    `kind` says what it is filled with: a report's figures, or the findings of a file that goes back to its sender; an annex has
    no file of its own but the tables of the reference data. `formats` are those that it can be had in, the first where none is asked for.
    """

    id: str
    title: str
    description: str = ""
    file: str = "report.docx"
    output: str
    kind: Literal["report", "letter", "annex"] = "report"
    formats: tuple[Format, ...] = Field(default=("docx", "html", "md", "pdf", "xlsx"), min_length=1)
    folder: Path
    origin: str

    @property
    def path(self) -> Path:
        """The file that a person edits."""
        return self.folder / self.file

    @property
    def stem(self) -> str:
        """The name of what is made from it, without the ending that each format has."""
        return Path(self.output).stem

    @property
    def in_word(self) -> bool:
        """Whether a Word document is filled for any of its formats."""
        return not WORD_FORMATS.isdisjoint(self.formats)


def load_templates(project: Path | None) -> Mapping[str, Template]:
    """Templates by id; a project's own replaces a shipped one of the same name. Raises MtqgError for a broken template.toml."""
    found: dict[str, Template] = {}
    for origin, root in (("mtqg", shipped("templates")), ("dự án", project / "templates" if project is not None else None)):
        for settings in sorted(root.glob("*/template.toml")) if root is not None else ():
            found[settings.parent.name] = _load(settings, origin)
    return found


def _load(settings: Path, origin: str) -> Template:
    try:
        values = tomllib.loads(settings.read_text(encoding="utf-8-sig"))
        return Template.model_validate({**values, "id": settings.parent.name, "folder": settings.parent, "origin": origin})
    except ValidationError as error:
        told = "; ".join(f"{place}: {what}" for place, what in wrong_values(error))
        message = f"Tệp {settings} không đúng: {told}."
        raise MtqgError(message, "Sửa theo tệp template.toml của mẫu có sẵn (mtqg list templates).", exit_code=2) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"Tệp {settings} viết sai cú pháp{where_in_file(error)}."
        raise MtqgError(message, "Sửa theo tệp template.toml của mẫu có sẵn (mtqg list templates).", exit_code=2) from None

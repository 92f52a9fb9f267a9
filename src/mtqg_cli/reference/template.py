"""The templates that can be used: what the program ships, then what lies in the project's `templates` folder."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.system import answer
from mtqg_cli.reference.mistakes import where_in_file, wrong_values
from mtqg_cli.reference.quantity import Model
from mtqg_cli.reference.resources import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping


Format = Literal["docx", "html", "md", "pdf", "xlsx"]
#: Every format that a report may have, and those that are made from the filled Word document.
FORMATS: tuple[Format, ...] = ("docx", "html", "md", "pdf", "xlsx")
WORD_FORMATS: frozenset[Format] = frozenset({"docx", "html", "md", "pdf"})


#: What no file name may hold on Windows, and how long one may be with the ending that it gets.
_NO_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]|^\s*\.|[ .]$')
_LONGEST_NAME = 100


def _file_name(value: str) -> str:
    if not value.strip() or _NO_NAME.search(value) or len(value) > _LONGEST_NAME:
        message = f'phải là một tên tệp, không có thư mục và các dấu < > : " / \\ | ? *, không quá {_LONGEST_NAME} chữ, ví dụ bao-cao.docx'
        raise ValueError(message)
    return value


class Template(Model):
    """A template folder; its name is `id`. `file` is edited in Word, `output` is the name of what is made from it, but for its ending.

    `kind` says what it is filled with: a report's figures, or the findings of a file that goes back to its sender; an annex has
    no file of its own but the tables of the reference data. `formats` are those that it can be had in, the first where none is asked for.
    """

    id: str
    title: str
    description: str = ""
    file: str = "report.docx"
    output: Annotated[str, AfterValidator(_file_name)]
    kind: Literal["report", "letter", "annex"] = "report"
    formats: tuple[Format, ...] = Field(default=("docx", "html", "md", "pdf", "xlsx"), min_length=1)
    folder: Path
    origin: str

    @property
    def path(self) -> Path:
        """The file that a person edits."""
        return self.folder / self.file

    def read(self) -> bytes:
        """That file; raises MtqgError where it is not there, or cannot be read."""
        try:
            return self.path.read_bytes()
        except (OSError, ValueError):
            message = f"Không đọc được tệp mẫu {self.path}."
            hint = "Đặt tệp Word vào thư mục của mẫu, hoặc ghi đúng tên tệp ở mục file trong template.toml; đóng tệp nếu đang mở trong Word."
            raise MtqgError(message, hint) from None

    @property
    def stem(self) -> str:
        """The name of what is made from it, without the ending that each format has."""
        name = Path(self.output)
        return name.stem if name.suffix[1:].lower() in FORMATS else name.name

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
    except OSError as error:
        message = f"Không đọc được tệp {settings}: {answer(error)}."
        raise MtqgError(message, "Kiểm tra quyền đọc tệp; đóng tệp nếu đang mở.") from None
    except (ValueError, RecursionError) as error:
        message = f"Tệp {settings} viết sai cú pháp{where_in_file(error)}."
        raise MtqgError(message, "Sửa theo tệp template.toml của mẫu có sẵn (mtqg list templates).", exit_code=2) from None

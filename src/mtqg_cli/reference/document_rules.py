"""How an official document must look, as data with the source of each provision; what a document looks like is `render`'s matter."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.errors import MtqgError
from mtqg_cli.reference.mistakes import where_in_file, wrong_values
from mtqg_cli.reference.provisions import (
    Alignment,
    Annex,
    Capacity,
    Colour,
    EndMark,
    Font,
    IssueDate,
    Margins,
    Number,
    PageNumber,
    Pairing,
    Paper,
    Provision,
    Reading,
    Recipients,
    Signer,
    Sized,
    Spacing,
    Title,
    Told,
    Words,
)
from mtqg_cli.reference.quantity import Model
from mtqg_cli.reference.resources import DATA

#: Where the shipped file lies below the data, and a project's own below its folder.
FILE = Path("van-ban") / "nd-30-2020.toml"

#: The code of each section; codes are for ever, so they are no data.
CODES = {
    "file": "D201",
    "kind": "D202",
    "paper": "D203",
    "margins": "D204",
    "font": "D205",
    "colour": "D206",
    "page_number": "D207",
    "national_name": "D208",
    "motto": "D209",
    "lines": "D210",
    "authority": "D211",
    "number": "D212",
    "blank": "D213",
    "date": "D214",
    "date_style": "D215",
    "title": "D216",
    "body_size": "D217",
    "spacing": "D218",
    "alignment": "D219",
    "recipients": "D220",
    "capacity": "D221",
    "signer": "D222",
    "end_mark": "D223",
    "annex": "D224",
    "pairing": "D225",
}


#: What is said of a provision that nobody has read at its source.
UNVERIFIED = "chưa đối chiếu với văn bản gốc"


class DocumentRules(Model):
    """All provisions."""

    basis: str
    reading: Reading
    file: Told
    kind: Told
    paper: Paper
    margins: Margins
    font: Font
    colour: Colour
    page_number: PageNumber
    national_name: Words
    motto: Words
    lines: Provision
    authority: Sized
    number: Number
    blank: Told
    date: IssueDate
    date_style: Provision
    title: Title
    body_size: Sized
    spacing: Spacing
    alignment: Alignment
    recipients: Recipients
    capacity: Capacity
    signer: Signer
    end_mark: EndMark
    annex: Annex
    pairing: Pairing

    def told(self, section: str) -> Told:
        """What stands in a section."""
        found: Told = getattr(self, section)
        return found

    def by_code(self, code: str) -> Told:
        """The section that a code stands for."""
        return self.told(next(section for section, known in CODES.items() if known == code))

    def citation(self, section: str) -> str:
        """What a message says of the source of a provision; nothing where it is no provision."""
        told = self.told(section)
        if not isinstance(told, Provision):
            return ""
        return (told.basis or self.basis) if told.verified else UNVERIFIED


def load_rules(project: Path | None = None) -> DocumentRules:
    """The shipped provisions with those of a project's folder over them, key by key; raises MtqgError for a file that cannot be used."""
    path = project / FILE if project is not None else None
    return _merged(path) if path is not None and path.is_file() else shipped_rules()


@cache
def shipped_rules() -> DocumentRules:
    """What comes with the program."""
    return DocumentRules.model_validate(_shipped())


@cache
def _shipped() -> dict[str, Any]:
    return tomllib.loads((DATA / FILE).read_text(encoding="utf-8"))


def _merged(path: Path) -> DocumentRules:
    try:
        own = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return DocumentRules.model_validate(_over(_shipped(), own))
    except ValidationError as error:
        told = "; ".join(f"{place}: {what}" for place, what in wrong_values(error))
        message = f"Tệp {path} không đúng: {told}."
    except (ValueError, RecursionError) as error:
        message = f"Tệp {path} viết sai cú pháp{where_in_file(error)}."
    raise MtqgError(message, "Sửa mục được nêu, hoặc xóa tệp để dùng quy định có sẵn.", exit_code=2) from None


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Tables key by key, everything else replaced."""
    both = {key: _over(below[key], value) if isinstance(value, dict) and isinstance(below.get(key), dict) else value for key, value in above.items()}
    return {**below, **both}


def document_codes() -> dict[str, tuple[str, str]]:
    """Code → (headline, manual), as the shipped file has them; nothing is checked for that."""
    return {code: (_shipped()[section]["title"], _shipped()[section]["manual"]) for section, code in CODES.items()}


def basis_of(code: str) -> tuple[str, ...]:
    """The clause that a code rests on, and the pages on which it was read; nothing for codes that rest on none."""
    section = next((section for section, known in CODES.items() if known == code), "")
    told = shipped_rules().told(section) if section else None
    if not isinstance(told, Provision):
        return ()
    if not told.verified:
        return (f"Căn cứ: {shipped_rules().basis}, {UNVERIFIED}, nên không báo lỗi.",)
    return (f"Căn cứ: {shipped_rules().basis}.", *(f"Nguồn: {each}" for each in told.sources))


def shipped_severity(code: str) -> Severity:
    """How much a finding of a code matters unless a project says otherwise."""
    return Severity(shipped_rules().by_code(code).severity)

"""The provisions on official documents, one class each: what values they hold and how sure they are. Their file is `document_rules`' matter."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from mtqg_cli.reference.quantity import Model

#: A least and a greatest value.
Range = tuple[float, float]


class Told(Model):
    """What the program tells of a document, and how loudly."""

    title: str
    manual: str
    severity: Literal["error", "warning", "note", "off"]


class Provision(Told):
    """One provision: `verified` if it was read at `sources`; what was not can be no error. `basis` is the clause that messages cite."""

    verified: bool
    sources: tuple[str, ...] = ()
    basis: str = ""

    @model_validator(mode="after")
    def no_unverified_errors(self) -> Self:
        """Nobody is told to have broken a provision that nobody has read."""
        if not self.verified and self.severity == "error":
            raise ValueError('quy định chưa đối chiếu (verified = false) không được đặt severity = "error"')
        if self.verified and not self.sources:
            raise ValueError("quy định đã đối chiếu (verified = true) phải ghi nguồn ở sources")
        return self


class Reading(Model):
    """How the parts of a document are told apart; ours, not law."""

    head_paragraphs: int
    line_characters: int
    single_line: float


class Paper(Provision):
    """Sides of the sheet in mm."""

    size: tuple[float, float]
    tolerance: float
    landscape_with_tables: bool


class Margins(Provision):
    """Margins in mm."""

    top: Range
    bottom: Range
    left: Range
    right: Range
    tolerance: float


class Font(Provision):
    """The fonts that may be used."""

    names: tuple[str, ...]


class Colour(Provision):
    """The colours of letters, RRGGBB; automatic is black."""

    allowed: tuple[str, ...]


class PageNumber(Provision):
    """`formats` as Word calls them."""

    sizes: Range
    start: int
    formats: tuple[str, ...]


class Words(Provision):
    """Fixed words of a size."""

    text: str
    sizes: Range


class Sized(Provision):
    """Letters of a size."""

    sizes: Range


class Number(Provision):
    """`types` are the abbreviations of kinds of documents with their names, `digits` how many a number has at least."""

    sizes: Range
    digits: int
    copies: tuple[str, ...]
    types: dict[str, str]


class IssueDate(Provision):
    """`padded_months` are written with a leading zero."""

    sizes: Range
    day_digits: int
    padded_months: tuple[int, ...]


class Title(Provision):
    """The kind of document, its subject, the subject of a letter."""

    sizes: Range
    subject_sizes: Range
    letter_sizes: Range


class Spacing(Provision):
    """Between paragraphs in points at least, between lines in lines."""

    paragraph: float
    lines: Range


class Alignment(Provision):
    """First-line indents in mm that may be used."""

    indents: tuple[float, ...]
    tolerance: float


class Recipients(Provision):
    """The list of who receives the document."""

    heading: str
    heading_sizes: Range
    list_sizes: Range
    filing: str
    item_end: str
    last_end: str


class Capacity(Provision):
    """In what capacity somebody signs."""

    sizes: Range
    abbreviations: tuple[str, ...]


class Signer(Provision):
    """The signer's name."""

    sizes: Range
    academic_titles: tuple[str, ...]


class EndMark(Provision):
    """What stands at the end of the body."""

    text: str


class Annex(Provision):
    """The head of an annex."""

    heading: str
    heading_sizes: Range
    title_sizes: Range
    attached: str
    attached_sizes: Range


class Pairing(Provision):
    """Size of Quốc hiệu, and of Tiêu ngữ and date with it."""

    pairs: tuple[tuple[float, float], ...]

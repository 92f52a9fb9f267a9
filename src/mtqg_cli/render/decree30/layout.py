"""Which part of a document is what: head, title, body, who receives, who signs, annexes. Found by words and place, never by looks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import bare_key, name_key
from mtqg_cli.render.decree30.closing import Closing, find_closing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mtqg_cli.reference.document_rules import DocumentRules
    from mtqg_cli.render.decree30.facts import Document, Paragraph, Piece

_LETTERS = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"số\s*(?::|\.\s*\S|(?=[\d….,_/]))", re.IGNORECASE)
_DATE = re.compile(r".{0,80}?\bngày\b[\s\d….·_]*\btháng\b[\s\d….·_]*\bnăm\b[\s\d….·_]*", re.IGNORECASE)
_SHORT_DATE = re.compile(r"[^,:;]{1,60},\s*ngày\s+\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}\s*\.?", re.IGNORECASE)
_LETTER_SUBJECT = re.compile(r"v/v\b|về việc\b", re.IGNORECASE)
_ADDRESSED = name_key("Kính gửi")


@dataclass(frozen=True, slots=True)
class Head:
    """The pieces of the head, None for what is not there; `end` is the index of the first paragraph behind it."""

    national_name: Piece | None
    motto: Piece | None
    authority: tuple[Piece, ...]
    number: Piece | None
    date: Piece | None
    title: Piece | None
    subject: Piece | None
    letter_subject: Piece | None
    end: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A document taken apart; `body` holds the paragraphs of running text with their indices."""

    document: Document
    head: Head
    body: tuple[int, ...]
    closing: Closing

    @property
    def official(self) -> bool:
        """Whether it wants to be an administrative document: an article has neither Quốc hiệu nor what goes with it."""
        head, closing = self.head, self.closing
        return head.national_name is not None or head.motto is not None or (head.number is not None and closing.heading is not None)

    @property
    def frames(self) -> frozenset[int]:
        """The tables that hold head and signatures in their places."""
        head, closing = self.head, self.closing
        pieces = (head.national_name, head.motto, head.number, head.date, closing.heading, *closing.capacity)
        return frozenset(piece.paragraph.cell.table for piece in pieces if piece is not None and piece.paragraph.cell is not None)


def lay_out(document: Document, rules: DocumentRules) -> Layout:
    """Takes a document apart."""
    head = _find_head(document.paragraphs, rules)
    closing = find_closing(document.paragraphs, head.end, rules)
    body = tuple(
        index
        for index in range(head.end, closing.start)
        if (paragraph := document.paragraphs[index]).text and paragraph.cell is None and not paragraph.boxed and not _addressed(paragraph)
    )
    return Layout(document, head, body, closing)


def _addressed(paragraph: Paragraph) -> bool:
    return paragraph.key.startswith(_ADDRESSED)


def _find_head(paragraphs: Sequence[Paragraph], rules: DocumentRules) -> Head:
    window: list[tuple[int, Piece]] = [
        (index, piece) for index, paragraph in enumerate(paragraphs[: rules.reading.head_paragraphs]) for piece in paragraph.pieces if piece.text
    ]
    recipients = name_key(rules.recipients.heading)
    ending = next((at for at, (_, piece) in enumerate(window) if piece.key.startswith(recipients)), len(window))
    window = window[:ending]
    national = _like(window, rules.national_name.text)
    motto = _like(window, rules.motto.text)
    number = next((at for at, (_, piece) in enumerate(window) if _NUMBER.match(piece.text)), None)
    date = next((at for at, (_, piece) in enumerate(window) if _DATE.fullmatch(piece.text) or _SHORT_DATE.fullmatch(piece.text)), None)
    letter = next((at for at, (_, piece) in enumerate(window) if _LETTER_SUBJECT.match(piece.text)), None)
    names = {name_key(name) for name in rules.number.types.values()}
    title = next((at for at, (_, piece) in enumerate(window) if piece.key in names), None)
    if title is not None and letter is not None and letter > title:
        letter = None
    subject = _subject(window, title)
    taken = [national, motto, number, date, letter, title, subject]
    authority = _authority(window, national, motto, number, [at for at in taken if at is not None])
    ends = [window[at][0] + 1 for at in (*taken, *authority) if at is not None]

    def piece(at: int | None) -> Piece | None:
        return window[at][1] if at is not None else None

    end = _behind_subject(paragraphs, max(ends, default=0), subject is not None)
    return Head(
        piece(national), piece(motto), tuple(window[at][1] for at in authority), piece(number), piece(date), piece(title), piece(subject), piece(letter), end
    )


def _like(window: Sequence[tuple[int, Piece]], words: str) -> int | None:
    """The first piece that begins as the words do, whatever their case, diacritics and dashes."""
    wanted = bare_key(words)
    beginning = wanted[: len(wanted) // 2]
    return next((at for at, (_, piece) in enumerate(window) if bare_key(piece.text).startswith(beginning) and len(piece.text) < 2 * len(words)), None)


def _subject(window: Sequence[tuple[int, Piece]], title: int | None) -> int | None:
    """What stands right under the kind of document."""
    if title is None or title + 1 >= len(window) or not _LETTERS.search(window[title + 1][1].text):
        return None
    return title + 1


def _behind_subject(paragraphs: Sequence[Paragraph], end: int, subject: bool) -> int:  # noqa: FBT001 - private
    """A subject may go on in more centred bold paragraphs."""
    while subject and end < len(paragraphs) and _goes_on(paragraphs[end]):
        end += 1
    return end


def _goes_on(paragraph: Paragraph) -> bool:
    letters = [each for each in paragraph.spans if each.seen]
    return bool(letters) and paragraph.setting.align == "center" and all(each.format.bold for each in letters) and not paragraph.text.isupper()


def _authority(window: Sequence[tuple[int, Piece]], national: int | None, motto: int | None, number: int | None, taken: Iterable[int]) -> list[int]:
    """The pieces on the left of Quốc hiệu and Tiêu ngữ: in the other cell of the row, or before them in their lines."""
    right = next((at for at in (national, motto) if at is not None), None)
    if right is None:
        return []
    cell = window[right][1].paragraph.cell
    if cell is None:
        lines = {window[at][0]: at for at in (national, motto) if at is not None}
        found = [at for at, (index, _) in enumerate(window) if index in lines and at < lines[index]]
    else:
        below = window[number][1].paragraph.cell if number is not None else None
        last = below.row if below is not None and below.table == cell.table else cell.row
        found = [
            at
            for at, (_, piece) in enumerate(window)
            if (other := piece.paragraph.cell) is not None
            and other.table == cell.table
            and other.column != cell.column
            and other.row <= last
            and (number is None or at < number)
        ]
    known = set(taken)
    return [at for at in found if at not in known and _LETTERS.search(window[at][1].text)]

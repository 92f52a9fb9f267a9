"""The end of a document: the list of who receives it, the signing block, the annexes. Found here, judged elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import name_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mtqg_cli.reference.document_rules import DocumentRules
    from mtqg_cli.render.decree30.facts import Paragraph, Piece

_LETTERS = re.compile(r"[^\W\d_]")
_DASHES = ("-", "–", "—", "+", "•")


@dataclass(frozen=True, slots=True)
class Closing:
    """What stands behind the body, which ends before the paragraph with the index `start`; `annexes` are indices of first paragraphs."""

    start: int
    heading: Piece | None
    receivers: tuple[Piece, ...]
    capacity: tuple[Piece, ...]
    signer: Piece | None
    annexes: tuple[int, ...]


def find_closing(paragraphs: Sequence[Paragraph], begin: int, rules: DocumentRules) -> Closing:
    """Looks for the end of the document behind the index `begin`."""
    wanted = name_key(rules.recipients.heading).rstrip(":")
    heading = next((index for index in range(begin, len(paragraphs)) if _first(paragraphs[index]).startswith(wanted)), None)
    signs = re.compile(rf"(?:{'|'.join(rules.capacity.abbreviations)})(?:\.\s*|\s+)(?=[^\W\d_])", re.IGNORECASE)
    signing = _signing(paragraphs, begin, heading, signs)
    start = min([each for each in (heading, signing) if each is not None], default=len(paragraphs))
    annexes = _annexes(paragraphs, start, rules)
    end = annexes[0] if annexes else len(paragraphs)
    head = next((piece for piece in paragraphs[heading].pieces if piece.key.startswith(wanted)), None) if heading is not None else None
    receivers = _receivers(paragraphs, heading, end) if heading is not None else ()
    block = _block(paragraphs, signing, end, {id(each) for each in (head, *receivers)}) if signing is not None else []
    capacity, signer = _signatories(block, signs)
    return Closing(start, head, receivers, capacity, signer, annexes)


def _first(paragraph: Paragraph) -> str:
    return next((piece.key for piece in paragraph.pieces if piece.text), "")


def _signing(paragraphs: Sequence[Paragraph], begin: int, heading: int | None, signs: re.Pattern[str]) -> int | None:
    """The first paragraph of the signing block: beside the list of receivers, else where somebody signs for somebody in capitals."""
    cell = paragraphs[heading].cell if heading is not None else None
    if cell is not None and heading is not None:
        table = cell.table
        for index in range(heading, len(paragraphs)):
            other = paragraphs[index].cell
            if other is None or other.table != table:
                break
            if other.column != cell.column and paragraphs[index].text:
                return index
    for index in range(begin, len(paragraphs)):
        if any(signs.match(piece.text) and piece.text.isupper() for piece in paragraphs[index].pieces):
            return index
    return None if cell is not None or heading is None else _beside(paragraphs, heading)


def _beside(paragraphs: Sequence[Paragraph], heading: int) -> int | None:
    """Without a table: the heading's own line may hold the signer's office on its right."""
    return heading if sum(bool(piece.text) for piece in paragraphs[heading].pieces) > 1 else None


def _receivers(paragraphs: Sequence[Paragraph], heading: int, end: int) -> tuple[Piece, ...]:
    """The first piece of each entry below the heading, in its cell or on the left of the lines."""
    cell = paragraphs[heading].cell
    found: list[Piece] = []
    for index in range(heading, end):
        paragraph = paragraphs[index]
        if cell is not None and (paragraph.cell is None or paragraph.cell.table != cell.table):
            break
        if cell is not None and paragraph.cell is not None and paragraph.cell.column != cell.column:
            continue
        pieces = [piece for piece in paragraph.pieces if piece.text]
        if index == heading:
            pieces = pieces[1:]
        found += [piece for piece in pieces[: 1 if cell is None else None] if is_entry(piece)]
    return tuple(found)


def is_entry(piece: Piece) -> bool:
    """Whether it begins an entry of a list."""
    return piece.text.startswith(_DASHES) or bool(piece.paragraph.setting.label)


def _block(paragraphs: Sequence[Paragraph], signing: int, end: int, left: set[int]) -> list[tuple[int, Piece]]:
    """The pieces of the signing block with the indices of their paragraphs."""
    cell = paragraphs[signing].cell
    found = []
    for index in range(signing, end):
        paragraph = paragraphs[index]
        other = paragraph.cell
        if cell is not None and (other is None or other.table != cell.table):
            break
        if cell is not None and other is not None and other.column != cell.column:
            continue
        found += [(index, piece) for piece in paragraph.pieces if _LETTERS.search(piece.text) and id(piece) not in left and not is_entry(piece)]
    return found


def _signatories(block: Sequence[tuple[int, Piece]], signs: re.Pattern[str]) -> tuple[tuple[Piece, ...], Piece | None]:
    """The lines of the office, up to a gap or to what is no office; then the name, which is the last line."""
    office: list[Piece] = []
    before = -1
    for index, piece in block:
        stands_apart = office and index > before + 1
        if office and (stands_apart or not (piece.text.isupper() or signs.match(piece.text))):
            break
        office.append(piece)
        before = index
    rest = [piece for _, piece in block[len(office) :] if not piece.text.startswith("(")]
    return tuple(office), rest[-1] if rest else None


def _annexes(paragraphs: Sequence[Paragraph], start: int, rules: DocumentRules) -> tuple[int, ...]:
    """Where an annex begins: its word on a line of its own, typed or put there by a list."""
    word = name_key(rules.annex.heading)
    return tuple(
        index
        for index in range(start, len(paragraphs))
        if (paragraph := paragraphs[index]).cell is None
        and (name_key(paragraph.setting.label).startswith(word) or (paragraph.key.startswith(word) and len(paragraph.text) < rules.reading.line_characters))
    )

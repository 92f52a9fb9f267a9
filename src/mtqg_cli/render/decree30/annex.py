"""The heads of annexes: their word, their title, the line that says what they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import name_key
from mtqg_cli.render.decree30.facts import Piece, Span
from mtqg_cli.render.decree30.findings import Fault, Look, faults_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mtqg_cli.reference.provisions import Annex
    from mtqg_cli.render.decree30.facts import Paragraph
    from mtqg_cli.render.decree30.findings import Findings

#: Title and "Kèm theo" follow within so many lines that hold text.
_NEAR = 6


def check_annexes(paragraphs: Sequence[Paragraph], annexes: Sequence[int], findings: Findings) -> None:
    """D224, one finding for all annexes."""
    ends = [*annexes[1:], len(paragraphs)]
    findings.tell_many("annex", (each for begin, end in zip(annexes, ends, strict=False) for each in _annex(paragraphs, begin, end, findings.rules.annex)))


def _annex(paragraphs: Sequence[Paragraph], begin: int, end: int, rule: Annex) -> Iterator[tuple[Paragraph, Fault]]:
    word = _labelled(paragraphs[begin])
    for fault in faults_of(word, Look(rule.heading_sizes, bold=True, italic=False, capitals=False, centred=True)):
        yield paragraphs[begin], fault
    below = _lines_below(paragraphs, begin, end)
    attached = next((piece for piece in below if piece.key.lstrip("(").startswith(name_key(rule.attached))), None)
    title = below[0] if below and below[0] is not attached else None
    if title is None:
        yield paragraphs[begin], Fault("không thấy tên phụ lục ở dưới")
    else:
        for fault in faults_of(title, Look(rule.title_sizes, bold=True, italic=False, capitals=True, centred=True)):
            yield title.paragraph, fault
    if attached is None:
        yield paragraphs[begin], Fault(f"không thấy dòng “({rule.attached} …)”", "", f"({rule.attached} …)")
    else:
        for fault in faults_of(attached, Look(rule.attached_sizes, italic=True)):
            yield attached.paragraph, fault


def _labelled(paragraph: Paragraph) -> Piece:
    """The annex's word with what stands beside it; put there by a list, it looks as the paragraph's mark does."""
    first = next((piece for piece in paragraph.pieces if piece.text), None)
    return first if first is not None else Piece(paragraph, (Span(paragraph.setting.label, paragraph.mark),))


def _lines_below(paragraphs: Sequence[Paragraph], begin: int, end: int) -> list[Piece]:
    """The first lines of text behind the annex's word, before any table."""
    found = [piece for piece in paragraphs[begin].pieces if piece.text][1:]
    for index in range(begin + 1, end):
        if paragraphs[index].cell is not None or len(found) >= _NEAR:
            break
        found += [piece for piece in paragraphs[index].pieces if piece.text]
    return found

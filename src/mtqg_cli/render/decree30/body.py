"""The running text: sizes, spaces between paragraphs and lines, justification, indents, the mark at its end."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from mtqg_cli.render.decree30.findings import Fault, points, span_of, within, wrong_sizes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mtqg_cli.reference.document_rules import DocumentRules
    from mtqg_cli.render.decree30.facts import Paragraph
    from mtqg_cli.render.decree30.findings import Findings
    from mtqg_cli.render.decree30.layout import Layout

#: How much of the body's end is quoted.
_TAIL = 15
_ALIGNED = {"left": "trái", "right": "phải", "center": "giữa"}
Told = tuple["Paragraph", Fault]


def check_body(layout: Layout, findings: Findings) -> None:
    """D217, D218, D219 and D223."""
    paragraphs = layout.document.paragraphs
    running = [paragraphs[index] for index in layout.body]
    rules = findings.rules
    findings.tell_many("body_size", (each for paragraph in running for each in _sizes(paragraph, rules)))
    findings.tell_many("spacing", [*_gaps(paragraphs, layout.body, rules), *(each for paragraph in running for each in _lines(paragraph, rules))])
    findings.tell_many("alignment", (each for paragraph in running if not _set_apart(paragraph) for each in _set(paragraph, rules)))
    signed = layout.closing.heading is not None or layout.closing.capacity
    if running and signed and not running[-1].text.endswith(rules.end_mark.text):
        last = running[-1]
        findings.tell(
            "end_mark",
            last.place,
            [Fault(f"nội dung kết thúc bằng “…{last.text[-_TAIL:]}”, phải kết thúc bằng “{rules.end_mark.text}”", last.text[-_TAIL:], rules.end_mark.text)],
        )


def _sizes(paragraph: Paragraph, rules: DocumentRules) -> Iterator[Told]:
    """Notes and captions, which are wholly in italics, may be smaller."""
    sizes = rules.body_size.sizes
    seen = [span for span in paragraph.spans if span.seen]
    if all(span.format.italic for span in seen):
        return
    for size in wrong_sizes(seen, sizes):
        yield paragraph, Fault(f"cỡ chữ {points(size)}, phải là {span_of(sizes)}", points(size), span_of(sizes))


def _gaps(paragraphs: Sequence[Paragraph], body: Sequence[int], rules: DocumentRules) -> Iterator[Told]:
    """The space between two paragraphs that follow each other; an empty one or a table between them is space enough."""
    least = rules.spacing.paragraph
    for one, other in pairwise(body):
        if other != one + 1:
            continue
        above, below = paragraphs[one].setting, paragraphs[other].setting
        together = above.style == below.style
        gap = (0.0 if above.contextual and together else above.after) + (0.0 if below.contextual and together else below.before)
        if gap < least:
            yield paragraphs[other], Fault(f"cách đoạn trên {points(gap)} pt, phải từ {points(least)} pt", points(gap), points(least))


def _lines(paragraph: Paragraph, rules: DocumentRules) -> Iterator[Told]:
    """Fixed heights are compared with those of the letters: they must not be cut, and not stand wider than lines may."""
    setting, (least, most) = paragraph.setting, rules.spacing.lines
    if not setting.exact and not within(setting.line, (least, most), 0.005):
        yield (
            paragraph,
            Fault(f"cách dòng {points(setting.line)}, phải từ {points(least)} đến {points(most)} dòng", points(setting.line), span_of((least, most))),
        )
    elif setting.exact:
        size = max((span.format.size for span in paragraph.spans if span.seen), default=0.0)
        limits = (size * least, size * most * rules.reading.single_line)
        if size and not within(setting.line, limits, 0.5):
            told = f"cách dòng cố định {points(setting.line)} pt với cỡ chữ {points(size)}"
            yield paragraph, Fault(f"{told}, phải từ {points(least)} đến {points(most)} dòng", points(setting.line), span_of((least, most)))


def _set_apart(paragraph: Paragraph) -> bool:
    """Headings and notes: wholly bold or wholly in italics."""
    seen = [span.format for span in paragraph.spans if span.seen]
    return not seen or all(each.bold for each in seen) or all(each.italic for each in seen)


def _set(paragraph: Paragraph, rules: DocumentRules) -> Iterator[Told]:
    """What is shorter than a line looks the same however it is aligned; lists and tabs place the first line by other means."""
    setting, wanted = paragraph.setting, rules.alignment
    if len(paragraph.text) <= rules.reading.line_characters:
        return
    if setting.align != "both":
        side = _ALIGNED.get(setting.align, setting.align)
        yield paragraph, Fault(f"căn {side}, phải căn đều hai bên", side, "đều hai bên")
    first = setting.left + setting.first
    tabbed = bool(paragraph.spans) and paragraph.spans[0].text.startswith("\t")
    if not setting.label and not tabbed and setting.align in ("both", "left") and not any(abs(first - each) <= wanted.tolerance for each in wanted.indents):
        right = " hoặc ".join(points(each / 10) for each in wanted.indents)
        yield paragraph, Fault(f"dòng đầu thụt {first / 10:.2f} cm, phải là {right} cm".replace(".", ","), f"{first / 10:.2f}".replace(".", ","), right)

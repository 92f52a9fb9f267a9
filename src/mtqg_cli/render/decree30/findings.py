"""How findings on a document are put: faults of one place joined, one fault in many places told once, each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Diagnostic, Severity
from mtqg_cli.core.location import Location
from mtqg_cli.core.visible import inert
from mtqg_cli.reference.document_rules import CODES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mtqg_cli.reference.document_rules import DocumentRules
    from mtqg_cli.reference.provisions import Range
    from mtqg_cli.render.decree30.facts import Paragraph, Piece, Span

#: How many different faults of many paragraphs are named.
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, what is there, what should be."""

    what: str
    found: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How letters should look; None where nothing is asked for."""

    sizes: Range | None = None
    bold: bool | None = None
    italic: bool | None = None
    capitals: bool | None = None
    centred: bool = False


class Findings:
    """Collects the findings on one file; a document that the decree does not bind (`binding`) has no errors."""

    def __init__(self, rules: DocumentRules, file: str) -> None:
        self.rules = rules
        self.file = file
        self.binding = True
        self.found: list[Diagnostic] = []

    def tell(self, section: str, place: str, faults: Sequence[Fault], *, hint: str = "", at_most: Severity = Severity.ERROR) -> None:
        """One finding with all faults of a place; `at_most` is how much it matters at most."""
        told = self.rules.told(section)
        if not faults or told.severity == "off":
            return
        mildest = (Severity(told.severity), at_most, Severity.ERROR if self.binding else Severity.WARNING)
        severity = max(mildest, key=list(Severity).index)
        citation = self.rules.citation(section)
        words = "; ".join(fault.what for fault in faults)
        message = f"{place}: {words}{f' ({citation})' if citation else ''}."
        found, expected = ("; ".join(text for fault in faults if (text := getattr(fault, side))) or None for side in ("found", "expected"))
        self.found.append(
            Diagnostic(
                CODES[section],
                severity,
                Location(self.file),
                inert(message),
                hint or _how(told.manual),
                inert(found) if found else None,
                expected,
            )
        )

    def tell_many(self, section: str, faults: Iterable[tuple[Paragraph, Fault]], *, hint: str = "") -> None:
        """One finding for all paragraphs: the first is quoted, the faults are counted."""
        listed = list(faults)
        if not listed:
            return
        by_kind: dict[Fault, list[int]] = {}
        for paragraph, fault in listed:
            by_kind.setdefault(fault, []).append(paragraph.number)
        paragraphs = len({paragraph.number for paragraph, _ in listed})
        place = listed[0][0].place + (f" và {paragraphs - 1} đoạn khác" if paragraphs > 1 else "")
        kinds = list(by_kind)
        named = [*kinds[:_NAMED], *([Fault(f"và {len(kinds) - _NAMED} trường hợp khác")] if len(kinds) > _NAMED else [])]
        expected = kinds[0].expected
        if paragraphs > 1 and len(kinds) > 1:
            named = [Fault(f"{each.what} ({len(by_kind[each])} đoạn)", each.found) if each in by_kind else each for each in named]
        else:
            named = [Fault(each.what, each.found) for each in named]
        self.tell(section, place, [Fault(named[0].what, named[0].found, expected), *named[1:]], hint=hint)


def _how(manual: str) -> str:
    """What to do, as the manual says at its end."""
    how = manual.rpartition("Cách xử lý: ")[2]
    return how[:1].upper() + how[1:]


def points(value: float) -> str:
    """12.5 → 12,5."""
    return f"{value:.4g}".replace(".", ",")


def span_of(limits: Range) -> str:
    """(13, 14) → 13-14; (12, 12) → 12."""
    return points(limits[0]) if limits[0] == limits[1] else f"{points(limits[0])}-{points(limits[1])}"


def within(value: float, limits: Range, tolerance: float = 0.0) -> bool:
    """Whether a value lies in a range."""
    return limits[0] - tolerance <= value <= limits[1] + tolerance


def wrong_sizes(spans: Iterable[Span], sizes: Range) -> list[float]:
    """The sizes of seen letters that lie outside."""
    return sorted({span.format.size for span in spans if span.seen and not within(span.format.size, sizes)})


def faults_of(piece: Piece, look: Look) -> list[Fault]:
    """What of a piece looks otherwise."""
    spans = piece.seen
    faults = []
    if look.sizes is not None and (wrong := wrong_sizes(spans, look.sizes)):
        sizes = ", ".join(map(points, wrong))
        faults.append(Fault(f"cỡ chữ {sizes}, phải là {span_of(look.sizes)}", sizes, span_of(look.sizes)))
    for name, wanted, word in (("bold", look.bold, "in đậm"), ("italic", look.italic, "in nghiêng")):
        if wanted is not None and any(getattr(span.format, name) != wanted for span in spans):
            faults.append(Fault(f"phải {word}" if wanted else f"phải bỏ {word}", "", word if wanted else f"không {word}"))
    if look.capitals and not piece.text.isupper():
        faults.append(Fault("phải viết chữ in hoa", piece.text, piece.text.upper()))
    if look.capitals is False and piece.text.isupper():
        faults.append(Fault("phải viết chữ in thường", piece.text))
    if look.centred and piece.paragraph.setting.align != "center":
        faults.append(Fault("phải căn giữa", "", "căn giữa"))
    return faults

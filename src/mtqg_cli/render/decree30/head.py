"""The head of a document: Quốc hiệu, Tiêu ngữ, name of the authority, lines, sizes that go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import name_key
from mtqg_cli.render.decree30.findings import Fault, Look, faults_of, points, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mtqg_cli.reference.document_rules import DocumentRules
    from mtqg_cli.render.decree30.facts import Paragraph, Piece
    from mtqg_cli.render.decree30.findings import Findings
    from mtqg_cli.render.decree30.layout import Head

_DASHES = "‐‑‒–—―−"
_TOP = "Tiêu đề trên"


def check_head(head: Head, paragraphs: Sequence[Paragraph], findings: Findings) -> None:
    """D208 to D211 and D225."""
    rules = findings.rules
    _fixed(head.national_name, "national_name", "Quốc hiệu", Look(rules.national_name.sizes, bold=True, italic=False, capitals=True), findings)
    _fixed(head.motto, "motto", "Tiêu ngữ", Look(rules.motto.sizes, bold=True, italic=False, capitals=False, centred=_in_a_cell(head.motto)), findings)
    _authority(head, findings)
    _lines(head, paragraphs, findings)
    _pairing(head, findings)


def _fixed(piece: Piece | None, section: str, name: str, look: Look, findings: Findings) -> None:
    text = getattr(findings.rules, section).text
    if piece is None:
        findings.tell(section, _TOP, [Fault(f"không thấy {name} “{text}”", "", text)])
        return
    findings.tell(section, f"{piece.place}, {name}", [*_words(piece, text), *faults_of(piece, look)])


def _in_a_cell(piece: Piece | None) -> bool:
    """Without a table the halves of a line are put into place by tabs."""
    return piece is not None and piece.paragraph.cell is not None


def _words(piece: Piece, text: str) -> list[Fault]:
    """What differs in the words; where the tone mark stands (HOÀ, HÒA) is left to the writer, capitals are the look's matter."""
    plain = "".join("-" if each in _DASHES else each for each in piece.text)
    if name_key(piece.text) != name_key(text):
        return [Fault(f"phải ghi đúng “{text}”", piece.text, text)]
    faults = []
    if plain != piece.text:
        faults.append(Fault("dùng dấu gạch dài, phải dùng dấu gạch nối (-) trên bàn phím", piece.text, text))
    if plain.count(" - ") != text.count(" - "):
        faults.append(Fault("trước và sau dấu gạch nối phải có dấu cách", piece.text, text))
    if (
        not text.isupper()
        and not plain.isupper()
        and [each.isupper() for each in plain if each.isalpha()] != [each.isupper() for each in text if each.isalpha()]
    ):
        faults.append(Fault(f"viết hoa, viết thường phải đúng như “{text}”", piece.text, text))
    return faults


def _authority(head: Head, findings: Findings) -> None:
    if not head.authority:
        findings.tell("authority", _TOP, [Fault("không thấy tên cơ quan ban hành ở bên trái Quốc hiệu")])
        return
    sizes = findings.rules.authority.sizes
    for piece in head.authority:
        last = piece is head.authority[-1]
        look = Look(sizes, bold=True if last else None, italic=False, capitals=True)
        findings.tell("authority", f"{piece.place}, tên cơ quan{' ban hành' if last else ''}", faults_of(piece, look))


def _lines(head: Head, paragraphs: Sequence[Paragraph], findings: Findings) -> None:
    """Where something is drawn in the head, nobody can tell from the file under what it comes to lie."""
    drawn = any(paragraph.drawn for paragraph in paragraphs[: head.end + 1])
    parts = [("Tiêu ngữ", head.motto), ("tên cơ quan", head.authority[-1] if head.authority else None), ("trích yếu", head.subject)]
    for name, piece in parts:
        if piece is None:
            continue
        if any(span.format.underline for span in piece.seen):
            findings.tell("lines", f"{piece.place}, {name}", [Fault("gạch chân chữ, phải kẻ đường riêng ở dưới", "gạch chân", "đường kẻ")])
        elif not drawn and not _ruled(piece, paragraphs):
            findings.tell("lines", f"{piece.place}, {name}", [Fault("chưa thấy đường kẻ ở dưới", "", "đường kẻ")])


def _ruled(piece: Piece, paragraphs: Sequence[Paragraph]) -> bool:
    """A border of its own paragraph, of its cell, or of the next paragraph, which must be of the same cell."""
    own = piece.paragraph
    following = paragraphs[own.number] if own.number < len(paragraphs) else None
    beside = following is not None and following.setting.ruled and _same_cell(own, following)
    return own.setting.ruled or beside or (own.cell is not None and own.cell.ruled_below)


def _same_cell(one: Paragraph, other: Paragraph) -> bool:
    if one.cell is None or other.cell is None:
        return one.cell is other.cell
    return (one.cell.table, one.cell.row, one.cell.column) == (other.cell.table, other.cell.row, other.cell.column)


def _pairing(head: Head, findings: Findings) -> None:
    """Only sizes that are right one by one are compared: what is wrong already was told."""
    rules = findings.rules
    first, second, third = (_size(piece) for piece in (head.national_name, head.motto, head.date))
    if first is None or not _all_right(rules, first, second, third):
        return
    pairs = dict(rules.pairing.pairs)
    wanted = pairs.get(first)
    wrong = [
        (name, size) for name, size in (("Tiêu ngữ", second), ("địa danh, thời gian", third)) if size is not None and wanted is not None and size != wanted
    ]
    if wrong and wanted is not None:
        told = ", ".join(f"{name} cỡ {points(size)}" for name, size in wrong)
        findings.tell("pairing", _TOP, [Fault(f"Quốc hiệu cỡ {points(first)} mà {told}, phải là {points(wanted)}", told, points(wanted))])


def _size(piece: Piece | None) -> float | None:
    sizes = {span.format.size for span in piece.seen} if piece is not None else set()
    return sizes.pop() if len(sizes) == 1 else None


def _all_right(rules: DocumentRules, first: float, second: float | None, third: float | None) -> bool:
    wanted = ((first, rules.national_name.sizes), (second, rules.motto.sizes), (third, rules.date.sizes))
    return all(size is None or within(size, sizes) for size, sizes in wanted)

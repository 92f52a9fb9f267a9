"""Who receives a document and who signs it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import name_key
from mtqg_cli.render.decree30.findings import Fault, Look, faults_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.reference.provisions import Recipients
    from mtqg_cli.render.decree30.closing import Closing
    from mtqg_cli.render.decree30.facts import Piece
    from mtqg_cli.render.decree30.findings import Findings

_END = "Cuối văn bản"


def check_recipients(closing: Closing, findings: Findings) -> None:
    """D220: the heading, then the list as one finding."""
    rule = findings.rules.recipients
    heading = closing.heading
    if heading is None:
        findings.tell("recipients", _END, [Fault(f"không thấy “{rule.heading}”", "", rule.heading)])
        return
    faults = faults_of(heading, Look(rule.heading_sizes, bold=True, italic=True))
    if heading.text != rule.heading:
        faults.insert(0, Fault(f"phải ghi “{rule.heading}”", heading.text, rule.heading))
    findings.tell("recipients", heading.place, faults)
    findings.tell_many("recipients", ((piece.paragraph, fault) for piece, fault in _list(closing.receivers, rule)))
    if not closing.receivers:
        findings.tell("recipients", heading.place, [Fault("không thấy danh sách nơi nhận", "", f"- {rule.filing}, …")])


def _list(receivers: tuple[Piece, ...], rule: Recipients) -> Iterator[tuple[Piece, Fault]]:
    for piece in receivers:
        last = piece is receivers[-1]
        yield from ((piece, fault) for fault in faults_of(piece, Look(rule.list_sizes, bold=False, italic=False)))
        end = rule.last_end if last else rule.item_end
        if not piece.text.endswith(end):
            yield piece, Fault(f"{'dòng cuối' if last else 'mỗi dòng'} phải kết thúc bằng dấu “{end}”", piece.text[-1:], end)
        if last and not name_key(piece.text.lstrip("-–— ")).startswith(name_key(rule.filing)):
            yield piece, Fault(f"dòng cuối phải là “- {rule.filing}, …”", piece.text, f"- {rule.filing}")


def check_signing(closing: Closing, findings: Findings) -> None:
    """D221 and D222; a name that is still to be filled in is no fault."""
    rule = findings.rules.capacity
    if not closing.capacity:
        findings.tell("capacity", _END, [Fault("không thấy quyền hạn, chức vụ của người ký")])
    for piece in closing.capacity:
        look = Look(rule.sizes, bold=True, italic=False, capitals=True)
        findings.tell("capacity", f"{piece.place}, quyền hạn, chức vụ", [*_abbreviation(piece, rule.abbreviations), *faults_of(piece, look)])
    signer = closing.signer
    if signer is not None:
        look = Look(findings.rules.signer.sizes, bold=True, italic=False, capitals=False)
        findings.tell("signer", f"{signer.place}, họ tên người ký", [*_titles(signer, findings.rules.signer.academic_titles), *faults_of(signer, look)])


def _abbreviation(piece: Piece, abbreviations: tuple[str, ...]) -> Iterator[Fault]:
    found = re.match(rf"({'|'.join(abbreviations)})(\.?)(\s*)(?=[^\W\d_])", piece.text, re.IGNORECASE)
    if found is None or not (found[2] or found[3]):
        return
    short = found[1].upper()
    if not found[2]:
        yield Fault(f"sau {short} phải có dấu chấm", found[0].strip(), f"{short}.")
    elif not found[3]:
        yield Fault(f"sau {short}. phải có dấu cách", found[0], f"{short}. ")


def _titles(piece: Piece, titles: tuple[str, ...]) -> Iterator[Fault]:
    found = next((each for each in titles if piece.text.casefold().startswith(each.casefold())), "")
    if found:
        yield Fault("không ghi học hàm, học vị trước họ tên", found)

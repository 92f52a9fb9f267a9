"""The kind of a document and its subject, or the subject of a letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mtqg_cli.render.decree30.findings import Fault, Look, faults_of

if TYPE_CHECKING:
    from mtqg_cli.render.decree30.findings import Findings
    from mtqg_cli.render.decree30.layout import Head

_FIRST = re.compile(r"[^\W\d_]+")


def check_title(head: Head, findings: Findings) -> None:
    """D216."""
    rule = findings.rules.title
    if head.title is not None:
        look = Look(rule.sizes, bold=True, italic=False, capitals=True, centred=True)
        findings.tell("title", f"{head.title.place}, tên loại", faults_of(head.title, look))
        if head.subject is None:
            findings.tell("title", f"{head.title.place}, tên loại", [Fault("không thấy trích yếu ở dưới tên loại")])
        else:
            look = Look(rule.subject_sizes, bold=True, italic=False, capitals=False, centred=True)
            findings.tell("title", f"{head.subject.place}, trích yếu", faults_of(head.subject, look))
    elif head.letter_subject is not None:
        look = Look(rule.letter_sizes, bold=False, italic=False, capitals=False)
        findings.tell("title", f"{head.letter_subject.place}, trích yếu công văn", faults_of(head.letter_subject, look))
    else:
        findings.tell("title", "Dưới tiêu đề", [_missing(head, findings)])


def _missing(head: Head, findings: Findings) -> Fault:
    """The sign of the document tells what kind it wants to be."""
    types = findings.rules.number.types
    sign = head.number.text.rpartition("/")[2] if head.number is not None else ""
    first = _FIRST.match(sign)
    kind = types.get(first[0]) if first else None
    if kind:
        return Fault(f"không thấy tên loại “{kind.upper()}” ở một dòng riêng", "", kind.upper())
    return Fault("không thấy tên loại ở một dòng riêng, cũng không thấy trích yếu công văn (V/v …)")

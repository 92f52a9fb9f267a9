"""A Word document checked against Decree 30/2020/NĐ-CP: which provisions are looked at in which order, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Diagnostic, Severity
from mtqg_cli.core.location import Location
from mtqg_cli.render.decree30.annex import check_annexes
from mtqg_cli.render.decree30.body import check_body
from mtqg_cli.render.decree30.ending import check_recipients, check_signing
from mtqg_cli.render.decree30.findings import Fault, Findings
from mtqg_cli.render.decree30.head import check_head
from mtqg_cli.render.decree30.layout import lay_out
from mtqg_cli.render.decree30.letters import check_letters
from mtqg_cli.render.decree30.numbering import check_date, check_number
from mtqg_cli.render.decree30.package import RefusedError
from mtqg_cli.render.decree30.page import check_page, check_page_numbers
from mtqg_cli.render.decree30.reader import read_document
from mtqg_cli.render.decree30.title import check_title

if TYPE_CHECKING:
    from mtqg_cli.reference.document_rules import DocumentRules


def check(document: bytes, name: str, rules: DocumentRules) -> tuple[Diagnostic, ...]:
    """All findings on a document, its pages first, then in the order of reading; a file that cannot be read is a finding too (D201)."""
    try:
        facts = read_document(document)
    except RefusedError as refused:
        return (refusal(name, refused),)
    findings = Findings(rules, name)
    layout = lay_out(facts, rules)
    findings.binding = layout.official
    check_page(facts.sections, layout.frames, findings)
    check_letters(facts.paragraphs, findings)
    if not layout.official:
        findings.tell("kind", "Toàn văn bản", [Fault("không phải văn bản hành chính theo Nghị định 30/2020/NĐ-CP (không có Quốc hiệu)")])
        return tuple(findings.found)
    check_page_numbers(facts.sections, findings)
    check_head(layout.head, facts.paragraphs, findings)
    check_number(layout.head, findings)
    check_date(layout.head, findings)
    check_title(layout.head, findings)
    check_body(layout, findings)
    check_recipients(layout.closing, findings)
    check_signing(layout.closing, findings)
    check_annexes(facts.paragraphs, layout.closing.annexes, findings)
    return tuple(findings.found)


def refusal(name: str, refused: RefusedError) -> Diagnostic:
    """A file that is not read, with the reason."""
    return Diagnostic("D201", Severity.ERROR, Location(name), f"Không kiểm tra được: {refused}.", refused.hint)

"""Every message as a user sees it: the cases of the rules, really run. Feeds docs/reference/thong-bao.md and `mtqg explain`."""

from __future__ import annotations

import json
import re
import sys
import tempfile
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from casefile import read_cases, read_sample  # noqa: E402
from docx import Document  # noqa: E402
from fullproject import make_full_project  # noqa: E402
from officialdocument import wrong_documents  # noqa: E402

from mtqg_cli.compose.fields import fields  # noqa: E402
from mtqg_cli.core.diagnostic import Decision  # noqa: E402
from mtqg_cli.project import load_project  # noqa: E402
from mtqg_cli.reference.book import load_book  # noqa: E402
from mtqg_cli.reference.codes import CODES, scope_of  # noqa: E402
from mtqg_cli.reference.document_rules import shipped_rules  # noqa: E402
from mtqg_cli.reference.request import Acceptance, Correction, Judgement  # noqa: E402
from mtqg_cli.render.decree30.check import check  # noqa: E402
from mtqg_cli.render.diagnostics.counting import folded  # noqa: E402
from mtqg_cli.render.diagnostics.text_format import listing  # noqa: E402
from mtqg_cli.render.lint import lint  # noqa: E402
from mtqg_cli.validate.check import check_batch  # noqa: E402
from mtqg_cli.validate.registry import Rule, rules  # noqa: E402

if TYPE_CHECKING:
    from mtqg_cli.core.diagnostic import Diagnostic

#: How many wordings of one rule are shown.
_MOST = 4
#: What `visible` puts into a quoted cell.
_NOTE = re.compile(r"\[.*?\]")
#: The scopes of rules as headings.
SCOPES = {
    "file": "Tệp",
    "sheet": "Trang tính",
    "cell": "Ô",
    "row": "Dòng",
    "table": "Biểu",
    "batch": "Cả kỳ báo cáo",
    "findings": "Nhiều chỗ cùng một nguyên nhân",
}
#: The scopes of codes that are no rules on workbooks.
CODE_SCOPES = {"reference": "Dữ liệu tham chiếu", "template": "Mẫu Word", "document": "Thể thức văn bản", "merge": "Gộp số liệu"}
_ABOUT = """# Các thông báo

Mọi thông báo của `mtqg validate` như người dùng thấy, lấy từ việc chạy thật các tình huống trong `tests/cases`. Mỗi thông báo có bốn phần: chỗ sai,
điều đang ghi, điều phải có, và sau dấu → là việc cần làm. Vì sao có từng quy tắc: [Quy tắc kiểm tra](quy-tac.md).
"""


def gallery() -> str:
    """The page of all messages."""
    parts = [_ABOUT]
    for scope, title in SCOPES.items():
        parts.append(f"\n## {title}\n")
        parts += [_entry(rule.code, rule.headline, messages()[rule.code]) for rule in rules() if rule.scope == scope]
    for scope, title in CODE_SCOPES.items():
        parts.append(f"\n## {title}\n")
        parts += [_entry(code, headline, messages().get(code, ())) for code, (headline, _) in CODES.items() if scope_of(code) == scope]
    return "".join(parts)


def _entry(code: str, headline: str, found: tuple[Diagnostic, ...]) -> str:
    shown = "\n".join(listing(found)).rstrip()
    return f"\n### {code}. {headline}\n" + (f"\n```text\n{shown}\n```\n" if shown else "")


def examples() -> str:
    """One message of each code, as `mtqg explain` shows it."""
    made = {code: _example(found[0]) for code, found in sorted(messages().items()) if found}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _example(each: Diagnostic) -> dict[str, str]:
    return {"place": str(each.location), "severity": each.severity.value, "message": each.message, "hint": each.hint}


@cache
def messages() -> dict[str, tuple[Diagnostic, ...]]:
    """The findings of each code whose wordings differ, in the order of the cases."""
    with tempfile.TemporaryDirectory() as folder:
        make_full_project(Path(folder) / "day-du")
        sample, every_form = (read_sample(load_project(each)) for each in (ROOT / "sample_data" / "dam-ha", Path(folder) / "day-du"))

    def run(case: Any, *, whole: bool) -> list[Diagnostic]:
        found = case.check(every_form if case.every_form else sample, whole=whole)
        return [each for one in found for each in (one, *folded(one))]

    return {rule.code: _of_rule(rule, run) for rule in rules()} | _of_reference_data() | _of_decisions(sample) | _of_templates() | _of_documents()


def _of_rule(rule: Rule, run: Any) -> tuple[Diagnostic, ...]:
    """The first finding of each wording; a case whose expectations promise nothing new is not run."""
    shapes: dict[str, Diagnostic] = {}
    promised: set[str] = set()
    for case in read_cases(ROOT / "tests" / "cases" / f"{rule.name}.md")[1]:
        expected = {_shape(line.split(": ", 1)[1]) for line in case.expected if line.startswith(f"{rule.code} ") and ": " in line}
        if expected <= promised or len(shapes) >= _MOST:
            continue
        promised |= expected
        own = [each for each in run(case, whole=rule.scope in {"batch", "findings"}) if each.code == rule.code] or [
            each for each in run(case, whole=True) if each.code == rule.code
        ]
        for each in own:
            shapes.setdefault(_shape(each.message), each)
    return tuple(list(shapes.values())[:_MOST])


def _shape(message: str) -> str:
    """A message without what differs from cell to cell: its place, what is quoted (but not what was made visible there), numbers, brackets."""
    bare = re.sub(r"“[^”]*”", lambda match: "".join(["“", *_NOTE.findall(match[0]), "”"]), message)
    bare = re.sub(r"\([^()]*\)", "()", bare)
    bare = re.sub(r"^[^:]*“” ?(?:\(\))?: ", "", bare)
    return re.sub(r"[\d.,/%=+-]*\d[\d.,/%=+-]*", "0", bare).casefold()


def _of_reference_data() -> dict[str, tuple[Diagnostic, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        for family, name, text in (
            ("forms", "cho-phien", 'title = "Chợ phiên"'),
            ("indicators", "cho", '[[indicator]]\nid="so_cho"\nlabel="Số chợ"\ngroup="chung"\nunit="chợ"\nmeasure="total"\ninputs=["ho-ngheo.so_cho"]\n'),
        ):
            path = Path(folder) / family / f"{name}.toml"
            path.parent.mkdir()
            path.write_text(text, encoding="utf-8")
        found = load_book(Path(folder)).diagnostics
    return {code: tuple(each for each in found if each.code == code)[:_MOST] for code in ("K101", "K102")}


def _of_decisions(sample: Any) -> dict[str, tuple[Diagnostic, ...]]:
    """A correction that fits, one that does not, and an acceptance without its warning."""
    why = Decision("xã xác nhận qua điện thoại", "Chuyên viên Phòng Nông nghiệp và Phát triển nông thôn", date(2024, 6, 25))
    file, sheet = "quang-lam.xlsx", "Biểu 06"
    request = replace(
        sample.project.request(sample.period),
        corrections=(Correction(file, sheet, "D9", 1020, 1030, why), Correction(file, sheet, "D10", 1000, 1030, why)),
        judgement=Judgement(accepted=(Acceptance("T332", file, sheet, "D10", None, why),)),
    )
    found = check_batch(sample.clean, request).diagnostics
    return {code: tuple(each for each in found if each.code == code)[:1] for code in ("K103", "K104", "K105")}


def _of_templates() -> dict[str, tuple[Diagnostic, ...]]:
    document, content = Document(), BytesIO()
    for text in ("Số hộ nghèo đầu kỳ: {{ ho_ngheo_dau_kyy }} hộ.", "{%p if ho_ngheo_dau_ky.co %}", "Có số liệu."):
        document.add_paragraph(text)
    document.save(content)
    found = lint(content.getvalue(), fields(load_book().value), "so-ket/report.docx")
    one, other = Document(), BytesIO()
    one.add_paragraph("Số hộ nghèo đầu kỳ: {{ ho_ngheo_dau_kyy }} hộ.")
    one.save(other)
    found += lint(other.getvalue(), fields(load_book().value), "so-ket/report.docx")
    return {code: tuple(each for each in found if each.code == code)[:1] for code in ("D101", "D102")}


def _of_documents() -> dict[str, tuple[Diagnostic, ...]]:
    """A right document with one fault after another."""
    found: dict[str, dict[str, Diagnostic]] = {}
    for content in wrong_documents():
        for each in check(content, "bao-cao.docx", shipped_rules()):
            found.setdefault(each.code, {}).setdefault(_shape(each.message), each)
    return {code: tuple(list(shapes.values())[:_MOST]) for code, shapes in sorted(found.items())}

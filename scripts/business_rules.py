"""The page of numbered business rules: which the program checks and how, which cannot be broken, which it does not check and why."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mtqg_cli.reference.book import load_book
from mtqg_cli.validate.registry import rules

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "scripts" / "business_rules.toml"
_CASES = ROOT / "tests" / "cases"
#: Up to here the numbers come as one set; those that follow from other parts of the trade are proposals.
_ONE_SET = 80
_MARKS = {"S": "có nguồn công khai", "K": "hiểu biết chung", "I": "suy luận", "D": "dự thảo văn bản"}
_LINES = {
    "computed": "ô tự tính",
    "at_most": "không vượt",
    "sum": "các phần và số chung",
    "times": "tỷ lệ giữa hai số",
    "total": "số chung với biểu khác",
    "within": "phần của biểu khác",
    "tie": "từng dòng bằng biểu khác",
    "carry": "nối tiếp kỳ trước",
    "needed": "ô phải điền",
    "whole": "số nguyên",
    "grade": "hạng theo điểm",
    "expiry": "thời hạn",
    "ended": "hết áp dụng",
    "fitting": "mục chọn hợp nhau",
    "cumulative": "lũy kế",
    "steady": "chỉ đổi khi có ghi chú",
}


@dataclass(frozen=True, slots=True)
class BusinessRule:
    """One numbered rule and what the program does about it; `cases` as "rule: heading", `form_lines` as "form.line"."""

    number: int
    group: str
    text: str
    severity: str
    mark: str = ""
    codes: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    form_lines: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    by_design: str = ""
    reason: str = ""

    @property
    def source(self) -> str:
        """Where the rule comes from: its own mark, or that of the whole set."""
        return self.mark or ("K/I" if self.number <= _ONE_SET else "I")

    @property
    def state(self) -> str:
        """What a reader wants to know first."""
        if self.codes or self.by_design:
            return ("một phần" if self.reason else "có") if self.codes else ("không xảy ra (một phần)" if self.reason else "không xảy ra")
        return "chưa"


@cache
def groups() -> dict[str, str]:
    """The groups' titles."""
    return dict(tomllib.loads(DATA.read_text(encoding="utf-8"))["groups"])


@cache
def business_rules() -> tuple[BusinessRule, ...]:
    """All numbered rules, as the data file has them."""
    entries = tomllib.loads(DATA.read_text(encoding="utf-8"))["rule"]
    return tuple(BusinessRule(**{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}) for entry in entries)


def shown_by(each: BusinessRule) -> tuple[str, ...]:
    """The cases that show the mistake: those that the data name, and the first one of each other code."""
    by_code = {rule.code: rule.name for rule in rules()}
    named = {case.partition(": ")[0] for case in each.cases}
    return (*each.cases, *(f"{name}: {_first(name, code)}" for code in each.codes if (name := by_code[code]) not in named))


def _first(name: str, code: str) -> str:
    blocks = (_CASES / f"{name}.md").read_text(encoding="utf-8").split("\n## ")[1:]
    return next(block.split("\n", 1)[0].strip() for block in blocks if f"\n→ {code} " in block)


def business_rules_page() -> str:
    """The page: one table a group, then what is not checked, then the rules that the program adds."""
    every = business_rules()
    count = {state: sum(each.state == state for each in every) for state in ("có", "một phần", "không xảy ra", "không xảy ra (một phần)", "chưa")}
    parts = [_HEAD.format(total=len(every), marks="; ".join(f"{mark} {words}" for mark, words in _MARKS.items()), **_counted(count))]
    for group, title in groups().items():
        parts.append(f"\n## {group}. {title}\n")
        parts += [_entry(each) for each in every if each.group == group]
    parts.append(_added(every))
    return "".join(parts)


def _counted(count: dict[str, int]) -> dict[str, int]:
    return dict(zip(("whole", "partly", "never", "never_partly", "none"), count.values(), strict=True))


_HEAD = """# Các quy tắc nghiệp vụ và phần thực hiện

{total} quy tắc nghiệp vụ về số liệu và lời văn của báo cáo, mỗi quy tắc kèm phần của chương trình thực hiện nó hoặc lý do chưa kiểm tra.
Kiểm tra đủ: {whole}. Kiểm tra một phần: {partly}. Lỗi không xảy ra được do cách lập biểu, cách tính: {never}; như vậy nhưng còn phần chưa
xét: {never_partly}. Chưa kiểm tra: {none}.

“Nguồn” nói quy tắc dựa vào đâu: {marks}. Quy tắc không mang dấu S
là kinh nghiệm kiểm tra số liệu, không phải quy định của văn bản nào; mức “lỗi”, “cảnh báo” là đề xuất và đổi được ở `[rules] severity` của mtqg.toml. Các mức so sánh không có nguồn
(3%, 10 điểm phần trăm …) là của phần mềm, đổi được ở `[rules] limits`.

Mã như T312 giải thích ở [Quy tắc kiểm tra](quy-tac.md); quan hệ giữa các số của từng biểu ở [Biểu mẫu](bieu-mau.md). Mỗi mã nêu ở đây
kèm ca kiểm thử trong `tests/cases` cho thấy đúng lỗi đó.
"""


def _entry(each: BusinessRule) -> str:
    lines = [f"\n### {each.number}. {each.text}\n\nMức đề xuất: {each.severity}. Nguồn: {each.source}. Kiểm tra: {each.state}.\n\n"]
    if each.codes:
        lines.append(f"- Mã: {', '.join(f'`{code}`' for code in each.codes)}\n")
    if each.form_lines:
        lines.append(f"- Khai báo ở biểu: {', '.join(_line(name) for name in each.form_lines)}\n")
    if each.by_design:
        lines.append(f"- Do cách lập: {each.by_design}\n")
    if each.reason:
        lines.append(f"- Chưa kiểm tra, lý do: {each.reason}\n")
    if shown_by(each):
        lines.append(f"- Ca kiểm thử: {'; '.join(_case(case) for case in shown_by(each))}\n")
    if each.tests:
        lines.append(f"- Kiểm thử: {', '.join(f'`{test}`' for test in each.tests)}\n")
    return "".join(lines)


def _line(name: str) -> str:
    form, _, line = name.partition(".")
    return f"{_sheets()[form]} (`{form}`, {_LINES[line]})"


@cache
def _sheets() -> dict[str, str]:
    return {form.id: form.sheet for form in load_book().value.everything}


def _case(case: str) -> str:
    name, _, heading = case.partition(": ")
    return f"“{heading}” (`{name}.md`)"


def _added(every: Iterable[BusinessRule]) -> str:
    named = {code for each in every for code in each.codes}
    more = [rule for rule in rules() if rule.code not in named]
    lines = [f"| `{rule.code}` | {rule.severity.label} | {rule.headline} |\n" for rule in more]
    return f"\n## Quy tắc thêm của chương trình\n\nNgoài {len(business_rules())} quy tắc trên.\n\n| mã | mức | nội dung |\n|---|---|---|\n{''.join(lines)}"

"""Findings as lines for a person at a terminal: by file and sheet, the summary last."""

from __future__ import annotations

from itertools import groupby
from textwrap import fill
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mtqg_cli.core.diagnostic import Diagnostic

_WIDTH = 80


def render(diagnostics: Sequence[Diagnostic], checked: int) -> str:
    """The text; `checked` is how many files were looked at."""
    return "\n".join([*_lines(diagnostics), summary(diagnostics, checked)])


def _lines(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    for file, of_file in groupby(diagnostics, key=lambda each: each.location.file):
        yield file
        for sheet, of_sheet in groupby(of_file, key=lambda each: each.location.sheet):
            if sheet:
                yield f"  {sheet}"
            for each in of_sheet:
                yield from _entry(each)
        yield ""


def _entry(each: Diagnostic) -> Iterator[str]:
    place = f"{each.location.cell}: " if each.location.cell else ""
    yield _wrapped(f"{each.severity.label} {each.code} {place}{each.message}", "    ", "      ")
    if each.hint:
        yield _wrapped(f"→ {each.hint}", "      ", "        ")


def _wrapped(text: str, first: str, others: str) -> str:
    return fill(text, _WIDTH, initial_indent=first, subsequent_indent=others, break_long_words=False, break_on_hyphens=False)


def summary(diagnostics: Sequence[Diagnostic], checked: int) -> str:
    """One line: how many files, errors, warnings."""
    counts = {severity: sum(1 for each in diagnostics if each.severity is severity) for severity in Severity}
    if not any(counts.values()):
        return f"Đã kiểm tra {checked} tệp: không có lỗi, không có cảnh báo."
    parts = [f"{number} {severity.label}" for severity, number in counts.items() if number]
    files = len({each.location.file for each in diagnostics})
    return f"Đã kiểm tra {checked} tệp: {', '.join(parts)} trong {files} tệp hoặc thư mục."

"""Findings as lines for a person at a terminal: by file and sheet, an overview where there are many files, the summary last."""

from __future__ import annotations

from itertools import groupby
from textwrap import fill
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.visible import inert
from mtqg_cli.render.diagnostics.counting import brings, brought_places, counts, folded, in_words, most_frequent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mtqg_cli.core.diagnostic import Diagnostic

_WIDTH = 80
#: From how many files with findings on they are listed once more in a table.
_MANY_FILES = 3
_NAME = 42
_TOP = 5
_BOLD, _PLAIN = "\033[1m", "\033[0m"
_COLOURS = {Severity.ERROR: "\033[31m", Severity.WARNING: "\033[33m", Severity.NOTE: "\033[36m"}


def render(diagnostics: Sequence[Diagnostic], checked: int, *, colour: bool = False) -> str:
    """The text; `checked` is how many files were looked at, `colour` whether the terminal understands it."""
    return "\n".join([*listing(diagnostics, colour=colour), *_overview(diagnostics), *_brought(diagnostics), summary(diagnostics, checked)])


def listing(diagnostics: Sequence[Diagnostic], *, colour: bool = False) -> Iterator[str]:
    """The findings alone, under the names of their files and sheets."""
    for file, of_file in groupby(diagnostics, key=lambda each: each.location.file):
        yield f"{_BOLD}{inert(file)}{_PLAIN}" if colour else inert(file)
        for sheet, of_sheet in groupby(of_file, key=lambda each: each.location.sheet):
            if sheet:
                yield f"  {inert(sheet)}"
            for each in of_sheet:
                yield _entry(each, colour=colour)
        yield ""


def _entry(each: Diagnostic, *, colour: bool) -> str:
    place = f"{each.location.cell}: " if each.location.cell else ""
    told = _wrapped(f"{each.severity.label} {each.code} {place}{each.message}", "    ", "      ")
    if colour:
        told = told.replace(each.severity.label, f"{_COLOURS[each.severity]}{each.severity.label}{_PLAIN}", 1)
    parts = [told]
    if each.hint:
        parts.append(_wrapped(f"→ {each.hint}", "      ", "        "))
    if brings(each):
        parts.append(_wrapped(f"↳ {brings(each)}: {brought_places(each)}", "      ", "        "))
    return "\n".join(parts)


def _wrapped(text: str, first: str, others: str) -> str:
    return fill(inert(text), _WIDTH, initial_indent=first, subsequent_indent=others, break_on_hyphens=False)


def _overview(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """One line a file, and the codes to look at first."""
    by_file: dict[str, list[Diagnostic]] = {}
    for each in diagnostics:
        by_file.setdefault(each.location.file, []).append(each)
    if len(by_file) < _MANY_FILES:
        return
    yield f"{'Tệp':<{_NAME}}  {'Lỗi':>5}  {'Cảnh báo':>8}  Gặp nhiều nhất"
    for file, found in by_file.items():
        numbers = counts(found)
        code, times = most_frequent(found, 1)[0]
        name = inert(file)
        shown = name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"
        yield f"{shown:<{_NAME}}  {numbers[Severity.ERROR]:>5}  {numbers[Severity.WARNING]:>8}  {code}{f' ({times})' if times > 1 else ''}"
    yield ""
    told = ", ".join(f"{code} ({times})" for code, times in most_frequent(diagnostics, _TOP))
    yield _wrapped(f"Các mã gặp nhiều nhất: {told}. Xem giải thích: mtqg explain MÃ.", "", "  ")


def _brought(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    more = in_words(counts(brought for each in diagnostics for brought in folded(each)))
    if more:
        yield _wrapped(f"Kéo theo {more} khác, không đếm ở dưới; sửa lỗi gốc thì các mục này tự hết.", "", "  ")


def summary(diagnostics: Sequence[Diagnostic], checked: int) -> str:
    """One line: how many files, errors, warnings."""
    told = in_words(counts(diagnostics))
    if not told:
        return f"Đã kiểm tra {checked} tệp: không có lỗi, không có cảnh báo."
    files = len({each.location.file for each in diagnostics})
    return f"Đã kiểm tra {checked} tệp: {told} trong {files} tệp hoặc thư mục."

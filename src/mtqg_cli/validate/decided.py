"""What was decided by hand, put to work: corrected cells before anything is checked, severities and acceptances after. Files stay as they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Checked, Diagnostic, Severity
from mtqg_cli.core.location import Location, cell_position
from mtqg_cli.core.sheet import RawCell, Sheet, Workbook
from mtqg_cli.core.vietnamese import format_date, name_key, nfc
from mtqg_cli.validate.context import raw_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mtqg_cli.core.diagnostic import Decision
    from mtqg_cli.core.sheet import Kind
    from mtqg_cli.reference.request import Acceptance, Correction, Judgement


def correct(workbook: Workbook, corrections: Sequence[Correction]) -> Checked[Workbook]:
    """The workbook as it is to be read, with a note for each corrected cell; a correction whose old value is not there is an error."""
    sheets = list(workbook.sheets)
    told: list[Diagnostic] = []
    for each in corrections:
        if each.file != workbook.file:
            continue
        index = next((number for number, sheet in enumerate(sheets) if name_key(sheet.name) == name_key(each.sheet)), None)
        if index is None:
            told.append(_not_there(each, Location(each.file, each.sheet), "không có trang tính này"))
            continue
        row, column = cell_position(each.cell)
        raw = sheets[index].cell(row, column)
        place = sheets[index].at(row, column)
        if not _holds(raw, each.old):
            told.append(_not_there(each, place, f"ô đang ghi “{raw_text(raw)}”, không phải “{_shown(each.old)}”" if raw else "ô đang để trống"))
            continue
        sheets[index] = _with_value(sheets[index], row, column, each.new)
        told.append(_corrected(each, place))
    return Checked(replace(workbook, sheets=tuple(sheets)), tuple(told))


def strays(corrections: Iterable[Correction], files: Iterable[str], folder: str) -> Iterator[Diagnostic]:
    """Corrections of files that are not there (any more)."""
    known = set(files)
    for each in corrections:
        if each.file not in known:
            yield _not_there(each, Location(folder), f"không có tệp {each.file}")


def weigh(found: Iterable[Diagnostic], judgement: Judgement) -> tuple[list[Diagnostic], set[int]]:
    """The findings with the project's severities, accepted warnings as notes, and which acceptances were used.

    All of it before anything is put under something else: an error must not fade with its cause, and what was accepted of one cell is
    not accepted of the others in its column.
    """
    used: set[int] = set()
    weighed = [replace(each, severity=severity) for each in found if (severity := judgement.severities.get(each.code, each.severity)) is not None]
    return [_accepted(each, judgement.accepted, used) for each in weighed], used


def judge(found: Iterable[Diagnostic], judgement: Judgement, folder: str, used: set[int]) -> tuple[Diagnostic, ...]:
    """The folded findings; causes that were named by folding are accepted here. A cause that nobody wants named leaves what it explained."""
    told = [part for each in found for part in (each.consequences if judgement.severities.get(each.code, each.severity) is None else (each,))]
    result = [_accepted(each, judgement.accepted, used) for each in told]
    for index, acceptance in enumerate(judgement.accepted):
        if index not in used:
            result.append(_unused(acceptance, folder))
    return tuple(result)


def _accepted(each: Diagnostic, acceptances: Sequence[Acceptance], used: set[int]) -> Diagnostic:
    if each.severity is not Severity.WARNING:
        return each
    for index, acceptance in enumerate(acceptances):
        if _fits(acceptance, each):
            used.add(index)
            return replace(each, severity=Severity.NOTE, hint=f"Đã chấp nhận: {_decision(acceptance.decision)}.", decision=acceptance.decision)
    return each


def _fits(acceptance: Acceptance, each: Diagnostic) -> bool:
    if acceptance.rule != each.code or acceptance.file != each.location.file:
        return False
    if acceptance.found is not None and nfc(acceptance.found) != nfc(each.found or ""):
        return False
    on_sheet = name_key(acceptance.sheet) == name_key(each.location.sheet or "") or (not acceptance.sheet and bool(acceptance.cell))
    return on_sheet and acceptance.cell == (each.location.cell or "")


def _unused(acceptance: Acceptance, folder: str) -> Diagnostic:
    place = "!".join(part for part in (acceptance.file, acceptance.sheet, acceptance.cell) if part)
    return Diagnostic(
        "K103",
        Severity.WARNING,
        Location(folder),
        f"Mục [[accepted]] {acceptance.rule} ở {place} không còn khớp với cảnh báo nào.",
        "Xóa mục này khỏi mtqg.toml, hoặc ghi đúng mã, tệp, trang tính, ô và giá trị như cảnh báo đang nêu; lỗi thì phải sửa, không chấp nhận được.",
    )


def _corrected(each: Correction, place: Location) -> Diagnostic:
    message = f"Đọc là “{_shown(each.new)}” thay cho “{_shown(each.old)}”."
    hint = f"Đã thống nhất với đơn vị: {_decision(each.decision)}."
    return Diagnostic("K105", Severity.NOTE, place, message, hint, found=_shown(each.old), expected=_shown(each.new), decision=each.decision)


def _not_there(each: Correction, place: Location, why: str) -> Diagnostic:
    return Diagnostic(
        "K104",
        Severity.ERROR,
        place,
        f"Mục [[correction]] cho {each.file}!{each.sheet}!{each.cell} không dùng được: {why}.",
        "Đơn vị có thể đã gửi lại tệp: xem lại số liệu mới, rồi xóa hoặc sửa mục này trong mtqg.toml.",
        expected=_shown(each.old),
    )


def _decision(decision: Decision) -> str:
    who = ", ".join(part for part in (decision.by, f"ngày {format_date(decision.date)}" if decision.date is not None else "") if part)
    return f"{decision.reason.rstrip('.')} ({who})" if who else decision.reason.rstrip(".")


def _shown(value: str | float | date) -> str:
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, int | float):
        return raw_text(RawCell("number", float(value)))
    return value or "(trống)"


def _holds(raw: RawCell | None, old: str | float | date) -> bool:
    """Whether a cell holds what a correction says it does: by value, or as it is shown."""
    if raw is None:
        return old == ""
    if isinstance(old, str):
        return nfc(old) in {nfc(raw_text(raw)), nfc(str(raw.value))}
    if isinstance(old, date):
        value = raw.value.date() if isinstance(raw.value, datetime) else raw.value
        return value == old
    if raw.kind == "text":  # a number that was typed as text
        return nfc(str(raw.value)).strip() in {_shown(old), str(old)}
    return isinstance(raw.value, int | float) and float(raw.value) == float(old)


def _with_value(sheet: Sheet, row: int, column: int, value: str | float | date) -> Sheet:
    rows = [*sheet.rows, *([[]] * (row - len(sheet.rows)))]
    cells = [*rows[row - 1], *([""] * (column - len(rows[row - 1])))]
    cells[column - 1] = float(value) if isinstance(value, int) else value
    rows[row - 1] = cells
    position, before = (row, column), sheet.cell(row, column)
    marked = {key: cell for key, cell in sheet.marked.items() if key != position}
    if value != "":
        marked[position] = RawCell(_kind(value), cells[column - 1], in_file=before)
    return replace(
        sheet,
        rows=rows,
        marked=marked,
        formulas={key: text for key, text in sheet.formulas.items() if key != position},
        percent=sheet.percent - {position},
    )


def _kind(value: str | float | date) -> Kind:
    if isinstance(value, str):
        return "text"
    return "date" if isinstance(value, date) else "number"

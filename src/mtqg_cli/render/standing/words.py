"""A change between two workbooks, and how many there are, in words."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mtqg_cli.core.receipt import Change, Resubmission

#: Longer texts are cut: the workbook has them whole.
_LONGEST = 60
_BLANK = "(trống)"


def change_text(change: Change) -> str:
    """Hộ nghèo cuối kỳ thôn Bình Hồ: 13 → 12."""
    row = _short(change.row)
    if change.kind == "value":
        old, new = (_short(value) if value is not None else _BLANK for value in (change.old, change.new))
        return f"{' '.join(part for part in (change.column, row) if part)}: {_with_unit(old, new, change)}"
    return {
        "row_come": f"Thêm {row}",
        "row_gone": f"Không còn {row}",
        "sheet_come": "Biểu này lần trước không đọc được, nay đọc được",
        "sheet_gone": "Biểu này lần trước đọc được, nay không đọc được",
        "version": f"Biểu mẫu đã đổi từ phiên bản {change.old} sang {change.new}; không so sánh từng số",
    }[change.kind]


def _with_unit(old: str, new: str, change: Change) -> str:
    if change.unit == "%":
        return " → ".join(text if value is None else f"{text}%" for text, value in ((old, change.old), (new, change.new)))
    measured = change.unit and any(character.isdigit() for character in new) and not new.startswith("#")
    return f"{old} → {new}{f' {change.unit}' if measured else ''}"


def _short(text: str) -> str:
    return shorten(text, _LONGEST, placeholder=" …")


def amount(changes: Sequence[Change] | None) -> str:
    """3 số liệu thay đổi; what could not be compared is said so."""
    if changes is None:
        return "không so sánh được với lần gửi trước"
    if not changes:
        return "số liệu không thay đổi"
    values = sum(change.kind == "value" for change in changes)
    others = len(changes) - values
    parts = [f"{values} số liệu thay đổi"] if values else []
    parts += [f"{others} dòng hoặc biểu được thêm, bớt"] if others else []
    return ", ".join(parts)


def sent_again(name: str, resubmission: Resubmission) -> str:
    """The line that a run tells when it sees a workbook taking the place of another."""
    return f"{name} đã gửi lại: {amount(resubmission.changes)} (xem mtqg status)."

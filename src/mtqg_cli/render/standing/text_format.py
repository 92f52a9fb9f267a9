"""Where each unit stands, as a table for a person at a terminal; the sums are the last line."""

from __future__ import annotations

from itertools import groupby
from textwrap import fill, wrap
from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import format_date
from mtqg_cli.render.standing.words import amount, change_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mtqg_cli.core.receipt import Change, Overview, Resubmission, Standing

_WIDTH = 80
_COLUMNS = (20, 16, 3, 8)
#: What is left for the last column, two blanks between any two.
_LAST = _WIDTH - sum(_COLUMNS) - 2 * len(_COLUMNS)
#: How many changes of a unit are told unless all are asked for.
_FEW = 10


def render(overview: Overview, *, whole: bool) -> str:
    """The text; `whole` tells every change of every resubmission."""
    heading = f"Tình hình nộp báo cáo {overview.period.label}, tính đến {_moment(overview.now, overview)}"
    deadline = f"Hạn nộp: {format_date(overview.deadline)}" if overview.deadline is not None else ""
    lines = [*wrap(heading, _WIDTH), *([deadline] if deadline else []), "", *_row(("Đơn vị", "Ghi nhận lúc", "Lỗi", "Cảnh báo", "Tình hình"))]
    for standing in overview.standings:
        lines += _row(_cells(standing, overview))
    lines.append("")
    if any(standing.late and not standing.late_known for standing in overview.standings if _sent(standing)):
        words = "* Tệp được ghi nhận sau hạn nộp, nhưng từ hạn nộp đến ngày đó chưa lần nào chạy mtqg: đơn vị có thể đã gửi đúng hạn."
        lines += [*wrap(words, _WIDTH, subsequent_indent="  "), ""]
    if any(standing.late == 0 and not standing.late_known for standing in overview.standings if _sent(standing)):
        words = "** Đồng hồ của máy đã bị chỉnh lùi hoặc chỉnh tới trong thời gian đó: không biết chắc ngày ghi nhận, có thể đã gửi chậm."
        lines += [*wrap(words, _WIDTH, subsequent_indent="   "), ""]
    for standing in overview.standings:
        lines += _sent_again(standing, overview, whole=whole)
    return "\n".join([*lines, *_sums(overview)])


def _row(cells: tuple[str, ...]) -> Iterator[str]:
    """The lines of a row: each cell wrapped in its column, numbers to the right."""
    wrapped = [wrap(cell, width) or [""] for cell, width in zip(cells, (*_COLUMNS, _LAST), strict=True)]
    for index in range(max(len(each) for each in wrapped)):
        name, seen, errors, warnings, last = (each[index] if index < len(each) else "" for each in wrapped)
        yield f"{name:<{_COLUMNS[0]}}  {seen:<{_COLUMNS[1]}}  {errors:>{_COLUMNS[2]}}  {warnings:>{_COLUMNS[3]}}  {last}".rstrip()


def _cells(standing: Standing, overview: Overview) -> tuple[str, ...]:
    there = bool(standing.files)
    seen = _moment(standing.receipts[0].first_seen, overview) if standing.receipts and _sent(standing) else ""
    numbers = (str(standing.errors), str(standing.warnings)) if there else ("", "")
    return (standing.unit.name, seen, *numbers, "; ".join(_words(standing, overview)) or "đã gửi")


def _sent(standing: Standing) -> bool:
    return standing.state in ("sent", "conflict")


def _words(standing: Standing, overview: Overview) -> Iterator[str]:
    if standing.state == "excused":
        yield f"được miễn: {standing.excuse}"
        return
    if standing.state == "unreadable":
        yield f"có tệp {standing.files[0]} nhưng không đọc được"
    if standing.state == "conflict":
        yield f"có {len(standing.files)} tệp ({', '.join(standing.files)}), chưa tính tệp nào"
    if standing.state == "missing" and standing.receipts:
        yield f"chưa có tệp; đã gửi {_moment(standing.receipts[-1].first_seen, overview)}, nay không còn trong thư mục"
    elif standing.state == "missing":
        yield f"chưa gửi, quá hạn {standing.late} ngày" if standing.late else "chưa gửi"
    elif standing.late is not None and _sent(standing):
        yield _lateness(standing, standing.late)
    if standing.resubmissions and standing.state != "conflict":
        yield f"gửi lại lần {len(standing.resubmissions)}, {_moment(standing.receipts[-1].first_seen, overview)}"
    if standing.returned is not None:
        yield f"trả lại ngày {format_date(standing.returned)}, {f'đã {standing.waiting} ngày ' if standing.waiting else ''}chưa gửi lại"
    if _sent(standing) and not standing.receipts:
        yield "đã gửi, chưa vào sổ"


def _lateness(standing: Standing, days: int) -> str:
    if not days:
        return "đúng hạn" if standing.late_known else "đúng hạn **"
    return f"chậm {days} ngày" if standing.late_known else f"sau hạn {days} ngày *"


def _moment(time: datetime, overview: Overview) -> str:
    local = time.astimezone(overview.now.tzinfo)
    return f"{format_date(local)} {local:%H:%M}"


def _sent_again(standing: Standing, overview: Overview, *, whole: bool) -> Iterator[str]:
    # of two files side by side nobody has said yet that one takes the other's place
    told = [each for each in enumerate(standing.resubmissions, start=1) if standing.state != "conflict"]
    for number, each in told if whole else told[-1:]:
        when, before = (_moment(receipt.first_seen, overview) for receipt in (each.receipt, each.earlier))
        head = f"{standing.unit.name} gửi lại lần {number} ({when}), so với lần {before}: {amount(each.changes)}"
        yield fill(head, _WIDTH, subsequent_indent="  ")
        yield from _changes(each, standing, whole=whole)
        yield ""


def _changes(resubmission: Resubmission, standing: Standing, *, whole: bool) -> Iterator[str]:
    changes = resubmission.changes or ()
    shown: Sequence[Change] = changes if whole or len(changes) <= _FEW + 1 else changes[:_FEW]
    for sheet, of_sheet in groupby(shown, key=lambda each: each.sheet):
        yield f"  {sheet}"
        for each in of_sheet:
            yield fill(change_text(each), _WIDTH, initial_indent="    ", subsequent_indent="      ", break_on_hyphens=False)
    if len(shown) < len(changes):
        yield f'  … và {len(changes) - len(shown)} thay đổi khác (thêm --unit "{standing.unit.name}" để xem đủ)'


def _sums(overview: Overview) -> list[str]:
    """The last lines: 8/10 đơn vị đã gửi; chưa gửi: xã A."""
    asked = [standing for standing in overview.standings if standing.state != "excused"]
    parts = [f"{sum(_sent(standing) for standing in asked)}/{len(asked)} đơn vị đã gửi"]
    for state, words in (("missing", "chưa gửi"), ("unreadable", "không đọc được tệp của"), ("excused", "được miễn")):
        names = ", ".join(standing.unit.label for standing in overview.standings if standing.state == state)
        parts += [f"{words}: {names}"] if names else []
    waiting = ", ".join(standing.unit.label for standing in overview.standings if standing.returned is not None)
    parts += [f"đã trả lại, chưa gửi lại: {waiting}"] if waiting else []
    return wrap(f"{'; '.join(parts)}.", _WIDTH, break_on_hyphens=False)

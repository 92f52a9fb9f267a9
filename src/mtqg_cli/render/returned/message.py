"""A few lines of plain text for a chat message: whose file, how much was found, the first findings, what to do. No links, no marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import format_date
from mtqg_cli.reference.layout import RETURNED_SHEET
from mtqg_cli.render.printing import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.diagnostic import Diagnostic
    from mtqg_cli.core.returned import ReturnedFile

_NAMED = 5


def message(returned: ReturnedFile, *, annotated: bool) -> bytes:
    """The text, with the line ends of Windows."""
    return "".join(f"{printable(' '.join(line.split()))}\r\n" for line in _lines(returned, annotated=annotated)).encode()


def _lines(returned: ReturnedFile, *, annotated: bool) -> Iterator[str]:
    whose = f"{returned.unit.name}: tệp" if returned.unit is not None else "Tệp"
    yield f"{whose} {returned.file}, số liệu {returned.period.label}, có {returned.counted}."
    findings = returned.gravest_first
    for number, each in enumerate(findings[:_NAMED], start=1):
        yield f"{number}. {_finding(each)}"
    more = len(findings) - _NAMED
    if more > 0:
        yield f"… và {more} nội dung khác{f', xem trang “{RETURNED_SHEET}” trong tệp gửi kèm' if annotated else ''}."
    if returned.errors == 0:
        yield "Cách làm: kiểm tra các nội dung trên; số đúng thì giữ nguyên và trả lời rõ lý do, số sai thì sửa rồi gửi lại tệp."
    elif annotated:
        yield f"Cách làm: mở tệp gửi kèm, sửa các ô được tô màu (trang “{RETURNED_SHEET}” nêu rõ từng ô), lưu rồi gửi lại tệp."
    else:
        yield "Cách làm: sửa theo hướng dẫn nêu trên rồi gửi lại tệp."
    if returned.deadline is not None:
        yield f"Hạn gửi lại: ngày {format_date(returned.deadline)}."


def _finding(each: Diagnostic) -> str:
    place = f"{each.location.words}: " if each.location.words else ""
    follows = f" (kéo theo {len(each.entailed)} lỗi khác)" if each.entailed else ""
    return f"[{each.severity.label}] {place}{each.message}{follows}{f' → {each.hint}' if each.hint else ''}"

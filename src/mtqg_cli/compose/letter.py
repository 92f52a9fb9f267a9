"""The covering letter of a file that goes back, as values under the names that its template uses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mtqg_cli.compose.fields import issue_fields, period_fields, unit_fields
from mtqg_cli.compose.values import issue_record, period_record, unit_record
from mtqg_cli.core.figure import Figure
from mtqg_cli.core.report import Field, Record, Report
from mtqg_cli.reference.layout import RETURNED_SHEET

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mtqg_cli.compose.values import Frame
    from mtqg_cli.core.diagnostic import Diagnostic
    from mtqg_cli.core.report import Value
    from mtqg_cli.core.returned import ReturnedFile
    from mtqg_cli.reference.request import Request

#: A letter names the gravest findings; all of them stand in the workbook that goes with it.
_NAMED = 10
_KEPT = "Lưu"


def letter_fields() -> dict[str, Field]:
    """Every name that a letter has, with what it is."""
    finding = {
        "vi_tri": Field("Trang tính và ô", "text"),
        "muc_do": Field("lỗi, cảnh báo hoặc ghi chú", "text"),
        "noi_dung": Field("Nội dung", "text"),
        "cach_sua": Field("Cách sửa", "text"),
        "keo_theo": Field("Số lỗi khác kéo theo", "number"),
    }
    return {
        "don_vi": Field("Đơn vị gửi công văn", "record", unit_fields()),
        "ky": Field("Kỳ báo cáo", "record", period_fields()),
        "van_ban": Field("Thể thức văn bản", "record", issue_fields()),
        "noi_gui": Field("Đơn vị đã gửi tệp: xã Quảng Lâm; để trống nếu không rõ", "text"),
        "tep": Field("Tên tệp", "text"),
        "so_loi": Field("Số lỗi", "figure"),
        "so_canh_bao": Field("Số cảnh báo", "figure"),
        "noi_dung": Field("Các nội dung chính, lỗi trước", "list", finding),
        "con_lai": Field("Số nội dung không nêu trong công văn", "number"),
        "co_tep": Field("Có gửi kèm tệp đã đánh dấu", "flag"),
        "trang": Field("Tên trang tính liệt kê các nội dung", "text"),
        "han": Field("Hạn gửi lại", "date"),
    }


def compose_letter(request: Request, returned: ReturnedFile, frame: Frame, template: str, *, annotated: bool) -> Report:
    """The letter: every name of `letter_fields` with its value. The day of signing is left to whoever signs."""
    kept = tuple(each for each in frame.issue.recipients if each.startswith(_KEPT))
    issue = replace(frame.issue, number=frame.issue.letter_number, date=None, recipients=("Như trên", *(kept or (f"{_KEPT}: VT",))))
    findings = returned.gravest_first
    values: dict[str, Value] = {
        "don_vi": unit_record(request),
        "ky": period_record(request),
        "van_ban": issue_record(issue),
        "noi_gui": returned.unit.label if returned.unit is not None else "",
        "tep": returned.file,
        "so_loi": _count(returned, "so_loi", "lỗi", returned.errors),
        "so_canh_bao": _count(returned, "so_canh_bao", "cảnh báo", returned.warnings),
        "noi_dung": _records(findings[:_NAMED]),
        "con_lai": max(len(findings) - _NAMED, 0),
        "co_tep": annotated,
        "trang": RETURNED_SHEET,
        "han": returned.deadline,
    }
    return Report(template, request.unit, returned.period, values, frame.style)


def _count(returned: ReturnedFile, name: str, unit: str, number: int) -> Figure:
    return Figure(name, f"Số {unit}", unit, returned.period, number)


def _records(findings: Iterable[Diagnostic]) -> tuple[Record, ...]:
    return tuple(
        Record(
            {
                "vi_tri": each.location.words or "Cả tệp",
                "muc_do": each.severity.label,
                "noi_dung": each.message,
                "cach_sua": each.hint,
                "keo_theo": len(each.entailed),
            }
        )
        for each in findings
    )

"""T315: a figure that is too many or too few times another one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.core.vietnamese import format_number
from mtqg_cli.validate.registry import Finding, rule
from mtqg_cli.validate.strands import severity_of, strands_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from mtqg_cli.core.location import Location
    from mtqg_cli.reference.lines import Times
    from mtqg_cli.validate.context import TableContext
    from mtqg_cli.validate.strands import Strand


@rule("T315", doubts=True, forms=lambda form: form.times)
def times_out_of_range(context: TableContext) -> Iterator[Finding]:
    """Hai số liệu liên quan với nhau nhưng tỷ lệ không hợp lý.

    Ví dụ: dân số ít hơn số hộ, bình quân mỗi hộ ngoài khoảng 2 đến 7 người; tổng số lượt thiếu hụt của hộ nghèo chưa bằng 3 lần số hộ nghèo,
    của hộ cận nghèo vượt quá 2 lần số hộ cận nghèo (chuẩn nghèo đa chiều áp dụng các năm 2022-2026).
    Nơi áp dụng chuẩn nghèo của tỉnh thì quy tắc về chỉ số thiếu hụt chỉ là cảnh báo. Cách xử lý: kiểm tra cả hai số, sửa ô ghi sai.
    """
    year = context.request.period.year
    told: set[Location] = set()
    for line in context.form.times:
        if line.years is not None and not line.years[0] <= year <= line.years[1]:
            continue
        for strand in strands_of(context.form, context.table, line.columns):
            cell = strand.cell(line.value)
            if cell is not None and cell.location not in told:
                for finding in _compare(line, strand, cell.location):
                    told.add(cell.location)
                    yield replace(finding, severity=Severity.WARNING) if line.poverty_line not in {"", context.request.poverty_line} else finding


def _compare(line: Times, strand: Strand, location: Location) -> Iterator[Finding]:
    value, base = strand.value(line.value), strand.value(line.base)
    if value is None or base is None:
        return
    if line.minimum is not None and value < line.minimum * base:
        words, limit = "ít hơn " if line.minimum == 1 else f"chưa bằng {_times(line.minimum)}", f"từ {strand.shown(line.value, line.minimum * base)} trở lên"
    elif line.maximum is not None and value > line.maximum * base:
        words, limit = "nhiều hơn " if line.maximum == 1 else f"vượt quá {_times(line.maximum)}", f"không quá {strand.shown(line.value, line.maximum * base)}"
    else:
        return
    found, other = strand.shown(line.value, value), strand.cell(line.base)
    yield Finding(
        location,
        f"{strand.begin(line.value)}: ghi {found}, {words}{strand.title(line.base)} là {strand.shown(line.base, base)}.",
        line.hint or "Kiểm tra cả hai số, sửa ô ghi sai.",
        found=found,
        expected=limit,
        related=(other.location,) if other is not None else (),
        severity=severity_of(line),
    )


def _times(factor: Decimal) -> str:
    return f"{format_number(factor, max(0, -int(factor.normalize().as_tuple().exponent)))} lần "

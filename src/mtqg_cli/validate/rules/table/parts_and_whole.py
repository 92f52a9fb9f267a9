"""T312: parts that do not make up their whole as the form says they must."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.validate.registry import Finding, rule
from mtqg_cli.validate.strands import severity_of, strands_of, terms_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.location import Location
    from mtqg_cli.reference.lines import Sum
    from mtqg_cli.validate.context import TableContext
    from mtqg_cli.validate.strands import Number, Strand

_HINT = "Kiểm tra có ghi nhầm dòng, nhầm cột không, rồi sửa ô ghi sai."


@rule("T312", doubts=True, forms=lambda form: form.sum)
def parts_and_whole(context: TableContext) -> Iterator[Finding]:
    """Các số thành phần không khớp với số tổng.

    Ví dụ: nhà chia theo đối tượng cộng lại khác tổng số nhà, hộ ra khỏi danh sách nhiều hơn số hộ đầu kỳ, số hộ thiếu hụt một chỉ số
    nhiều hơn tổng số hộ, có hộ chưa được ghi nguyên nhân nghèo.
    Cách xử lý: kiểm tra có ghi nhầm dòng, nhầm cột hoặc bỏ sót không, rồi sửa ô ghi sai.
    """
    for line in context.form.sum:
        for strand in strands_of(context.form, context.table):
            whole = strand.value(line.whole)
            parts = [strand.value(term) for term in line.parts]
            if whole is None:
                continue
            if line.mode == "each":
                yield from _each(line, strand, whole)
            elif all(part is not None for part in parts):
                yield from _together(line, strand, whole, sum(part for part in parts if part is not None))


def _each(line: Sum, strand: Strand, whole: Number) -> Iterator[Finding]:
    for term in line.parts:
        value, cell = strand.value(term), strand.cell(term)
        if value is None or cell is None or value <= whole:
            continue
        found, limit = strand.shown(term, value), strand.shown(line.whole, whole)
        yield Finding(
            cell.location,
            f"{strand.begin(term)}: ghi {found}, vượt {strand.title(line.whole)} là {limit}.",
            line.hint or _HINT,
            found=found,
            expected=f"không quá {limit}",
            related=_related(strand, (line.whole,)),
            severity=severity_of(line),
        )


def _together(line: Sum, strand: Strand, whole: Number, total: Number) -> Iterator[Finding]:
    broken = {"equal": total != whole, "at_most": total > whole, "at_least": total < whole}[line.mode]
    cell = strand.cell(line.whole)
    if not broken or cell is None:
        return
    found, right = strand.shown(line.whole, whole), strand.shown(line.whole, total)
    names = terms_in_words(strand.form, line.parts)
    words = {"equal": f"được {right}", "at_most": f"được {right}, lớn hơn số này", "at_least": f"chỉ được {right}"}[line.mode]
    yield Finding(
        cell.location,
        f"{strand.begin(line.whole)}: ghi {found}, nhưng cộng {names} {words}.",
        line.hint or _HINT,
        found=found,
        expected={"equal": right, "at_most": f"từ {right} trở lên", "at_least": f"không quá {right}"}[line.mode],
        related=_related(strand, line.parts),
        severity=severity_of(line),
        remedies=_remedies(strand, line, total - whole) if line.mode == "equal" else (),
    )


def _remedies(strand: Strand, line: Sum, excess: Number) -> tuple[tuple[Location, int], ...]:
    """The whole, or one of the parts, changed by what they differ by."""
    whole = strand.cell(line.whole)
    if not isinstance(excess, int) or whole is None:
        return ()
    return ((whole.location, excess), *((location, -excess) for location in _related(strand, line.parts)))


def _related(strand: Strand, terms: tuple[str, ...]) -> tuple[Location, ...]:
    return tuple(cell.location for term in terms if (cell := strand.cell(term)) is not None)

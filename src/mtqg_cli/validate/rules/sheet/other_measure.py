"""S209: a unit of measure on the sheet that is not the form's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import name_key, nfc
from mtqg_cli.reference.quantity import MONEY_SCALES
from mtqg_cli.validate.match import printed_rows
from mtqg_cli.validate.registry import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.core.location import Location
    from mtqg_cli.reference.form import Form
    from mtqg_cli.validate.context import SheetContext
    from mtqg_cli.validate.match import SheetMatch

#: Units as people write them; what is not here is not judged.
_SPELLINGS = {
    "đồng": ("đồng", "đ", "vnđ", "vnd", "đồng việt nam"),
    "nghìn đồng": ("nghìn đồng", "ngàn đồng", "1.000 đồng", "1000 đồng", "1.000đ", "1000đ"),
    "triệu đồng": ("triệu đồng", "triệu", "tr.đồng", "tr.đ", "trđ", "1.000.000 đồng"),
    "tỷ đồng": ("tỷ đồng", "tỉ đồng", "tỷ", "tỉ"),
    "hộ": ("hộ", "số hộ"),
    "người": ("người", "khẩu", "nhân khẩu"),
    "%": ("%", "phần trăm"),
}
_KNOWN = {name_key(word): unit for unit, words in _SPELLINGS.items() for word in words}
_LINE = re.compile(r"(?:đơn vị tính|đvt) ?[:：]? ?(.+)", re.IGNORECASE)
_COLUMNS = 60


@rule("S209")
def other_measure(context: SheetContext) -> Iterator[Finding]:
    """Đơn vị tính in trên trang tính khác đơn vị tính của biểu mẫu.

    Biểu tính bằng triệu đồng mà ghi theo đồng thì số liệu sai một triệu lần; chương trình không tự đổi.
    Cách xử lý: đổi số liệu về đơn vị tính của biểu mẫu, sửa lại dòng đơn vị tính.
    """
    match = context.match
    if match is None:
        return
    for place, found, wanted in (*_lines(match), *_rows(match)):
        yield Finding(
            place,
            f"Trang tính ghi đơn vị tính là “{found}”, biểu mẫu tính bằng {wanted}.",
            f"Kiểm tra số liệu đang ghi theo đơn vị tính nào; đổi về {wanted} rồi sửa lại đơn vị tính trên trang tính.",
            found=found,
            expected=wanted,
        )


def _lines(match: SheetMatch) -> Iterator[tuple[Location, str, str]]:
    """The lines above the table that speak of a unit, against the form's own."""
    wanted = _own(match.form)
    for row in range(1, match.header_row) if wanted else ():
        for column, written in enumerate(match.sheet.row(row)[: _COLUMNS - 1], start=1):
            found = _measure(written) if isinstance(written, str) and written else ""
            if found and (unit := _KNOWN.get(name_key(found))) and unit != wanted:
                yield match.sheet.at(row, column), found, wanted


def _measure(written: str) -> str:
    """The unit that a line above the table speaks of."""
    line = _LINE.search(nfc(written))
    return line[1].strip(" ().;") if line is not None else ""


def _own(form: Form) -> str:
    """The one unit of a form: as it prints it, or that of its money."""
    line = _LINE.search(form.unit_note)
    if line is not None:
        return line[1]
    units = {column.unit for column in form.columns if column.unit in MONEY_SCALES}
    return units.pop() if len(units) == 1 else ""


def _rows(match: SheetMatch) -> Iterator[tuple[Location, str, str]]:
    """The units beside printed rows, against those that the form prints there."""
    column = match.columns.get("measure_unit")
    rows = printed_rows(match) if column is not None and match.form.kind == "fixed" else {}
    for row in match.form.rows:
        wanted = row.texts.get("measure_unit", "")
        if column is None or row.key not in rows or not wanted:
            continue
        found = match.sheet.text(rows[row.key], column)
        (unit, rest), (own, own_rest) = _parts(found), _parts(wanted)
        if unit and own and unit != own and rest == own_rest:
            yield match.sheet.at(rows[row.key], column), found, wanted


def _parts(text: str) -> tuple[str, str]:
    """The known unit in triệu đồng/người/năm, and what it is counted by."""
    unit, _, rest = text.partition("/")
    return _KNOWN.get(name_key(unit), ""), name_key(rest)

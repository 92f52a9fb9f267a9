"""What Excel itself checks while a form is filled in: drop-downs, ranges of numbers, dates. The rules proper are in `validate`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mtqg_cli.core.location import column_letter
from mtqg_cli.core.vietnamese import format_number
from mtqg_cli.reference.quantity import NUMERIC

if TYPE_CHECKING:
    from mtqg_cli.reference.quantity import Quantity

#: The hidden sheet of the drop-downs' entries: a range has no limit of 255 characters and minds no commas.
LISTS_SHEET = "_danh_muc"

_TITLE = "Dữ liệu không hợp lệ"
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True, slots=True)
class Lists:
    """The drop-down lists of a workbook: a column each; equal lists are one."""

    entries: list[tuple[str, ...]] = field(default_factory=list)

    def reference(self, labels: tuple[str, ...]) -> str:
        """The range in which the list will stand."""
        if labels not in self.entries:
            self.entries.append(labels)
        letter = column_letter(self.entries.index(labels) + 1)
        return f"='{LISTS_SHEET}'!${letter}$1:${letter}${len(labels)}"

    def write(self, workbook: Any) -> None:
        """Adds the hidden sheet, if there is any list."""
        if not self.entries:
            return
        sheet = workbook.add_worksheet(LISTS_SHEET)
        for column, labels in enumerate(self.entries):
            for row, label in enumerate(labels):
                sheet.write_string(row, column, label)
        sheet.protect()
        sheet.hide()


def validation_of(quantity: Quantity, lists: Lists) -> dict[str, object] | None:
    """XlsxWriter's data validation of a cell; None where anything may be written."""
    if quantity.choices:
        source = lists.reference(tuple(choice.label for choice in quantity.choices))
        return _stop({"validate": "list", "source": source}, "Ô này chỉ nhận một mục trong danh sách: bấm vào mũi tên bên phải ô để chọn.")
    if quantity.type == "date":
        check = {"validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY}
        return _stop(check, "Ô này chỉ nhận ngày, ghi theo thứ tự ngày/tháng/năm.")
    if quantity.type in NUMERIC:
        return _stop({"validate": "integer" if quantity.type == "count" else "decimal", **_range(quantity)}, _number_message(quantity))
    return None


def _stop(check: dict[str, Any], message: str) -> dict[str, object]:
    return {**check, "error_title": _TITLE, "error_message": message, "error_type": "stop"}


def _range(quantity: Quantity) -> dict[str, object]:
    lowest, highest = quantity.lowest or Decimal(0), quantity.highest
    if highest is None:
        return {"criteria": ">=", "value": excel_number(lowest)}
    return {"criteria": "between", "minimum": excel_number(lowest), "maximum": excel_number(highest)}


def _number_message(quantity: Quantity) -> str:
    kind = "số nguyên" if quantity.type == "count" else "số"
    lowest, highest = quantity.lowest or Decimal(0), quantity.highest
    limits = f"từ {_plain(lowest)} trở lên" if highest is None else f"từ {_plain(lowest)} đến {_plain(highest)}"
    unit = f" Đơn vị tính: {quantity.unit}." if quantity.unit else ""
    return f"Ô này chỉ nhận {kind}, {limits}.{unit} Không ghi chữ, không ghi đơn vị tính vào ô."


def _plain(value: Decimal) -> str:
    decimals = max(0, -int(value.normalize().as_tuple().exponent))
    return format_number(value, decimals)


def excel_number(value: Decimal) -> int | float:
    """The number as XlsxWriter takes it: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)

"""How a value is written for people: as the sheet of its form shows it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import format_date, format_number

if TYPE_CHECKING:
    from mtqg_cli.reference.quantity import Quantity

_MOST_DECIMALS = 6


def written(value: object, quantity: Quantity | None) -> str:
    """A value as the sheet shows it: money in the form's unit, choices by their label, dates as 30/6/2024."""
    if quantity is not None and quantity.type == "choice":
        return quantity.labels.get(value, str(value))
    scale = quantity.scale if quantity is not None else 1
    if isinstance(value, int) and scale == 1:
        return format_number(value)
    if isinstance(value, int | Decimal):
        amount = Decimal(value) / scale
        decimals = max(0, -int(amount.normalize().as_tuple().exponent))
        return format_number(amount, min(decimals, _MOST_DECIMALS))
    return format_date(value) if isinstance(value, date) else str(value)

"""A raw cell into a value, by the type that its form gives it. What cannot be read gets a fault's name; the words are rules'."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from mtqg_cli.core.vietnamese import name_key, nfc, round_half_up
from mtqg_cli.reference.form import NUMERIC

if TYPE_CHECKING:
    from mtqg_cli.core.sheet import RawCell
    from mtqg_cli.reference.form import Quantity


class Reading(NamedTuple):
    """What a cell says: a value, or the fault that kept it from being read; a remark is worth a warning."""

    value: object = None
    fault: str | None = None
    remark: str | None = None


def read_cell(raw: RawCell | None, quantity: Quantity) -> Reading:
    """The value of a cell; a blank one reads as None without a fault."""
    if raw is None:
        return Reading()
    if raw.kind == "error":
        return Reading(fault="error_value")
    if raw.kind == "formula_without_value":
        return Reading(fault="formula_without_value")
    if quantity.type in NUMERIC:
        return _read_number(raw, quantity)
    return {"text": _read_text, "code": _read_code, "choice": _read_choice, "date": _read_date, "result": _read_result}[quantity.type](raw, quantity)


def _read_text(raw: RawCell, _: Quantity) -> Reading:
    return Reading(_words(raw))


def _words(raw: RawCell) -> str:
    if isinstance(raw.value, float) and raw.value.is_integer():
        return str(int(raw.value))
    if isinstance(raw.value, date):
        return f"{raw.value.day}/{raw.value.month}/{raw.value.year}"
    return nfc(str(raw.value))


def _read_code(raw: RawCell, quantity: Quantity) -> Reading:
    """A code such as 3.1: Excel turns it into a number or a date, and then 1.10 can no longer be told from 1.1."""
    if raw.kind == "date" or (isinstance(raw.value, float) and not raw.value.is_integer()):
        return Reading(fault="code_turned_number")
    text = _words(raw)
    if quantity.choices and text not in {choice.id for choice in quantity.choices}:
        return Reading(fault="not_in_list")
    return Reading(text)


def _read_choice(raw: RawCell, quantity: Quantity) -> Reading:
    key = name_key(_words(raw))
    found = [choice.id for choice in quantity.choices if key in {name_key(word) for word in (choice.id, choice.label, *choice.aliases)}]
    if len(found) == 1:
        return Reading(found[0])
    return Reading(fault="not_in_list" if not found else "more_than_one")


_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def _read_date(raw: RawCell, _: Quantity) -> Reading:
    if isinstance(raw.value, datetime):
        return Reading(raw.value.date())
    if isinstance(raw.value, date):
        return Reading(raw.value)
    match = _DATE.fullmatch(_words(raw)) if raw.kind == "text" else None
    if match is None:
        return Reading(fault="not_a_date")
    try:
        return Reading(date(int(match[3]), int(match[2]), int(match[1])))
    except ValueError:
        return Reading(fault="not_a_date")


def _read_result(raw: RawCell, _: Quantity) -> Reading:
    """A result is a number or words; it is carried, not reckoned with."""
    if raw.kind == "number" and isinstance(raw.value, int | float) and math.isfinite(raw.value):
        number = _decimal(raw.value)
        return Reading(f"{(number * 100).normalize():f}%".replace(".", ",")) if raw.percent else Reading(number)
    return Reading(_words(raw))


#: Numbers from here on are slips: the whole state budget is some 10^15 đồng.
_TOO_LARGE = Decimal(10) ** 15


def _read_number(raw: RawCell, quantity: Quantity) -> Reading:
    if raw.kind == "text":
        return _read_written_number(str(raw.value), quantity)
    if raw.kind != "number" or not isinstance(raw.value, int | float) or not math.isfinite(raw.value):
        return Reading(fault="not_a_number")
    if raw.percent and raw.value and quantity.type != "percent":
        return Reading(fault="percent_cell")
    number = _decimal(raw.value)
    return _to_quantity(number * 100 if raw.percent else number, quantity, exact=raw.formula is None)


def _read_written_number(text: str, quantity: Quantity) -> Reading:
    """A number that was typed as text, with or without the column's own unit behind it."""
    written, tail = split_unit(text)
    number, remark = parse_number(written)
    own = not tail or _is_unit(tail, quantity)
    if number is None or not own:
        return Reading(fault="other_unit" if number is not None and quantity.type == "money" and name_key(tail) in _MONEY_WORDS else "not_a_number")
    if remark == "one_point" and quantity.type != "count":
        return Reading(fault="ambiguous_number")
    reading = _to_quantity(number * 1000 if remark == "one_point" else number, quantity, exact=True)
    return reading if reading.fault else Reading(reading.value, None, remark)


_MONEY_WORDS = {
    name_key(word) for word in ("đồng", "đ", "nghìn", "nghìn đồng", "ngàn đồng", "triệu", "triệu đồng", "tr.đ", "trđ", "tỷ", "tỉ", "tỷ đồng", "tỉ đồng")
}


def _is_unit(tail: str, quantity: Quantity) -> bool:
    """Whether the words behind a number are the column's own unit, whole or without its last word (triệu for triệu đồng)."""
    unit = quantity.unit.split("/")[0]
    own = {name_key(word) for word in (quantity.unit, unit, unit.removesuffix(" đồng")) if word}
    return name_key(tail) in own or (tail == "%" and quantity.type == "percent")


def _decimal(value: float) -> Decimal:
    """The number that Excel shows: it keeps 15 digits, so 0.1+0.2 is 0.3."""
    return Decimal(f"{value:.15g}")


def _to_quantity(number: Decimal, quantity: Quantity, *, exact: bool) -> Reading:
    """Counts become int, money int đồng; what a formula gave beyond the đồng is rounded, what was typed is not."""
    if abs(number) >= _TOO_LARGE:
        return Reading(fault="too_large")
    if quantity.type == "count":
        return Reading(int(number)) if number == number.to_integral_value() else Reading(fault="not_whole")
    if quantity.type == "money":
        dong = number * quantity.scale
        if dong != dong.to_integral_value():
            return Reading(fault="below_one_dong") if exact else Reading(int(round_half_up(dong, 0)))
        return Reading(int(dong))
    return Reading(number)


_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:[ .]\d{3})+(?:,\d+)?")
_ONE_POINT = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_PLAIN = re.compile(r"[+-]?\d+(?:,\d+)?")
_ENGLISH = re.compile(r"[+-]?\d+\.\d+")
_WITH_UNIT = re.compile(r"([+-]?\d(?:[\d., ]*\d)?)\s*(\D*)")
_DASHES = {"-", "–", "—"}


def split_unit(text: str) -> tuple[str, str]:
    """A number and the words behind it: "12 hộ" → (12, hộ). What has no such shape comes back whole."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    match = _WITH_UNIT.fullmatch(plain)
    return (match[1], match[2].strip()) if match is not None else (plain, "")


def parse_number(text: str) -> tuple[Decimal | None, str]:
    """A number that somebody wrote as text, and what is to be said about it.

    1.234,5 and 1 234 are grouped; a single point before three digits (1.234) is told as `one_point` and given back as 1.234;
    a dash alone is zero. (None, "") if it is no number.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if plain in _DASHES:
        return Decimal(0), "dash"
    if _ONE_POINT.fullmatch(plain):
        return Decimal(plain), "one_point"
    if _GROUPED.fullmatch(plain):
        return Decimal(plain.replace(" ", "").replace(".", "").replace(",", ".")), "number_as_text"
    if _PLAIN.fullmatch(plain) or _ENGLISH.fullmatch(plain):
        return Decimal(plain.replace(",", ".")), "number_as_text"
    return None, ""

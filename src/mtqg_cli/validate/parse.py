"""A raw cell into a value, by the type that its form gives it. What cannot be read gets a fault's name; the words are rules'."""

from __future__ import annotations

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
    if raw.kind == "number" and isinstance(raw.value, int | float):
        return Reading(_decimal(raw.value))
    return Reading(_words(raw))


def _read_number(raw: RawCell, quantity: Quantity) -> Reading:
    if raw.kind == "number" and isinstance(raw.value, int | float):
        return _to_quantity(_decimal(raw.value), quantity, exact=raw.formula is None)
    if raw.kind != "text":
        return Reading(fault="not_a_number")
    number, remark = parse_number(str(raw.value))
    if number is None:
        return Reading(fault="not_a_number")
    if remark == "one_point":
        if quantity.type != "count":
            return Reading(fault="ambiguous_number")
        number *= 1000
    reading = _to_quantity(number, quantity, exact=True)
    return reading if reading.fault else Reading(reading.value, None, remark)


def _decimal(value: float) -> Decimal:
    """The number that Excel shows: it keeps 15 digits, so 0.1+0.2 is 0.3."""
    return Decimal(f"{value:.15g}")


def _to_quantity(number: Decimal, quantity: Quantity, *, exact: bool) -> Reading:
    """Counts become int, money int đồng; what a formula gave beyond the đồng is rounded, what was typed is not."""
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
_TAIL = re.compile(r"\s*(?:%|[^\W\d_][\w./ ]*)$")
_DASHES = {"-", "–", "—"}


def parse_number(text: str) -> tuple[Decimal | None, str]:
    """A number that somebody wrote as text, and what is to be said about it.

    1.234,5 and 1 234 are grouped; a single point before three digits (1.234) is told as `one_point` and given back as 1.234;
    a unit behind the number is dropped; a dash alone is zero. (None, "") if it is no number.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if plain in _DASHES:
        return Decimal(0), "dash"
    plain = _TAIL.sub("", plain).strip()
    if _ONE_POINT.fullmatch(plain):
        return Decimal(plain), "one_point"
    if _GROUPED.fullmatch(plain):
        return Decimal(plain.replace(" ", "").replace(".", "").replace(",", ".")), "number_as_text"
    if _PLAIN.fullmatch(plain) or _ENGLISH.fullmatch(plain):
        return Decimal(plain.replace(",", ".")), "number_as_text"
    return None, ""

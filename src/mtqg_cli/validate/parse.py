"""A raw cell into a value, by the type that its form gives it. What cannot be read gets a fault's name; the words are rules'."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from mtqg_cli.core.legacy import read_legacy
from mtqg_cli.core.vietnamese import name_key, nfc, round_half_up
from mtqg_cli.reference.quantity import NUMERIC

if TYPE_CHECKING:
    from mtqg_cli.core.sheet import RawCell
    from mtqg_cli.reference.quantity import Quantity


class Reading(NamedTuple):
    """What a cell says: a value, or the fault that kept it from being read; a remark is worth a warning."""

    value: object = None
    fault: str | None = None
    remark: str | None = None


_BLANK = Reading()


def read_cell(raw: RawCell | None, quantity: Quantity) -> Reading:
    """The value of a cell; a blank one reads as None without a fault."""
    if raw is None:
        return _BLANK
    if raw.kind == "error":
        return Reading(fault="error_value")
    if raw.kind == "formula_without_value":
        return Reading(fault="formula_without_value")
    if raw.kind == "text" and read_legacy(str(raw.value), raw.legacy):
        return Reading(fault="legacy_font")
    if quantity.type in NUMERIC:
        return _read_number(raw, quantity)
    return _READERS[quantity.type](raw, quantity)


def _read_text(raw: RawCell, _: Quantity) -> Reading:
    return Reading(_words(raw))


def _words(raw: RawCell) -> str:
    if isinstance(raw.value, float) and raw.value.is_integer():
        return str(int(raw.value))
    if isinstance(raw.value, date):
        return f"{raw.value.day}/{raw.value.month}/{raw.value.year}"
    if isinstance(raw.value, bool):
        return str(raw.value).upper()
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
    key = name_key(_words(raw).rstrip(".;,") or _words(raw))
    if quantity.unclear and key in map(name_key, quantity.unclear):
        return Reading(fault="unclear_mark")
    found = quantity.readings.get(key, ())
    if len(found) == 1:
        return Reading(found[0], None, "dash_mark" if key in _DASHES else None)
    return Reading(fault="not_in_list" if not found else "more_than_one")


_DATE = re.compile(r"(?:ngày )?(\d{1,2}) ?(?:[/.-]|tháng) ?(\d{1,2}) ?(?:[/.-]|năm) ?(\d{4}|\d{2})", re.IGNORECASE)
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_THIS_CENTURY = 2000
_SHORT_YEAR = 2
#: Day 0 of Excel's calendar, and its numbers for the years 2000 to 2049: a date whose cell has lost its format.
_DAY_ZERO = date(1899, 12, 30)
_SERIALS = range(36526, 54789)


def _read_date(raw: RawCell, _: Quantity) -> Reading:
    if isinstance(raw.value, datetime):
        return Reading(raw.value.date())
    if isinstance(raw.value, date):
        return Reading(raw.value)
    written = _written_date(_words(raw)) if raw.kind == "text" else None
    if written is None:
        return Reading(fault="not_a_date")
    day, month, year = map(int, written)
    short = len(written[2]) == _SHORT_YEAR
    found = _date(year + _THIS_CENTURY if short else year, month, day)
    return Reading(found, None, "short_year" if short else None) if found is not None else Reading(fault="not_a_date")


def _written_date(text: str) -> tuple[str, str, str] | None:
    """Day, month and year as somebody wrote them: 20/6/2024, 20.6.2024, 20-6-24, ngày 20 tháng 6 năm 2024, 2024-06-20."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if match := _ISO_DATE.fullmatch(plain):
        return match[3], match[2], match[1]
    match = _DATE.fullmatch(plain)
    return (match[1], match[2], match[3]) if match is not None else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def swapped(day: date) -> date | None:
    """The date with day and month exchanged, as Excel does in another country's setting; None where there is no other such day."""
    other = _date(day.year, day.day, day.month)
    return other if other != day else None


def likely_date(raw: RawCell) -> date | None:
    """What somebody may have meant by something that is no date: month before day, or a date without its format."""
    if isinstance(raw.value, float) and raw.value in _SERIALS:
        return _DAY_ZERO + timedelta(days=int(raw.value))
    written = _written_date(_words(raw)) if raw.kind == "text" else None
    return _date(int(written[2]) + (_THIS_CENTURY if len(written[2]) == _SHORT_YEAR else 0), int(written[0]), int(written[1])) if written else None


def _read_result(raw: RawCell, _: Quantity) -> Reading:
    """A result is a number or words; it is carried, not reckoned with."""
    if raw.kind == "number" and isinstance(raw.value, int | float) and math.isfinite(raw.value):
        number = _decimal(raw.value)
        return Reading(f"{(number * 100).normalize():f}%".replace(".", ",")) if raw.percent else Reading(number)
    return Reading(_words(raw))


_READERS = {"text": _read_text, "code": _read_code, "choice": _read_choice, "date": _read_date, "result": _read_result}

#: Numbers from here on are slips: the whole state budget is some 10^15 đồng.
_TOO_LARGE = Decimal(10) ** 15


def _read_number(raw: RawCell, quantity: Quantity) -> Reading:
    if raw.kind == "text":
        return _read_written_number(nfc(str(raw.value)), quantity)
    if raw.kind == "date":
        return Reading(fault="date_for_number")
    if raw.kind != "number" or not isinstance(raw.value, int | float) or not math.isfinite(raw.value):
        return Reading(fault="not_a_number")
    if raw.percent and raw.value and quantity.type != "percent":
        return Reading(fault="percent_cell")
    number = _decimal(raw.value)
    return _to_quantity(number * 100 if raw.percent else number, quantity, exact=raw.formula is None)


def _read_written_number(text: str, quantity: Quantity) -> Reading:
    """A number that was typed as text, with or without the column's own unit behind it."""
    if _SCIENTIFIC.fullmatch(text):
        return Reading(fault="scientific_number")
    written, tail = split_unit(text)
    number, remark = parse_number(written)
    own = not tail or _is_unit(tail, quantity)
    if number is None or not own:
        return Reading(fault="other_unit" if number is not None and quantity.type == "money" and name_key(tail) in _MONEY_WORDS else "not_a_number")
    if (remark == "one_point" and quantity.type != "count") or (remark == "one_comma" and quantity.type != "percent"):
        return Reading(fault="ambiguous_number")
    reading = _to_quantity(number * 1000 if remark == "one_point" else number, quantity, exact=True)
    return reading if reading.fault else Reading(reading.value, None, "number_as_text" if remark == "one_comma" else remark)


_MONEY_WORDS = {
    name_key(word) for word in ("đồng", "đ", "nghìn", "nghìn đồng", "ngàn đồng", "triệu", "triệu đồng", "tr.đ", "trđ", "tỷ", "tỉ", "tỷ đồng", "tỉ đồng")
}


def _is_unit(tail: str, quantity: Quantity) -> bool:
    """Whether the words behind a number are the column's own unit, whole or without its last word (triệu for triệu đồng)."""
    unit = quantity.unit.split("/")[0]
    own = {name_key(word) for word in (quantity.unit, unit, unit.removesuffix(" đồng")) if word}
    return name_key(tail.rstrip(".")) in own or (tail == "%" and quantity.type == "percent")


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


_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?: \d{3})+|(?:\.\d{3})+)(?:,\d+)?")
_ENGLISH_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:,\d{3}){2,}(?:\.\d+)?|,\d{3}\.\d+)")
_ONE_POINT = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_ONE_COMMA = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_PLAIN = re.compile(r"[+-]?\d+(?:,\d+)?")
_ENGLISH = re.compile(r"[+-]?\d+\.\d+")
#: Each shape with the signs that part its thousands, in the order of the look-up.
_WRITTEN = (
    (_ONE_POINT, "", "one_point"),
    (_ONE_COMMA, "", "one_comma"),
    (_GROUPED, " .", "number_as_text"),
    (_ENGLISH_GROUPED, ",", "number_as_text"),
    (_PLAIN, "", "number_as_text"),
    (_ENGLISH, "", "number_as_text"),
)
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")
_WITH_UNIT = re.compile(r"([+-]?\d(?:[\d., ]*\d)?)\s*(\D*)")
_DASHES = {"-", "–", "—"}
#: ², ①, ½ and Ⅻ are no digits of a number, whatever they are called in other places.
_NO_DIGITS = {"No", "Nl"}


def split_unit(text: str) -> tuple[str, str]:
    """A number and the words behind it: "12 hộ" → (12, hộ). What has no such shape comes back whole."""
    if any(unicodedata.category(each) in _NO_DIGITS for each in text):
        return text, ""
    plain = _plain(text)
    match = _WITH_UNIT.fullmatch(plain)
    return (match[1], match[2].strip()) if match is not None else (plain, "")


def _plain(text: str) -> str:
    """Full-width digits, other spaces and minus signs as the plain ones; without the apostrophe that makes a text of it."""
    return " ".join(unicodedata.normalize("NFKC", text.lstrip("'’‘ ")).replace("\u2212", "-").split())


def parse_number(text: str) -> tuple[Decimal | None, str]:
    """A number that somebody wrote as text, and what is to be said about it.

    1.234,5 and 1 234 are grouped, 1,234,567.8 too; a single point before three digits (1.234) is told as `one_point`, a single
    comma (1,234) as `one_comma`, both given back as decimals; a dash alone is zero. (None, "") if it is no number.
    """
    plain = _plain(text)
    if any(unicodedata.category(each) in _NO_DIGITS for each in text):
        return None, ""
    if plain in _DASHES:
        return Decimal(0), "dash"
    for pattern, thousands, remark in _WRITTEN:
        if pattern.fullmatch(plain):
            return Decimal(re.sub(f"[{thousands}]", "", plain).replace(",", ".") if thousands else plain.replace(",", ".")), remark
    return None, ""

"""How Vietnamese is written: numbers, dates, lists of names; and how two spellings of one name are found to be equal."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

#: Grave, acute, tilde, hook above, dot below: the five tone marks in decomposed text.
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SYLLABLE = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
_TEN = 10
_HUNDRED = Decimal(100)
_FEBRUARY = 2
#: Characters that nobody sees: soft hyphens, zero-width spaces and joiners, marks of direction, byte order marks, fillers.
INVISIBLE = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u3164\ufeff\uffa0"
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")


def nfc(text: str) -> str:
    """The text in composed form, without invisible characters and with single plain spaces."""
    seen = text if text.isascii() else unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return " ".join(seen.split())


@lru_cache(maxsize=2**16)  # headings and labels come again in every workbook
def name_key(text: str) -> str:
    """A key equal for spellings that differ in NFC/NFD, tone placement (Hoà/Hòa), case, spaces and kind of dash only."""
    plain = unicodedata.normalize("NFD", nfc(text).casefold())
    plain = re.sub(r"\s*[-\u2010-\u2015]\s*", "-", plain)
    return _SYLLABLE.sub(_tone_last, plain)


def _tone_last(match: re.Match[str]) -> str:
    syllable = match[0]
    tones = "".join(each for each in syllable if each in _TONES)
    return "".join(each for each in syllable if each not in _TONES) + tones


@lru_cache(maxsize=2**12)  # the units' names, for every workbook again
def bare_key(text: str) -> str:
    """Letters and digits only, without any diacritics: for guessing what somebody may have meant, never for deciding it."""
    plain = unicodedata.normalize("NFD", nfc(text).casefold().replace("đ", "d"))
    return "".join(each for each in plain if each.isalnum())


@lru_cache(maxsize=2**12)  # the units' names, for every workbook again
def slug(text: str) -> str:
    """A file name of plain letters: Quảng Lâm → quang-lam."""
    plain = unicodedata.normalize("NFD", nfc(text).casefold().replace("đ", "d"))
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """Rounds as accountants do: 0,005 → 0,01."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def format_number(value: Decimal | int, decimals: int = 0, *, leading_zero: bool = False) -> str:
    """1234567.5 → 1.234.567,5; a whole number from 0 to 9 is written 00 to 09 where the style asks for it (zero stays 0)."""
    if isinstance(value, int) and not decimals and not leading_zero:
        return f"{value:,}".replace(",", ".")
    rounded = round_half_up(Decimal(value), decimals)
    if rounded == 0:
        rounded = abs(rounded)  # no "-0"
    if leading_zero and decimals == 0 and 0 < rounded < _TEN:
        return f"0{rounded}"
    return f"{rounded:,f}".translate(str.maketrans(",.", ".,"))


def format_percent(value: Decimal, decimals: int) -> str:
    """52.5 → 52,5%. Only exactly 100 prints 100% (-100 prints -100%) and only zero prints 0%; what would round there gets a decimal more."""
    if abs(value) in (0, _HUNDRED):
        return f"{int(value)}%"
    return f"{format_number(value, percent_places(value, decimals))}%"


def percent_places(value: Decimal, decimals: int) -> int:
    """The decimals with which a percentage is neither 0 nor 100 in print unless it is exactly that."""
    while abs(value) not in (0, _HUNDRED) and abs(round_half_up(value, decimals)) in (0, _HUNDRED):
        decimals += 1
    return decimals


def format_date(day: date) -> str:
    """30/6/2024, as in running text: the day with two digits, months 1 and 2 with a leading zero."""
    month = f"{day.month:02d}" if day.month <= _FEBRUARY else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def long_date(day: date) -> str:
    """Ngày 05 tháng 01 năm 2024: days under 10 and months 1 and 2 get a leading zero (Decree 30/2020/NĐ-CP, Phụ lục I)."""
    month = f"{day.month:02d}" if day.month <= _FEBRUARY else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def join_names(names: Iterable[str], separator: str = ", ") -> str:
    """A, B và C. With another separator than a comma (long items), the last one keeps it: a; b; c."""
    items = list(names)
    if len(items) <= 1 or separator != ", ":
        return separator.join(items)
    return f"{', '.join(items[:-1])} và {items[-1]}"


def join_units(labels: Iterable[str], kinds: Iterable[str] = ("xã", "thị trấn", "phường", "đặc khu")) -> str:
    """Xã A, B và thị trấn C: the kind is said once for neighbours of one kind."""
    said = ""
    items = []
    for label in labels:
        kind = next((each for each in kinds if label.startswith(f"{each} ")), "")
        items.append(label[len(kind) + 1 :] if kind and kind == said else label)
        said = kind
    return join_names(items)


def closest(wanted: str, candidates: Mapping[str, str], limit: int = 5) -> list[str]:
    """The candidates (name → what is shown) that look most like a misspelt name, best first."""
    from difflib import get_close_matches  # noqa: PLC0415 - only after a mistake

    keys: dict[str, list[str]] = {}
    for name, shown in candidates.items():
        keys.setdefault(bare_key(name), []).append(shown)
    found = get_close_matches(bare_key(wanted), list(keys), n=limit, cutoff=0.6)
    return [shown for key in found for shown in keys[key]][:limit]

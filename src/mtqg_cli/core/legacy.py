"""Vietnamese text typed for the fonts of the years before Unicode: how to know it, and what it would say. Converts nothing by itself."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Encoding = Literal["TCVN3", "VNI"]

_LETTERS = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
#: One byte a letter; capitals come from a font of capitals (.VnTimeH), but for seven of them.
_TCVN3 = {
    **dict(zip("µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉËÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ®", _LETTERS, strict=True)),
    **dict(zip("¡¢£¤¥¦§", "ĂÂÊÔƠƯĐ", strict=True)),
}
#: A letter and a mark behind it.
_VNI_SPELLING = [
    "aø",
    "aù",
    "aû",
    "aõ",
    "aï",
    "aê",
    "aè",
    "aé",
    "aú",
    "aü",
    "aë",
    "aâ",
    "aà",
    "aá",
    "aå",
    "aã",
    "aä",
    "eø",
    "eù",
    "eû",
    "eõ",
    "eï",
    "eâ",
    "eà",
    "eá",
    "eå",
    "eã",
    "eä",
    "ì",
    "í",
    "æ",
    "ó",
    "ò",
    "oø",
    "où",
    "oû",
    "oõ",
    "oï",
    "oâ",
    "oà",
    "oá",
    "oå",
    "oã",
    "oä",
    "ô",
    "ôø",
    "ôù",
    "ôû",
    "ôõ",
    "ôï",
    "uø",
    "uù",
    "uû",
    "uõ",
    "uï",
    "ö",
    "öø",
    "öù",
    "öû",
    "öõ",
    "öï",
    "yø",
    "yù",
    "yû",
    "yõ",
    "î",
    "ñ",
]
_VNI = {
    spelt: letter
    for plain, low in zip(_VNI_SPELLING, _LETTERS, strict=True)
    for spelt, letter in ((plain, low), (plain.upper(), low.upper()), (plain[0].upper() + plain[1:], low.upper()))
}
_VNI_PAIRS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE = re.compile(
    "(?:ngh|ng|nh|gh|gi|g|kh|k|ph|th|tr|t|ch|c|qu|đ|d|b|h|l|m|n|p|r|s|v|x)?"
    "(?:uyê|iêu|yêu|uôi|ươi|ươu|oai|oay|oeo|uây|uya|uyu|ia|iê|yê|ua|uô|ưa|ươ|oa|oă|oe|uê|uy|uơ|uâ|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|oo"
    "|[aăâeêioôơuưy])(?:ch|c|m|ng|nh|n|p|t)?"
)
#: Everything that parts words and is no letter in either of the two encodings.
_BETWEEN = re.compile(r"[\s!-/:-@\[-`{-~]+")
_LAST_BYTE = "\u00ff"
#: Without a font that gives it away, so many letters in all must speak for an old encoding.
_ENOUGH = 3


def encoding_of_font(name: str) -> Encoding | None:
    """The old encoding that a font is made for: .VnTime → TCVN3, VNI-Times → VNI."""
    plain = name.strip().casefold()
    if plain.startswith(".vn"):
        return "TCVN3"
    return "VNI" if plain.startswith("vni") else None


def read_legacy(text: str, font: Encoding | None = None) -> tuple[Encoding, str] | None:
    """The encoding of a text that makes sense in an old one only, and what it says there; None for any other text.

    It makes sense if every word that would change becomes a Vietnamese syllable and some of these are none as they stand.
    """
    if text.isascii() or max(text) > _LAST_BYTE:
        return None
    for encoding in (font,) if font is not None else ("TCVN3", "VNI"):
        read = " ".join(_convert(text, encoding).split())
        if _makes_sense(text, encoding, 1 if font is not None else _ENOUGH):
            return encoding, unicodedata.normalize("NFC", read)
    return None


def _convert(text: str, encoding: Encoding) -> str:
    if encoding == "VNI":
        return _VNI_PAIRS.sub(lambda match: _VNI[match[0]], text)
    words = (_capital(word, "".join(_TCVN3.get(each, each) for each in word)) for word in text.split(" "))
    return " ".join(words)


def _capital(word: str, read: str) -> str:
    """A word with plain capitals behind its first letter, and nothing but capitals, was typed in a font of capitals."""
    plain = [index for index, each in enumerate(word) if each.isascii() and each.isalpha()]
    return read.upper() if any(plain) and all(word[index].isupper() for index in plain) else read


def _makes_sense(text: str, encoding: Encoding, enough: int) -> bool:
    changed = [(word, read) for word in _BETWEEN.split(text) if (read := _convert(word, encoding)) != word]
    odd = [word for word, _ in changed if len(word) > 1 and not _is_syllable(word)]
    return bool(odd) and sum(map(len, odd)) >= enough and all(_is_syllable(read) for _, read in changed)


def _is_syllable(word: str) -> bool:
    if not (word.islower() or word.isupper() or word[1:].islower() or len(word) == 1):
        return False
    plain, tones = _TONES.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", plain)) is not None

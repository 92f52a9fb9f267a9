"""Number and sign of a document, place and date of issue: what is written there, and how."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from mtqg_cli.core.vietnamese import name_key
from mtqg_cli.render.decree30.findings import Fault, Look, faults_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mtqg_cli.reference.document_rules import DocumentRules
    from mtqg_cli.render.decree30.facts import Piece
    from mtqg_cli.render.decree30.findings import Findings
    from mtqg_cli.render.decree30.layout import Head

_TOP = "Tiêu đề trên"
_BLANK = re.compile(r"[\s….·_]*")
_NUMBER = re.compile(
    r"(?P<word>số)\s*(?P<colon>:?)\s*(?P<number>[\d….·_\s]*?)\s*(?P<slash>/?)(?:\s*(?P<year>\d{4})/)?\s*(?P<sign>[^\d\s….·_/].*)?", re.IGNORECASE
)
_DASHES = re.compile(r"[‐‑‒–—―−]")
_DATE = re.compile(
    r"(?P<place>.*?)\s*(?P<comma>,?)\s*ngày\s*(?P<day>[\d….·_\s]*?)\s*tháng\s*(?P<month>[\d….·_\s]*?)\s*năm\s*(?P<year>[\d….·_\s]*)", re.IGNORECASE
)


def check_number(head: Head, findings: Findings) -> None:
    """D212; D213 where it is left blank."""
    piece = head.number
    if piece is None:
        findings.tell("number", _TOP, [Fault("không thấy số, ký hiệu", "", "Số: …/…")])
        return
    place = f"{piece.place}, số, ký hiệu"
    found = _NUMBER.fullmatch(piece.text)
    look = faults_of(piece, Look(findings.rules.number.sizes, italic=False))
    if found is None:
        findings.tell("number", place, [Fault("không đúng dạng “Số: 05/BC-UBND”", piece.text, "Số: 05/BC-UBND"), *look])
        return
    faults = [*_written(found, findings.rules), *_sign(found["sign"] or "", head, findings.rules), *look]
    findings.tell("number", place, faults)
    if _BLANK.fullmatch(found["number"]):
        findings.tell("blank", place, [Fault("số còn để trống")])


def _written(found: re.Match[str], rules: DocumentRules) -> Iterator[Fault]:
    number = found["number"]
    if found["word"] != "Số":
        yield Fault(f"phải ghi “Số”, không ghi “{found['word']}”", found["word"], "Số")
    if not found["colon"]:
        yield Fault("sau từ “Số” phải có dấu hai chấm", "", "Số:")
    if number.isdigit() and len(number) < rules.number.digits:
        right = number.zfill(rules.number.digits)
        yield Fault(f"số dưới 10 phải ghi thêm số 0 ở trước: {right}", number, right)
    if not found["slash"]:
        yield Fault("giữa số và ký hiệu phải có dấu gạch chéo (/)", "", "/")


def _sign(sign: str, head: Head, rules: DocumentRules) -> Iterator[Fault]:
    if not sign:
        yield Fault("thiếu ký hiệu sau số", "", "ví dụ BC-UBND")
        return
    plain = _DASHES.sub("-", sign)
    tight = re.sub(r"\s*([-/])\s*", r"\1", plain)
    if plain != sign:
        yield Fault("ký hiệu dùng dấu gạch dài, phải dùng dấu gạch nối (-)", sign, tight)
    if tight != plain:
        yield Fault("trong ký hiệu không có dấu cách trước và sau dấu gạch nối, dấu gạch chéo", plain, tight)
    first, *rest = re.split(r"[-/]", tight)
    known = {**rules.number.types, **dict.fromkeys(rules.number.copies, "")}
    # A letter has no abbreviation of its kind: its sign begins with the authority.
    if head.title is not None and first not in known:
        right = next((each for each, name in known.items() if each.casefold() == first.casefold() or name_key(name) == head.title.key), "")
        yield Fault(f"“{first}” không phải chữ viết tắt tên loại văn bản{f', phải là {right}' if right else ''}", first, right)
    elif head.title is not None and known[first] and name_key(known[first]) != head.title.key:
        yield Fault(f"ký hiệu {first} là của {known[first].lower()}, văn bản là {head.title.text.lower()}", first)
    small = [each for each in (rest if first in known else [first, *rest] if head.title is None else rest) if each.upper() != each]
    if small:
        yield Fault(f"ký hiệu phải viết chữ in hoa: {', '.join(each.upper() for each in small)}", ", ".join(small), ", ".join(each.upper() for each in small))


def check_date(head: Head, findings: Findings) -> None:
    """D214 and D215; D213 where it is left blank."""
    piece = head.date
    if piece is None:
        findings.tell("date", _TOP, [Fault("không thấy địa danh và thời gian ban hành", "", "…, ngày … tháng … năm …")])
        return
    place = f"{piece.place}, địa danh và thời gian"
    found = _DATE.fullmatch(piece.text.rstrip(" ."))
    look = faults_of(piece, Look(findings.rules.date.sizes))
    if found is None:
        findings.tell("date", place, [Fault("phải ghi đầy đủ “ngày … tháng … năm …”", piece.text, "ngày … tháng … năm …"), *look])
    else:
        findings.tell("date", place, [*_date(found, findings.rules), *look])
        if any(_BLANK.fullmatch(found[part]) for part in ("day", "month", "year")):
            findings.tell("blank", place, [Fault("ngày, tháng ban hành còn để trống")])
    findings.tell("date_style", place, _slanted(piece))


def _slanted(piece: Piece) -> list[Fault]:
    return faults_of(piece, Look(italic=True))


def _date(found: re.Match[str], rules: DocumentRules) -> Iterator[Fault]:
    if not found["place"]:
        yield Fault("thiếu địa danh ở trước ngày")
    elif not found["comma"]:
        yield Fault("sau địa danh phải có dấu phẩy", "", ",")
    day, month, year = found["day"], found["month"], found["year"]
    wanted = {"ngày": (day, day.lstrip("0").zfill(rules.date.day_digits)), "tháng": (month, _month(month, rules))}
    for name, (written, right) in wanted.items():
        if written.isdigit() and int(written) and written != right:
            yield Fault(f"{name} {written} phải ghi là {name} {right}", f"{name} {written}", f"{name} {right}")
    if year.isdigit() and len(year) != len("2024"):
        yield Fault("năm phải ghi đủ bốn chữ số", year)
    elif all(each.isdigit() for each in (day, month, year)) and not _real(day, month, year):
        yield Fault(f"không có ngày {day}/{month}/{year}", f"{day}/{month}/{year}")


def _month(month: str, rules: DocumentRules) -> str:
    plain = month.lstrip("0")
    return f"0{plain}" if plain.isdigit() and len(plain) == 1 and int(plain) in rules.date.padded_months else plain


def _real(day: str, month: str, year: str) -> bool:
    try:
        date(int(year), int(month[-4:]), int(day[-4:]))
    except ValueError:
        return False
    return True

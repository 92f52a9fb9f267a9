"""The documents that parts hand in (so-lieu.json), read line by line: only what is added up is kept. Nothing is added here."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from mtqg_cli.aggregate.reckoning import Key, key_of
from mtqg_cli.core.diagnostic import Checked, Diagnostic, Severity
from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.figure import Figure
from mtqg_cli.core.location import Location
from mtqg_cli.core.period import parse_period
from mtqg_cli.core.system import answer
from mtqg_cli.reference.handed_in import CHECKSUM, FIGURES, FigureLine, HandedIn, Header
from mtqg_cli.reference.quantity import MONEY_SCALES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from mtqg_cli.core.figure import FigureValue
    from mtqg_cli.core.period import Period, Regime
    from mtqg_cli.reference.book import Book

#: A line, and all lines, are no longer than any honest document's.
_LONGEST_LINE, _MOST_LINES, _LONGEST_HEADER = 8_000_000, 2_000_000, 400
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CHECKSUM = re.compile(re.escape(CHECKSUM) + r'"([0-9a-f]{64})"')


@dataclass(frozen=True, slots=True)
class Edition:
    """The program and its reference data: figures of two editions are not added up."""

    program: str
    reference: str

    def __str__(self) -> str:
        return f"(phiên bản {self.program or 'không rõ'}, dữ liệu tham chiếu {self.reference})"


@dataclass(frozen=True, slots=True)
class Given:
    """A figure of a part as it was handed in: with the text that it was printed as, and how many cells were blank behind it."""

    figure: Figure
    text: str
    unknown: int

    @property
    def key(self) -> Key:
        """The key of the figure."""
        return key_of(self.figure.id, self.figure.scope, self.figure.by)


@dataclass(frozen=True, slots=True)
class Document:
    """What one file hands in: its unit's figures, those of the parts that it was merged from, and those by which communes are compared."""

    file: str
    header: Header
    checksum: str
    whole: tuple[Given, ...]
    below: tuple[Given, ...]

    @property
    def covers(self) -> tuple[HandedIn, ...]:
        """The documents of single projects in it: itself, or those that it was merged from."""
        own = HandedIn(file=self.file, code=self.header.unit.code, name=self.header.unit.name, checksum=self.checksum)
        return self.header.parts or (own,)


@dataclass(slots=True)
class _Reading:
    """What is alike in thousands of lines is kept once."""

    book: Book
    regime: Regime = "lich"
    periods: dict[str, Period] = field(default_factory=dict)
    splits: dict[tuple[tuple[str, str], ...], dict[str, str]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def given(self, line: FigureLine, scope: str) -> Given:
        """The figure of a line, of a unit; ValueError or KeyError if it is none that this edition of the program knows."""
        entry = self.book.indicators[line.id]
        scale = MONEY_SCALES.get(entry.unit.split("/")[0], 1)
        by = self.splits.setdefault(tuple(line.by.items()), dict(line.by))
        label, unit = self.words.setdefault(line.label, line.label), self.words.setdefault(line.unit, line.unit)
        period = self._period(line.period)
        parts = [
            Figure(self.words.setdefault(name, name), "", "", period, _value(text), scope, by) if text is not None else None
            for name, text in ((entry.numerator or line.id, line.numerator), (entry.denominator or entry.weight, line.denominator))
        ]
        value = line.value if isinstance(line.value, tuple) else _value(line.value, scale)
        made = Figure(entry.id, label, unit, period, value, scope, by, parts[0], parts[1], line.base, scale, entry.decimals, entry.family, rising=entry.rising)
        return Given(made, line.text, line.unknown)

    def _period(self, text: str) -> Period:
        if text not in self.periods:
            self.periods[text] = parse_period(text, self.regime)
        return self.periods[text]


def _value(text: str | None, scale: int = 1) -> FigureValue:
    """The number of a text in the value's own units: whole where it is."""
    if text is None:
        return None
    number = Decimal(text) * scale
    return int(number) if number == number.to_integral_value() else number


def read_document(path: Path, name: str, book: Book, edition: Edition) -> Checked[Document | None]:
    """A document that this edition of the program wrote. What is wrong with the file is a finding; raises MtqgError if it cannot be read at all."""
    among = frozenset(entry.among for entry in book.indicators.values() if entry.among)
    try:
        return _document(_lines(path), name, _Reading(book), edition, among)
    except OSError as error:
        message = f"Không đọc được tệp {path}: {answer(error)}."
        raise MtqgError(message, "Kiểm tra tên tệp, quyền đọc tệp rồi chạy lại.") from error
    except (ValueError, KeyError, RecursionError):
        message = "Tệp không phải là tệp số liệu mà mtqg của cùng phiên bản ghi ra, hoặc đã được mở và ghi lại bằng phần mềm khác."
        return Checked(None, (_error("G101", name, message, "Đề nghị đơn vị gửi lại đúng tệp so-lieu.json do mtqg ghi, không mở ra ghi lại."),))


def _lines(path: Path) -> Iterator[str]:
    """The lines of a file without their ends; a console of Windows may have written UTF-16."""
    with path.open("rb") as file:
        utf16 = file.read(2) in _UTF16
    with path.open(encoding="utf-16" if utf16 else "utf-8-sig", newline=None) as text:
        for _ in range(_MOST_LINES):
            line = text.readline(_LONGEST_LINE)
            if not line:
                return
            if not line.endswith("\n") and len(line) >= _LONGEST_LINE:
                break
            yield line.rstrip("\n")
    raise ValueError


def _document(lines: Iterator[str], name: str, reading: _Reading, edition: Edition, among: Collection[str]) -> Checked[Document | None]:
    digest = hashlib.sha256()
    header = _header(lines, digest)
    theirs = Edition(header.program, header.reference)
    if theirs != edition:
        message = f"Tệp do mtqg {theirs} ghi, khác với mtqg đang chạy {edition}: chỉ tiêu, biểu mẫu hoặc danh mục có thể đã khác."
        hint = "Cài cùng một phiên bản mtqg ở mọi nơi rồi đề nghị đơn vị ghi lại tệp; có biểu, chỉ tiêu riêng thì chạy với --project."
        return Checked(None, (_error("G104", name, message, hint),))
    reading.regime = header.regime
    inner = {part.code for part in header.parts}
    whole: list[Given] = []
    below: list[Given] = []
    for line in lines:
        digest.update(line.encode() + b"\n")
        if line == "],":
            break
        told = FigureLine.model_validate_json(line.removesuffix(","))
        if told.scope is None:
            whole.append(reading.given(told, header.unit.code))
        elif told.scope in inner or told.id in among:
            below.append(reading.given(told, told.scope))
    found = _CHECKSUM.fullmatch(next(lines, "").strip())
    if found is None or next(lines, "").strip() != "}":
        raise ValueError
    if found[1] != digest.hexdigest():
        message = "Nội dung tệp đã khác với lúc mtqg ghi ra (mã băm không khớp)."
        return Checked(None, (_error("G102", name, message, "Đề nghị đơn vị gửi lại tệp; không sửa tệp bằng tay, số sai thì sửa trong tệp Excel."),))
    return Checked(Document(name, header, found[1], tuple(whole), tuple(below)))


def _header(lines: Iterator[str], digest: hashlib._Hash) -> Header:
    told = []
    for number, line in enumerate(lines):
        digest.update(line.encode() + b"\n")
        told.append(line)
        if line == FIGURES:
            return Header.model_validate_json("\n".join(told[:-1]).removesuffix(",") + "}")
        if number > _LONGEST_HEADER:
            break
    raise ValueError


def _error(code: str, file: str, message: str, hint: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, Location(file), message, hint)

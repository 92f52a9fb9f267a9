"""Whether documents may be added up at all: one period, no unit twice, no errors left; and which units are missing. Nothing is added here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Diagnostic, Severity
from mtqg_cli.core.location import Location
from mtqg_cli.core.unit import REFORM_DAY, Unit
from mtqg_cli.core.vietnamese import join_names
from mtqg_cli.reference.unit import UnitMap, units_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mtqg_cli.aggregate.handed_in import Document

#: What the provinces make up together.
COUNTRY = Unit("VN", "Cả nước", "Cả nước", "tỉnh", None, None, None)


@dataclass(frozen=True, slots=True)
class Whole:
    """What the documents make up: the unit above them all, the map that it stands on, and the units that nobody handed in."""

    unit: Unit
    units: UnitMap
    missing: tuple[Unit, ...]


def whole_of(documents: Sequence[Document]) -> Whole:
    """The nearest unit above all the projects in the documents, and what of it is missing."""
    reformed = any(each.header.unit.since for each in documents)
    units = units_on(REFORM_DAY if reformed else REFORM_DAY - timedelta(days=1))
    given = {part.code for each in documents for part in each.covers}
    lines = [[unit.code for unit in _above(code, units)] for code in sorted(given)]
    common = [code for code in lines[0] if all(code in line for line in lines[1:])] if lines else []
    unit = next((found for code in common if code not in given and (found := units.get(code)) is not None), COUNTRY)
    return Whole(unit, units, tuple(_missing(unit, given, units)))


def _above(code: str, units: UnitMap) -> Iterator[Unit]:
    """A unit and those above it, the nearest first."""
    unit = units.get(code)
    while unit is not None:
        yield unit
        unit = units.get(unit.parent) if unit.parent else None


def children(unit: Unit, units: UnitMap) -> tuple[Unit, ...]:
    """The units right below one, the provinces below the country."""
    if unit is COUNTRY:
        return tuple(sorted((each for each in units.units.values() if each.level == "tỉnh"), key=lambda each: each.code))
    return units.children(unit)


def _missing(unit: Unit, given: set[str], units: UnitMap) -> Iterator[Unit]:
    """What of a unit nobody handed in: whole units where nothing of them is there."""
    touched = {each.code for code in given for each in _above(code, units)}
    for each in children(unit, units):
        if each.code in given:
            continue
        if each.code in touched:
            yield from _missing(each, given, units)
        else:
            yield each


def check(documents: Sequence[Document], whole: Whole, *, draft: bool) -> tuple[Diagnostic, ...]:
    """What keeps documents from being added up (lỗi), and what somebody should know of it (cảnh báo)."""
    return (*_periods(documents), *_twice(documents, whole.units), *(_unfinished(documents) if not draft else ()), *_absent(whole))


def _periods(documents: Sequence[Document]) -> Iterator[Diagnostic]:
    first, *others = documents
    for each in others:
        mine, theirs = ((one.header.period, one.header.regime, bool(one.header.unit.since)) for one in (first, each))
        if mine != theirs:
            message = f"Tệp là số liệu kỳ {_period(each)}, tệp {first.file} là kỳ {_period(first)}; số của hai kỳ không cộng với nhau."
            yield _found("G103", each.file, message, "Gộp các tệp của cùng một kỳ, cùng chế độ báo cáo, cùng danh mục đơn vị hành chính.")
        elif each.header.cutoff != first.header.cutoff:
            message = f"Số liệu tính đến {_day(each)}, tệp {first.file} tính đến {_day(first)}."
            hint = "Số vẫn được cộng; thống nhất ngày chốt số liệu (mục [reporting] cutoff) nếu hai ngày phải như nhau."
            yield _found("G108", each.file, message, hint, Severity.WARNING)


def _period(document: Document) -> str:
    header = document.header
    regime = "theo lịch" if header.regime == "lich" else "theo Nghị định 09/2019/NĐ-CP"
    return f"{header.period} ({regime}, danh mục đơn vị {'từ' if header.unit.since else 'trước'} ngày 01/7/2025)"


def _day(document: Document) -> str:
    cutoff = document.header.cutoff
    return f"ngày {date.fromisoformat(cutoff):%d/%m/%Y}" if cutoff else "hết kỳ"


def _twice(documents: Sequence[Document], units: UnitMap) -> Iterator[Diagnostic]:
    """A unit that two files hand in, or that lies inside another one: its figures would count twice."""
    seen: dict[str, Document] = {}
    for each in documents:
        for part in each.covers:
            if units.get(part.code) is None:
                message = f"Mã đơn vị {part.code} ({part.name}) không có trong danh mục hành chính."
                yield _found("G105", each.file, message, "Đề nghị đơn vị ghi lại tệp bằng mtqg.")
            elif part.code in seen:
                message = f"{part.name} (mã {part.code}) đã có trong tệp {seen[part.code].file}; cộng cả hai thì số liệu tính hai lần."
                yield _found("G105", each.file, message, "Chỉ giữ một tệp cho mỗi đơn vị: bản gửi sau cùng.")
            seen.setdefault(part.code, each)
    for code, each in seen.items():
        for above in list(_above(code, units))[1:]:
            if above.code in seen:
                message = f"{_name(code, units)} nằm trong {above.name}, mà {above.name} đã có trong tệp {seen[above.code].file}."
                yield _found("G105", each.file, message, "Bỏ bớt một tệp: số liệu của đơn vị cấp dưới đã nằm trong đơn vị cấp trên.")


def _name(code: str, units: UnitMap) -> str:
    unit = units.get(code)
    return unit.name if unit is not None else code


def _unfinished(documents: Iterable[Document]) -> Iterator[Diagnostic]:
    for each in documents:
        header = each.header
        if header.errors or header.draft:
            why = f"số liệu còn {header.errors} lỗi" if header.errors else "tệp ghi là dự thảo"
            hint = "Đề nghị đơn vị sửa lỗi (mtqg validate) rồi gửi lại; cần xem trước thì thêm --draft."
            yield _found("G106", each.file, f"{header.unit.name}: {why}.", hint)


def _absent(whole: Whole) -> Iterator[Diagnostic]:
    if whole.missing:
        message = f"Chưa có số liệu của {len(whole.missing)} đơn vị thuộc {whole.unit.name}: {join_names(unit.name for unit in whole.missing)}."
        hint = "Số gộp chỉ là của các đơn vị đã gửi; đôn đốc đơn vị còn thiếu trước khi công bố."
        yield _found("G107", "", message, hint, Severity.WARNING)


def _found(code: str, file: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> Diagnostic:
    return Diagnostic(code, severity, Location(file), message, hint)

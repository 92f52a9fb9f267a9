"""The project folder: mtqg.toml loaded, defaults filled in, names looked up. It reads settings, never workbooks."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from mtqg_cli.core.diagnostic import Decision, Diagnostic, Severity
from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.period import Period, parse_period
from mtqg_cli.core.report import MONEY_FAMILY
from mtqg_cli.core.unit import REFORM_DAY
from mtqg_cli.core.vietnamese import format_date
from mtqg_cli.decisions import corrections_of, decision_of, judgement_of
from mtqg_cli.reference.book import Book, load_book
from mtqg_cli.reference.mistakes import read_settings, wrong_values
from mtqg_cli.reference.request import Request
from mtqg_cli.reference.unit import UnitMap, match_name, units_on
from mtqg_cli.reference.version import reference
from mtqg_cli.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from mtqg_cli.core.unit import Unit
    from mtqg_cli.reference.form import Form

SETTINGS = "mtqg.toml"
#: A period may be counted to a day after its end, but not to another period's.
_LATEST_CUTOFF = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder with its settings, its unit and the book of reference data; `reference` is the edition of the files that it was loaded from."""

    folder: Path
    settings: Settings
    units: UnitMap
    unit: Unit
    communes: tuple[Unit, ...]
    book: Book
    diagnostics: tuple[Diagnostic, ...]
    reference: str

    def data_folder(self, period: Period) -> Path:
        """Where the workbooks of a period lie."""
        return self.folder / "data" / str(period)

    def out_folder(self, period: Period) -> Path:
        """Where everything made for a period goes."""
        return self.folder / "out" / str(period)

    def period(self, text: str) -> Period:
        """The period of a short name under the project's regime and cut-offs; raises MtqgError."""
        reporting = self.settings.reporting
        try:
            plain = parse_period(text, reporting.regime)
            cutoffs = {str(parse_period(name)): day for name, day in reporting.cutoff.items()}
        except ValueError:
            message = f"“{text}” không phải là kỳ báo cáo, hoặc mục cutoff trong {SETTINGS} ghi sai kỳ."
            raise MtqgError(message, "Ghi theo mẫu 6m2024, q3-2024, t5-2023 hoặc 2022.", exit_code=2) from None
        cutoff = cutoffs.get(str(plain))
        if cutoff is not None and not plain.start <= cutoff <= plain.end + _LATEST_CUTOFF:
            message = f"{SETTINGS}, mục [reporting] cutoff: ngày {format_date(cutoff)} không thể là ngày chốt số liệu {plain.label}."
            raise MtqgError(message, "Ngày chốt nằm trong kỳ, hoặc sau kỳ không quá một năm.", exit_code=2)
        return Period(plain.year, plain.kind, plain.number, plain.regime, cutoff)

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms in use."""
        programmes = self.settings.programmes
        forms = self.settings.forms
        used = self.book.in_use(programmes.criteria, programmes.use, self.communes, forms.extra, self._criteria_of())
        return tuple(form for form in used if form.id.split(".")[0] not in forms.without)

    def periods(self) -> tuple[Period, ...]:
        """The periods that have a data folder; folders with other names are no periods."""
        found = []
        for folder in (self.folder / "data").glob("*"):
            with contextlib.suppress(MtqgError):
                found.append(self.period(folder.name))
        return tuple(sorted(found, key=lambda each: (each.end, each.start)))

    def deadline(self, period: Period) -> dt.date | None:
        """The day by which units send for a period, if the settings name one; raises MtqgError for any line there that means nothing."""
        where = f"{SETTINGS}, mục [reporting] deadline"
        found: dict[str, dt.date] = {}
        for name, day in self.settings.reporting.deadline.items():
            try:
                named = self.period(str(parse_period(name)))
            except ValueError:
                message = f"{where}: “{name}” không phải là kỳ báo cáo."
                raise MtqgError(message, "Ghi theo mẫu 6m2024, q3-2024, t5-2023 hoặc 2022.", exit_code=2) from None
            if str(named) in found:
                message = f"{where}: {named.label} ghi hai lần."
                raise MtqgError(message, "Mỗi kỳ chỉ ghi một hạn nộp.", exit_code=2)
            if not named.start <= day <= named.end + _LATEST_CUTOFF:
                message = f"{where}: ngày {format_date(day)} không thể là hạn nộp báo cáo {named.label}."
                raise MtqgError(message, "Hạn nộp nằm trong kỳ, hoặc sau kỳ không quá một năm.", exit_code=2)
            found[str(named)] = day
        return found.get(str(period))

    def unit_below(self, name: str) -> Unit:
        """The commune, or the unit itself, that a name means; raises MtqgError that lists the names."""
        return _one_unit(name, (*self.communes, self.unit), "--unit")

    def request(self, period: Period) -> Request:
        """Everything that the stages need to know for a period."""
        programmes = self.settings.programmes
        return Request(
            unit=self.unit,
            parent=self.units.get(self.unit.parent) if self.unit.parent else None,
            communes=self.communes,
            period=period,
            book=self.book,
            forms=self.forms,
            programmes=programmes.use,
            criteria=tuple(name for name in programmes.every_set if self.book.criteria[name].level == "xã"),
            bands=programmes.bands,
            poverty_line=programmes.poverty_line,
            excused=self._excused(period),
            corrections=corrections_of(self.settings, period, self.period),
            judgement=judgement_of(self.settings, period, self.period),
            absolute_exit=programmes.absolute_exit,
            as_of={group: each for group, text in self.settings.reporting.as_of.items() if (each := self.period(text)).end <= period.end},
        )

    def conclusions(self) -> tuple[str, ...]:
        """What the meeting concluded: the settings' own list or text, or the lines of a file. Raises MtqgError."""
        event = self.settings.event
        if event is None:
            return ()
        if not event.conclusions_file:
            return (event.conclusions,) if isinstance(event.conclusions, str) else event.conclusions
        path = self.folder / event.conclusions_file
        try:
            return tuple(line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip())
        except (OSError, ValueError):
            message = f"Không đọc được tệp kết luận hội nghị {path}."
            raise MtqgError(message, "Kiểm tra tên tệp ở mục [event] conclusions_file; tệp lưu ở bảng mã UTF-8.") from None

    def _criteria_of(self) -> dict[str, tuple[str, ...]]:
        """The criteria sets of single communes by their code; raises MtqgError."""
        where = f"{SETTINGS}, mục [programmes] criteria_of"
        found: dict[str, tuple[str, ...]] = {}
        for name, sets in self.settings.programmes.criteria_of.items():
            unit = _one_unit(name, self.communes, where)
            wrong = next((each for each in sets if self.book.criteria[each].level != "xã"), None)
            if unit.kind != "Xã" or wrong is not None:
                message = (
                    f"{where}: {unit.name} không đánh giá theo bộ tiêu chí xã." if wrong is None else f"{where}: “{wrong}” không phải là bộ tiêu chí của xã."
                )
                raise MtqgError(message, "Chỉ ghi tên xã và các bộ tiêu chí xã (mtqg list criteria).", exit_code=2)
            if unit.code in found:
                message = f"{where}: {unit.name} ghi hai lần."
                raise MtqgError(message, "Ghi mọi bộ tiêu chí của một xã ở một chỗ.", exit_code=2)
            found[unit.code] = sets
        return found

    def _excused(self, period: Period) -> dict[str, Decision]:
        found: dict[str, Decision] = {}
        for line in self.settings.not_reporting:
            if str(self.period(line.period)) == str(period):
                unit = _one_unit(line.unit, self.communes, f"{SETTINGS}, mục [[not_reporting]]")
                found[unit.code] = decision_of(line)
        return found


def find_project(start: Path) -> Path:
    """The nearest folder at or above a folder that holds mtqg.toml; raises MtqgError."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / SETTINGS).is_file():
            return folder
    message = f"Không thấy tệp {SETTINGS} ở thư mục này hoặc các thư mục phía trên."
    raise MtqgError(message, "Chuyển vào thư mục dự án (lệnh cd), thêm --project THƯ_MỤC, hoặc tạo dự án mới bằng mtqg init.", exit_code=2)


def load_project(folder: Path) -> Project:
    """The project of a folder; raises MtqgError if its settings cannot be used."""
    project = _loaded(folder, reference(folder))
    while project.reference != reference(folder):  # somebody is just changing it
        project = _loaded(folder, reference(folder))
    return project


def _loaded(folder: Path, edition: str) -> Project:
    settings = _settings(folder / SETTINGS)
    unit, units, _ = find_unit(settings.unit.name, settings.unit.date)
    communes = _in_order(units.children(unit), settings.unit.order)
    checked = load_book(folder)
    book = checked.value
    for family, wanted, known in (
        ("chương trình", settings.programmes.use, book.programmes),
        ("bộ tiêu chí", settings.programmes.every_set, book.criteria),
        ("biểu bổ sung", settings.forms.extra, book.extra),
        ("biểu bỏ được", settings.forms.without, book.usual),
    ):
        unknown = [name for name in wanted if name not in known]
        if unknown:
            message = f"{SETTINGS}: không có {family} “{unknown[0]}”."
            raise MtqgError(message, f"Các {family} đang có: {', '.join(known)}.", exit_code=2)
    _check_keys(settings, book)
    broken = [each for each in checked.diagnostics if each.severity is Severity.ERROR]
    if broken:
        lines = "\n".join(f"  {each.location}: {each.message}" for each in broken)
        message = f"Dữ liệu tham chiếu có {len(broken)} chỗ sai:\n{lines}"
        raise MtqgError(message, broken[0].hint, exit_code=2)
    return Project(folder, settings, units, unit, communes, book, checked.diagnostics, edition)


def _check_keys(settings: Settings, book: Book) -> None:
    """Keys of as_of and decimals that no indicator knows would be passed over in silence."""
    groups = sorted({entry.group for entry in book.indicators.values()} | {listing.group for listing in book.listings.values()})
    families = sorted({entry.family for entry in book.indicators.values() if entry.family} | {MONEY_FAMILY}) + list(book.indicators)
    sets = [book.criteria[name] for name in settings.programmes.every_set]
    largest = max((len(each.criteria) for each in sets if each.level == "xã"), default=0)
    covered = [number for low, high in settings.programmes.bands for number in (low, high)]
    if covered and (min(covered) > 0 or max(covered) < largest):
        message = f"{SETTINGS}, mục [programmes] bands: các nhóm phải phủ từ 0 đến {largest} tiêu chí."
        raise MtqgError(message, "Ví dụ: bands = [19, [15, 18], [10, 14], [5, 9], [0, 4]].", exit_code=2)
    for section, used, known in (("[reporting] as_of", settings.reporting.as_of, groups), ("[style] decimals", settings.style.decimals, families)):
        unknown = [name for name in used if name not in known]
        if unknown:
            message = f"{SETTINGS}, mục {section}: không có “{unknown[0]}”."
            raise MtqgError(message, f"Các tên dùng được: {', '.join(known[:12])}.", exit_code=2)


def _settings(path: Path) -> Settings:
    values = read_settings(
        path,
        absent="Tạo dự án bằng mtqg init, hoặc ghi đúng thư mục ở --project.",
        unreadable="Ghi đúng thư mục dự án ở --project.",
        malformed="Kiểm tra dấu ngoặc, dấu nháy ở dòng được nêu.",
    )
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        lines = "\n".join(f"  {place}: {told}" for place, told in wrong_values(error))
        message = f"Tệp {path} có mục không đúng:\n{lines}"
        raise MtqgError(message, "Sửa các mục trên; mtqg init tạo ra tệp mẫu đầy đủ có chú thích.", exit_code=2) from None


def find_unit(name: str, day: dt.date | None) -> tuple[Unit, UnitMap, dt.date]:
    """The one unit that a name means, the map that it stands on and that map's day; raises MtqgError that names the candidates.

    Without a day it is looked for on today's map, then on the last one before the reform: districts are found there only.
    """
    today = dt.date.today()  # noqa: DTZ011 - the map of a local day
    days = [day] if day is not None else [today, REFORM_DAY - dt.timedelta(days=1)]
    searches = []
    for each in days:
        units = units_on(each)
        search = units.find(name)
        if search.unit is not None:
            return search.unit, units, each
        searches.append((search, units, each))
    search, units, _ = next((found for found in searches if found[0].candidates), searches[-1])
    shown = [units.full_name(unit) for unit in search.candidates] or list(search.guesses)
    lines = "\n".join(f"  {each}" for each in shown[:10])
    more = f"\n  … và {len(shown) - 10} đơn vị khác" if len(shown) > 10 else ""  # noqa: PLR2004
    problem = f"“{name}” là tên của {len(search.candidates)} đơn vị" if search.candidates else f"Không có đơn vị hành chính nào tên “{name}”"
    message = f"{problem}. Có phải là:\n{lines}{more}" if shown else f"{problem}."
    raise MtqgError(message, "Ghi đủ cả cấp và đơn vị phía trên, ví dụ “Huyện Đầm Hà, Tỉnh Quảng Ninh”.", exit_code=2)


def _one_unit(name: str, among: tuple[Unit, ...], where: str) -> Unit:
    found = match_name(name, among)
    if len(found) == 1:
        return found[0]
    shown = ", ".join(unit.name for unit in found or among)
    problem = "có thể là nhiều đơn vị" if found else "không phải đơn vị trực thuộc"
    message = f"{where}: “{name}” {problem}."
    raise MtqgError(message, f"Ghi một trong các tên: {shown}.", exit_code=2)


def _in_order(communes: tuple[Unit, ...], order: tuple[str, ...]) -> tuple[Unit, ...]:
    """The communes with those that the settings name first, the others after them in the official order.

    A name that two units bear (xã Đầm Hà, thị trấn Đầm Hà) puts both there: an order need not choose.
    """
    first: list[Unit] = []
    for name in order:
        found = match_name(name, communes) or (_one_unit(name, communes, f"{SETTINGS}, mục [unit] order"),)
        first += found
    return (*dict.fromkeys(first), *(unit for unit in communes if unit not in first))

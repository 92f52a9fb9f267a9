"""All reference data loaded and cross-checked: what the program ships, then what the project folder adds or replaces."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from mtqg_cli.core.diagnostic import Checked, Diagnostic, Severity
from mtqg_cli.core.location import Location
from mtqg_cli.core.vietnamese import closest
from mtqg_cli.reference.criteria import CriteriaSet
from mtqg_cli.reference.form import Form
from mtqg_cli.reference.indicator import IndicatorEntry, IndicatorFile, Listing
from mtqg_cli.reference.measures import measures
from mtqg_cli.reference.mistakes import where_in_file, wrong_values
from mtqg_cli.reference.programme import Programme
from mtqg_cli.reference.quantity import Choice, Model
from mtqg_cli.reference.resources import DATA
from mtqg_cli.reference.table import TableSpec

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from mtqg_cli.core.unit import Unit

M = TypeVar("M", bound=Model)

#: The form that tells of the workbook itself: its closing day, poverty line, villages.
FACE_FORM = "thong-tin"
#: The criteria sets of a project that does not name any.
DEFAULT_CRITERIA = ("xa-ntm-2021-2025",)
#: Most communes stand at two levels at once: recognised at one, on the way to the next.
_ROWS_A_COMMUNE = 2
#: The folders of reference data that a project may have as well.
_FAMILIES = ("forms", "criteria", "programmes", "indicators", "tables")
#: The word that `mtqg list` shows for what came with the program.
SHIPPED = "mtqg"


@dataclass(frozen=True, slots=True)
class Book:
    """Forms, criteria sets, programmes, indicators and tables by id, in the order in which they are used."""

    forms: Mapping[str, Form]
    criteria: Mapping[str, CriteriaSet]
    programmes: Mapping[str, Programme]
    indicators: Mapping[str, IndicatorEntry]
    listings: Mapping[str, Listing]
    tables: Mapping[str, TableSpec]

    @property
    def extra(self) -> tuple[str, ...]:
        """The forms that a project may ask for."""
        return tuple(form.id for form in self.forms.values() if form.extra)

    @property
    def usual(self) -> tuple[str, ...]:
        """The forms that every project has unless it leaves them out; the one that says whose workbook it is always stays."""
        return tuple(form.id for form in self.forms.values() if not form.extra and form.id != FACE_FORM)

    @property
    def everything(self) -> tuple[Form, ...]:
        """All forms as a project could use them; the criteria sets that a project has unless it says otherwise come first."""
        criteria = sorted(self.criteria, key=lambda key: (key not in DEFAULT_CRITERIA, key))
        return self.in_use(criteria, tuple(self.programmes), (), tuple(self.forms))

    def in_use(
        self,
        criteria: Sequence[str],
        programmes: Sequence[str],
        communes: Sequence[Unit],
        extra: Collection[str] = (),
        criteria_of: Mapping[str, Sequence[str]] | None = None,
    ) -> tuple[Form, ...]:
        """The forms of a project: criteria forms made for each set of their level, drop-downs filled, extra forms if asked for.

        `criteria_of` gives the sets that single communes (by their code) are judged by instead of those of all.
        """
        own = criteria_of or {}
        everywhere = tuple(dict.fromkeys((*criteria, *(key for sets in own.values() for key in sets))))
        choices = {
            "programmes": tuple(Choice(id=key, label=self.programmes[key].short, aliases=(self.programmes[key].title, key)) for key in programmes),
            "communes": tuple(Choice(id=unit.code, label=unit.name, aliases=(unit.proper_name,)) for unit in communes if unit.kind == "Xã"),
            "projects": tuple(Choice(id=code, label=code) for code in dict.fromkeys(each.code for key in programmes for each in self.programmes[key].projects)),
        }
        forms: list[Form] = []
        for form in self.forms.values():
            if form.rows_from == "criteria":
                sets = [self.criteria[key] for key in everywhere if self.criteria[key].level == form.criteria_level]
                made = [_for_criteria(form, each, index) for index, each in enumerate(sets)]
                forms += [_for_units(each, criteria, communes, own) for each in made] if own and form.scope == "commune" else made
            elif not form.extra or form.id in extra:
                forms.append(_with_choices(form, choices))
        return tuple(sorted(forms, key=lambda each: (each.order, each.sheet)))

    def behind(self, names: Iterable[str]) -> tuple[IndicatorEntry, ...]:
        """The indicators of these names and all that they are made from, each after what it needs."""
        graph: dict[str, tuple[str, ...]] = {}
        wanted = list(names)
        while wanted:
            name = wanted.pop()
            if name in self.indicators and name not in graph:
                graph[name] = self.indicators[name].depends_on
                wanted += graph[name]
        return tuple(self.indicators[name] for name in TopologicalSorter(graph).static_order() if name in self.indicators)


def _for_criteria(form: Form, criteria: CriteriaSet, index: int) -> Form:
    return form.model_copy(
        update={
            "id": f"{form.id}.{criteria.id}",
            "title": f"{form.title} {criteria.title}",
            "sheet": form.sheet if index == 0 else f"{form.sheet}.{index + 1}",
            "guide": (f"Bộ tiêu chí theo {criteria.basis}.", *form.guide, *([criteria.caution] if criteria.caution else [])),
            "dataset": form.data,
            "criteria_set": criteria.id,
            "rows": criteria.form_rows(),
        }
    )


def _for_units(form: Form, criteria: Sequence[str], communes: Iterable[Unit], own: Mapping[str, Sequence[str]]) -> Form:
    judged = frozenset(unit.code for unit in communes if form.criteria_set in own.get(unit.code, criteria))
    return form.model_copy(update={"units": judged})


def _with_choices(form: Form, choices: Mapping[str, tuple[Choice, ...]]) -> Form:
    if not any(column.choices_from for column in form.columns):
        return form
    columns = tuple(column.model_copy(update={"choices": choices[column.choices_from]}) if column.choices_from else column for column in form.columns)
    return form.model_copy(update={"columns": columns, "capacity": _rows_needed(form, choices)})


def _rows_needed(form: Form, choices: Mapping[str, tuple[Choice, ...]]) -> int:
    """A form that has rows for each commune, at several levels, grows with the number of communes."""
    for_communes = any(column.choices_from == "communes" and column.field in form.key for column in form.columns)
    return max(form.capacity, _ROWS_A_COMMUNE * len(choices["communes"])) if for_communes else form.capacity


def load_book(project: Path | None = None) -> Checked[Book]:
    """The shipped reference data with a project's own files over it; mistakes in files are findings, the rest is loaded."""
    if project is None or not any(next((project / family).glob("*.toml"), None) for family in _FAMILIES):
        return _shipped()
    return _load([(SHIPPED, DATA), ("dự án", project)])


@cache  # a batch has many projects, and few have files of their own
def _shipped() -> Checked[Book]:
    return _load([(SHIPPED, DATA)])


def _load(roots: Sequence[tuple[str, Path]]) -> Checked[Book]:
    reader = _Reader(roots)
    forms = reader.read("forms", Form)
    criteria = reader.read("criteria", CriteriaSet)
    programmes = reader.read("programmes", Programme)
    files = reader.read("indicators", IndicatorFile)
    tables = reader.read("tables", TableSpec)
    indicators = {each.id: each.model_copy(update={"origin": origin}) for origin, file in files for each in file.indicators}
    listings = {each.id: each.model_copy(update={"origin": origin}) for origin, file in files for each in file.listings}
    book = Book(
        forms=dict(sorted(((each.id, each) for _, each in forms), key=lambda item: item[1].order)),
        criteria={each.id: each for _, each in criteria},
        programmes={each.id: each for _, each in programmes},
        indicators=indicators,
        listings=listings,
        tables=dict(sorted(((each.id, each) for _, each in tables), key=lambda item: (item[1].order, item[0]))),
    )
    return Checked(book, (*reader.diagnostics, *_cross_check(book)))


class _Reader:
    """Reads families of TOML files from several roots; a later root replaces an id of an earlier one."""

    def __init__(self, roots: Sequence[tuple[str, Path]]) -> None:
        self.roots = roots
        self.diagnostics: list[Diagnostic] = []

    def read(self, family: str, model: type[M]) -> list[tuple[str, M]]:
        """The files of `<root>/<family>/*.toml` as (origin, model), the stem being the id."""
        raw: dict[str, tuple[str, Path, dict[str, Any]]] = {}
        for origin, root in self.roots:
            for path in sorted((root / family).glob("*.toml")):
                try:
                    raw[path.stem] = (origin, path, tomllib.loads(path.read_text(encoding="utf-8-sig")))
                except (ValueError, RecursionError) as error:
                    self._report(path, f"Tệp viết sai cú pháp TOML{where_in_file(error)}.")
        found: list[tuple[str, M]] = []
        for stem, (origin, path, values) in raw.items():
            base = values.pop("extends", None)
            if base is not None and base not in raw:
                self._report(path, f"Mục extends trỏ đến “{base}”, nhưng không có tệp {base}.toml cùng loại.")
                continue
            merged = {**(raw[base][2] if base else {}), **values}
            if "id" in model.model_fields:
                merged |= {"id": stem, "origin": origin}
            try:
                found.append((origin, model.model_validate(merged)))
            except ValidationError as error:
                for place, told in wrong_values(error):
                    self._report(path, f"Mục “{place}”: {told}." if place else f"Tệp chưa đúng: {told}.")
        return found

    def _report(self, path: Path, message: str) -> None:
        hint = "Sửa tệp theo mẫu của các tệp cùng loại (mtqg list cho biết mỗi tệp từ đâu), rồi chạy lại."
        self.diagnostics.append(Diagnostic("K101", Severity.ERROR, Location(path.name), message, hint))


def _cross_check(book: Book) -> Iterable[Diagnostic]:
    """Indicators name measures, fields and indicators that exist, and do not go round in circles."""
    yield from _check_forms(book)
    fields = {f"{form.data}.{name}" for form in book.forms.values() for name in _names_of(form)}
    datasets = {form.data for form in book.forms.values()}
    for entry in book.indicators.values():
        yield from _check_measure(entry)
        wanted = [*entry.inputs, *([entry.weight] if entry.weight else [])]
        missing = [name for name in wanted if name not in fields]
        missing += [name for name in (*entry.depends_on, *([entry.of] if entry.when else [])) if name not in book.indicators]
        missing += [entry.dataset] if entry.dataset and entry.dataset not in datasets else []
        if missing:
            message = f"Chỉ tiêu “{entry.id}” dùng {', '.join(missing)}, nhưng không có biểu hoặc chỉ tiêu nào mang tên đó."
            yield _wrong_indicator(entry.id, message)
    for listing in book.listings.values():
        missing = [name for name in listing.fields.values() if name != "unit" and f"{listing.dataset}.{name}" not in fields]
        if missing:
            yield _wrong_indicator(listing.id, f"Danh sách “{listing.id}” dùng {', '.join(missing)}, nhưng biểu “{listing.dataset}” không có.")
    try:
        TopologicalSorter({name: entry.depends_on for name, entry in book.indicators.items()}).prepare()
    except CycleError as error:
        names = " → ".join(str(name) for name in error.args[1])
        yield _wrong_indicator(str(error.args[1][0]), f"Các chỉ tiêu phụ thuộc vòng quanh: {names}.")
        return
    yield from _check_periods(book)


def _check_periods(book: Book) -> Iterable[Diagnostic]:
    """What is taken from another period is not itself made from yet another one: nobody reads that folder."""
    for entry in book.indicators.values():
        twice = [each.id for each in book.behind([entry.of]) if each.when] if entry.when else []
        if twice:
            message = f"Chỉ tiêu “{entry.id}” lấy “{entry.of}” của kỳ khác, nhưng số đó lại dùng số của một kỳ khác nữa ({', '.join(twice)})."
            yield _wrong_indicator(entry.id, message)


def _check_forms(book: Book) -> Iterable[Diagnostic]:
    """What lines of a form say of other forms means something there."""
    fields = {f"{form.id}.{name}" for form in book.forms.values() for name in _names_of(form)}
    for form in book.forms.values():
        missing = [name for line in form.relations for name in line.named_elsewhere if name not in fields]
        if missing:
            message = f"Biểu “{form.id}” được đối chiếu với {', '.join(missing)}, nhưng không có biểu hoặc cột nào mang tên đó."
            yield Diagnostic("K101", Severity.ERROR, Location(f"{form.id}.toml"), message, "Sửa tên cho đúng; mtqg list forms cho biết các tên đang có.")


def _check_measure(entry: IndicatorEntry) -> Iterable[Diagnostic]:
    about = measures().get(entry.measure)
    if about is None:
        near = closest(entry.measure, {name: name for name in measures()}, 1)
        guess = f" Có phải là {near[0]}?" if near else ""
        yield _wrong_indicator(entry.id, f"Chỉ tiêu “{entry.id}” dùng phép tính “{entry.measure}”, nhưng không có.{guess}")
        return
    lacking = [name for name in about.needs if not getattr(entry, name)]
    if lacking:
        yield _wrong_indicator(entry.id, f"Chỉ tiêu “{entry.id}” dùng phép tính {entry.measure} nên phải có mục {', '.join(lacking)}.")
    if entry.measure == "share" and not entry.across and entry.numerator not in entry.parts:
        yield _wrong_indicator(entry.id, f"Chỉ tiêu “{entry.id}” là tỷ trọng của {entry.numerator}, nhưng mục parts không có tên đó.")
    if entry.measure == "share" and entry.across and any(entry.across not in split for split in entry.splits):
        yield _wrong_indicator(entry.id, f"Chỉ tiêu “{entry.id}” chia theo {entry.across} (mục across), nhưng mục by không chia như vậy.")


def _wrong_indicator(name: str, message: str) -> Diagnostic:
    return Diagnostic("K102", Severity.ERROR, Location(name), message, "Sửa tệp trong indicators/, rồi chạy lại.")


def _names_of(form: Form) -> Iterable[str]:
    yield from (column.field for column in form.columns)
    yield from (row.field for row in form.rows if row.field)

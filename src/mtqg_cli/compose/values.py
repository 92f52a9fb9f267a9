"""Figures and listings under the names that templates use: the report as values, nothing formatted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mtqg_cli.compose.charts import band_chart, report_charts
from mtqg_cli.compose.index import Index
from mtqg_cli.compose.programmes import FAMILIES, choice_lists, family_record, programme_record
from mtqg_cli.compose.rankings import rankings
from mtqg_cli.core.figure import ASSIGNED_BY, Figure
from mtqg_cli.core.report import Record, Report, Style
from mtqg_cli.reference.request import band_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from mtqg_cli.core.report import Value
    from mtqg_cli.reference.request import Band, Request

_ABSOLUTE = {
    "": "",
    "net-fall": "số hộ cận nghèo đầu kỳ trừ số hộ cận nghèo cuối kỳ",
    "above-lines": "số hộ cận nghèo vượt chuẩn cận nghèo trong kỳ",
}
_LINES = {"tw": "chuẩn nghèo của Trung ương", "tinh": "chuẩn nghèo của tỉnh"}


@dataclass(frozen=True, slots=True)
class Issue:
    """The signing data of a document (Decree 30/2020/NĐ-CP): who issues it, number, place, date, signer, recipients."""

    superior: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    number: str = ""
    place: str = ""
    date: date | None = None
    basis: str = ""
    capacity: tuple[str, ...] = ()
    signer: str = ""
    recipients: tuple[str, ...] = ()
    letter_number: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """The meeting that an article tells of."""

    name: str = ""
    date: date | None = None
    place: str = ""
    chair: str = ""
    attendance: str = ""
    conclusions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What a report says besides its figures."""

    issue: Issue = Issue()
    event: Event | None = None
    style: Style = field(default_factory=Style)
    poverty_line_basis: str = ""
    caveats: tuple[str, ...] = ()
    decisions: tuple[Record, ...] = ()
    draft: bool = False


def compose(request: Request, figures: Iterable[Figure], listings: Mapping[str, tuple[Record, ...]], frame: Frame, template: str) -> Report:
    """The report of a request: every name of `fields` with its value."""
    index = _Index(request, figures)
    communes = tuple(Record({"ten": unit.label, "loai": unit.kind.lower(), **index.plain(unit.code)}) for unit in request.communes)
    programmes = {key: programme_record(index, request.book.programmes[key], listings) for key in request.programmes}
    values: dict[str, Value] = {
        **index.plain(None),
        **listings,
        "don_vi": unit_record(request),
        "ky": period_record(request),
        "van_ban": issue_record(frame.issue),
        "hoi_nghi": _event(frame.event),
        "chuong_trinh": tuple(programmes.values()),
        **{family: family_record(index, family, programmes) for family in FAMILIES},
        **choice_lists(index, {}),
        "bo_tieu_chi": tuple(index.criteria_set(key) for key in request.criteria),
        "cac_xa": communes,
        **rankings(communes),
        "cap_giao": tuple(index.assigned_by(key) for key in ASSIGNED_BY if index.has_plan(key)),
        "chuan_ngheo": _poverty_line(request.poverty_line, frame.poverty_line_basis),
        "cach_tinh_tuyet_doi": _ABSOLUTE[request.absolute_exit],
        "luu_y": frame.caveats,
        "quyet_dinh": frame.decisions,
        "khong_bao_cao": tuple(unit.label for unit in request.communes if unit.code in request.excused),
        "du_thao": frame.draft,
    }
    values["bieu_do"] = report_charts(values, request.period)
    return Report(template, request.unit, request.period, values, frame.style, frame.draft)


class _Index(Index):
    """The figures, and the records of criteria sets and of plans."""

    def criteria_set(self, key: str) -> Record:
        criteria = self.request.book.criteria[key]
        by = {"criteria_set": key}
        form = next((form for form in self.request.forms if form.criteria_set == key), None)
        applying = [unit for unit in self.request.communes if form is not None and form.applies(unit)]
        communes = tuple(Record({"ten": unit.label, **self.split(by, unit.code)}) for unit in applying)
        within = [band for band in self.request.bands if band[0] <= len(criteria.criteria)]  # bands are made for the largest set
        counts = [self.split({**by, "band": band_id(band)}) for band in within]
        filled = [any(isinstance(found := each["so_xa_theo_nhom"], Figure) and found.value for each in counts[place:]) for place in range(len(counts))]
        bands = tuple(Record({"ten": _band_title(band), "con_xa": more, **count}) for band, count, more in zip(within, counts, filled, strict=True))
        values: dict[str, Value] = {
            "ma": key,
            "ten": criteria.title,
            "ten_ngan": criteria.short,
            "so_tieu_chi": len(criteria.criteria),
            "so_chi_tieu": sum(len(each.indicators) for each in criteria.criteria),
            **self.split(by),
            "nhom": bands,
            "cac_xa": communes,
        }
        return Record({**values, "bieu_do_nhom": band_chart(values)})

    def has_plan(self, key: str) -> bool:
        return any(("assigned_by", key) in by for _, _, by in self.figures)

    def assigned_by(self, key: str) -> Record:
        return Record({"ma": key, "ten": ASSIGNED_BY[key], **self.split({"assigned_by": key})})


def unit_record(request: Request) -> Record:
    """The values of `fields.unit_fields`."""
    unit = request.unit
    return Record(
        {
            "ten": unit.label,
            "ten_rieng": unit.proper_name,
            "ten_hoa": unit.label.upper(),
            "cap": unit.kind.lower(),
            "cap_duoi": request.lower_kinds,
            "tren": request.parent.label if request.parent is not None else "",
        }
    )


def period_record(request: Request) -> Record:
    """The values of `fields.period_fields`."""
    period = request.period
    return Record(
        {
            "ten": period.label,
            "sau": period.next_label,
            "dau_ky": period.opening_label,
            "nam": period.year,
            "ngay_chot": period.as_of,
            "uoc": period.provisional,
        }
    )


def issue_record(issue: Issue) -> Record:
    """The values of `fields.issue_fields`."""
    return Record(
        {
            "co_quan_chu_quan": "\n".join(issue.superior),
            "co_quan": "\n".join(issue.authority),
            "so": issue.number,
            "dia_danh": issue.place,
            "ngay": issue.date,
            "can_cu": issue.basis,
            "quyen_han": issue.capacity,
            "nguoi_ky": issue.signer,
            "noi_nhan": issue.recipients,
        }
    )


def _event(event: Event | None) -> Record:
    about = event or Event()
    return Record(
        {
            "co": event is not None,
            "ten": about.name,
            "ngay": about.date,
            "dia_diem": about.place,
            "chu_tri": about.chair,
            "thanh_phan": about.attendance,
            "ket_luan": about.conclusions,
        }
    )


def _poverty_line(line: str, basis: str) -> str:
    return f"{_LINES[line]} ({basis})" if basis else _LINES[line]


def split_names(request: Request) -> dict[str, str]:
    """What the values of splits are called: programmes, criteria sets, assigning levels, bands."""
    return {
        **{key: request.book.programmes[key].short for key in request.programmes},
        **{key: request.book.criteria[key].short for key in request.criteria},
        **ASSIGNED_BY,
        **{band_id(band): _band_title(band) for band in request.bands},
    }


def _band_title(band: Band) -> str:
    if band[0] == 0:
        return f"dưới {band[1] + 1} tiêu chí"
    return f"{band_id(band)} tiêu chí"

"""Charts of the figures that a report has: which ones stand side by side, under which names. Not how they look."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mtqg_cli.core.figure import Figure
from mtqg_cli.core.report import Chart, Record, Series

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mtqg_cli.core.period import Period
    from mtqg_cli.core.report import Value

    Values = Mapping[str, Value]

_FUNDS = {"Kế hoạch vốn": "von_ke_hoach", "Giải ngân": "von_giai_ngan"}
#: As many as a page has room for with their numbers; a report with more has them in its annex.
_MOST = 24
_BAND = "so_xa_theo_nhom"
_BANDS_TITLE = "Số xã theo nhóm tiêu chí đạt"


def report_charts(values: Values, period: Period) -> Record:
    """The charts of the whole, from the other values of the report."""
    programmes = [each for each in _records(values, "chuong_trinh") if _has_funds(each)]
    return Record(
        {
            "giai_ngan": _funds_chart(programmes, values),
            "theo_chuong_trinh": len(programmes) > 1,
            "nhom_xa": _bands_chart(values),
            "ho_ngheo": _households_chart(values, period),
        }
    )


def project_chart(programme: Values) -> Chart:
    """What is planned and what is disbursed for each dự án of a programme, from the values of its record."""
    rows = [(f"{project['ma']}. {project['ten']}", project) for project in _records(programme, "du_an")]
    title = f"Kế hoạch vốn và giải ngân theo dự án, nội dung thành phần: {programme['ten_ngan']}"
    return _funds(f"du_an.{programme['ma'] or programme['ho']}", title, rows, programme)


def band_chart(criteria_set: Values) -> Chart:
    """How many communes are in each band of one criteria set, from the values of its record."""
    title = f"{_BANDS_TITLE} ({criteria_set['ten_ngan']})"
    return _bands(f"nhom.{criteria_set['ma']}", title, [("Số xã", criteria_set)])


def _funds_chart(programmes: Sequence[Values], whole: Values) -> Chart:
    """By programme; of a single programme that has figures, by dự án."""
    if len(programmes) == 1:
        return replace(project_chart(programmes[0]), id="giai_ngan")
    return _funds("giai_ngan", "Kế hoạch vốn và giải ngân theo chương trình", [(str(each["ten_ngan"]), each) for each in programmes], whole)


def _funds(id_: str, title: str, rows: Iterable[tuple[str, Values]], whole: Values) -> Chart:
    """A row without any figure is left out: the text says that there is none."""
    known = [(label, each) for label, each in rows if _has_funds(each)]
    if len(known) > _MOST:
        largest = sorted(known, key=lambda row: _figure(row[1], "von_ke_hoach").amount or 0, reverse=True)[:_MOST]
        known = [row for row in known if row in largest]
        title = f"{title} ({_MOST} mục có kế hoạch vốn lớn nhất)"
    series = tuple(Series(label, tuple(_figure(each, key) for _, each in known)) for label, key in _FUNDS.items())
    return Chart(id_, title, "bar", tuple(label for label, _ in known), series, _figure(whole, "von_ke_hoach").unit)


def _has_funds(values: Values) -> bool:
    return any(_figure(values, key).amount is not None for key in _FUNDS.values())


def _bands_chart(values: Values) -> Chart:
    """The criteria sets that several communes are judged by, side by side; a commune that stands alone in its set is told in words."""
    known = [
        each for each in _records(values, "bo_tieu_chi") if _shared(each) and any(_figure(band, _BAND).amount is not None for band in _records(each, "nhom"))
    ]
    names = [("Số xã" if len(known) == 1 else str(each["ten_ngan"]), each) for each in known]
    return _bands("nhom_xa", _BANDS_TITLE, names)


def _shared(criteria_set: Values) -> bool:
    communes = criteria_set["cac_xa"]
    return isinstance(communes, tuple) and len(communes) > 1


def _bands(id_: str, title: str, sets: Iterable[tuple[str, Values]]) -> Chart:
    """Bands by their names, of which a larger set has more at its top: what a set has no band for has no figure."""
    rows = [(label, {str(band["ten"]): _figure(band, _BAND) for band in _records(each, "nhom")}) for label, each in sets]
    names = tuple(max(rows, key=lambda row: len(row[1]))[1]) if rows else ()
    series = tuple(Series(label, tuple(bands.get(name) or _nothing(bands) for name in names)) for label, bands in rows)
    return Chart(id_, title, "column", tuple(_capital(name) for name in names), series, "xã")


def _nothing(bands: Mapping[str, Figure]) -> Figure:
    return replace(next(iter(bands.values())), value=None, sources=())


def _households_chart(values: Values, period: Period) -> Chart:
    """The two ends of the period."""
    ends = {"dau_ky": _capital(period.opening_label), "cuoi_ky": f"{'Ước hết' if period.provisional else 'Hết'} {period.label}"}
    kinds = {"Hộ nghèo": "ho_ngheo", "Hộ cận nghèo": "ho_can_ngheo"}
    series = tuple(Series(label, tuple(_figure(values, f"{kind}_{end}") for end in ends)) for label, kind in kinds.items())
    return Chart("ho_ngheo", "Số hộ nghèo, hộ cận nghèo", "column", tuple(ends.values()), series, "hộ")


def _records(values: Values, name: str) -> Iterator[Values]:
    """The values of each record of a list."""
    records = values[name]
    for each in records if isinstance(records, tuple) else ():
        if isinstance(each, Record):
            yield each.values


def _figure(values: Values, name: str) -> Figure:
    """A figure by its name, which `fields` promises."""
    figure = values[name]
    if not isinstance(figure, Figure):
        raise TypeError(name)
    return figure


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

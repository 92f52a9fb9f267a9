"""Core values as templates see them: printed the Vietnamese way, with declared names only; no arithmetic, no lay-out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, overload

from jinja2.exceptions import TemplateRuntimeError

from mtqg_cli.core.figure import Figure, Text
from mtqg_cli.core.period import Period
from mtqg_cli.core.report import Chart, Record
from mtqg_cli.core.unit import Unit
from mtqg_cli.core.vietnamese import format_date, long_date
from mtqg_cli.render.phrases.catalogue import PHRASES
from mtqg_cli.render.phrases.changes import direction, rounding_shows
from mtqg_cli.render.printing import list_names_in_text, places, print_amount, print_figure, print_in_table, print_ratio, printable, printed_value, with_unit
from mtqg_cli.render.view import ChartView, View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mtqg_cli.core.report import Report, Style, Value

__all__ = ["DATE_NAMES", "FIGURE_NAMES", "DateView", "FigureView", "ListView", "RecordView", "View", "print_figure", "view_of", "views"]

#: What a figure, a date and a loop offer: name → kind of `core.report.Field`. Templates reach nothing else.
FIGURE_NAMES = {
    "day_du": "text",
    "ty_so": "text",
    "tu_so": "figure",
    "mau_so": "figure",
    "co": "flag",
    "khac_khong": "flag",
    "duong": "flag",
    "am": "flag",
    "bang_khong": "flag",
    "tang": "flag",
    "giam": "flag",
    "do_lon": "text",
    "cac": "text",
    "it_ten": "flag",
    "lech_lam_tron": "flag",
    "nhan": "text",
    "don_vi": "text",
    "ky": "text",
    "ngay": "date",
    "co_so": "text",
    **dict.fromkeys(PHRASES, "text"),
}
DATE_NAMES = {"dai": "text"}
_DECEMBER, _LAST_DAY = 12, 31
_FEW = 12


class FigureView(View):
    """A figure; printing it prints the number alone."""

    __slots__ = ("_figure", "_style")
    names = FIGURE_NAMES

    def __init__(self, figure: Figure, style: Style) -> None:
        self._figure = figure
        self._style = style

    def __str__(self) -> str:
        return print_figure(self._figure, self._style)

    def __getattr__(self, name: str) -> str:
        if name not in PHRASES:
            raise AttributeError(name)
        return PHRASES[name](self._figure, self._style)

    @property
    def behind(self) -> tuple[Figure, Style]:
        """What the filters that make words need: templates cannot ask for it."""
        return self._figure, self._style

    @property
    def in_table(self) -> str:
        """The text for a table cell: the filter `trong_bang` asks for it, templates cannot."""
        return print_in_table(self._figure, self._style)

    @property
    def day_du(self) -> str:
        """The number with its unit: 14 hộ, 52,5%."""
        return with_unit(self._figure, str(self))

    @property
    def ty_so(self) -> str:
        """Numerator over denominator, which need no leading zeros side by side: 32.479/61.864 triệu đồng, 5/6 xã."""
        return print_ratio(self._figure, self._style)

    @property
    def tu_so(self) -> FigureView:
        """The numerator."""
        return self._part(self._figure.numerator)

    @property
    def mau_so(self) -> FigureView:
        """The denominator."""
        return self._part(self._figure.denominator)

    @property
    def co(self) -> bool:
        """Whether there is data."""
        return self._figure.value is not None

    @property
    def khac_khong(self) -> bool:
        """Whether there is data that is not zero (for names: at least one)."""
        return bool(self._figure.value)

    @property
    def duong(self) -> bool:
        """Whether it is above zero; of a difference ask `tang` or `giam`."""
        return (self._figure.amount or 0) > 0

    @property
    def am(self) -> bool:
        """Whether it is below zero."""
        return (self._figure.amount or 0) < 0

    @property
    def tang(self) -> bool:
        """Whether a difference is a rise."""
        return direction(self._figure) > 0

    @property
    def giam(self) -> bool:
        """Whether a difference is a fall."""
        return direction(self._figure) < 0

    @property
    def bang_khong(self) -> bool:
        """Whether it is zero, which is not the same as no data."""
        return self._figure.amount == 0

    @property
    def do_lon(self) -> str:
        """The number without its sign."""
        if isinstance(self._figure.value, tuple):
            return str(self)
        return print_amount(self._figure, self._style, leading_zero=self._style.leading_zero, absolute=True)

    @property
    def cac(self) -> str:
        """Names in running text: các xã A, B và C; a single one as it is."""
        return list_names_in_text(self._figure.value) if isinstance(self._figure.value, tuple) else str(self)

    @property
    def it_ten(self) -> bool:
        """Whether there are names, and few enough for a sentence."""
        return isinstance(self._figure.value, tuple) and 0 < len(self._figure.value) <= _FEW

    @property
    def lech_lam_tron(self) -> bool:
        """Whether "do làm tròn" belongs beside it: a difference that the two printed values do not give, a share bent to close to 100."""
        figure, style = self._figure, self._style
        if figure.amount is not None and figure.peers:
            return printed_value(figure, style) != printed_value(replace(figure, peers=()), style, places(figure, style))
        return rounding_shows(figure, style)

    @property
    def nhan(self) -> str:
        """What it is called."""
        return self._figure.label

    @property
    def don_vi(self) -> str:
        """What is counted: hộ, triệu đồng, %."""
        return self._figure.unit

    @property
    def ky(self) -> str:
        """The period that it tells of: năm 2023."""
        return self._figure.period.label

    @property
    def ngay(self) -> DateView:
        """The day that it was counted to."""
        return DateView(self._figure.period.as_of, self._figure.period.year)

    @property
    def co_so(self) -> str:
        """What a rate is a share of."""
        return self._figure.base or ""

    def _part(self, part: Figure | None) -> FigureView:
        return FigureView(part or replace(self._figure, value=None, numerator=None, denominator=None, sources=()), self._style)


class DateView(View):
    """A day, or the blank that is filled in by hand when the day is not known yet."""

    __slots__ = ("_day", "_year")
    names = DATE_NAMES

    def __init__(self, day: date | None, year: int | str) -> None:
        self._day = day
        self._year = year

    def __bool__(self) -> bool:
        return self._day is not None

    def __str__(self) -> str:
        return format_date(self._day) if self._day else f"…/…/{self._year}"

    @property
    def dai(self) -> str:
        """Written out: ngày 05 tháng 01 năm 2024, or ngày … tháng … năm 2024."""
        return long_date(self._day) if self._day else f"ngày … tháng … năm {self._year}"


class RecordView(View):
    """Named values; jinja finds them as items when there is no attribute. Their views are made when they are asked for."""

    __slots__ = ("_style", "_values", "_year")

    def __init__(self, values: Mapping[str, Value], style: Style, year: int | str) -> None:
        self._values = values
        self._style = style
        self._year = year

    def __getitem__(self, name: str) -> object:
        return view_of(self._values[name], self._style, self._year)

    def __str__(self) -> str:
        raise TemplateRuntimeError("một nhóm thông tin không in được, chỉ in được từng mục của nó")


class ListView(Sequence[object]):
    """Elements to go through; jinja's `length`, `first` and `last` work on it."""

    __slots__ = ("_items",)

    def __init__(self, items: Sequence[object]) -> None:
        self._items = items

    @overload
    def __getitem__(self, index: int) -> object: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[object]: ...
    def __getitem__(self, index: int | slice) -> object:
        return self._items[index]

    def __len__(self) -> int:
        return len(self._items)

    def __str__(self) -> str:
        raise TemplateRuntimeError("một danh sách không in được: dùng {% for %} hoặc bộ lọc")


def view_of(value: Value, style: Style, year: int | str) -> object:
    """The view of a value; `year` stands in a date that is not known yet."""
    if isinstance(value, Figure):
        return FigureView(value, style)
    if value is None or isinstance(value, date):
        return DateView(value, year)
    if isinstance(value, Record):
        return RecordView(value.values, style, year)
    if isinstance(value, Chart):
        return ChartView(value, style)
    if isinstance(value, tuple):
        return ListView([view_of(each, style, year) for each in value])
    return _words(value)


def _words(value: Text | Period | Unit | str | bool | int) -> object:  # noqa: FBT001 - a value, not a switch
    """What needs no view: a unit's own words in one paragraph, names, labels, flags, whole numbers."""
    if isinstance(value, Text):
        return " ".join(printable(value.value).split())
    if isinstance(value, Period | Unit):
        return value.label
    return printable(value) if isinstance(value, str) else value


def views(report: Report) -> dict[str, object]:
    """Everything that a template of this report may use, by name."""
    closed = report.period.as_of
    # what is counted to the last day of a year is signed in the next: that date is left open as a whole
    year: int | str = "…" if (closed.month, closed.day) == (_DECEMBER, _LAST_DAY) else report.period.year
    return {name: view_of(value, report.style, year) for name, value in report.values.items()}

"""What every view in a template holds to, and the view of a chart: a mark where `documents` puts the drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2.exceptions import TemplateRuntimeError

from mtqg_cli.render.documents.look import rounded
from mtqg_cli.render.printing import NO_DATA, printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mtqg_cli.core.report import Chart, Style

#: What a chart offers: name → kind of `core.report.Field`.
CHART_NAMES = {"co": "flag", "nhan": "text", "don_vi": "text"}
#: The name of a chart's drawing in a document, and what stands around it until it is drawn: a character that nobody types.
CHART_PREFIX = "bieu_do."
CHART_MARK = "\ue0c4"


class View:
    """A value in a template: only the names in `names` can be reached, and what has no single meaning is refused."""

    __slots__ = ()
    names: Mapping[str, str] = {}

    def __bool__(self) -> bool:
        raise TemplateRuntimeError("số liệu không phải là điều kiện: dùng .co (có số liệu) hoặc .khac_khong (có và khác 0)")

    def __eq__(self, other: object) -> bool:
        raise TemplateRuntimeError("không so sánh số liệu trong mẫu: dùng .duong, .am, .bang_khong, .khac_khong")

    __hash__ = None  # type: ignore[assignment]


class ChartView(View):
    """A chart; printing it leaves its mark, or says that there is no data."""

    __slots__ = ("_chart", "_style")
    names = CHART_NAMES

    def __init__(self, chart: Chart, style: Style) -> None:
        self._chart = chart
        self._style = style

    def __str__(self) -> str:
        return f"{CHART_MARK}{CHART_PREFIX}{self._chart.id}{CHART_MARK}" if self._chart.has_data else NO_DATA

    @property
    def co(self) -> bool:
        """Whether there is something to look at: more than one figure that is not zero."""
        return self._chart.worth_drawing

    @property
    def nhan(self) -> str:
        """What it shows."""
        return printable(self._chart.title)

    @property
    def don_vi(self) -> str:
        """The unit of its figures, and whether their decimals are left out."""
        return printable(f"{self._chart.unit}, làm tròn" if rounded(self._chart, self._style) else self._chart.unit)

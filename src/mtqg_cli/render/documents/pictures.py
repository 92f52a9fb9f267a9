"""The charts of a report by the name that their drawings have in a document; the same as SVG for HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.core.report import Chart, Record
from mtqg_cli.render.documents.svg import render
from mtqg_cli.render.view import CHART_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mtqg_cli.core.report import Report, Value


def charts(report: Report) -> dict[str, Chart]:
    """Every chart, wherever it stands in the report, by the name of its drawing (docPr): bieu_do.giai_ngan."""
    return {f"{CHART_PREFIX}{chart.id}": chart for chart in _charts(report.values.values())}


def pictures(report: Report) -> Mapping[str, str]:
    """Inline SVG of every chart that has data, by the name of its drawing."""
    return {name: render(chart, report.style) for name, chart in charts(report).items() if chart.has_data}


def _charts(values: Iterable[Value]) -> Iterator[Chart]:
    for value in values:
        if isinstance(value, Chart):
            yield value
        elif isinstance(value, Record):
            yield from _charts(value.values.values())
        elif isinstance(value, tuple):
            yield from _charts(value)

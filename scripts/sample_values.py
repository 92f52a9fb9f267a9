"""What the sample districts' reports print under each name that templates may use: the examples of docs/reference/template-fields.md."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from fullproject import make_full_project  # noqa: E402

from mtqg_cli.batch.job import frame  # noqa: E402
from mtqg_cli.compose.values import compose  # noqa: E402
from mtqg_cli.pipeline import gather, summarise  # noqa: E402
from mtqg_cli.project import load_project  # noqa: E402
from mtqg_cli.render.view import ChartView  # noqa: E402
from mtqg_cli.render.views import DateView, FigureView, ListView, RecordView, views  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: The districts in the order in which they are asked; the last is made up and has every form.
_SAMPLES = (("dam-ha", "6m2024"), ("binh-lieu", "9m2021"), ("nong-cong", "5m2023"), ("cho-don", "8m2020"), ("bach-thong", "2022"))
_LONGEST = 70


class Samples:
    """The reports of the samples, as templates see them."""

    def __init__(self) -> None:
        self.reports = []
        with tempfile.TemporaryDirectory() as folder:
            for name, period in _SAMPLES:  # a copy, since reading leaves its cache beside what was read
                shutil.copytree(ROOT / "sample_data" / name, Path(folder) / name, ignore=shutil.ignore_patterns("out", ".mtqg"))
                self.reports.append(_report(Path(folder) / name, period))
            make_full_project(Path(folder) / "day-du")
            self.reports.append(_report(Path(folder) / "day-du", "6m2024"))

    def example(self, paths: Sequence[tuple[str, ...]]) -> str:
        """The first thing that one of the samples prints under one of the paths, a zero only if there is nothing else; "" if none has anything."""
        values = [value for report in self.reports for path in paths for value in _at(report, path)]
        figures = [value for value in values if isinstance(value, FigureView)]
        told = (*(each for each in figures if each.khac_khong), *(each for each in figures if each.co and str(each))) if figures else values
        return next(filter(None, map(_shown, told)), "")


def _report(folder: Path, name: str) -> dict[str, object]:
    project = load_project(folder)
    period = project.period(name)
    gathered = gather(project, period).value
    made = summarise(gathered)
    return views(compose(gathered.request, made.figures, made.listings, frame(project, period, draft=False), "so-ket"))


def _at(value: Any, path: tuple[str, ...]) -> Iterator[object]:
    """The values at a path, through all elements of the lists on its way."""
    if isinstance(value, ListView):
        if not path and all(isinstance(each, str) for each in value):
            yield next(iter(value), "")
            return
        for each in value:
            yield from _at(each, path)
    elif not path:
        yield value
    elif isinstance(value, dict | RecordView):
        yield from _at(value[path[0]], path[1:])


def _shown(value: object) -> str:
    """What is printed, cut to a table's cell; "" where there is nothing to see."""
    if isinstance(value, FigureView):
        text = value.day_du
    elif isinstance(value, ChartView):
        text = value.nhan if value.co else ""
    elif isinstance(value, DateView):
        text = str(value) if value else ""
    elif isinstance(value, bool):
        text = "có" if value else ""
    else:
        text = str(value)
    text = " ".join(text.split()).replace("|", "\\|")
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"

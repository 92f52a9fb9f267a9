"""Figures as CSV that Excel opens: UTF-8 with its mark, semicolons, decimal commas; text never becomes a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from mtqg_cli.render.views import print_figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mtqg_cli.core.figure import Figure
    from mtqg_cli.core.report import Style

_HEADINGS = ("Mã chỉ tiêu", "Chỉ tiêu", "Đơn vị", "Phân tổ", "Kỳ", "Giá trị", "Đơn vị tính", "Nguồn")
_FORMULA_STARTS = ("=", "+", "-", "@")


def render(figures: Iterable[Figure], names: Mapping[str, str], style: Style) -> str:
    """The table of `summary --format csv`; `names` are the communes' by code."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    for figure in figures:
        sources = ", ".join(str(leaf.location) for leaf in figure.leaves())
        split = ", ".join(figure.by.values())
        scope = names.get(figure.scope, figure.scope) if figure.scope else "Toàn đơn vị"
        writer.writerow([_safe(each) for each in (figure.id, figure.label, scope, split, str(figure.period), _plain(figure, style), figure.unit, sources)])
    return "\ufeff" + text.getvalue()


def _plain(figure: Figure, style: Style) -> str:
    """The number as a spreadsheet reads it: no thousands separator, a decimal comma; words stay words."""
    if figure.amount is None:
        return print_figure(figure, style)
    return f"{figure.amount.normalize():f}".replace(".", ",")


def _safe(text: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe, unless it is a plain number."""
    if text.startswith(_FORMULA_STARTS) and not text[1:].replace(".", "").replace(",", "").rstrip("%").isdigit():
        return f"'{text}"
    return text

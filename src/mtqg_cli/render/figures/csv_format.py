"""Figures as CSV that Excel opens: UTF-8 with its mark, semicolons, decimal commas; text never becomes a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from mtqg_cli.core.figure import Figure
from mtqg_cli.render.views import print_figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mtqg_cli.core.report import Style

_HEADINGS = ("Mã chỉ tiêu", "Chỉ tiêu", "Đơn vị", "Phân tổ", "Kỳ", "Giá trị", "Đơn vị tính", "Nguồn")
#: The full-width signs are taken for the others in some editions of Excel.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def render(figures: Iterable[Figure], names: Mapping[str, str], style: Style) -> str:
    """The table of `summary --format csv`; `names` are the communes' by code."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    for figure in figures:
        sources = ", ".join(str(leaf.location) for leaf in figure.leaves()) or ", ".join(_units_of(figure, names))
        split = ", ".join(figure.by.values())
        scope = names.get(figure.scope, figure.scope) if figure.scope else "Toàn đơn vị"
        words = (figure.id, figure.label, scope, split, str(figure.period))
        writer.writerow([*map(_safe, words), _value(figure, style), _safe(figure.unit), _safe(sources)])
    return "\ufeff" + text.getvalue()


def _units_of(figure: Figure, names: Mapping[str, str]) -> list[str]:
    """The units whose figures were added up to this one."""
    scopes = [source.origin.scope for source in figure.sources if isinstance(source.origin, Figure)]
    return [names.get(scope, scope) for scope in scopes if scope is not None]


def _value(figure: Figure, style: Style) -> str:
    """The number as a spreadsheet reads it: no thousands separator, a decimal comma; words stay words."""
    if figure.amount is None:
        return _safe(print_figure(figure, style))
    return f"{figure.amount.normalize():f}".replace(".", ",")


def _safe(text: str) -> str:
    """A text that a spreadsheet would take for a formula or a number gets an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text

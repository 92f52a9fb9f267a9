"""The words that may stand after a figure's dot in a template, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.render.phrases.changes import change, compared, from_to, movement, multiple
from mtqg_cli.render.phrases.comparisons import versus
from mtqg_cli.render.phrases.plans import coverage, disbursed, of_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mtqg_cli.core.figure import Figure
    from mtqg_cli.core.report import Style

PHRASES: Mapping[str, Callable[[Figure, Style], str]] = {
    "thay_doi": change,
    "tu_den": from_to,
    "bien_dong": movement,
    "so_voi": lambda figure, _: versus(figure),
    "so_sanh": compared,
    "gap_lan": multiple,
    "dat_ke_hoach": of_plan,
    "giai_ngan": disbursed,
    "do_phu": coverage,
}

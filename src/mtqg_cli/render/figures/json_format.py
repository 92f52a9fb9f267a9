"""Figures as JSON with every cell behind them; the keys are a contract."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mtqg_cli.render.views import print_figure

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from mtqg_cli.core.figure import Figure
    from mtqg_cli.core.period import Period
    from mtqg_cli.core.report import Style
    from mtqg_cli.core.unit import Unit


def render(unit: Unit, period: Period, figures: Iterable[Figure], style: Style) -> str:
    """The document of `summary --format json`. Values are exact and in the unit that is named beside them."""
    document = {
        "period": str(period),
        "unit": {"code": unit.code, "name": unit.name},
        "figures": [_figure(each, style) for each in figures],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _figure(figure: Figure, style: Style) -> dict[str, Any]:
    return {
        "id": figure.id,
        "label": figure.label,
        "unit": figure.unit,
        "scope": figure.scope,
        "by": dict(figure.by),
        "period": str(figure.period),
        "value": list(figure.value) if isinstance(figure.value, tuple) else _exact(figure.amount),
        "numerator": _exact(figure.numerator.amount) if figure.numerator is not None else None,
        "denominator": _exact(figure.denominator.amount) if figure.denominator is not None else None,
        "base": figure.base,
        "text": print_figure(figure, style),
        "sources": [
            {"file": leaf.location.file, "sheet": leaf.location.sheet, "cell": leaf.location.cell, "period": str(leaf.period), "role": leaf.role}
            for leaf in figure.leaves()
        ],
    }


def _exact(amount: Decimal | None) -> str | None:
    """A plain decimal: no exponent, no trailing zeros."""
    if amount is None:
        return None
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

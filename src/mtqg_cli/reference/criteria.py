"""A set of criteria (bộ tiêu chí): dated, of one level, perhaps of one province; never nineteen by nature."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import ConfigDict, Field

from mtqg_cli.reference.form import FormRow
from mtqg_cli.reference.quantity import Model


class Indicator(Model):
    """A chỉ tiêu: `thresholds` by region, only as far as a source says so (an empty one is unknown, not free)."""

    code: str
    label: str
    unit: str = ""
    thresholds: dict[str, str] = Field(default_factory=dict)
    provenance: str = ""

    @property
    def threshold(self) -> str:
        """The threshold that holds wherever the unit lies; "" where it is unknown or regions differ."""
        values = set(self.thresholds.values())
        return values.pop() if len(values) == 1 else ""


class Criterion(Model):
    """A tiêu chí with its chỉ tiêu."""

    code: str
    name: str
    group: str = ""
    indicators: Annotated[tuple[Indicator, ...], Field(alias="indicator")] = ()

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Revocation(Model):
    """When a recognition by this set may be taken back: half of the criteria lost, or `least` percent with one of `keys` among them."""

    level: str
    least: int
    keys: tuple[str, ...]
    basis: str


class CriteriaSet(Model):
    """A criteria file; the file's stem is `id`. `caution` is printed on its form where the text is not that of the decision.

    `level` is whose criteria they are; `conditions` must be met as well, but count as no criterion.
    """

    id: str
    title: str
    short: str
    basis: str
    valid_from: date
    valid_to: date
    level: str
    province: str = ""
    provenance: str = ""
    caution: str = ""
    origin: str = ""
    revocation: Revocation | None = None
    conditions: Annotated[tuple[Indicator, ...], Field(alias="condition")] = ()
    criteria: Annotated[tuple[Criterion, ...], Field(alias="criterion")]

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def form_rows(self) -> tuple[FormRow, ...]:
        """The printed rows of its form: a criterion, then its indicators; one row for both where it has a single one."""
        rows = [FormRow(key=each.code, label=each.label, level="condition", texts=_texts(each)) for each in self.conditions]
        for criterion in self.criteria:
            single = len(criterion.indicators) == 1
            if not single:
                rows.append(FormRow(key=criterion.code, label=criterion.name, level="criterion"))
            for indicator in criterion.indicators:
                label = f"{criterion.name}: {indicator.label}" if single else indicator.label
                rows.append(
                    FormRow(
                        key=criterion.code if single else indicator.code,
                        label=label,
                        level="both" if single else "indicator",
                        texts=_texts(indicator),
                    )
                )
        return tuple(rows)


def _texts(indicator: Indicator) -> dict[str, str]:
    return {"measure_unit": indicator.unit, "threshold": indicator.threshold}

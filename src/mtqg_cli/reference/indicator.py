"""What a figure is called and how it is made: an entry of an indicator file names a measure and its inputs."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from mtqg_cli.reference.quantity import Model

#: What a field of a row must be: a word or a number, or one of several words.
Wanted = str | int | tuple[str, ...]


class IndicatorEntry(Model):
    """An indicator. `measure` is a file in `aggregate/measures`; the other keys are what that measure asks for.

    `where` keeps the rows whose field equals the value, or is one of the values, `leaving_out` drops those. `by` lists the splits that are made besides
    the whole ("programme", "programme,project"), `unit_by` those that only the unit has and no commune; `whole = false` leaves the whole
    out where it would mix what may not be mixed. `complete`: a sum with a blank among its cells is no data.
    `among` is the figure that communes are compared by, `end` which of them is looked for, `parts` the figures that make up a whole;
    `across` the field of the split whose values are its parts.
    `annual` figures have data for whole years only; `rising` differences take the earlier from the later figure: above zero is an increase.
    `of` names the figure that is taken from another period (`when`: the whole year before, or the same period a year earlier).
    `valid_on` names the day until which a row holds, `in_year` the day or year that must be of the period's year,
    `positive` the field that must be above zero for the row to count.
    `result` and `plans` are by the basis of a plan, or by what a setting of mtqg.toml (`setting`) says.
    """

    id: str
    label: str
    group: str
    unit: str
    measure: str
    description: str = ""
    basis: str = ""
    decimals: int = 0
    family: str = ""
    scopes: tuple[Literal["unit", "commune"], ...] = ("unit",)
    dataset: str = ""
    inputs: tuple[str, ...] = ()
    where: dict[str, Wanted] = Field(default_factory=dict)
    leaving_out: dict[str, Wanted] = Field(default_factory=dict)
    by: tuple[str, ...] = ()
    unit_by: tuple[str, ...] = ()
    whole: bool = True
    complete: bool = False
    among: str = ""
    end: Literal["highest", "lowest", ""] = ""
    parts: tuple[str, ...] = ()
    across: str = ""
    numerator: str = ""
    denominator: str = ""
    minuend: str = ""
    subtrahend: str = ""
    weight: str = ""
    base: str = ""
    names: str = ""
    with_unit: bool = False
    of: str = ""
    when: Literal["nam-truoc", "cung-ky", ""] = ""
    valid_on: str = ""
    in_year: str = ""
    positive: str = ""
    setting: Literal["absolute_exit", ""] = ""
    result: dict[str, str] = Field(default_factory=dict)
    plans: dict[str, str] = Field(default_factory=dict)
    multiplier: Decimal | None = None
    annual: bool = False
    rising: bool = False
    origin: str = ""

    @cached_property
    def splits(self) -> tuple[tuple[str, ...], ...]:
        """All the ways the unit's figure is split, the whole first."""
        return (*self.commune_splits, *(tuple(split.split(",")) for split in self.unit_by))

    @cached_property
    def commune_splits(self) -> tuple[tuple[str, ...], ...]:
        """Those of them that a commune's figure has too."""
        return (*(((),) if self.whole else ()), *(tuple(split.split(",")) for split in self.by))

    def splits_in(self, scope: str | None) -> tuple[tuple[str, ...], ...]:
        """The splits for a commune's code, or for the unit (None)."""
        return self.splits if scope is None else self.commune_splits

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The indicators of the same period that must be there first."""
        own = (self.numerator, self.denominator, self.minuend, self.subtrahend, self.among, *self.parts)
        return tuple(each for each in (*own, *self.result.values(), *self.plans.values()) if each)

    @property
    def datasets(self) -> frozenset[str]:
        """The datasets whose rows it looks at itself."""
        return frozenset(name.split(".")[0] for name in (self.dataset, *self.inputs, self.weight) if name)


class Listing(Model):
    """Rows that a template tells one by one: `fields` gives each of a row's fields the name that templates use."""

    id: str
    label: str
    group: str
    dataset: str
    where: dict[str, Wanted] = Field(default_factory=dict)
    fields: dict[str, str]
    labels: dict[str, str] = Field(default_factory=dict)
    origin: str = ""


class IndicatorFile(Model):
    """A file of indicators and listings."""

    indicators: Annotated[tuple[IndicatorEntry, ...], Field(alias="indicator")] = ()
    listings: Annotated[tuple[Listing, ...], Field(alias="listing")] = ()

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

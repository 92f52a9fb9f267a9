"""so-lieu.json, which a unit hands in so that the one above adds up: what stands in it. Reading it is `aggregate`'s matter, writing `render`'s."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from decimal import Decimal

    from mtqg_cli.core.unit import Unit

FORMAT = 1
#: The first line of the list of figures, one a line, and what follows it.
FIGURES, CHECKSUM = '"figures": [', '"checksum": '
#: An exact decimal; longer ones are nobody's figure.
Amount = Annotated[str, Field(pattern=r"^-?\d{1,40}(\.\d{1,60})?$")]
Short = Annotated[str, Field(max_length=2000)]


class Part(BaseModel):
    """A part of a document: keys that a later edition adds do no harm."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class UnitPart(Part):
    """Whose figures they are. `since` is the day from which the map of units holds that it stands on; none is the map before the reform."""

    code: Short
    name: Short
    since: Short | None = None


class Terms(Part):
    """What must be alike for figures to be added, or else they are kept apart. Datasets are those of the forms in use.

    `poverty_lines` has one unless documents with several were merged: tw, or tinh with the code of the province whose own line it is.
    """

    poverty_lines: tuple[Short, ...]
    programmes: tuple[Short, ...] = ()
    criteria: tuple[Short, ...] = ()
    bands: tuple[tuple[int, int], ...] = ()
    absolute_exit: Short = ""
    as_of: dict[str, str] = Field(default_factory=dict)
    datasets: tuple[Short, ...] = ()


class Coverage(Part):
    """The communes by code, in the order of reports: all that are asked, who has reported, who is excused and why, who is missing.

    `absent` are the units of whom a merge had no document at all.
    """

    asked: tuple[Short, ...] = ()
    reported: tuple[Short, ...] = ()
    excused: dict[str, str] = Field(default_factory=dict)
    missing: tuple[Short, ...] = ()
    absent: tuple[Short, ...] = ()


class HandedIn(Part):
    """A document that was added up: its file's name, its unit and its checksum, by which it is found again."""

    file: Short
    code: Short
    name: Short
    checksum: Short


class NotAdded(Part):
    """A figure of the whole that a merge could not tell, and why."""

    id: Short
    label: Short
    by: dict[str, str]
    reason: str


class Header(Part):
    """Everything that a document says before its figures. `errors` counts the lỗi that its data still has; `parts` is empty unless it was merged."""

    format: Literal[1] = 1
    program: Short
    reference: Short
    period: Short
    regime: Literal["lich", "nd09"] = "lich"
    cutoff: Short | None = None
    unit: UnitPart
    draft: bool = False
    errors: int = 0
    settings: Terms
    coverage: Coverage
    inputs: dict[str, str] = Field(default_factory=dict)
    parts: tuple[HandedIn, ...] = ()
    not_added: tuple[NotAdded, ...] = ()


class FigureLine(Part):
    """A figure as it is handed in; its sources are kept where it comes from."""

    id: Short
    label: Short
    unit: Short
    scope: Short | None
    by: dict[Annotated[str, Field(max_length=100)], Short]
    period: Short
    value: Amount | tuple[str, ...] | None
    numerator: Amount | None = None
    denominator: Amount | None = None
    base: Short | None = None
    text: str = ""
    unknown: int = 0


def unit_part(unit: Unit) -> UnitPart:
    """What a document says of its unit."""
    return UnitPart(code=unit.code, name=unit.name, since=unit.valid_from.isoformat() if unit.valid_from is not None else None)


def exact(amount: Decimal | None) -> str | None:
    """A plain decimal: no exponent, no trailing zeros."""
    if amount is None:
        return None
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

"""What may stand in a cell: types, units, ranges, choices; shared by columns and printed rows. Where cells stand is `form`'s matter."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from mtqg_cli.core.vietnamese import name_key

if TYPE_CHECKING:
    from collections.abc import Mapping

CellType = Literal["text", "code", "count", "money", "decimal", "percent", "date", "choice", "result", "own"]
NUMERIC: frozenset[str] = frozenset({"count", "money", "decimal", "percent"})

#: How many đồng one of the printed unit is.
MONEY_SCALES = {"đồng": 1, "nghìn đồng": 10**3, "triệu đồng": 10**6, "tỷ đồng": 10**9}


class Model(BaseModel):
    """Frozen, and a key that nobody knows is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other values; what was worked out from the old ones (cached_property) is not copied."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


class Choice(Model):
    """One entry of a drop-down: the id in the data, the words on the sheet, other ways people write it."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def from_list(cls, value: object) -> object:
        """Accepts the short form ["nstw", "NSTW", "Ngân sách Trung ương"]."""
        if isinstance(value, list):
            return {"id": value[0], "label": value[1], "aliases": tuple(value[2:])}
        return value


class Quantity(Model):
    """What may stand in a cell: shared by columns, and by the rows of forms whose rows have types of their own.

    `unclear` are signs that some people write for one choice and some for another: never guessed.
    """

    type: CellType = "text"
    unit: str = ""
    decimals: int = 0
    required: bool | Literal["năm"] = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    maximum_from: Literal["communes", ""] = ""
    choices: tuple[Choice, ...] = ()
    unclear: tuple[str, ...] = ()
    choices_from: Literal["programmes", "communes", "projects", ""] = ""

    @cached_property
    def scale(self) -> int:
        """How many đồng one of the printed unit is; 1 for what is not money. Units may go on: triệu đồng/người/năm."""
        return MONEY_SCALES[self.unit.split("/")[0]] if self.type == "money" else 1

    @property
    def lowest(self) -> Decimal | None:
        """The least value that is let through: what the form says, else 0 for every number."""
        if self.minimum is None and self.type in NUMERIC:
            return Decimal(0)
        return self.minimum

    @property
    def highest(self) -> Decimal | None:
        """The greatest value that is let through, if there is one."""
        if self.maximum is None and self.type == "percent":
            return Decimal(100)
        return self.maximum

    def allows(self, value: object) -> bool:
        """Whether a value (money in đồng) lies between `lowest` and `highest`; what is no number does."""
        if not isinstance(value, int | Decimal) or self.type not in NUMERIC:
            return True
        low, high = self._bounds
        return (low is None or value >= low) and (high is None or value <= high)

    @cached_property
    def _bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """`lowest` and `highest`, of money in đồng."""
        low, high, scale = self.lowest, self.highest, self.scale
        return low * scale if low is not None else None, high * scale if high is not None else None

    @cached_property
    def readings(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the choices that a word may mean, by the word's key."""
        found: dict[str, tuple[str, ...]] = {}
        for choice in self.choices:
            for word in dict.fromkeys(map(name_key, (choice.id, choice.label, *choice.aliases))):
                found[word] = (*found.get(word, ()), choice.id)
        return found

    @cached_property
    def labels(self) -> Mapping[object, str]:
        """The words of each choice by its id."""
        return {choice.id: choice.label for choice in reversed(self.choices)}

    def required_in(self, period_kind: str) -> bool:
        """Whether a blank is a mistake in a period of this kind ("năm": only in the report of a whole year)."""
        return self.required is True or (self.required == "năm" and period_kind == "year")

    @model_validator(mode="after")
    def money_has_unit(self) -> Self:
        """Money without a unit would be read a thousandfold wrong."""
        if self.type == "money" and self.unit.split("/")[0] not in MONEY_SCALES:
            message = f"cột tiền phải ghi unit là một trong: {', '.join(MONEY_SCALES)}"
            raise ValueError(message)
        return self

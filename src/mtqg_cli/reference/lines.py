"""The lines of a form file that relate its figures to each other: what they may say. The rules that read them are in `validate`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

#: Rows that a line holds for: the values of a field that it wants. {} is every row.
When = dict[str, tuple[str, ...]]


class Relation(BaseModel):
    """Frozen, and a key that nobody knows is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: The attributes that hold fields of the form itself, and those that hold "form.field" of others.
    OWN: ClassVar[tuple[str, ...]] = ()
    ELSEWHERE: ClassVar[tuple[str, ...]] = ()

    @property
    def fields_named(self) -> tuple[str, ...]:
        """The form's own fields that the line names; the key of a printed row is none."""
        return tuple(name for name in self._named(self.OWN) if name and name != "key")

    @property
    def named_elsewhere(self) -> tuple[str, ...]:
        """Fields of other forms that it names, as "form.field"."""
        return self._named(self.ELSEWHERE)

    def _named(self, attributes: tuple[str, ...]) -> tuple[str, ...]:
        held = [getattr(self, attribute) for attribute in attributes]
        return tuple(name for each in held for name in ([each] if isinstance(each, str) else each))


class Within(Relation):
    """What other forms of the workbook count ("ho-ngheo.closing") is together never more than a field of this one."""

    OWN = ("whole",)
    ELSEWHERE = ("parts",)

    parts: tuple[str, ...]
    whole: str


class Tie(Relation):
    """A column equals a column of another form in the same workbook, row by row (rows with the same key)."""

    OWN = ("field",)

    field: str
    form: str
    other: str

    @property
    def named_elsewhere(self) -> tuple[str, ...]:
        """The other form's field."""
        return (f"{self.form}.{self.other}",)


class Carry(Relation):
    """An opening column continues the closing column of the period before."""

    OWN = ("opening", "closing")

    opening: str
    closing: str


class Line(Relation):
    """A line whose breach is an error unless it says otherwise; `hint` is what a user is told to do."""

    severity: Literal["error", "warning"] = "error"
    hint: str = ""


class AtMost(Line):
    """One column, or row with a value of its own, never exceeds another."""

    OWN = ("smaller", "larger")

    smaller: str
    larger: str


class Sum(Line):
    """A whole and its parts: fields of a row; in a form with printed rows, keys of those, in every column of figures.

    `mode`: the parts together equal the whole, are at most or at least as much, or `each` of them is at most the whole.
    """

    whole: str
    parts: tuple[str, ...]
    mode: Literal["equal", "at_most", "at_least", "each"] = "equal"


class Times(Line):
    """A figure is between `minimum` and `maximum` times another one: fields of a row, or keys of printed rows in `columns`.

    `years`: the first and the last year whose reports it holds for. `poverty_line`: the line that it was made for; where figures
    follow another one, its breach is a warning only.
    """

    OWN = ("columns",)

    value: str
    base: str
    columns: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    years: tuple[int, int] | None = None
    poverty_line: Literal["tw", "tinh", ""] = ""


class Total(Line):
    """A field in a printed `row`, or else its sum over the form, equals (or is at most) the sum of `other`, "form.field".

    Rows whose first key is one of `leaving_out` are not counted in.
    """

    OWN = ("field",)
    ELSEWHERE = ("other",)

    field: str
    other: str
    row: str = ""
    leaving_out: tuple[str, ...] = ()
    mode: Literal["equal", "at_most"] = "equal"


class Needed(Line):
    """Fields that must be filled in `when` a row is such; with `since`, only from the report's year on, or if one of them is."""

    OWN = ("fields", "when", "since")

    fields: tuple[str, ...]
    when: When = {}
    since: str = ""


class Whole(Line):
    """A number that must be whole `when` its row is such."""

    OWN = ("field", "when")

    field: str
    when: When = {}


class Grade(Line):
    """A grade that follows from points: the least points of each grade."""

    OWN = ("grade", "points")

    grade: str
    points: str
    lowest: dict[str, Decimal]


class Expiry(Line):
    """A day until which something holds: so many months after another day; past it on the reporting day, it holds no more."""

    OWN = ("until", "since", "when")

    until: str
    since: str
    months: int
    when: When = {}


class Ended(Line):
    """From a day on there is nothing more in a field `when` its row is such."""

    OWN = ("field", "when")

    field: str
    day: date
    when: When = {}


class Fitting(Line):
    """A choice that must be one of `values` `when` its row is such."""

    OWN = ("field", "when")

    field: str
    values: tuple[str, ...]
    when: When

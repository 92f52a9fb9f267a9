"""An administrative unit, dated: codes and names changed on 1 July 2025, and the district level ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Level = Literal["tỉnh", "huyện", "xã"]

#: The day from which provinces and communes of the new map hold and districts no longer exist.
REFORM_DAY = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it stood between two dates; `name` is official and full (Huyện Đầm Hà), the key is code and date."""

    code: str
    name: str
    kind: str
    level: Level
    parent: str | None
    valid_from: date | None
    valid_to: date | None

    @property
    def proper_name(self) -> str:
        """The name without its kind: Đầm Hà."""
        return self.name[len(self.kind) :].strip()

    @property
    def label(self) -> str:
        """The name inside a sentence: huyện Đầm Hà."""
        return f"{self.kind.lower()} {self.proper_name}"

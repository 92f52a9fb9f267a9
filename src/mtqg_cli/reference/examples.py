"""A message of each code, taken from a real run when the documentation is made: what `mtqg explain` shows. No rule reads it."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, cast

from mtqg_cli.reference.resources import DATA

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def examples() -> Mapping[str, Mapping[str, str]]:
    """Code → place, severity, message, hint."""
    return cast("dict[str, dict[str, str]]", json.loads((DATA / "examples.json").read_text(encoding="utf-8")))

"""The oldest versions that pyproject.toml allows, one a line: `>=X` becomes `==X`. `.ci/run` installs exactly these and tests them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_BOUND = re.compile(r"(?P<name>[A-Za-z0-9._-]+)>=(?P<version>[0-9.]+)")


def lower_bounds() -> list[str]:
    """The direct dependencies and those of the extra `cluster`, each at its lower bound."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = []
    for each in [*project["dependencies"], *project["optional-dependencies"]["cluster"]]:
        bound = _BOUND.match(each)
        if bound is None:
            message = f"{each} has no lower bound"
            raise ValueError(message)
        found.append(f"{bound['name']}=={bound['version']}")
    return found


if __name__ == "__main__":
    print("\n".join(lower_bounds()))

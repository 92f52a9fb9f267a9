"""What the measures say of themselves, read from their files without importing them: that would load them all."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: The measures by file.
_FOLDER = Path(__file__).resolve().parent.parent / "aggregate" / "measures"


@dataclass(frozen=True, slots=True)
class MeasureAbout:
    """A measure's manual (its function's docstring) and the keys that an indicator must give it."""

    manual: str
    needs: tuple[str, ...]


@cache
def measures() -> dict[str, MeasureAbout]:
    """All measures by name."""
    return {path.stem: _about(path) for path in sorted(_FOLDER.glob("[a-z]*.py"))}


def _about(path: Path) -> MeasureAbout:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == path.stem)
    needs = next((ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "NEEDS"), ())
    return MeasureAbout(" ".join((ast.get_docstring(function) or "").split()), tuple(needs))

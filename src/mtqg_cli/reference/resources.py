"""Where the data files, templates and samples lie: inside the wheel, or in the folders of a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent

#: forms, criteria, programmes, indicators, units.
DATA = _PACKAGE / "reference" / "data"


def shipped(name: str) -> Path:
    """The folder `templates` or `sample_data`: in the package of a wheel, at the top of a checkout."""
    packed = _PACKAGE / name
    return packed if packed.is_dir() else _PACKAGE.parent.parent / name

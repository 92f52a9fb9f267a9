"""What the manifest says of the files of a job, and whether files that lie there still are what it would make. It parses no workbook."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from mtqg_cli.deliver import MANIFEST
from mtqg_cli.project import SETTINGS
from mtqg_cli.reference.version import program, reference

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mtqg_cli.batch.orders import JobOrder
    from mtqg_cli.core.period import Period
    from mtqg_cli.pipeline import Gathered
    from mtqg_cli.project import Project
    from mtqg_cli.reference.template import Template


def about(project: Project, gathered: Gathered, *, draft: bool, order: JobOrder | None = None) -> dict[str, Any]:
    """The entry of every file of one job."""
    told = {
        "period": str(gathered.request.period),
        "draft": draft,
        "inputs": {each.file: each.sha256 for each in gathered.batch.files},
    }
    return told | ({"recipe": recipe(project, gathered.request.period, order)} if order is not None else {})


def unchanged(project: Project, period: Period, outputs: Mapping[str, Template | None], order: JobOrder) -> bool:
    """Whether every output lies there as the manifest says, made by the recipe that holds now."""
    try:
        entries = json.loads((order.folder / MANIFEST).read_text(encoding="utf-8"))["outputs"]
        now = recipe(project, period, order)
        return all(entries[name].get("recipe") == now and entries[name]["sha256"] == _digest(order.folder / name) for name in outputs)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return False


def recipe(project: Project, period: Period, order: JobOrder) -> str:
    """All that the files of a job are made from, as one text: known without reading a cell."""
    from mtqg_cli.reference.template import load_templates  # noqa: PLC0415

    templates = load_templates(project.folder)
    used = [each for name in order.templates if name in templates for each in sorted(templates[name].folder.iterdir()) if each.is_file()]
    data = [each for each in sorted((project.folder / "data").rglob("*")) if each.is_file() and not each.name.startswith("~$")]
    parts = {
        "program": program(),
        "reference": reference(project.folder),
        "request": [str(period), order.draft, order.templates, order.formats],
        "settings": _digest(project.folder / SETTINGS),
        "templates": [(each.name, _digest(each)) for each in used],
        "inputs": [(each.relative_to(project.folder).as_posix(), _digest(each)) for each in data],
    }
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

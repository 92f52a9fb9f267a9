"""What a report rests on, by hashes alone: the words of the manifest, and the recipe by which `--only-changed` knows a report that need not be made again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from mtqg_cli.core.vietnamese import nfc
from mtqg_cli.deliver import recorded
from mtqg_cli.intake.digests import NEVER_READ, as_one, digest_of, digests
from mtqg_cli.pipeline import periods_read
from mtqg_cli.reference.version import program

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mtqg_cli.core.period import Period
    from mtqg_cli.pipeline import Gathered
    from mtqg_cli.project import Project
    from mtqg_cli.reference.template import Template

#: What a recipe sums up; the file itself and its figures are what comes of it.
_MADE_OF = ("program", "reference", "template", "request", "settings", "inputs")


@dataclass(frozen=True, slots=True)
class Grounds:
    """What all reports of a period rest on. `inputs` are hashes by place in the project, "" where a file could not be read.

    It holds no clock, no path outside the project, nothing of this machine: the same data elsewhere gives the same grounds.
    """

    unit: str
    periods: tuple[str, ...]
    program: str
    reference: str
    settings: str
    inputs: Mapping[str, str]

    def entry(self, form: str, template: Mapping[str, str] | None = None, *, draft: bool = False) -> dict[str, Any]:
        """What the manifest says of one output besides its own hash and that of its figures; `recipe` sums it up, "" if something could not be read."""
        told: dict[str, Any] = {
            "program": self.program,
            "reference": self.reference,
            "template": dict(template) if template is not None else None,
            "request": {"unit": self.unit, "period": self.periods[0], "periods": list(self.periods), "format": form, "draft": draft},
            "settings": self.settings,
            "inputs": dict(sorted(self.inputs.items())),
        }
        return {**told, "recipe": recipe_of(told)}


def recipe_of(entry: Mapping[str, Any]) -> str:
    """What an entry of the manifest says of the making of its file, as one hash; "" where an input could not be read."""
    told = {name: entry.get(name) for name in _MADE_OF}
    inputs = told["inputs"]
    known = isinstance(inputs, dict) and all(inputs.values())
    return _sha256(json.dumps(told, ensure_ascii=False, sort_keys=True)) if known else ""


def grounds(project: Project, period: Period) -> Grounds:
    """The grounds as they are now. Files are hashed, nothing is parsed."""
    periods = periods_read(project, period)
    inputs = {f"data/{each}/{name}": digest for each in periods for name, digest in digests(project.data_folder(each)).items()}
    conclusions = _conclusions(project, period)
    if conclusions is not None:
        told = PurePath(nfc(conclusions.as_posix()))
        inputs[(told.name if told.is_absolute() else str(told.as_posix()))] = digest_of(project.folder / conclusions)
    names = tuple(str(each) for each in periods)
    return Grounds(project.unit.code, names, program(), project.reference, _settings(project, period, names), inputs)


def as_read(grounds: Grounds, gathered: Gathered) -> Grounds:
    """The grounds with the files as they were when they were read: one may have been saved anew since they were hashed."""
    inputs = {name: digest for name, digest in grounds.inputs.items() if not any(name.startswith(f"data/{each}/") for each in gathered.batches)}
    read: dict[str, list[str]] = {}
    for period, batch in gathered.batches.items():
        for each in batch.files:
            name = f"data/{period}/{each.file}"
            read.setdefault(name, []).append(each.sha256)
    never = {name: digest for name, digest in grounds.inputs.items() if digest.startswith(NEVER_READ)}
    told = {name: as_one(several) or never.get(name, "") for name, several in read.items()}
    return replace(grounds, inputs=inputs | told)


def about(grounds: Grounds, outputs: Mapping[str, Template | None], *, draft: bool = False) -> dict[str, dict[str, Any]]:
    """What the manifest says of each output, by file name; None is the template of what needs none, such as `so-lieu.json`."""
    told = {each.id: {"id": each.id, "sha256": template_digest(each)} for each in outputs.values() if each is not None}
    return {
        name: grounds.entry(PurePath(name).suffix[1:], told[template.id] if template is not None else None, draft=draft) for name, template in outputs.items()
    }


def is_current(folder: Path, entries: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether every output of `about` lies in a folder, is what was delivered there, and would be made of the same things today.

    What an earlier version of the program entered has no recipe, and is never current.
    """
    outputs = recorded(folder)
    for name, entry in entries.items():
        known = outputs.get(name, {})
        if not entry["recipe"] or known.get("recipe") != entry["recipe"] or known.get("sha256") != digest_of(folder / name):
            return False
    return bool(entries)


def _conclusions(project: Project, period: Period) -> PurePath | None:
    """The file with the conclusions of the meeting that the period's article tells of, as mtqg.toml names it."""
    event = project.settings.event
    if event is None or not event.conclusions_file or not _is_of(project, event.period, (str(period),)):
        return None
    return PurePath(event.conclusions_file)


def _settings(project: Project, period: Period, periods: tuple[str, ...]) -> str:
    """The hash of what of mtqg.toml can show in a report of the period: comments, deadlines and decisions about other periods cannot.

    The units are told by themselves: without a date in mtqg.toml they are those of the day.
    """
    told = project.settings.model_dump(mode="json")
    del told["reporting"]["deadline"]
    del told["issue"]["letter_number"]
    if told["event"] is not None and not _is_of(project, told["event"]["period"], (str(period),)):
        told["event"] = None
    for name in ("accepted", "correction", "not_reporting"):
        told[name] = [line for line in told[name] if _is_of(project, line["period"], periods)]
    told["units"] = list(_units(project))
    return _sha256(json.dumps(told, ensure_ascii=False))  # in the order of the file: criteria sets are used in theirs


def _units(project: Project) -> Iterator[str]:
    for unit in (project.unit, *project.communes):
        yield f"{unit.code} {unit.kind} {unit.name}"


def _is_of(project: Project, named: str, periods: tuple[str, ...]) -> bool:
    """Whether a line of mtqg.toml is meant for one of the periods; without a period it is meant for all."""
    return not named or str(project.period(named)) in periods


def template_digest(template: Template) -> str:
    """The hash of a template; raises MtqgError where it cannot be read: its settings, whose line ends do not matter, and the file that is filled if it has one."""
    settings = (template.folder / "template.toml").read_bytes().replace(b"\r\n", b"\n")
    content = template.read() if template.in_word else b""
    return _sha256(f"{hashlib.sha256(settings).hexdigest()} {hashlib.sha256(content).hexdigest()}")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

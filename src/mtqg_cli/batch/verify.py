"""A delivered file against its manifest, and against the data as they are now. It writes nothing; words for the screen are `render`'s matter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mtqg_cli.batch.about import Grounds, grounds, recipe_of, template_digest
from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.verdict import Answer, InputChange, Verdict
from mtqg_cli.deliver import MANIFEST, recorded
from mtqg_cli.intake.digests import digest_of
from mtqg_cli.pipeline import changes_since, figures_digest, gather, summarise
from mtqg_cli.project import find_project, load_project
from mtqg_cli.reference.template import load_templates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from mtqg_cli.core.receipt import Change
    from mtqg_cli.pipeline import Gathered
    from mtqg_cli.project import Project

_OLD_MANIFEST = "bản kê không ghi, vì tệp do phiên bản mtqg cũ lập hoặc không phải là báo cáo"


@dataclass(frozen=True, slots=True)
class Now:
    """A period as it is today: what a report of it would rest on, what was read, and the digest of its figures."""

    project: Project
    grounds: Grounds
    gathered: Gathered
    figures: str


@dataclass(frozen=True, slots=True)
class Verifier:
    """Looks at files one after the other; a period is reckoned once. `folder` is the project, None for the one that each file lies in."""

    folder: Path | None = None
    _reckoned: dict[tuple[Path, str], Now | MtqgError] = field(default_factory=dict)

    def look(self, path: Path) -> Verdict:
        """The verdict on one file. What hinders is an answer that says so; nothing raises."""
        digest = digest_of(path)
        name, entry = self._entry(path, digest)
        if entry is None:
            return Verdict(path, (Answer("file", None, self._unknown(path)),))
        same = digest == entry.get("sha256")
        gone = "không đọc được" if path.exists() else "không còn ở đây"
        told = "nguyên như khi mtqg lập" if same else "đã bị sửa sau khi mtqg lập" if digest else gone
        answers = [Answer("file", same if digest else None, told)]
        if not _is_whole(entry):
            altered = bool(entry.get("recipe"))
            why = "bản kê đã bị sửa bằng tay nên không dùng để đối chiếu được" if altered else _OLD_MANIFEST
            return Verdict(path, (*answers, Answer("figures", None, why)), of=name)
        request = entry["request"]
        return Verdict(path, (*answers, *self._against_the_data(path, entry, request)), draft=request.get("draft") is True, of=name)

    def _entry(self, path: Path, digest: str) -> tuple[str, dict[str, Any] | None]:
        """What the manifest says of a file: the one beside it, or for a copy the one of the project; with the name there, if that is another."""
        beside = recorded(path.parent)
        if path.name in beside:
            return "", beside[path.name]
        for folder in (path.parent, *self._outputs(path)):
            for name, entry in recorded(folder).items():
                if digest and entry.get("sha256") == digest:
                    return str(folder / name), entry
        return "", None

    def _outputs(self, path: Path) -> list[Path]:
        """The folders with a manifest of the project."""
        try:
            return sorted(each.parent for each in (self._project(path) / "out").glob(f"**/{MANIFEST}"))
        except (MtqgError, OSError):
            return []

    def _unknown(self, path: Path) -> str:
        if (path.parent / MANIFEST).is_file():
            return f"không có tên trong bản kê {MANIFEST}: không phải bản do mtqg lập, hoặc đã đổi tên rồi sửa"
        where = "" if self.folder is not None or self._outputs(path) else "; nếu là bản sao, ghi thêm --project THƯ_MỤC của dự án đã lập ra tệp"
        return f"không có bản kê {MANIFEST} nào nói về tệp này{where}"

    def _project(self, path: Path) -> Path:
        return self.folder if self.folder is not None else find_project(path.parent)

    def _against_the_data(self, path: Path, entry: Mapping[str, Any], request: Mapping[str, Any]) -> Sequence[Answer]:
        now = self._now(path, request["period"])
        if isinstance(now, MtqgError):
            return (Answer("figures", None, f"không đối chiếu được với dự án: {now.message}"),)
        if request["unit"] != now.grounds.unit:
            return (Answer("figures", None, f"dự án {now.project.folder} là của {now.project.unit.name}, không phải đơn vị của báo cáo này"),)
        made_of = [
            _inputs(entry["inputs"], now),
            _same("program", entry["program"], now.grounds.program, f"mtqg {entry['program']}", f"mtqg {now.grounds.program}"),
            _same("reference", entry["reference"], now.grounds.reference),
            _same("settings", entry["settings"], now.grounds.settings),
            *_template(now.project, entry["template"]),
        ]
        return (*made_of, _figures(entry.get("figures"), now, as_before=all(each.holds for each in made_of)))

    def _now(self, path: Path, period: str) -> Now | MtqgError:
        try:
            folder = self._project(path)
        except MtqgError:
            return MtqgError("không thấy dự án (mtqg.toml) ở các thư mục phía trên tệp; ghi thêm --project THƯ_MỤC.")
        key = (folder.resolve(), period)
        if key not in self._reckoned:
            try:
                self._reckoned[key] = _reckon(load_project(folder), period)
            except MtqgError as error:
                self._reckoned[key] = error
        return self._reckoned[key]


def _is_whole(entry: Mapping[str, Any]) -> bool:
    """Whether an entry is as this program writes it; who edits the manifest can also reckon a recipe anew, so it is no seal."""
    request, template = entry.get("request"), entry.get("template")
    named = template is None or (isinstance(template, dict) and all(isinstance(template.get(each), str) for each in ("id", "sha256")))
    asked = isinstance(request, dict) and all(isinstance(request.get(each), str) for each in ("unit", "period"))
    return named and asked and bool(entry.get("recipe")) and entry.get("recipe") == recipe_of(entry)


def _reckon(project: Project, name: str) -> Now:
    period = project.period(name)
    found = grounds(project, period)
    gathered = gather(project, period).value
    return Now(project, found, gathered, figures_digest(summarise(gathered)))


def _changes(then: Mapping[str, str], now: Now) -> dict[str, tuple[Change, ...]]:
    """The cells that differ in the workbooks of the period that are not the same any more, as far as the ledger knows the old ones."""
    start = f"data/{now.gathered.request.period}/"
    before = {place.removeprefix(start): digest for place, digest in then.items() if place.startswith(start) and now.grounds.inputs.get(place) != digest}
    told = changes_since(now.project, now.gathered, before) if before else {}
    return {f"{start}{file}": changes for file, changes in told.items()}


def _inputs(then: Mapping[str, str], now: Now) -> Answer:
    found: list[InputChange] = []
    changes = _changes(then, now)
    for place in sorted({*then, *now.grounds.inputs}):
        old, new = then.get(place), now.grounds.inputs.get(place)
        if new == "":
            found.append(InputChange(place, "unreadable"))
        elif old != new:
            found.append(InputChange(place, "added" if old is None else "missing" if new is None else "changed", changes.get(place)))
    unread = any(each.kind == "unreadable" for each in found)
    told = f"{len(found)} tệp khác với khi lập" if found else f"{len(then)} tệp, đều như khi lập"
    return Answer("inputs", None if unread and len(found) == 1 else not found, told, tuple(found))


def _same(question: Any, then: object, now: object, old: str = "", new: str = "") -> Answer:
    if then == now:
        return Answer(question, holds=True, told=f"như khi lập ({new})" if new else "như khi lập")
    return Answer(question, holds=False, told=f"khi lập là {old}, nay là {new}" if old else "đã khác với khi lập")


def _template(project: Project, told: Mapping[str, str] | None) -> Sequence[Answer]:
    if told is None:
        return ()
    try:
        template = load_templates(project.folder).get(told["id"])
        if template is None:
            return (Answer("template", holds=False, told=f"mẫu {told['id']} không còn"),)
        return (_same("template", told["sha256"], template_digest(template)),)
    except MtqgError as error:
        return (Answer("template", None, error.message),)


def _figures(then: object, now: Now, *, as_before: bool) -> Answer:
    if not then:
        if as_before:
            return Answer("figures", holds=True, told="mọi thứ dùng để lập tệp vẫn như cũ")
        return Answer("figures", None, "bản kê không ghi mã băm số liệu của tệp này, mà những gì dùng để lập đã khác")
    if then == now.figures:
        return Answer("figures", holds=True, told="tính lại hôm nay vẫn được đúng các số đã dùng")
    return Answer("figures", holds=False, told="tính lại hôm nay được số khác; báo cáo không còn khớp với dữ liệu")

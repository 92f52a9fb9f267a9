"""The order of the stages, and nothing else: the page to read first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mtqg_cli.core.diagnostic import Checked, has_errors
from mtqg_cli.intake.read import read_files
from mtqg_cli.ledger.differences import differences
from mtqg_cli.ledger.entries import known_of, look_at
from mtqg_cli.ledger.entries import record as record_look
from mtqg_cli.ledger.facts import facts_of
from mtqg_cli.ledger.standing import overview
from mtqg_cli.reading import Asked, check_work, keep, read_all
from mtqg_cli.reading import unread as unread_files
from mtqg_cli.reference.unit import workbook_names
from mtqg_cli.validate.check import check_files, combine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from mtqg_cli.aggregate.compute import Aggregates
    from mtqg_cli.compose.values import Frame
    from mtqg_cli.core.diagnostic import Diagnostic
    from mtqg_cli.core.period import Period
    from mtqg_cli.core.receipt import Change, History, Overview
    from mtqg_cli.core.report import Artifact
    from mtqg_cli.core.returned import ReturnedFile
    from mtqg_cli.core.submission import Batch, FileResult, FileStatus
    from mtqg_cli.project import Project
    from mtqg_cli.reading import Work
    from mtqg_cli.reference.request import Request
    from mtqg_cli.reference.template import Template

#: What other processes do with the work that `unread` names, and what is done with their answers, belongs to the pipeline too.
__all__ = ["check_work", "keep"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The batches by period that a request needs: its own, and those that figures are taken from or compared with."""

    request: Request
    batches: Mapping[str, Batch]

    @property
    def batch(self) -> Batch:
        """The batch of the requested period."""
        return self.batches[str(self.request.period)]


def validate_files(project: Project, period: Period, paths: Sequence[Path]) -> Checked[tuple[FileStatus, ...]]:
    """Intake ─► validate, for single files."""
    return check_files(read_files(paths), project.request(period))


def gather(project: Project, period: Period) -> Checked[Gathered]:
    """Intake ─► validate, for a period, the one before it, and the periods that figures are taken from or compared with.

    A file is opened and its content looked up among what is known (.mtqg); only what is new there is read and checked.
    """
    request = project.request(period)
    plan = _plan(project, request)
    results = read_all(project, plan.asked)
    others = {str(each.period): _judge_other(project, each, results) for each in plan.others}
    previous, earlier = others.get(str(period.before)), plan.earlier
    checked = combine(
        results[plan.own],
        request,
        previous.value if previous is not None else None,
        combine(results[earlier], earlier.request(project)).value if earlier is not None else None,
    )
    diagnostics = [*checked.diagnostics, *(_of_period(each, name) for name, other in others.items() for each in other.diagnostics)]
    batches = {str(period): checked.value, **{name: other.value for name, other in others.items()}}
    missing = {unit.code for unit in checked.value.missing}
    return Checked(Gathered(replace(request, excused={code: why for code, why in request.excused.items() if code in missing}), batches), tuple(diagnostics))


def unread(project: Project, period: Period) -> tuple[Work, ...]:
    """What `gather` would have to read because it is not known, in pieces for other processes: see `reading.check_work` and `reading.keep`."""
    return unread_files(project, _plan(project, project.request(period)).asked)


@dataclass(frozen=True, slots=True)
class _Other:
    """Another period that is looked at: how it is read, and how what is told of it (None: nothing is)."""

    period: Period
    read: Asked
    told: Asked | None


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which folders are read for a period and what for; `earlier` lets figures that run on through the year be compared."""

    own: Asked
    others: tuple[_Other, ...]
    earlier: Asked | None

    @property
    def asked(self) -> tuple[Asked, ...]:
        """All of it."""
        return tuple(each for each in (self.own, *(one for other in self.others for one in (other.read, other.told)), self.earlier) if each is not None)


def _plan(project: Project, request: Request) -> _Plan:
    others = tuple(_other(request, each) for each in _other_periods(project, request))
    return _Plan(Asked(str(request.period)), others, _earlier_this_year(project, request))


def _other(request: Request, period: Period) -> _Other:
    """What only lets opening figures be compared is not judged a second time."""
    read = Asked(str(period), request.read_from(str(period)))
    if period in request.as_of.values():
        return _Other(period, read, read)
    used = request.compared_in(str(period))
    return _Other(period, read, Asked(str(period), used) if used else None)


def _other_periods(project: Project, request: Request) -> list[Period]:
    """The periods that are read besides: those of as-of groups in any case, the one before and those compared with if there is a folder."""
    known = {str(each): each for each in request.as_of.values()}
    looked_back_at = [each for each in (request.period.before, *request.comparisons) if request.read_from(str(each))]
    known |= {str(each): project.period(str(each)) for each in looked_back_at if project.data_folder(each).is_dir() and str(each) not in known}
    return [each for name, each in known.items() if name != str(request.period)]


def _judge_other(project: Project, other: _Other, results: Mapping[Asked, tuple[FileResult, ...]]) -> Checked[Batch]:
    """Another period's batch, as far as it is needed, with the findings in what figures are made from; not with decisions about what was not read."""
    checked = {each: combine(results[each], each.request(project)) for each in (other.read, other.told) if each is not None}
    told = checked[other.told].diagnostics if other.told is not None else ()
    return Checked(checked[other.read].value, tuple(each for each in told if each.code != "K103"))


def periods_read(project: Project, period: Period) -> tuple[Period, ...]:
    """Every period whose folder `gather` reads, its own first."""
    names = dict.fromkeys(each.period for each in _plan(project, project.request(period)).asked)
    return tuple(project.period(name) for name in names)


def _earlier_this_year(project: Project, request: Request) -> Asked | None:
    """The last period before the requested one whose figures run from the same first day on; only what runs on is read."""
    periods = [each for each in project.periods() if each.start == request.period.start and each.end < request.period.end]
    return Asked(str(max(periods, key=lambda each: each.end)), request.running) if periods else None


def _of_period(diagnostic: Diagnostic, period: str) -> Diagnostic:
    """A finding in another period's folder names that folder: files of one unit have one name in all periods."""
    location = diagnostic.location
    file = location.file if location.file.startswith("data/") else f"{period}/{location.file}"
    return replace(diagnostic, location=location._replace(file=file))


def record(project: Project, gathered: Checked[Gathered], now: datetime, program: str) -> History:
    """─► ledger: every workbook of the period that could be told to a unit, by its content."""
    return record_look(project.folder, look_at(gathered.value.request, gathered.value.batch, gathered.diagnostics, now, program))


def changes_since(project: Project, gathered: Gathered, before: Mapping[str, str]) -> dict[str, tuple[Change, ...]]:
    """What differs between the workbooks of the period and those that had the hashes `before`, by file; of workbooks that the ledger knows."""
    history = known_of(project.folder, gathered.request.period)
    known = {receipt.sha256: receipt.facts for receipts in history.receipts.values() for receipt in receipts}
    found = {}
    for each in gathered.batch.submissions:
        old = known.get(before.get(each.file, ""))
        if old is not None:
            forms = gathered.request.forms_for(each.unit)
            found[each.file] = differences(old, facts_of(each, forms), forms)
    return found


def standings(gathered: Checked[Gathered], history: History, deadline: date | None, now: datetime) -> Overview:
    """The folder as it is now, beside what the ledger knows of it."""
    return overview(gathered.value.request, gathered.value.batch, gathered.diagnostics, history, deadline, now)


def summarise(gathered: Gathered) -> Aggregates:
    """─► aggregate."""
    from mtqg_cli.aggregate.compute import compute  # noqa: PLC0415

    return compute(gathered.batches, gathered.request)


def check_template(project: Project, template: Template) -> tuple[Diagnostic, ...]:
    """Every name in a template that no report, or no letter, will have, told before any data is read."""
    if not template.in_word and template.kind != "annex":
        return ()
    from mtqg_cli.compose.fields import fields  # noqa: PLC0415
    from mtqg_cli.compose.letter import letter_fields  # noqa: PLC0415
    from mtqg_cli.render.documents.annex.tagged import lines  # noqa: PLC0415
    from mtqg_cli.render.lint import lint, lint_lines  # noqa: PLC0415 - loads jinja2 and lxml

    known = letter_fields() if template.kind == "letter" else fields(project.book)
    if template.kind == "annex":
        tables = project.book.tables.values()
        return tuple(each for table in tables for each in lint_lines(lines(table), known, f"tables/{table.id}.toml", "Khai báo bảng"))
    return lint(template.read(), known, f"{template.id}/{template.file}")


def make_report(
    checked: Checked[Gathered], aggregates: Aggregates, frame: Frame, templates: Sequence[tuple[Template, tuple[str, ...]]]
) -> tuple[Artifact, ...]:
    """─► compose ─► render, for each template in the formats that are wanted of it. Refused data is the caller's decision."""
    from mtqg_cli.compose.caveats import caveats  # noqa: PLC0415
    from mtqg_cli.compose.cells import source_cells  # noqa: PLC0415
    from mtqg_cli.compose.decisions import decisions  # noqa: PLC0415
    from mtqg_cli.compose.values import compose  # noqa: PLC0415
    from mtqg_cli.render.documents.formats import Order, render  # noqa: PLC0415

    gathered, diagnostics = checked.value, checked.diagnostics
    draft = frame.draft or has_errors(diagnostics)
    told = replace(
        frame,
        caveats=tuple(caveats(gathered.request, gathered.batches, diagnostics, draft=draft)),
        decisions=tuple(decisions(gathered.request, gathered.batch, diagnostics)),
        draft=draft,
    )
    made = [(compose(gathered.request, aggregates.figures, aggregates.listings, told, template.id), template, formats) for template, formats in templates]
    cells = source_cells(gathered.batches, gathered.request.forms) if any("xlsx" in formats for _, formats in templates) else {}
    tables = tuple(gathered.request.book.tables.values())
    return render([Order(replace(report, cells=cells), template, template.stem, formats, tables) for report, template, formats in made])


def figures_digest(aggregates: Aggregates) -> str:
    """What `Artifact.figures` of everything made from these figures is."""
    from mtqg_cli.render.figures.digest import digest  # noqa: PLC0415

    return digest(aggregates.figures, aggregates.listings)


def check_documents(project: Project, artifacts: Sequence[Artifact]) -> tuple[Diagnostic, ...]:
    """What of the official documents just made is not as Decree 30 wants it; notes, and what is no official document, left out."""
    from mtqg_cli.reference.document_rules import load_rules  # noqa: PLC0415
    from mtqg_cli.render.decree30.check import check  # noqa: PLC0415 - loads lxml

    rules = load_rules(project.folder)
    looked = [check(each.content, each.name, rules) for each in artifacts if each.name.endswith(".docx")]
    return tuple(each for found in looked if all(one.code != "D202" for one in found) for each in found if each.severity != "note")


def give_back(request: Request, returned: ReturnedFile, original: bytes | None, frame: Frame, letter: Template) -> tuple[Artifact, ...]:
    """─► compose ─► render: a faulty file annotated, if it may be opened at all (`original`), the letter that goes with it, the chat message."""
    from mtqg_cli.compose.letter import compose_letter  # noqa: PLC0415
    from mtqg_cli.core.report import Artifact  # noqa: PLC0415
    from mtqg_cli.render.documents.docx import render  # noqa: PLC0415 - loads python-docx and docxtpl
    from mtqg_cli.render.returned.message import message  # noqa: PLC0415
    from mtqg_cli.render.returned.workbook import annotate  # noqa: PLC0415 - loads lxml

    workbook = annotate(original, returned) if original is not None else None
    annotated = workbook is not None
    made = [Artifact(returned.file, workbook)] if workbook is not None else []
    if not returned.own:
        report = compose_letter(request, returned, frame, letter.id, annotated=annotated)
        made.append(render(letter.read(), report, f"{returned.stem}-{letter.output}"))
    return (*made, Artifact(f"{returned.stem}-tin-nhan.txt", message(returned, annotated=annotated)))


def blank_workbooks(project: Project, period: Period) -> tuple[Artifact, ...]:
    """forms, the mirror image of intake: a workbook a unit, with what the period before leaves to this one."""
    from mtqg_cli.forms.carry import carried_over  # noqa: PLC0415
    from mtqg_cli.forms.workbook import make_workbook  # noqa: PLC0415 - loads XlsxWriter

    request = project.request(period)
    before = project.period(str(period.before))
    asked = Asked(str(before), frozenset(form.data for form in request.forms))
    previous = combine(read_all(project, [asked])[asked], asked.request(project)).value
    earlier = {submission.unit.code: submission for submission in previous.submissions}
    names = workbook_names(request.unit, request.communes)
    return tuple(
        make_workbook(
            request.forms_for(unit),
            unit,
            period,
            filename=names[unit.code],
            values=carried_over(earlier.get(unit.code), request.forms, period, request.poverty_line),
            programmes=[request.book.programmes[key] for key in request.programmes],
        )
        for unit in request.asked
    )

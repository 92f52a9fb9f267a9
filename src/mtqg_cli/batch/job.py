"""One project and period made into files, the same whether asked for by hand or by a batch. It reads and makes; it writes nothing."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import sys
import traceback
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from mtqg_cli.batch.about import about, as_read, grounds, is_current
from mtqg_cli.batch.orders import FACTS, real
from mtqg_cli.core.diagnostic import Severity, has_errors
from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.report import Artifact
from mtqg_cli.handover import FILE, figures_file
from mtqg_cli.pipeline import check_documents, check_template, figures_digest, gather, make_report, summarise
from mtqg_cli.project import SETTINGS, load_project

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from mtqg_cli.batch.about import Grounds
    from mtqg_cli.batch.orders import JobOrder
    from mtqg_cli.compose.values import Frame
    from mtqg_cli.core.diagnostic import Checked, Diagnostic
    from mtqg_cli.core.period import Period
    from mtqg_cli.ledger.entries import Look
    from mtqg_cli.pipeline import Gathered
    from mtqg_cli.project import Project
    from mtqg_cli.reference.template import Template

#: The page of findings that a batch writes beside the reports: nobody sees what it would have said on a screen.
FINDINGS = "kiem-tra-so-lieu.html"

Status = Literal["made", "unchanged", "refused", "failed"]


@dataclass(frozen=True, slots=True)
class Opened:
    """An order whose project, period and templates are found. `templates`: each with the formats that are made of it."""

    order: JobOrder
    project: Project
    period: Period
    templates: tuple[tuple[Template, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Collected:
    """What was sent for a period and what the check of it found, with the hashes that everything made of it rests on."""

    gathered: Checked[Gathered]
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class Produced:
    """The files of a report, what their manifest says of each by its name, and what of them is not as an official document must be."""

    artifacts: tuple[Artifact, ...]
    about: Mapping[str, Any]
    ill_formed: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class JobMade:
    """How one job ended, with everything that is to be written for it; it crosses from a worker to the process that writes.

    What was not counted is None. `trouble` is the traceback of a bug.
    """

    status: Status
    exit_code: int = 0
    message: str = ""
    hint: str = ""
    unit: str = ""
    errors: int | None = None
    warnings: int | None = None
    workbooks: int | None = None
    missing: tuple[str, ...] | None = None
    artifacts: tuple[Artifact, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)
    look: Look | None = None
    trouble: str = ""


def open_job(order: JobOrder) -> Opened:
    """Raises MtqgError where a project, a period, a template or a format is not to be had."""
    if order.problem:
        raise MtqgError(order.problem, "Sửa mục project, hoặc kết nối lại ổ đĩa chứa các dự án.")
    project = load_project(order.project)
    period = project.period(order.period)
    if _among_received(real(order.folder)):
        message = f"Không ghi kết quả vào thư mục dữ liệu: {order.folder}."
        raise MtqgError(message, "Chọn thư mục khác, ví dụ thư mục out của dự án.", exit_code=2)
    return Opened(replace(order, period=str(period)), project, period, templates_of(project, order))


def _among_received(folder: Path) -> bool:
    """Whether a folder is, or lies in, the data folder of any project."""
    return any(each.name.lower() == "data" and (each.parent / SETTINGS).is_file() for each in (folder, *folder.parents))


def faults_of_templates(opened: Opened) -> tuple[Diagnostic, ...]:
    """Every name in the templates that no report will have."""
    return tuple(each for template, _ in opened.templates for each in check_template(opened.project, template))


def collect(opened: Opened) -> Collected:
    """Everything that was sent, checked. The hashes come first: what is saved anew meanwhile is told apart."""
    before = grounds(opened.project, opened.period)
    gathered = gather(opened.project, opened.period)
    return Collected(gathered, as_read(before, gathered.value))


def produce(opened: Opened, collected: Collected) -> Produced:
    """The files, unless the data is refused: that is for the caller to ask first. Templates are hashed before they are filled, as the data are."""
    gathered = collected.gathered
    draft, order = opened.order.draft, opened.order
    told = about(collected.grounds, {name: template for name, template in outputs_of(opened).items() if name != FINDINGS}, draft=draft)
    aggregates = summarise(gathered.value)
    made = make_report(gathered, aggregates, frame(opened.project, opened.period, draft=draft), opened.templates) if opened.templates else ()
    gc.collect()  # documents are rings of objects: those of a large province are not needed beside its figures
    facts = figures_file(opened.project, gathered, aggregates.figures, draft=draft) if FACTS in order.formats else None
    figures = figures_digest(aggregates)
    artifacts = tuple(replace(each, figures=figures) for each in (*made, *((facts,) if facts is not None else ())))
    return Produced(artifacts, told, check_documents(opened.project, made))


def make(order: JobOrder, now: datetime) -> JobMade:
    """The whole of a job of a batch. It never raises: whatever happens is how that job ended."""
    try:
        opened = open_job(order)
        faults = faults_of_templates(opened)
        if faults:
            message = f"Mẫu báo cáo còn {len(faults)} lỗi. {faults[0].location}: {faults[0].message}"
            return JobMade("failed", 1, message, "Chạy mtqg report để xem đủ các lỗi của mẫu.", opened.project.unit.name)
        return _made(opened, collect(opened), now)
    except MtqgError as error:
        return JobMade("failed", error.exit_code, error.message, error.hint)
    except MemoryError:
        return too_large()
    except Exception:  # noqa: BLE001 - a bug costs this job, not the run
        return stumbled(traceback.format_exc())
    finally:
        _let_go()


def _let_go() -> None:
    """Gives back what a job took. A worker makes many and looks for garbage rarely; what glibc has free it would keep for itself."""
    gc.unfreeze()
    gc.collect()
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).malloc_trim(0)


def stumbled(trouble: str) -> JobMade:
    """A bug, as the end of a job."""
    return JobMade("failed", 4, "Chương trình gặp sự cố ngoài dự kiến.", trouble=trouble)


def too_large() -> JobMade:
    """No memory left, as the end of a job."""
    return JobMade("failed", 3, "Máy không đủ bộ nhớ cho việc này.", "Giảm số tiến trình (--jobs) rồi chạy lại.")


def skipped(order: JobOrder) -> JobMade | None:
    """The end of a job that need not be done: everything that it would make lies there, made of the same things."""
    try:
        opened = open_job(order)
        wanted = about(grounds(opened.project, opened.period), outputs_of(opened), draft=order.draft)
        if not is_current(order.folder, wanted):
            return None
    except (MtqgError, OSError):
        return None  # it is told when the job is done
    return JobMade("unchanged", unit=opened.project.unit.name)


def outputs_of(opened: Opened) -> dict[str, Template | None]:
    """The names of the files that a job makes, each with its template; the page of findings and the facts have none."""
    found: dict[str, Template | None] = {f"{each.stem}.{form}": each for each, formats in opened.templates for form in formats}
    return found | {FINDINGS: None} | ({FILE: None} if FACTS in opened.order.formats else {})


def _made(opened: Opened, collected: Collected, now: datetime) -> JobMade:
    from mtqg_cli.ledger.entries import look_at  # noqa: PLC0415
    from mtqg_cli.reference.version import program  # noqa: PLC0415

    value, found = collected.gathered.value, collected.gathered.diagnostics
    page = Artifact(FINDINGS, _page(collected.gathered).encode(errors="replace"))
    ended = JobMade(
        "made",
        unit=opened.project.unit.name,
        errors=sum(each.severity is Severity.ERROR for each in found),
        warnings=sum(each.severity is Severity.WARNING for each in found),
        workbooks=len(value.batch.files),
        missing=tuple(each.code for each in value.batch.missing if each.code not in value.request.excused),
        about=about(collected.grounds, {FINDINGS: None}, draft=opened.order.draft),
        artifacts=(page,),
        look=look_at(value.request, value.batch, found, now, program()),
    )
    if has_errors(found) and not opened.order.draft:
        return replace(ended, status="refused", exit_code=1, message=f"Số liệu còn lỗi, xem {opened.order.folder / FINDINGS}.")
    produced = produce(opened, collected)
    return replace(ended, artifacts=(*produced.artifacts, page), about={**produced.about, **ended.about})


def _page(gathered: Checked[Gathered]) -> str:
    """What `mtqg validate --format html` shows, without a day: the same data give the same page."""
    from mtqg_cli.render.diagnostics import html_format  # noqa: PLC0415 - loads jinja2
    from mtqg_cli.render.diagnostics.outcome import outcome_of  # noqa: PLC0415
    from mtqg_cli.validate.registry import rules  # noqa: PLC0415

    outcome = outcome_of(gathered.value.request, gathered.value.batch, gathered.diagnostics)
    return html_format.render(outcome, {each.code: each.headline for each in rules()}, None)


def templates_of(project: Project, order: JobOrder) -> tuple[tuple[Template, tuple[str, ...]], ...]:
    """The templates, each with the formats that are wanted and that it has: its own first one where none is asked for. Raises MtqgError."""
    from mtqg_cli.reference.template import load_templates  # noqa: PLC0415

    asked = tuple(each for each in order.formats if each != FACTS)
    if order.formats and not asked:
        return ()  # the facts alone
    found = load_templates(project.folder)
    known = {name: each for name, each in found.items() if each.kind != "letter"}
    for name in order.templates:
        if name not in known:
            message = f"Không có mẫu báo cáo “{name}”."
            bare = project.folder / "templates" / name
            lacking = f"Thư mục {bare} thiếu tệp template.toml. " if bare.is_dir() and name not in found else ""
            lacking = "Đó là mẫu công văn trả lại tệp (mtqg validate --return). " if name in found else lacking
            raise MtqgError(message, f"{lacking}Các mẫu đang có: {', '.join(known)}.", exit_code=2)
    wanted = [known[name] for name in dict.fromkeys(order.templates)]
    _check_formats(wanted, asked)
    made = tuple((each, tuple(form for form in asked if form in each.formats) or each.formats[:1]) for each in wanted)
    outputs = [f"{each.stem}.{form}" for each, formats in made for form in formats]
    twice = next((each for each in outputs if outputs.count(each) > 1), None)
    if twice is not None:
        message = f"Hai mẫu cùng ghi ra tệp {twice}."
        raise MtqgError(message, "Sửa mục output trong template.toml của một mẫu để hai tên khác nhau.", exit_code=2)
    return made


def _check_formats(wanted: list[Template], asked: tuple[str, ...]) -> None:
    """Every format is had of some template, and every template has some of the formats; raises MtqgError."""
    for each in wanted:
        if asked and not any(form in each.formats for form in asked):
            message = f"Mẫu “{each.id}” không có dạng {asked[0]}."
            raise MtqgError(message, f"Các dạng của mẫu này: {', '.join(each.formats)}.", exit_code=2)
    lacking = next((form for form in asked if not any(form in each.formats for each in wanted)), None)
    if lacking is not None:
        message = f"Mẫu “{wanted[0].id}” không có dạng {lacking}."
        raise MtqgError(message, f"Các dạng của mẫu này: {', '.join(wanted[0].formats)}.", exit_code=2)


def frame(project: Project, period: Period, *, draft: bool) -> Frame:
    """What a document of this project says besides its figures."""
    from mtqg_cli.compose.values import Event, Frame, Issue  # noqa: PLC0415
    from mtqg_cli.core.report import Style  # noqa: PLC0415

    settings = project.settings
    event = None
    told = settings.event
    if told is not None and (not told.period or str(project.period(told.period)) == str(period)):
        event = Event(told.name, told.date, told.place, told.chair, told.attendance, project.conclusions())
    return Frame(
        issue=Issue(**settings.issue.model_dump()),
        event=event,
        style=Style(settings.style.leading_zero, settings.style.decimals),
        poverty_line_basis=settings.programmes.poverty_line_basis,
        draft=draft,
    )

"""What a unit hands in for the one above (so-lieu.json), and what that one makes of all of them. The order of steps, no arithmetic."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, TypeVar

from mtqg_cli.core.diagnostic import Checked, Severity, has_errors
from mtqg_cli.core.report import Artifact, Style
from mtqg_cli.reference.handed_in import Coverage, HandedIn, Header, Terms, unit_part
from mtqg_cli.reference.request import Request
from mtqg_cli.reference.version import program, reference

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence
    from pathlib import Path

    from mtqg_cli.aggregate.fitting import Whole
    from mtqg_cli.aggregate.handed_in import Document
    from mtqg_cli.aggregate.merge import Merged
    from mtqg_cli.core.figure import Figure
    from mtqg_cli.core.period import Period
    from mtqg_cli.core.unit import Unit
    from mtqg_cli.pipeline import Gathered
    from mtqg_cli.project import Project
    from mtqg_cli.reference.book import Book

T = TypeVar("T", bound="Hashable")

#: What a document is called beside the reports of its period.
FILE = "so-lieu.json"


@dataclass(frozen=True, slots=True)
class MergedFigures:
    """All documents added up: what is said before the figures, the figures, and the request that they answer."""

    header: Header
    merged: Merged
    request: Request
    whole: Whole


def header_of(project: Project, gathered: Checked[Gathered], *, draft: bool = False) -> Header:
    """What a document says before its figures."""
    request, batch = gathered.value.request, gathered.value.batch
    period = request.period
    sent = {each.unit.code for each in batch.submissions}
    top = project.unit
    while top.parent and (above := project.units.get(top.parent)) is not None:
        top = above
    return Header(
        program=program(),
        reference=project.reference,
        period=str(period),
        regime=period.regime,
        cutoff=period.cutoff.isoformat() if period.cutoff is not None else None,
        unit=unit_part(project.unit),
        draft=draft,
        errors=sum(1 for each in gathered.diagnostics if each.severity is Severity.ERROR),
        settings=Terms(
            poverty_lines=(request.poverty_line if request.poverty_line == "tw" else f"{request.poverty_line} {top.code}",),
            programmes=request.programmes,
            criteria=request.criteria,
            bands=request.bands,
            absolute_exit=request.absolute_exit,
            as_of={group: str(each) for group, each in sorted(request.as_of.items())},
            datasets=tuple(sorted({form.data for form in request.forms})),
        ),
        coverage=Coverage(
            asked=tuple(unit.code for unit in request.communes),
            reported=tuple(unit.code for unit in request.communes if unit.code in sent),
            excused={code: why.reason for code, why in sorted(request.excused.items())},
            missing=tuple(unit.code for unit in batch.missing if unit.code not in request.excused),
        ),
        inputs={f"data/{name}/{each.file}": each.sha256 for name, other in sorted(gathered.value.batches.items()) for each in other.files},
    )


def figures_file(project: Project, gathered: Checked[Gathered], figures: Iterable[Figure], *, draft: bool = False) -> Artifact:
    """The document that a unit hands in."""
    from mtqg_cli.render.figures import json_format  # noqa: PLC0415

    style = Style(project.settings.style.leading_zero, project.settings.style.decimals)
    content = BytesIO()
    content.writelines(json_format.encoded(json_format.lines(header_of(project, gathered, draft=draft), figures, style, brief=True)))
    return Artifact(FILE, content.getvalue())


def merge_files(paths: Sequence[Path], book: Book, project: Path | None, *, draft: bool) -> Checked[MergedFigures | None]:
    """Documents read, looked at, added up; nothing is added up while there are errors. Raises MtqgError for a file that cannot be read."""
    from mtqg_cli.aggregate.fitting import check, whole_of  # noqa: PLC0415
    from mtqg_cli.aggregate.handed_in import Edition, read_document  # noqa: PLC0415
    from mtqg_cli.aggregate.merge import in_order, merge  # noqa: PLC0415

    edition = Edition(program(), reference(project))
    read = [read_document(path, str(path), book, edition) for path in paths]
    documents = in_order(each.value for each in read if each.value is not None)
    found = [one for each in read for one in each.diagnostics]
    if not documents or len(documents) < len(paths):
        return Checked(None, tuple(sorted(found, key=lambda each: each.location.file)))
    whole = whole_of(documents)
    found += check(documents, whole, draft=draft)
    if has_errors(found):
        return Checked(None, tuple(found))
    request = _request(documents, whole, book)
    merged = merge(documents, request, whole)
    return Checked(MergedFigures(_header(documents, request, merged, whole), merged, request, whole), tuple(found))


def _request(documents: Sequence[Document], whole: Whole, book: Book) -> Request:
    """What is asked for together: settings that all share, programmes and criteria sets that anybody uses."""
    settings = _settings(documents)
    return Request(
        unit=whole.unit,
        parent=whole.units.get(whole.unit.parent) if whole.unit.parent else None,
        communes=_communes(documents, whole),
        period=_period(documents),
        book=book,
        forms=(),
        programmes=settings.programmes,
        criteria=settings.criteria,
        bands=settings.bands,
        absolute_exit=settings.absolute_exit,
        as_of={group: replace(_period(documents, name), cutoff=None) for group, name in settings.as_of.items()},
    )


def _settings(documents: Sequence[Document]) -> Terms:
    each = [document.header.settings for document in documents]
    return Terms(
        poverty_lines=tuple(sorted({line for one in each for line in one.poverty_lines})),
        programmes=tuple(dict.fromkeys(name for one in each for name in one.programmes)),
        criteria=tuple(dict.fromkeys(name for one in each for name in one.criteria)),
        bands=_shared((one.bands for one in each), ()),
        absolute_exit=_shared((one.absolute_exit for one in each), ""),
        as_of=dict(_shared((tuple(sorted(one.as_of.items())) for one in each), ())),
        datasets=tuple(sorted(set.intersection(*(set(one.datasets) for one in each)))),
    )


def _shared(values: Iterable[T], otherwise: T) -> T:
    found = set(values)
    return found.pop() if len(found) == 1 else otherwise


def _period(documents: Sequence[Document], name: str | None = None) -> Period:
    from mtqg_cli.core.period import parse_period  # noqa: PLC0415

    header = documents[0].header
    cutoff = _shared((each.header.cutoff for each in documents), None)
    return parse_period(name or header.period, header.regime, dt.date.fromisoformat(cutoff) if cutoff else None)


def _communes(documents: Sequence[Document], whole: Whole) -> tuple[Unit, ...]:
    """All communes in the order of reports; those of one name are told with the unit above them."""
    codes = [code for each in documents for code in each.header.coverage.asked]
    units = [unit for code in dict.fromkeys(codes) if (unit := whole.units.get(code)) is not None]
    often = Counter(unit.label for unit in units)
    return tuple(replace(unit, name=f"{unit.name} ({_above(unit, whole)})") if often[unit.label] > 1 else unit for unit in units)


def _above(unit: Unit, whole: Whole) -> str:
    above = whole.units.get(unit.parent) if unit.parent else None
    return above.name if above is not None else unit.code


def _header(documents: Sequence[Document], request: Request, merged: Merged, whole: Whole) -> Header:
    headers = [each.header for each in documents]
    return Header(
        program=headers[0].program,
        reference=headers[0].reference,
        period=headers[0].period,
        regime=headers[0].regime,
        cutoff=request.period.cutoff.isoformat() if request.period.cutoff is not None else None,
        unit=unit_part(whole.unit).model_copy(update={"since": headers[0].unit.since}),
        draft=any(each.draft for each in headers),
        errors=sum(each.errors for each in headers),
        settings=_settings(documents),
        coverage=Coverage(
            asked=_every(each.coverage.asked for each in headers),
            reported=_every(each.coverage.reported for each in headers),
            excused={code: why for each in headers for code, why in each.coverage.excused.items()},
            missing=_every(each.coverage.missing for each in headers),
            absent=tuple(unit.code for unit in whole.missing),
        ),
        parts=_parts(documents),
        not_added=merged.not_added,
    )


def _every(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(code for each in lists for code in each)


def _parts(documents: Sequence[Document]) -> tuple[HandedIn, ...]:
    """The documents of single projects, by unit; a file is named without its folder, which differs from machine to machine."""
    parts: Iterator[HandedIn] = (part for each in documents for part in each.covers)
    named = [part.model_copy(update={"file": part.file.replace("\\", "/").rsplit("/", 1)[-1]}) for part in parts]
    return tuple(sorted(named, key=lambda part: part.code))

"""A project's communes shared out among units that hand in a document each, as if each had been a project of its own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from mtqg_cli.aggregate.compute import compute
from mtqg_cli.core.diagnostic import Checked
from mtqg_cli.core.report import Style
from mtqg_cli.handover import header_of, merge_files
from mtqg_cli.pipeline import Gathered
from mtqg_cli.render.figures import json_format


def share_out(project, gathered, shares, folder):
    """Writes a document a share (a list of places of communes); the first unit also has what the project's own unit sent. Returns the paths."""
    parent = project.units.get(project.unit.parent)
    units = project.units.children(parent)
    communes = gathered.value.request.communes
    paths = []
    for place, share in enumerate(shares):
        mine = tuple(communes[each] for each in share)
        part, sent = part_of(project, gathered, units[place], mine, own=place == 0)
        path = folder / f"{units[place].code}.json"
        path.write_text(document(part, sent), encoding="utf-8")
        paths.append(path)
    return paths


def part_of(project, gathered, unit, communes, *, own):
    """The project of a unit with some of the communes, and what it gathered."""
    request = gathered.value.request
    codes = {each.code for each in communes}
    batches = {
        name: replace(
            batch,
            unit=unit,
            communes=communes,
            submissions=tuple(
                _own(each, codes, own=own) if each.unit.code == project.unit.code else each
                for each in batch.submissions
                if each.unit.code in {*codes, project.unit.code}
            ),
            missing=tuple(each for each in batch.missing if each.code in codes),
        )
        for name, batch in gathered.value.batches.items()
    }
    excused = {code: why for code, why in request.excused.items() if code in codes}
    mine = replace(request, unit=unit, communes=communes, excused=excused)
    return replace(project, unit=unit, communes=communes), Checked(Gathered(mine, batches), gathered.diagnostics)


def _own(submission, codes, *, own):
    """What the project's own unit sent: the rows that name communes go to the unit of those, the rest to one of them."""
    tables = {name: table for name, table in submission.tables.items() if own or name == "cong-nhan-ntm"}
    if "cong-nhan-ntm" in tables:
        table = tables["cong-nhan-ntm"]
        tables["cong-nhan-ntm"] = replace(table, rows=tuple(row for row in table.rows if row.value("commune") in codes))
    return replace(submission, tables=tables)


def document(project, gathered, *, brief=True, **changes):
    """The document of a project; `changes` are to its header."""
    figures = compute(gathered.value.batches, gathered.value.request).figures
    header = header_of(project, gathered).model_copy(update=changes)
    return json_format.render(header, figures, Style(), brief=brief) + "\n"


def merged(paths, project):
    """The documents merged; drafts too."""
    checked = merge_files(paths, project.book, None, draft=True)
    assert checked.value is not None, checked.diagnostics
    return checked.value


def rendered(made):
    """As `mtqg merge --format json` writes it."""
    return (
        json_format.render(made.header, made.merged.figures, Style(), brief=True, handed_on=json_format.HandedOn(made.merged.printed, made.merged.unknown))
        + "\n"
    )


def of_whole(figures):
    """The figures of the whole by id and split."""
    return {(each.id, tuple(sorted(each.by.items()))): each for each in figures if each.scope is None}


def plain(value):
    """A value for comparing: numbers by amount, names in any order."""
    if isinstance(value, tuple):
        return tuple(sorted(value))
    return None if value is None else Decimal(value)

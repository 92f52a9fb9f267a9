"""Plants faults into clean workbooks and asks the program for them: a batch of communes at a time, a fault in each."""

from __future__ import annotations

import hashlib
import itertools
import random
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003

import file_faults
import relation_faults
import table_faults
from cell_faults import FAULTS
from editor import Editor
from planter import Planter

from mtqg_cli.intake.read import read_files
from mtqg_cli.validate.check import check_batch

#: They enter their faults when they are imported.
_FAMILIES = (file_faults, relation_faults, table_faults)

#: Faults of whole files, or at places that stay where they are when a table moves.
UNMOVED = {name for name, planted in FAULTS.items() if planted.__module__ == "file_faults"} | {
    "other_unit_of_measure",
    "column_twice",
    "links_to_other_workbooks",
    "embedded_object",
    "wrong_ending",
    "web_page_as_workbook",
    "open_document",
    "own_workbook",
}
#: How many of a district's workbooks are spoilt at a time: the others tell what is usual.
_TOGETHER = 5


@dataclass(frozen=True)
class Clean:
    """The clean sample: its request, workbooks as they were read, submissions, files, and the period before."""

    project: object
    request: object
    sources: tuple
    batch: object
    previous: object
    folder: Path


def read_clean(project, name="6m2024"):
    period = project.period(name)
    request = project.request(period)
    before = period.before
    folder = project.data_folder(period)
    sources = read_files(sorted(folder.iterdir()))
    previous = check_batch(
        read_files(sorted(project.data_folder(before).iterdir())), project.request(project.period(str(before))).for_reading(request.read_from(str(before)))
    ).value
    checked = check_batch(sources, request, previous)
    assert checked.diagnostics == (), [str(each.location) + each.message for each in checked.diagnostics]
    return Clean(project, request, sources, checked.value, previous, folder)


@dataclass(frozen=True)
class Planted:
    """A workbook with its fault: what must be found."""

    fault: str
    file: str
    expected: tuple
    sources: tuple


def plant(clean, name, submission, seed, folder, *, move=False):
    """The workbook of a submission with a fault in it, written and read back as any other; None where it cannot be planted.

    `move`: every sheet is moved down and to the right by some rows and columns, and what is expected with it.
    """
    path = clean.folder / submission.file
    planter = Planter(clean, submission, Editor(path.read_bytes()), random.Random(seed))
    FAULTS[name](planter)
    if not planter.expected:
        return None
    if planter.drop:
        return Planted(name, submission.file, tuple(planter.expected), ())
    if move:
        planter.move()
    content = planter.editor.content()
    content = planter.extra.get("bytes", lambda same: same)(content)
    target = folder / planter.extra.get("rename", submission.file)
    target.write_bytes(content)
    (source,) = read_files([target])
    sources = [source]
    if "twin" in planter.extra:
        twin = folder / planter.extra["twin"]
        twin.write_bytes(content)
        sources += read_files([twin])
    target.unlink()
    return Planted(name, submission.file, tuple(planter.expected), tuple(sources))


def harvest(clean, planted):
    """What is found in a batch whose workbooks are replaced by the planted ones."""
    replaced = {each.file for each in planted}
    sources = [each for each in clean.sources if each.file not in replaced]
    sources += [source for each in planted for source in each.sources]
    found = check_batch(sorted(sources, key=lambda each: each.file), clean.request, clean.previous).diagnostics
    return [(each.code, each.location.file, each.location.sheet, each.location.cell) for each in found], found


def rounds(clean, per_fault, folder, *, names=tuple(FAULTS), move=False):
    """Batches of planted workbooks: every fault in several communes, never two in one workbook."""
    batches = []
    for name in names:
        seed = int(hashlib.sha256(name.encode()).hexdigest()[:8], 16)
        order = list(clean.batch.submissions)
        random.Random(seed).shuffle(order)
        made = (each for number, submission in enumerate(order) if (each := plant(clean, name, submission, seed + number, folder, move=move)) is not None)
        for each in itertools.islice(made, per_fault):
            batch = next((batch for batch in batches if each.file not in batch and len(batch) < _TOGETHER), None)
            if batch is None:
                batches.append(batch := {})
            batch[each.file] = each
    for batch in batches:
        planted = list(batch.values())
        yield planted, *harvest(clean, planted)

"""The files of a project's folders, each with what it says by itself: known from before, or read and checked now. Judges no batch."""

from __future__ import annotations

import gc
import hashlib
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from mtqg_cli.core.sheet import Unreadable
from mtqg_cli.intake.read import Taken, files_of, read_taken, take
from mtqg_cli.ledger import cache
from mtqg_cli.ledger.cache import recalling
from mtqg_cli.ledger.packing import pack, unpack
from mtqg_cli.project import SETTINGS, load_project
from mtqg_cli.reference.version import build, libraries, reference
from mtqg_cli.validate.check import check_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from mtqg_cli.core.sheet import Workbook
    from mtqg_cli.core.submission import FileResult
    from mtqg_cli.project import Project
    from mtqg_cli.reference.request import Request

#: How many results are kept in one transaction.
_TOGETHER = 64
#: How many workbooks one piece of work for another process has.
_PIECE = 12
#: What reads workbooks beside the program itself: another edition of it may read them in another way.
_READERS = ("python-calamine", "lxml", "openpyxl")


@dataclass(frozen=True, slots=True)
class Asked:
    """A period's folder and what is looked for in it: all that is asked of the units, or some datasets for the sake of another period."""

    period: str
    datasets: frozenset[str] | None = None

    def request(self, project: Project) -> Request:
        """What the stages need to know for it."""
        asked = project.request(project.period(self.period))
        return asked if self.datasets is None else asked.of_another.for_reading(self.datasets)


@dataclass(frozen=True, slots=True)
class Work:
    """Some workbooks of one folder that are not known yet, for whichever process takes them; `look` is what the project was at that time."""

    project: Path
    look: str
    asked: tuple[Asked, ...]
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """What came of one workbook, as it is kept."""

    key: bytes
    content: bytes


class Reader:
    """One way of looking at files: the request and the key of everything, but the file itself, that the answer depends on."""

    def __init__(self, project: Project, asked: Asked, edition: str) -> None:
        self.asked = asked
        self.request = asked.request(project)
        self._units = (*self.request.communes, self.request.unit)
        self._key = reading_key(self.request, edition)

    def key(self, taken: Taken) -> bytes:
        """The key of a file: content, name, what is asked, what was agreed about its cells."""
        agreed = [each for each in self.request.corrections if each.file == taken.file]
        return hashlib.sha256(repr((self._key, taken.sha256, taken.file, agreed)).encode("utf-8", "surrogatepass")).digest()

    def unpack(self, content: bytes) -> FileResult | None:
        """A result as it was kept; None if it cannot be read."""
        return unpack(content, self._units, self.request.period)


def reading_key(request: Request, edition: str) -> str:
    """A hash of everything in a request that one file's result can depend on, besides corrections, which are their file's own.

    Left out are only those fields that no rule for a single file looks at: who is excused and what was accepted.
    """
    parts = (
        edition,
        (request.unit, request.parent, request.communes, request.period),
        [(form.model_dump_json(exclude={"units"}), sorted(form.units) if form.units is not None else None) for form in request.forms],
        (request.programmes, request.criteria, request.bands, request.poverty_line, request.absolute_exit),
        sorted((group, repr(period)) for group, period in request.as_of.items()),
        sorted((code, str(severity)) for code, severity in request.judgement.severities.items()),
        sorted((name, str(limit)) for name, limit in request.judgement.limits.items()),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def edition(data: str) -> str:
    """The program with what it reads by, and an edition of the reference data."""
    return f"{build()} {sys.version}|{libraries(*_READERS)} {data}"


def _look(folder: Path) -> str:
    """The edition and the settings: two equal ones mean one and the same project."""
    try:
        settings = (folder / SETTINGS).read_bytes()
    except OSError:  # which is told when it is loaded
        settings = b""
    return f"{edition(reference(folder))} {hashlib.sha256(settings).hexdigest()}"


def read_all(project: Project, asked: Iterable[Asked]) -> dict[Asked, tuple[FileResult, ...]]:
    """The results of every file that is asked about; each is opened once, and read only if what it holds is not known."""
    found: dict[Asked, list[FileResult]] = {}
    with _no_rings(), recalling(project.folder) as known:
        store = _Store(project.folder)
        for readers, paths in _folders(project, asked):
            found |= {reader.asked: [] for reader in readers}
            for path in paths:
                taken = take(path)
                for reader, result in zip(readers, _results(taken, readers, known, store), strict=True):
                    found[reader.asked].append(result)
        store.write()
    return {each: tuple(results) for each, results in found.items()}


def unread(project: Project, asked: Iterable[Asked]) -> tuple[Work, ...]:
    """The files that would have to be read, in pieces; what cannot even be opened is left out."""
    look, work = _look(project.folder), []
    with recalling(project.folder) as known:
        for readers, paths in _folders(project, asked):
            new = [path for path in paths if isinstance(taken := take(path), Taken) and any(known(reader.key(taken)) is None for reader in readers)]
            pieces = (tuple(new[start : start + _PIECE]) for start in range(0, len(new), _PIECE))
            work += [Work(project.folder, look, tuple(reader.asked for reader in readers), piece) for piece in pieces]
    return tuple(work)


def check_work(work: Work) -> tuple[Packed, ...]:
    """Reads and checks some files, in any process. The keys are of the bytes that were read: a file that has changed since is another file."""
    project = _project(work.project, work.look)
    now = edition(project.reference)
    readers = [Reader(project, asked, now) for asked in work.asked]
    store = _Store()
    with _no_rings():
        for path in work.paths:
            _results(take(path), readers, lambda _: None, store)
    return tuple(Packed(key, content) for key, content in store.new.items())


def keep(project: Path, packed: Iterable[Packed]) -> None:
    """Keeps what other processes have made of their work."""
    cache.keep(project, {each.key: each.content for each in packed})


class _Store:
    """What was read and is to be kept, written now and then; without a folder it is left to whoever asked."""

    def __init__(self, folder: Path | None = None) -> None:
        self.new: dict[bytes, bytes] = {}
        self._used: list[bytes] = []
        self._folder = folder

    def note_used(self, key: bytes) -> None:
        """Something known was of use."""
        self._used.append(key)

    def note_new(self, key: bytes, result: FileResult) -> None:
        """Something had to be read."""
        content = pack(result)
        if content is not None:
            self.new[key] = content
        if self._folder is not None and len(self.new) >= _TOGETHER:
            self.write()

    def write(self) -> None:
        """Keeps what there is."""
        if self._folder is not None:
            cache.keep(self._folder, self.new, self._used)
            self.new, self._used = {}, []


def _results(taken: Taken | Unreadable, readers: Sequence[Reader], known: Callable[[bytes], bytes | None], store: _Store) -> list[FileResult]:
    """The results of one file, for each that asks; the file is read at most once."""
    source: Workbook | Unreadable | None = None
    results = []
    for reader in readers:
        key = reader.key(taken) if isinstance(taken, Taken) else b""
        content = known(key) if key else None
        result = reader.unpack(content) if content is not None else None
        if result is not None:
            store.note_used(key)
        else:
            source = source or read_taken(taken)
            result = check_file(source, reader.request)
            if not isinstance(source, Unreadable):
                store.note_new(key, result)
        results.append(result)
    return results


def _folders(project: Project, asked: Iterable[Asked]) -> Iterator[tuple[list[Reader], tuple[Path, ...]]]:
    """The folders that are asked about with their files and all that is asked of them."""
    now = edition(project.reference)
    readers: dict[str, list[Reader]] = {}
    for each in dict.fromkeys(asked):
        readers.setdefault(each.period, []).append(Reader(project, each, now))
    for own in readers.values():
        yield own, files_of(project.data_folder(own[0].request.period))


@lru_cache(maxsize=4)
def _project(folder: Path, wanted: str) -> Project:
    """A project as it is now; another edition of it, which somebody else has seen, is another one here."""
    del wanted
    while True:
        before = _look(folder)
        project = load_project(folder)
        if _look(folder) == before:  # else somebody is just changing it
            return project


@contextmanager
def _no_rings() -> Iterator[None]:
    """Results hold no rings of objects: looking for some among them takes longer than making them, here and in every later stage.

    So they are set aside from that; what was set aside before them is looked at again.
    """
    running = gc.isenabled()
    gc.disable()
    gc.unfreeze()
    try:
        yield
    finally:
        gc.freeze()
        if running:
            gc.enable()

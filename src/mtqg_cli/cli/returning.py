"""What `mtqg validate --return` adds: faulty files written back annotated, each with a letter and a chat message; paths go to stderr."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mtqg_cli.cli import clock, console
from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.returned import ReturnedFile
from mtqg_cli.core.vietnamese import nfc

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mtqg_cli.core.diagnostic import Diagnostic
    from mtqg_cli.core.period import Period
    from mtqg_cli.core.report import Artifact
    from mtqg_cli.core.submission import FileStatus
    from mtqg_cli.project import Project
    from mtqg_cli.reference.template import Template

LETTER = "cong-van"


def prepare_returning(project: Project, period: Period, folder: Path, files: Sequence[Path] | None) -> Returning:
    """What `--return` will do, checked before anything is read: for the named files, or for all of the period. Raises MtqgError."""
    data = project.data_folder(period)
    paths = list(dict.fromkeys(files)) if files else sorted(data.iterdir()) if data.is_dir() else []
    _check_folder(project, folder, paths)
    return Returning(project, period, folder, paths, _letter(project))


def _check_folder(project: Project, folder: Path, paths: Sequence[Path]) -> None:
    """What was received is never written over: the folder is another one, and no two files have one name."""
    target = folder.resolve()
    received = (project.folder / "data").resolve()
    if received in (target, *target.parents) or target in {path.resolve().parent for path in paths}:
        message = f"Không ghi được vào {folder}: thư mục này chứa các tệp đã nhận."
        raise MtqgError(message, "Chọn thư mục khác, ví dụ --return tra-lai.", exit_code=2)
    names = Counter(nfc(path.name).casefold() for path in paths)
    twice = next((path.name for path in paths if names[nfc(path.name).casefold()] > 1), None)
    if twice is not None:
        message = f"Có hai tệp cùng tên {twice}; hai bản trả lại sẽ ghi đè lên nhau."
        raise MtqgError(message, "Chạy riêng từng tệp với thư mục --return khác nhau.", exit_code=2)


def _letter(project: Project) -> Template:
    from mtqg_cli.pipeline import check_template  # noqa: PLC0415
    from mtqg_cli.reference.template import load_templates  # noqa: PLC0415

    letter = load_templates(project.folder)[LETTER]
    if letter.kind != "letter":
        message = f"Mẫu {letter.folder} không phải là mẫu công văn."
        raise MtqgError(message, 'Thêm dòng kind = "letter" vào template.toml.', exit_code=2)
    unknown = check_template(project, letter)
    if unknown:
        lines = "\n".join(f"  {each.message}\n  → {each.hint}" for each in unknown)
        message = f"Mẫu công văn {letter.path} còn lỗi:\n{lines}"
        raise MtqgError(message, "Sửa mẫu bằng Word rồi chạy lại.", exit_code=2)
    return letter


def _concerns_the_office(each: Diagnostic) -> bool:
    """What stands in mtqg.toml, or is decided there, is no business of the commune."""
    return each.code.startswith("K") or each.code == "X404" or each.decision is not None


@dataclass(frozen=True, slots=True)
class Returning:
    """The files of one run and the folder that what goes back is written to."""

    project: Project
    period: Period
    folder: Path
    paths: Sequence[Path]
    letter: Template

    def run(self, statuses: Sequence[FileStatus], found: Sequence[Diagnostic]) -> None:
        """Writes everything and tells where."""
        from mtqg_cli.deliver import deliver  # noqa: PLC0415
        from mtqg_cli.ledger.entries import mark_returned  # noqa: PLC0415

        faulty = [each for each in self._returned(statuses, found) if each[0].faulty]
        made = [(artifact, status) for each in faulty for _, status, _ in (each,) for artifact in self._make(*each)]
        about = {artifact.name: {"period": str(self.period), "inputs": {status.file: status.sha256}} for artifact, status in made}
        delivered = deliver(self.folder, [artifact for artifact, _ in made], about)
        for path in delivered.paths:
            console.err(f"Đã ghi {path}")
        for kept in delivered.kept:
            console.err(f"Bản sửa tay được giữ ở: {kept}")
        if not faulty:
            console.err("Không có tệp nào phải trả lại.")
            return
        for note in mark_returned(self.project.folder, str(self.period), [status.sha256 for _, status, _ in faulty], clock.now()):
            console.err(note)

    def _returned(self, statuses: Sequence[FileStatus], found: Sequence[Diagnostic]) -> Iterator[tuple[ReturnedFile, FileStatus, Path]]:
        """Every file that could be read as bytes, with its findings."""
        units = {unit.code: unit for unit in (self.project.unit, *self.project.communes)}
        day = self.project.deadline(self.period)
        deadline = day if day is not None and day >= clock.now().date() else None  # nobody can keep a day that is gone
        paths = {nfc(path.name): path for path in self.paths}
        stems = Counter(Path(status.file).stem.casefold() for status in statuses)
        for status in statuses:
            if status.sha256 and status.file in paths:
                stem = Path(status.file).stem
                own = tuple(each for each in found if each.location.file == status.file and not _concerns_the_office(each))
                returned = ReturnedFile(
                    file=status.file,
                    stem=stem if stems[stem.casefold()] == 1 else status.file,
                    unit=units.get(status.unit or ""),
                    period=self.period,
                    diagnostics=own,
                    deadline=deadline,
                    own=status.unit == self.project.unit.code,
                )
                yield returned, status, paths[status.file]

    def _make(self, returned: ReturnedFile, status: FileStatus, path: Path) -> Iterator[Artifact]:
        from mtqg_cli.batch.job import frame  # noqa: PLC0415
        from mtqg_cli.intake.read import read_again  # noqa: PLC0415
        from mtqg_cli.pipeline import give_back  # noqa: PLC0415

        original = read_again(path, status.sha256) if status.readable else None
        yield from give_back(self.project.request(self.period), returned, original, frame(self.project, self.period, draft=False), self.letter)

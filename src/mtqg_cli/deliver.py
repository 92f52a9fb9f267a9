"""Finished files onto the disk: whole or not at all, never over something that a person has changed since; the manifest says what each was made of."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import time
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.fresh import fresh_file
from mtqg_cli.core.opened import opened
from mtqg_cli.core.system import HELD, answer, may_be_held, windows_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from mtqg_cli.core.report import Artifact

MANIFEST = "manifest.json"
FORMAT = 1
#: Whoever delivers into a folder holds this file of it locked; the system lets go of it when a process dies.
LOCK = ".mtqg.lock"
#: Seconds to wait for another run that delivers into the folder.
_PATIENCE = 60.0
#: What is not in its place yet. While the folder is locked, nobody else's file is called so.
_UNFINISHED, _LEFT_OVER = ".mtqg-", re.compile(r"\.mtqg-[a-z0-9_]{8}\.tmp")
#: Seconds between attempts to put a file where a scanner or an index of Windows holds the old one for a moment.
_PAUSES = (0.05, 0.2, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Delivered:
    """The files that were written, and those that had been edited by hand and were kept under another name."""

    paths: tuple[Path, ...]
    kept: tuple[Path, ...]


def deliver(folder: Path, artifacts: Iterable[Artifact], about: Mapping[str, Mapping[str, Any]]) -> Delivered:
    """Writes files and enters each in the folder's manifest, with what `about` says of it by its name.

    Raises MtqgError: then no file is half written, those before it are written and entered, and the one that failed is as it was.
    A file that is neither what the manifest says nor what is to be written was edited by hand: it is kept under a dated name first.
    """
    paths: list[Path] = []
    kept: list[Path] = []
    wanted = list(artifacts)
    with _alone(folder) if wanted else contextlib.nullcontext():
        outputs = recorded(folder)
        for artifact in wanted:
            digest = hashlib.sha256(artifact.content).hexdigest()
            figures = {"figures": artifact.figures} if artifact.figures else {}
            old = outputs.get(artifact.name, {}).get("sha256")
            outputs[artifact.name] = {"sha256": digest, **about[artifact.name], **figures}
            kept += _put(folder, artifact, old, _manifest(outputs))
            paths.append(folder / artifact.name)
    return Delivered(tuple(paths), tuple(kept))


def recorded(folder: Path) -> dict[str, dict[str, Any]]:
    """What the manifest of a folder says of each file; nothing if there is none that can be read: then every file counts as edited."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    outputs = found.get("outputs") if isinstance(found, dict) else None
    if not isinstance(outputs, dict) or not all(isinstance(entry, dict) for entry in outputs.values()):
        return {}
    return outputs


def write(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Writes one file, whole or piece by piece: made beside its place and swapped in, so that a reader sees the old one or the new one. Raises MtqgError."""
    with _staged(path, (content,) if isinstance(content, bytes) else content, f".{path.stem[:40]}-") as made:
        _swap(made, path)


def _manifest(outputs: Mapping[str, Mapping[str, Any]]) -> bytes:
    return json.dumps({"format": FORMAT, "outputs": dict(sorted(outputs.items()))}, ensure_ascii=False, indent=1).encode()


def _put(folder: Path, artifact: Artifact, known: object, manifest: bytes) -> list[Path]:
    """One file and the manifest that knows it: both are on the disk before the first takes its place, so that a full disk changes nothing."""
    path, listed = folder / artifact.name, folder / MANIFEST
    there = _read(path)
    with _staged(path, (artifact.content,), _UNFINISHED) as made, _staged(listed, (manifest,), _UNFINISHED) as list_made:
        if there == artifact.content:
            _swap(list_made, listed)
            return []
        edited = there is not None and hashlib.sha256(there).hexdigest() != known
        aside = _keep(path) if edited else _linked(path, made) if there is not None else None
        try:
            _swap(made, path)
            _swap(list_made, listed)
        except MtqgError:
            _undo(path, aside, new=there is None and not made.exists())
            raise
        if aside is not None and not edited:
            _remove(aside)
        return [aside] if edited and aside is not None else []


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else delivers into the folder meanwhile. Where there can be no lock, the folder itself will say so when it is written to."""
    from filelock import FileLock, Timeout  # noqa: PLC0415

    lock = FileLock(folder / LOCK)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=_PATIENCE)
    except Timeout:
        message = f"Một lần chạy khác đang ghi vào thư mục {folder}."
        raise MtqgError(message, "Chờ lần chạy đó xong rồi chạy lại.") from None
    except (OSError, NotImplementedError):
        yield
        return
    try:
        _sweep(folder)
        yield
    finally:
        _remove(folder / LOCK)  # while it is held: who waits for it sees that it is gone, and begins again
        lock.release()


def _sweep(folder: Path) -> None:
    """Takes away what a run that was killed had not put in its place."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if _LEFT_OVER.fullmatch(path.name) and path.is_file():
                _remove(path)


@contextlib.contextmanager
def _staged(path: Path, content: Iterable[bytes], prefix: str) -> Iterator[Path]:
    """The content of a file, safe on the disk beside its place; taken away again unless it was swapped in."""
    made: Path | None = None
    try:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, made = fresh_file(path.parent, prefix, ".tmp")
            with os.fdopen(descriptor, "wb") as file:
                file.writelines(content)
                file.flush()
                os.fsync(file.fileno())
            made.chmod(0o644)
        except OSError as error:
            raise _failure(path, error) from None
        yield made
    finally:
        if made is not None:
            _remove(made)


def _swap(made: Path, path: Path) -> None:
    """Puts a finished file in its place; what Windows holds for a moment only is tried again."""
    for pause in (*_PAUSES, None):
        try:
            made.replace(path)
        except OSError as error:
            if pause is None or windows_number(error) not in HELD or opened(path) is not None:
                raise _failure(path, error) from None
            time.sleep(pause)
        else:
            return


def _failure(path: Path, error: OSError) -> MtqgError:
    holder = opened(path) if may_be_held(error) else None
    if holder is not None:
        return MtqgError(f"Không ghi được tệp {path}: tệp {holder.words}.", "Đóng tệp đó, hoặc chọn thư mục khác, rồi chạy lại.")
    if may_be_held(error):
        message = f"Không ghi được tệp {path}: tệp đang mở trong Word, Excel, hoặc thư mục chỉ cho đọc."
        return MtqgError(message, "Đóng tệp, hoặc chọn thư mục khác, rồi chạy lại.")
    message = f"Không ghi được tệp {path}: {answer(error, 'ghi')}."
    return MtqgError(message, "Kiểm tra dung lượng đĩa và quyền ghi, rồi chạy lại.")


def _read(path: Path) -> bytes | None:
    """What lies where a file is to go; None for nothing. Raises MtqgError: what cannot be read cannot be told from a file edited by hand."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise _failure(path, error) from None


def _keep(path: Path) -> Path:
    """Moves a file that was edited aside: report.docx → report (bản sửa tay 2024-06-25 143000).docx."""
    try:
        stamp = _day_of(path)
        kept = path.with_name(f"{path.stem} (bản sửa tay {stamp}){path.suffix}")
        count = 1
        while kept.exists():
            count += 1
            kept = path.with_name(f"{path.stem} (bản sửa tay {stamp} - {count}){path.suffix}")
        path.rename(kept)
    except OSError as error:
        holder = opened(path)
        why = f"tệp {holder.words}" if holder is not None else answer(error, "ghi")
        message = f"Tệp {path} đã được sửa tay nhưng không giữ lại được: {why}."
        raise MtqgError(message, "Đóng tệp nếu đang mở, chép bản sửa tay sang nơi khác rồi chạy lại.") from None
    return kept


def _day_of(path: Path) -> str:
    """When a file was last saved, as a part of a name; disks hold days that no calendar has."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).strftime("%Y-%m-%d %H%M%S")  # noqa: DTZ006 - a local time in a name
    except (OverflowError, ValueError):
        return "không rõ ngày"


def _linked(path: Path, made: Path) -> Path | None:
    """A second name for a file that is about to be replaced, to bring it back by; None where the disk gives no second names."""
    second = made.with_name(f"{_UNFINISHED}{hashlib.sha256(made.name.encode()).hexdigest()[:8]}.tmp")
    try:
        second.hardlink_to(path)
    except (OSError, NotImplementedError):
        return None
    return second


def _undo(path: Path, aside: Path | None, *, new: bool) -> None:
    """Brings back what was in the place of a file that could not be replaced and entered; a file where none was goes away again."""
    if aside is not None:
        with contextlib.suppress(OSError):
            aside.replace(path)  # which does nothing where both are still names of one file
            _remove(aside)
    elif new:
        _remove(path)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)

"""Finished files onto the disk: whole or not at all, never over something that a person has changed since."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mtqg_cli.core.errors import MtqgError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mtqg_cli.core.report import Artifact

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Delivered:
    """The files that were written, and those that had been edited by hand and were kept under another name."""

    paths: tuple[Path, ...]
    kept: tuple[Path, ...]


def deliver(folder: Path, artifacts: Iterable[Artifact], about: Mapping[str, Any]) -> Delivered:
    """Writes files and enters each in the folder's manifest. Raises MtqgError: then no file is half written, and those before it are known.

    A file that differs from what the manifest says was edited by hand: it is kept under a dated name first.
    """
    outputs = _read_outputs(folder / MANIFEST)
    paths: list[Path] = []
    kept: list[Path] = []
    for artifact in artifacts:
        path = folder / artifact.name
        kept += _keep_edited(path, outputs.get(artifact.name, {}).get("sha256"))
        write(path, artifact.content)
        outputs[artifact.name] = {"sha256": hashlib.sha256(artifact.content).hexdigest(), **about}
        # at once: a file that the manifest does not know would be taken for one edited by hand
        write(folder / MANIFEST, json.dumps({"outputs": dict(sorted(outputs.items()))}, ensure_ascii=False, indent=1).encode())
        paths.append(path)
    return Delivered(tuple(paths), tuple(kept))


def write(path: Path, content: bytes) -> None:
    """Writes one file: made beside its place and swapped in, so that a reader sees the old one or the new one. Raises MtqgError."""
    handle = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{path.stem[:40]}-", suffix=".tmp", dir=path.parent)
        handle = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        handle.chmod(0o644)
        handle.replace(path)
    except PermissionError:
        message = f"Không ghi được tệp {path}: tệp đang mở trong Word, Excel, hoặc thư mục chỉ cho đọc."
        raise MtqgError(message, "Đóng tệp, hoặc chọn thư mục khác, rồi chạy lại.") from None
    except OSError as error:
        message = f"Không ghi được tệp {path}: {error.strerror or error}."
        raise MtqgError(message, "Kiểm tra dung lượng đĩa và quyền ghi, rồi chạy lại.") from None
    finally:
        if handle is not None:
            with contextlib.suppress(OSError):
                handle.unlink(missing_ok=True)


def _read_outputs(path: Path) -> dict[str, dict[str, Any]]:
    """What the manifest says of each file; nothing if there is none that can be read: then every file counts as edited."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    outputs = found.get("outputs") if isinstance(found, dict) else None
    if not isinstance(outputs, dict) or not all(isinstance(entry, dict) for entry in outputs.values()):
        return {}
    return outputs


def _keep_edited(path: Path, digest: object) -> list[Path]:
    """Moves a file aside that is not what was delivered: report.docx → report (sửa tay 2024-06-25 1430).docx."""
    try:
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() == digest:
            return []
        stamp = datetime.fromtimestamp(path.stat().st_mtime).strftime("%Y-%m-%d %H%M%S")  # noqa: DTZ006 - a local time in a name
        kept = path.with_name(f"{path.stem} (bản sửa tay {stamp}){path.suffix}")
        count = 1
        while kept.exists():
            count += 1
            kept = path.with_name(f"{path.stem} (bản sửa tay {stamp} - {count}){path.suffix}")
        path.rename(kept)
    except OSError as error:
        message = f"Tệp {path} đã được sửa tay nhưng không giữ lại được: {error.strerror or error}."
        raise MtqgError(message, "Đóng tệp nếu đang mở, chép bản sửa tay sang nơi khác rồi chạy lại.") from None
    return [kept]

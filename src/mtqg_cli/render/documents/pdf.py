"""Filled Word documents as PDF, made by LibreOffice where it is installed. It alone starts another program, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.report import Artifact
from mtqg_cli.core.system import answer

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Names the program where it stands in none of the usual places.
SETTING = "MTQG_SOFFICE"
_USUAL = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_SECONDS = 60
_SECONDS_EACH = 60
_OTHERWISE = "Lập dạng docx hoặc html (--format docx, --format html), mở trong Word hoặc trình duyệt rồi chọn In, Lưu thành PDF."
#: What LibreOffice takes from the clock, each as long as what is put in its place.
_DATES = re.compile(rb"(?<=Date\(D:)\d{14}|(?<=Date>)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_IDS = re.compile(rb"/ID \[ <[0-9A-F]{32}>\s<[0-9A-F]{32}> \]\s/DocChecksum /[0-9A-F]{32}")
_HEX = re.compile(rb"[0-9A-F]{32}")
_DATE = b"20000101000000"
_LONG_DATE = b"2000-01-01T00:00:00"


def convert(documents: Sequence[Artifact]) -> tuple[Artifact, ...]:
    """The PDF of each filled document under the same name with .pdf; the program is started once. Raises MtqgError."""
    program = find()
    with tempfile.TemporaryDirectory(prefix="mtqg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        sources = []
        for number, each in enumerate(documents):
            sources.append(folder / f"{number}.docx")
            sources[-1].write_bytes(each.content)
        _run(program, folder, sources)
        return tuple(
            Artifact(f"{Path(each.name).stem}.pdf", settled(_read(source.with_suffix(".pdf"), each.name), each.content))
            for each, source in zip(documents, sources, strict=True)
        )


def find() -> Path:
    """The program. Raises MtqgError where there is none."""
    told = os.environ.get(SETTING)
    if told:
        if not Path(told).is_file():
            message = f"Biến môi trường {SETTING} chỉ tới tệp không có: {told}."
            raise MtqgError(message, "Sửa biến môi trường, hoặc bỏ nó nếu LibreOffice cài ở chỗ thường dùng.")
        return Path(told)
    found = shutil.which("soffice") or shutil.which("libreoffice") or next((each for each in _USUAL if Path(each).is_file()), None)
    if found is None:
        message = "Chưa lập được tệp PDF: máy này không có LibreOffice."
        raise MtqgError(message, f"{_OTHERWISE} Hoặc cài LibreOffice (libreoffice.org) rồi chạy lại.")
    return Path(found)


def settled(content: bytes, source: bytes) -> bytes:
    """The PDF without the day and the random ids of its making: the same document gives the same bytes."""
    digest = hashlib.sha256(source).hexdigest()[:32].upper().encode()
    dated = _DATES.sub(lambda match: _LONG_DATE if b"-" in match[0] else _DATE, content)
    return _IDS.sub(lambda match: _HEX.sub(digest, match[0]), dated)


def _run(program: Path, folder: Path, sources: Sequence[Path]) -> None:
    """One run with a profile of its own, so that an office that is open does not matter."""
    command = [
        str(program),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        "pdf:writer_pdf_Export",
        "--outdir",
        str(folder),
        *map(str, sources),
    ]
    process = _start(command, folder)
    limit = _SECONDS + _SECONDS_EACH * len(sources)
    try:
        process.wait(limit)
    except subprocess.TimeoutExpired:
        message = f"LibreOffice không lập xong tệp PDF sau {limit} giây nên đã bị dừng."
        raise MtqgError(message, f"Chạy lại khi máy rảnh hơn. {_OTHERWISE}") from None
    finally:
        _stop(process)


def _start(command: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
    """The program without a window, at the head of a group that can be ended as one."""
    apart: dict[str, Any] = {"start_new_session": True}
    # the time of making is written with its zone, which has no fixed length: the same document gives the same bytes in all of them
    surroundings = {**os.environ, "TZ": "UTC"}
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.CREATE_NO_WINDOW}
    try:
        return subprocess.Popen(  # noqa: S603 - no shell; the program is the user's own LibreOffice, the paths are ours
            command, cwd=folder, env=surroundings, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **apart
        )
    except OSError as error:
        message = f"Không chạy được LibreOffice ({command[0]}): {answer(error)}."
        raise MtqgError(message, _OTHERWISE) from None


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ends the program and what it has started."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)  # noqa: S603, S607 - Windows' own
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _read(path: Path, name: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError:
        content = b""
    if not content.startswith(b"%PDF-"):
        message = f"LibreOffice không lập được tệp PDF từ {name}."
        raise MtqgError(message, _OTHERWISE)
    return content

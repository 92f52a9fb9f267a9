"""The entry with which a scheduler runs a batch every day: for Windows, cron or systemd, with every path whole and quoted as that scheduler wants it."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.vietnamese import slug

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

#: When it runs: before the office opens. The guide says where to change it.
_HOUR = 5
#: What cron takes in one line; the rest would be cut off in silence.
_CRON_LINE = 998

_WINDOWS = """<?xml version="1.0"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>{about}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2025-01-01T{hour:02}:00:00</StartBoundary>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT20H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{command}</Command>
      <Arguments>{arguments}</Arguments>
      <WorkingDirectory>{folder}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>"""

_SYSTEMD = """# ~/.config/systemd/user/{name}.service
[Unit]
Description={about}

[Service]
Type=oneshot
WorkingDirectory={folder}
ExecStart={command}

# ~/.config/systemd/user/{name}.timer
[Unit]
Description={about}

[Timer]
OnCalendar=*-*-* {hour:02}:00:00
Persistent=true

[Install]
WantedBy=timers.target"""


def task_of(scheduler: str, jobs: Path, log: Path | None, more: Sequence[str]) -> str:
    """The entry; `more` is what else the call is to say. Raises MtqgError for a path that no entry can hold."""
    beside = (log if log is not None else jobs.with_suffix(".jsonl")).resolve()
    words = [sys.executable, "-m", "mtqg_cli.cli", "batch", str(jobs), "--only-changed", "--log", str(beside), *more]
    unfit = next((each for each in words if re.search(r"[\x00-\x1f\x7f]", each)), None)
    if unfit is not None:
        message = f"Đường dẫn {unfit!r} có ký tự điều khiển, không đặt lịch được."
        raise MtqgError(message, "Đổi tên thư mục hoặc tệp.", exit_code=2)
    return {"windows": _windows, "cron": _cron, "systemd": _systemd}[scheduler](words, jobs)


def _windows(words: list[str], jobs: Path) -> str:
    """The task as XML, in plain ASCII: whatever the console, the redirection or the editor make of its encoding, it stays the same."""
    return _WINDOWS.format(
        about=_ascii(_about(jobs)), hour=_HOUR, command=_ascii(words[0]), arguments=_ascii(subprocess.list2cmdline(words[1:])), folder=_ascii(str(jobs.parent))
    )


def _ascii(text: str) -> str:
    return escape(text).encode("ascii", "xmlcharrefreplace").decode("ascii")


def _cron(words: list[str], jobs: Path) -> str:
    """One line. cron takes % for a line break, has no PATH worth the name, and sends what is printed by mail: it goes into a file instead."""
    told = jobs.with_suffix(".ket-qua.txt")
    command = f"cd {shlex.quote(str(jobs.parent))} && {shlex.join(words)} > {shlex.quote(str(told))} 2>&1"
    line = f"0 {_HOUR} * * * " + command.replace("%", r"\%")
    if len(line.encode()) > _CRON_LINE:
        message = f"Dòng lệnh dài quá {_CRON_LINE} byte, cron sẽ cắt bớt."
        raise MtqgError(message, "Chuyển tệp danh sách việc đến thư mục có đường dẫn ngắn hơn, hoặc dùng --print-task systemd.", exit_code=2)
    return line


def _systemd(words: list[str], jobs: Path) -> str:
    """A service and the timer that starts it, for the user's own systemd."""
    return _SYSTEMD.format(
        name=f"mtqg-{slug(jobs.stem)[:60].strip('-') or 'viec'}",
        about=_about(jobs).replace("%", "%%"),
        hour=_HOUR,
        folder=str(jobs.parent).replace("%", "%%"),
        command=" ".join([_unit_word(words[0]), *(_unit_word(each).replace("$", "$$") for each in words[1:])]),
    )


def _unit_word(text: str) -> str:
    """A word of ExecStart: quoted, with %% for a percent sign."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _about(jobs: Path) -> str:
    return f"mtqg: lập báo cáo theo danh sách {jobs.name}"

"""The national month validated and reported for 33, 332 and 3,321 communes, then merged: how fast, how much memory, how the cost grows.

python benchmarks/national_month.py FOLDER [--jobs 2] [--sizes 33 332 3321] makes what is not there yet and prints a table.
Cold is without anything that mtqg keeps (.mtqg, out); warm is the same once more: facts come from the cache, every report is made again.
The cost grows no faster than the work if a commune among thousands costs what a commune among hundreds does: start-up is the same for all.
Memory is that of the largest process, its high-water mark looked up every tenth of a second.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from national import PARTS, PERIOD, make_nation

MTQG = [sys.executable, "-m", "mtqg_cli.cli"]
#: As after installation: modules are compiled once, in a first call that is not measured.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_PAUSE = 0.1


@dataclass(frozen=True)
class Run:
    """How long a run took, the user and system time of all its processes, the most memory that one of them had."""

    seconds: float
    busy: float
    peak: float


def family(root: int) -> set[int]:
    """A process and all below it."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError, ValueError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
    found = {root}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def high_water(process: int) -> float:
    """The most memory that a process has had so far, in MB."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0


def measured(commands: list[list[str]]) -> Run:
    """The commands one after the other; 0 and 1 are answers."""
    peak, start, before = 0.0, time.perf_counter(), os.times()
    for command in commands:
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ENVIRONMENT) as running:
            while running.poll() is None:
                peak = max(peak, *(high_water(each) for each in family(running.pid)))
                with contextlib.suppress(subprocess.TimeoutExpired):
                    running.wait(_PAUSE)
            if running.returncode not in (0, 1):
                raise SystemExit(running.stderr.read().decode()[-2000:] if running.stderr else command)
    after = os.times()
    return Run(time.perf_counter() - start, after.children_user + after.children_system - before.children_user - before.children_system, peak)


def has_batch() -> bool:
    """Whether this edition knows `mtqg batch`."""
    return subprocess.run([*MTQG, "batch", "--help"], capture_output=True, env=ENVIRONMENT, check=False).returncode == 0


def month(folder: Path, jobs: int) -> list[list[str]]:
    """The commands of a month: one batch, or province by province."""
    if has_batch():
        return [[*MTQG, "batch", str(folder / "JOBS.toml"), "--jobs", str(jobs)]]
    made = []
    for project in projects(folder):
        about = ["--project", str(project), "--period", PERIOD]
        made.append([*MTQG, "validate", *about])
        made.append([*MTQG, "report", *about, "--format", "docx"])
        made.append([*MTQG, "summary", *about, "--format", "json", "--brief", "--out", str(project / "out" / PERIOD / "so-lieu.json")])
    return made


def projects(folder: Path) -> list[Path]:
    """The provinces' folders."""
    return sorted(path.parent for path in folder.glob("*/mtqg.toml"))


def forget(folder: Path) -> None:
    """Everything that mtqg made or kept."""
    for project in projects(folder):
        for name in ("out", ".mtqg"):
            shutil.rmtree(project / name, ignore_errors=True)


def main() -> None:
    """Makes, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--sizes", type=int, nargs="+", choices=tuple(PARTS), default=list(PARTS))
    wanted = parser.parse_args()
    print(
        f"{'communes':>8} {'cold s':>8} {'books/s':>8} {'ms each':>8} {'busy ms':>8} {'warm s':>8} {'ms each':>8} {'peak MB':>8} {'merge s':>8} {'peak MB':>8}"
    )
    measurements: list[tuple[int, Run]] = []
    for size in wanted.sizes:
        folder = wanted.folder / str(size)
        if not (folder / "JOBS.toml").is_file():
            make_nation(folder, size, workers=wanted.jobs)
        forget(folder)
        commands = month(folder, wanted.jobs)
        cold, warm = measured(commands), measured(commands)
        handed_in = [str(path) for path in sorted(folder.glob(f"*/out/{PERIOD}/so-lieu.json"))]
        if len(handed_in) != len(projects(folder)):
            message = f"{len(handed_in)} of {len(projects(folder))} provinces have handed in"
            raise SystemExit(message)
        merged = measured([[*MTQG, "merge", *handed_in, "--format", "json", "--out", str(folder / "gop.json")]])
        numbers = (cold.seconds, size / cold.seconds, 1000 * cold.seconds / size, 1000 * cold.busy / size, warm.seconds, 1000 * warm.seconds / size)
        peaks = (max(cold.peak, warm.peak), merged.seconds, merged.peak)
        print(f"{size:>8} " + " ".join(f"{each:8.1f}" for each in (*numbers, *peaks)), flush=True)
        measurements.append((size, cold))
    for (fewer, small), (more, large) in pairwise(measurements):
        alone = 1000 * (large.seconds - small.seconds) / (more - fewer), 1000 * (large.busy - small.busy) / (more - fewer)
        print(f"each commune more from {fewer} to {more}: {alone[0]:.1f} ms, busy {alone[1]:.1f} ms")


if __name__ == "__main__":
    main()

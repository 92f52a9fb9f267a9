"""Runs of mtqg killed at random moments, and what is left after each: nothing received is changed, nothing half written, nothing known is lost.

python benchmarks/kills.py [KILLS] [SEED] prints a table of what was killed when; it ends with 1 as soon as anything is wrong.
Each round a run of a random command is started on three projects, some of whose communes have sent a workbook again, and killed without
warning: the whole group of processes, or only the first of them, whose workers must then end by themselves.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from mtqg_cli.deliver import MANIFEST
from mtqg_cli.ledger.store import FOLDER, NAME

ROOT = Path(__file__).resolve().parent.parent
MTQG = [sys.executable, "-m", "mtqg_cli.cli"]
PROJECTS = ("dam-ha", "binh-lieu", "bach-thong")
PERIODS = {"dam-ha": "6m2024", "binh-lieu": "9m2021", "bach-thong": "2022"}
JOBS = """[defaults]
templates = ["so-ket", "tin-bai"]
formats = ["docx", "md"]
"""
#: How long a worker may live on after its parent, in seconds.
_PATIENCE = 15.0


@dataclass
class Place:
    """The folder of a trial: the projects, two editions of every workbook that is sent again, what each output may be."""

    folder: Path
    chance: random.Random
    editions: dict[Path, tuple[bytes, bytes]] = field(default_factory=dict)
    valid: dict[str, set[str]] = field(default_factory=dict)
    receipts: dict[str, set[tuple[object, ...]]] = field(default_factory=dict)
    longest: dict[str, float] = field(default_factory=dict)

    def projects(self) -> list[Path]:
        """The project folders."""
        return [self.folder / name for name in PROJECTS]

    def commands(self) -> dict[str, list[str]]:
        """What may be killed, by the name in the table."""
        jobs = str(self.folder / "JOBS.toml")
        one = ["--project", str(self.folder / "dam-ha"), "--period", PERIODS["dam-ha"]]
        return {
            "batch --jobs 1": [*MTQG, "batch", jobs, "--jobs", "1"],
            "batch --jobs 2": [*MTQG, "batch", jobs, "--jobs", "2"],
            "batch --only-changed": [*MTQG, "batch", jobs, "--jobs", "2", "--only-changed"],
            "report": [*MTQG, "report", *one, "--template", "so-ket", "--template", "tin-bai", "--format", "docx", "--format", "md"],
            "validate": [*MTQG, "validate", *one],
            "status": [*MTQG, "status", *one],
        }


def sha(content: bytes) -> str:
    """The hash of some bytes."""
    return hashlib.sha256(content).hexdigest()


def prepare(folder: Path, seed: int) -> Place:
    """Three projects, the file of jobs, a second edition of some workbooks, and all outputs that undisturbed runs make of both."""
    place = Place(folder, random.Random(seed))  # noqa: S311 - a trial, repeatable on purpose
    lines = [JOBS]
    for name in PROJECTS:
        shutil.copytree(ROOT / "sample_data" / name, folder / name, ignore=shutil.ignore_patterns("out", FOLDER, "~$*"))
        lines.append(f'[[job]]\nproject = "{name}"\nperiod = "{PERIODS[name]}"\n')
        workbooks = sorted((folder / name / "data" / PERIODS[name]).glob("*.xlsx"))
        for path in place.chance.sample(workbooks, 2):
            place.editions[path] = (path.read_bytes(), again(path.read_bytes()))
    (folder / "JOBS.toml").write_text("\n".join(lines), encoding="utf-8")
    for edition in (1, 0):
        for path, contents in place.editions.items():
            path.write_bytes(contents[edition])
        for name, command in place.commands().items():
            start = time.perf_counter()
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            place.longest[name] = max(place.longest.get(name, 0.0), time.perf_counter() - start)
            if done.returncode:
                message = f"{name}: {done.stdout}{done.stderr}"
                raise SystemExit(message)
        for path in outputs(place):
            place.valid.setdefault(relative(place, path), set()).add(sha(path.read_bytes()))
    if any(len(found) < 1 for found in place.valid.values()) or not place.valid:
        raise SystemExit("nothing was made")
    for project in place.projects():
        place.receipts[project.name] = receipts(project)
    return place


def again(content: bytes) -> bytes:
    """The same workbook, saved once more: another file to the ledger, the same figures to the report."""
    import io  # noqa: PLC0415
    import zipfile  # noqa: PLC0415

    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, (2024, 6, 20, 8, 0, 0)), old.read(entry), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def outputs(place: Place) -> list[Path]:
    """All files that were made, leftovers of killed runs not counted."""
    found = [path for project in place.projects() for path in (project / "out").rglob("*") if path.is_file()]
    return [path for path in found if path.name != MANIFEST and not path.name.endswith((".tmp", ".lock"))]


def relative(place: Place, path: Path) -> str:
    """The name of a file within the trial."""
    return path.relative_to(place.folder).as_posix()


def receipts(project: Path) -> set[tuple[object, ...]]:
    """What the ledger knows of what came when; it must be whole."""
    path = project / FOLDER / NAME
    if not path.exists():
        return set()
    with closing(sqlite3.connect(path)) as ledger:
        (state,) = ledger.execute("PRAGMA integrity_check").fetchone()
        if state != "ok":
            message = f"{path}: {state}"
            raise SystemExit(message)
        return set(ledger.execute("SELECT sequence, period, unit, sha256, first_seen FROM receipt"))


def strike(place: Place, name: str) -> tuple[float, bool]:
    """Starts a command and kills it at a random moment: when, and whether it was still at work."""
    alone = place.chance.random() < 0.5  # noqa: PLR2004 - every second time
    moment = place.chance.uniform(0.0, place.longest[name] * 1.1)
    with (place.folder / "said.txt").open("wb") as said:
        running = subprocess.Popen(place.commands()[name], stdout=said, stderr=said, start_new_session=True)
        time.sleep(moment)
        at_work = running.poll() is None
        if alone:
            running.kill()
        else:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    deadline = time.monotonic() + _PATIENCE
    while group_lives(running.pid):
        if time.monotonic() > deadline:
            message = f"{name}: workers live on after their parent was killed"
            raise SystemExit(message)
        time.sleep(0.05)
    return moment, at_work


def group_lives(group: int) -> bool:
    """Whether any process of a group is left, zombies not counted."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            return True
    return False


def inspect(place: Place, before: dict[Path, str]) -> list[str]:
    """What is wrong after a kill."""
    wrong = [f"{relative(place, path)} was changed" for path, digest in before.items() if not path.exists() or sha(path.read_bytes()) != digest]
    for path in outputs(place):
        allowed = place.valid.get(relative(place, path))
        if allowed is None:
            wrong.append(f"{relative(place, path)}: nobody asked for it")
        elif sha(path.read_bytes()) not in allowed:
            wrong.append(f"{relative(place, path)} is none of the reports that could be made")
    for project in place.projects():
        for manifest in (project / "out").rglob(MANIFEST):
            try:
                entries = json.loads(manifest.read_text(encoding="utf-8"))["outputs"]
            except (ValueError, KeyError) as error:
                wrong.append(f"{relative(place, manifest)}: {error}")
                continue
            wrong += [f"{relative(place, manifest)} names {each}, which is not there" for each in entries if not (manifest.parent / each).exists()]
        lost = place.receipts[project.name] - receipts(project)
        wrong += [f"{project.name}: the ledger has lost {each}" for each in lost]
        place.receipts[project.name] = receipts(project)
    return wrong


def received(place: Place) -> dict[Path, str]:
    """Every file that somebody else wrote, with its hash."""
    found = [path for project in place.projects() for path in project.rglob("*") if path.is_file()]
    return {path: sha(path.read_bytes()) for path in found if not {"out", FOLDER} & set(path.parts)}


def finish(place: Place) -> list[str]:
    """After the last kill: one run to its end makes what an undisturbed one makes, and leaves nothing else behind."""
    done = subprocess.run(place.commands()["batch --jobs 2"], capture_output=True, text=True, check=False)
    wrong = [f"the last run ended with {done.returncode}: {done.stdout}{done.stderr}"] if done.returncode else []
    wrong += inspect(place, received(place))
    made = {relative(place, path) for path in outputs(place)}
    wrong += [f"{name} is missing" for name in place.valid.keys() - made]
    left = [path for project in place.projects() for path in project.rglob("*.tmp")]
    wrong += [f"{relative(place, path)} was left behind" for path in left]
    return wrong


def main(kills: int, seed: int) -> int:
    """Kills as often as asked for, runs that had ended before their moment came not counted; gives the number of things that are wrong."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        place = prepare(Path(name), seed)
        killed, ended = Counter[str](), Counter[str]()
        while killed.total() < kills:
            for path, contents in place.editions.items():
                path.write_bytes(place.chance.choice(contents))
            if place.chance.random() < 0.2:  # noqa: PLR2004 - now and then everything is to be made anew
                shutil.rmtree(place.chance.choice(place.projects()) / "out", ignore_errors=True)
            before = received(place)
            command = place.chance.choice(list(place.commands()))
            moment, alive = strike(place, command)
            (killed if alive else ended)[command] += 1
            wrong = inspect(place, before)
            if wrong:
                print(f"kill {killed.total()} (seed {seed}), {command} after {moment:.2f} s:", *wrong, sep="\n  ")
                return len(wrong)
        wrong = finish(place)
        for command in place.commands():
            print(f"{command:<22} killed {killed[command]:>4} times, ended before its moment {ended[command]:>4} times")
        print(f"{kills} kills, seed {seed}:", "nothing lost" if not wrong else "\n  ".join(["", *wrong]))
        return len(wrong)


if __name__ == "__main__":
    sys.exit(1 if main(int((*sys.argv[1:], 200)[0]), int((*sys.argv[2:], 1)[0])) else 0)

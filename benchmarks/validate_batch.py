"""The same 100 workbooks checked by `mtqg validate`, by frictionless, by an openpyxl + pandera script, and only read by calamine.

python benchmarks/validate_batch.py PYTHON [ROUNDS]: PYTHON is that of an environment with frictionless and pandera (see README.md).
The rounds alternate, so that a noisy machine is noisy for all; what is compared is the best of the rounds.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from mtqg_cli.forms.workbook import make_workbook
from mtqg_cli.project import load_project
from mtqg_cli.reference.unit import workbook_names

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT / "sample_data"))

from make import read_spec, values_of  # noqa: E402

SPEC = ROOT / "sample_data" / "specs" / "dam-ha" / "6m2024"
PERIOD = "6m2024"
COMMUNES = 100
FAULTY = 10
SETTINGS = """[unit]
name = "Tỉnh Tuyên Quang"
date = 2025-07-01

[reporting]
cutoff = { "6m2024" = 2024-06-20 }

[programmes]
use = ["ntm-2021-2025", "gnbv-2021-2025", "dtts-2021-2030"]
criteria = ["xa-ntm-2021-2025"]
poverty_line = "tinh"
poverty_line_basis = "Nghị quyết của HĐND tỉnh"
"""
#: As after installation: modules are compiled once, in the first round.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
MTQG = [sys.executable, "-m", "mtqg_cli.cli"]
CALAMINE = """
import sys
from python_calamine import CalamineWorkbook
for path in sys.argv[1:]:
    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
"""
#: An input cell of the first village: a number becomes words, or a number that the row's sum does not bear.
_CELL = re.compile(rb'<c r="C10" s="(\d+)"><v>[0-9]+</v></c>')


def make_project(folder: Path) -> list[Path]:
    """A province of 100 communes, each with what one of the sample's communes reported; every tenth workbook has two faults."""
    (folder / "mtqg.toml").write_text(SETTINGS, encoding="utf-8")
    project = load_project(folder)
    period = project.period(PERIOD)
    request = project.request(period)
    specs = {form.id: read_spec(SPEC / f"{form.id.split('.')[0]}.csv") for form in request.forms}
    donors = next(sorted({row["unit"] for row in rows}) for form, rows in specs.items() if form.startswith("tieu-chi-ntm"))
    names = workbook_names(project.unit, project.communes)
    data = project.data_folder(period)
    data.mkdir(parents=True)
    programmes = [request.book.programmes[key] for key in request.programmes]
    made = []
    for number, unit in enumerate([each for each in project.communes if each.kind == "Xã"][:COMMUNES]):
        forms = request.forms_for(unit)
        donor = donors[number % len(donors)]
        values = {}
        for form in forms:
            rows = [{field: text for field, text in row.items() if field != "unit"} for row in specs[form.id] if row["unit"] == donor]
            if rows:
                values[form.id] = values_of(form, rows)
        path = data / names[unit.code]
        path.write_bytes(make_workbook(forms, unit, period, filename=path.name, values=values, programmes=programmes).content)
        if number % FAULTY == 0:
            spoil(path)
        made.append(path)
    return made


def spoil(path: Path) -> None:
    """Words for a number on one sheet, another number on the next."""
    with zipfile.ZipFile(path) as source:
        parts = {item.filename: source.read(item) for item in source.infolist()}
    faults = iter((rb'<c r="C10" s="\1" t="inlineStr"><is><t>nhieu</t></is></c>', rb'<c r="C10" s="\1"><v>999</v></c>'))
    for name, content in parts.items():
        if name.startswith("xl/worksheets/sheet") and _CELL.search(content):
            fault = next(faults, None)
            if fault is not None:
                parts[name] = _CELL.sub(fault, content, count=1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)


def run(command: list[str]) -> tuple[float, str]:
    """How long a command takes, start-up included, and what it says."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=ENVIRONMENT)
    taken = time.perf_counter() - start
    if done.returncode not in (0, 1) or "Traceback" in done.stderr:
        raise SystemExit(done.stderr)
    return taken, done.stdout


def main(python: str, rounds: int) -> None:
    """Makes the workbooks, runs everything in turn, prints the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [str(path) for path in make_project(folder)]
        _, listing = run([*MTQG, "list", "forms", "--project", name, "--format", "json"])
        forms = folder / "forms.json"
        forms.write_text(listing, encoding="utf-8")
        validate = [*MTQG, "validate", "--project", name, "--period", PERIOD]
        peers = {peer: [python, str(HERE / f"validate_{peer}.py"), str(forms)] for peer in ("frictionless", "pandera")}
        commands = {
            "mtqg validate": validate,
            "mtqg start-up": [*validate, files[1]],
            **{peer: [*command, *files] for peer, command in peers.items()},
            **{f"{peer} start-up": command for peer, command in peers.items()},
            "calamine": [sys.executable, "-c", CALAMINE, *files],
            "calamine start-up": [sys.executable, "-c", CALAMINE],
        }
        best: dict[str, float] = {}
        said: dict[str, str] = {}
        for _ in range(rounds):
            for each, command in commands.items():
                taken, said[each] = run(command)
                best[each] = min(taken, best.get(each, taken))
        _, answer = run([*validate, "--format", "json"])
    found = [each for each in json.loads(answer)["diagnostics"] if each["code"][0] != "X"]
    print(f"{len(files)} workbooks, best of {rounds}; findings: mtqg {len(found)}", *(f"{peer} {said[peer].strip()}" for peer in peers), sep=", ")
    for each in ("mtqg validate", *peers, "calamine"):
        start = best[f"{each.split()[0]} start-up"]
        print(f"{each:<14} {best[each]:7.2f} s   after start-up {best[each] - start:7.2f} s")
    ours, reading = best["mtqg validate"] - best["mtqg start-up"], best["calamine"] - best["calamine start-up"]
    for peer in peers:
        theirs = best[peer] - best[f"{peer} start-up"]
        print(f"{peer} / mtqg = {best[peer] / best['mtqg validate']:.1f} whole, {theirs / ours:.1f} after start-up   (at least 5)")
    print(f"mtqg / calamine = {best['mtqg validate'] / best['calamine']:.1f} whole, {ours / reading:.1f} after start-up   (wished for: at most 5)")


if __name__ == "__main__":
    main(sys.argv[1], int((*sys.argv[2:], 3)[0]))

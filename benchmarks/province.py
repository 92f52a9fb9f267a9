"""A report of provinces of growing size, every form in use: time and memory for each commune.

python benchmarks/province.py [ROUNDS] makes the projects (each commune reports what a commune of the full test district reported), then
runs `mtqg report` on each of them in turn and prints the fastest run, its share of a commune, and the largest memory of the process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from mtqg_cli.forms.workbook import make_workbook
from mtqg_cli.project import load_project
from mtqg_cli.reference.unit import workbook_names

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "sample_data"))

from make import read_spec, values_of  # noqa: E402

SPECS = (ROOT / "tests" / "data" / "full" / "6m2024", ROOT / "sample_data" / "specs" / "dam-ha" / "6m2024")
PERIOD = "6m2024"
#: Lai Châu, Sơn La, Phú Thọ: nine in ten of their units are xã, and each is twice as large as the one before.
PROVINCES = ("Tỉnh Lai Châu", "Tỉnh Sơn La", "Tỉnh Phú Thọ", "Thành phố Hồ Chí Minh")
SETTINGS = """[unit]
name = "{name}"
date = 2025-07-01

[reporting]
cutoff = {{ "6m2024" = 2024-06-20 }}

[programmes]
use = ["ntm-2021-2025", "gnbv-2021-2025", "dtts-2021-2030"]
criteria = ["xa-ntm-2021-2025", "xa-ntm-nang-cao-2021-2025"]
poverty_line = "tinh"
poverty_line_basis = "Nghị quyết của HĐND tỉnh"

[forms]
extra = ["huy-dong", "ocop", "mo-hinh", "thieu-hut", "nhom-doi-tuong", "dan-toc", "nguyen-nhan", "nha-o", "no-dong", "kiem-tra", "sinh-ke", "thuyet-minh", "ho-dtts", "ra-soat"]
"""
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def make_province(folder: Path, name: str) -> int:
    """The project of a province; how many communes it has."""
    folder.mkdir()
    (folder / "mtqg.toml").write_text(SETTINGS.format(name=name), encoding="utf-8")
    project = load_project(folder)
    period = project.period(PERIOD)
    request = project.request(period)
    specs = {form.id: _spec(form.id) for form in request.forms}
    donors = sorted({unit for form, rows in specs.items() if form.startswith("ho-ngheo") for unit in rows})
    names = workbook_names(project.unit, project.communes)
    data = project.data_folder(period)
    data.mkdir(parents=True)
    programmes = [request.book.programmes[key] for key in request.programmes]
    for number, unit in enumerate(project.communes):
        forms = request.forms_for(unit)
        donor = donors[number % len(donors)]
        values = {form.id: values_of(form, [dict(row) for row in rows]) for form in forms if (rows := specs[form.id].get(donor))}
        (data / names[unit.code]).write_bytes(make_workbook(forms, unit, period, filename=names[unit.code], values=values, programmes=programmes).content)
    return len(project.communes)


def _spec(form: str) -> dict[str, list[dict[str, str]]]:
    rows = read_spec(next((spec / name for spec in SPECS for name in (f"{form}.csv", f"{form.partition('.')[0]}.csv") if (spec / name).is_file()), None))
    by_unit = defaultdict(list)
    for row in rows:
        by_unit[row.pop("unit")].append(row)
    return by_unit


def report(folder: Path) -> tuple[float, float]:
    """How long the report of a project takes in seconds, and the most memory of its process in MB."""
    command = [sys.executable, "-m", "mtqg_cli.cli", "report", "--project", str(folder), "--period", PERIOD, "--draft", "--out", str(folder / "out")]
    start = time.perf_counter()
    with (folder / "said").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=ENVIRONMENT)
        _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit((folder / "said").read_text(encoding="utf-8"))
    return taken, usage.ru_maxrss / 1024


def main(rounds: int) -> None:
    """Makes the projects, runs everything in turn, prints the table."""
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name) / str(number) for number, _ in enumerate(PROVINCES)]
        sizes = [make_province(folder, province) for folder, province in zip(folders, PROVINCES, strict=True)]
        runs = [[report(folder) for folder in folders] for _ in range(rounds)]
        for index, (province, communes) in enumerate(zip(PROVINCES, sizes, strict=True)):
            taken, memory = (min(each[index][which] for each in runs) for which in (0, 1))
            print(f"{province:<24}{communes:4} communes {taken:7.2f} s {taken / communes * 1000:6.1f} ms a commune {memory:6.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2)

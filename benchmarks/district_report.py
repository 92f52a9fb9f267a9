"""Start-up and one district report, both sides in one run: mtqg, and a plain openpyxl + pandas + docxtpl script doing the same work.

python benchmarks/district_report.py [ROUNDS] prints a table; the rounds alternate, so that a noisy machine is noisy for both.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import docx

ROOT = Path(__file__).resolve().parent.parent
PROJECT = ROOT / "sample_data" / "dam-ha"
MTQG = [sys.executable, "-m", "mtqg_cli.cli"]
#: As after installation: modules are compiled once, before the first round.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
FIGURES = ("86.447", "32.479", "61.864", "52,5", "74,4", "0,12", "1,47", "42,86", "50,55")


def plain_template(path: Path) -> None:
    """The template of the plain script: sentences and five tables, as the report has."""
    document = docx.Document()
    document.add_paragraph("Vốn NTM {{ ntm }}; DTTS {{ paid }}/{{ plan }} ({{ rate }}%); thu nhập {{ income }}.")
    document.add_paragraph("{{ counts }} {{ rates }} {{ falls }} {{ against }} {{ pending }}")
    document.add_paragraph("{%p for text in texts %}")
    document.add_paragraph("{{ text }}")
    document.add_paragraph("{%p endfor %}")
    for name, width in (("fund_rows", 9), ("poor_rows", 4), ("near_rows", 4), ("criteria_rows", 2), ("work_rows", 10)):
        table = document.add_table(rows=3, cols=width)
        table.rows[0].cells[0].text = f"{{%tr for row in {name} %}}"
        for index, cell in enumerate(table.rows[1].cells):
            cell.text = f"{{{{ row[{index}] }}}}"
        table.rows[2].cells[0].text = "{%tr endfor %}"
    document.save(path)


def seconds(command: list[str]) -> float:
    """How long a command takes, start-up included."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=ENVIRONMENT)
    return time.perf_counter() - start


def text_of(path: Path) -> str:
    """All text of a document."""
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def main(rounds: int) -> None:
    """Runs everything in turn and prints medians and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        template, out = Path(folder) / "plain.docx", Path(folder) / "plain-out.docx"
        plain_template(template)
        project = Path(folder) / "dam-ha"
        shutil.copytree(PROJECT, project, ignore=shutil.ignore_patterns("out", ".mtqg"))
        report = [*MTQG, "report", "--project", str(project), "--period", "6m2024", "--out", folder]
        commands = {
            "import typer": [sys.executable, "-c", "import typer"],
            "mtqg --help": [*MTQG, "--help"],
            "mtqg report": report,
            "once more": report,
            "plain script": [sys.executable, str(ROOT / "benchmarks" / "plain_script.py"), str(project), str(template), str(out)],
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for command in commands.values():
            seconds(command)
        for _ in range(rounds):
            shutil.rmtree(project / ".mtqg")  # "mtqg report" knows nothing of the workbooks, "once more" has just read them
            for name, command in commands.items():
                taken[name].append(seconds(command))
        for path in (Path(folder) / "so-ket.docx", out):
            missing = [figure for figure in FIGURES if figure not in text_of(path)]
            print(f"{path.name}: {'all figures' if not missing else f'missing {missing}'}")
    median = {name: statistics.median(times) for name, times in taken.items()}
    for name, value in median.items():
        print(f"{name:<14} median {value:6.3f} s   best {min(taken[name]):6.3f} s   ({rounds} rounds)")
    print(f"mtqg --help / import typer       = {median['mtqg --help'] / median['import typer']:.2f}   (at most 2.5)")
    print(f"mtqg report after start-up       = {median['mtqg report'] - median['mtqg --help']:.2f} s (under 2)")
    print(f"plain script / mtqg report       = {median['plain script'] / median['mtqg report']:.2f}   (above 1: mtqg is faster)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)

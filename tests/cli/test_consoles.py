"""Every command wherever it may be started: code pages, locales without Unicode, no terminal, no streams at all, full disks, readers that go away.

The project lies at a path of more than 260 characters with spaces and Vietnamese letters in both normal forms, its workbooks have long names.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from mtqg_cli.reference.resources import shipped

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="closed descriptors and /dev/full are POSIX")

PERIOD = ("--project", "{project}", "--period", "6m2024")
#: Each with what it is asked to write below {new}.
COMMANDS = {
    "--version": (("--version",), ()),
    "--help": (("--help",), ()),
    "list": (("list", "rules"), ()),
    "explain": (("explain", "R202", "--project", "{project}"), ()),
    "init": (("init", "{new}/mới", "--unit", "Huyện Đầm Hà, Tỉnh Quảng Ninh", "--date", "2024-06-30"), ("mới/mtqg.toml",)),
    "demo": (("demo", "{new}/thử"), ("thử/mtqg.toml", "thử/data/6m2024/quang-lam.xlsx")),
    "forms": (("forms", *PERIOD, "--out", "{new}/biểu trắng"), ("biểu trắng/quang-lam.xlsx",)),
    "validate": (("validate", *PERIOD, "--format", "json"), ()),
    "validate --out": (("validate", *PERIOD, "--format", "html", "--out", "{new}/lỗi.html"), ("lỗi.html",)),
    "status": (("status", *PERIOD), ()),
    "summary": (("summary", *PERIOD, "--format", "json"), ()),
    "report": (
        ("report", *PERIOD, "--draft", "--template", "tin-bai", "--template", "phu-luc", "--out", "{new}/báo cáo"),
        ("báo cáo/tin-bai.docx", "báo cáo/phu-luc.xlsx"),
    ),
    "check-format": (("check-format", "{project}/công văn.docx", "--format", "json"), ()),
}
#: Folders of which one name is composed and one decomposed, long enough for any path below to pass the old limit of Windows.
PLACE = Path(
    unicodedata.normalize("NFC", "Báo cáo sơ kết quý II"), unicodedata.normalize("NFD", "Huyện Đầm Hà – số liệu các xã gửi"), "đường dẫn rất dài " * 5, "x" * 90
)
#: Where nothing can be written, whoever asks.
NOWHERE = "/proc"
ENVIRONMENTS = {
    "the code page of Vietnam, no input": ({"PYTHONIOENCODING": "cp1258", "NO_COLOR": "1"}, "<&-", None),
    "Western Europe, a locale without Unicode, in a folder that is read only": (
        {"PYTHONIOENCODING": "cp1252:strict", "PYTHONLEGACYWINDOWSSTDIO": "1", "TERM": "dumb", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        "",
        NOWHERE,
    ),
    "no streams, as under pythonw": ({}, "<&- >&- 2>&-", NOWHERE),
}


@pytest.fixture(scope="module")
def project(samples, tmp_path_factory):
    """Three workbooks of a district, in a place that nobody would choose."""
    folder = tmp_path_factory.mktemp("dự án") / PLACE
    shutil.copytree(samples / "dam-ha", folder)
    for period, name in (("6m2024", "quang-lam.xlsx"), ("2023", "quang-lam.xlsx")):
        sent = folder / "data" / period
        for path in sent.iterdir():
            if path.name not in {"quang-lam.xlsx", "tan-lap.xlsx", "don-vi.xlsx"}:
                path.unlink()
        (sent / name).rename(sent / f"Biểu số liệu {'của xã Quảng Lâm ' * 8}.xlsx")
    shutil.copyfile(shipped("templates") / "cong-van" / "report.docx", folder / "công văn.docx")
    assert len(str(folder)) > 260
    return folder


def product(done, new):
    """What was printed, without the place and the time of the run."""
    return re.sub(r"\d\d:\d\d\b", "", done.stdout.decode()).replace(str(new), "")


def started(name, project, new, redirection="", environment=None, folder=None):
    """A run of a command by a shell that opens and closes its streams."""
    words = [each.format(project=project, new=new) for each in COMMANDS[name][0]]
    inherited = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "PYTHONUTF8"}}
    return subprocess.run(
        ["bash", "-c", f'"$@" {redirection}', "bash", sys.executable, "-m", "mtqg_cli.cli", *words],
        cwd=folder or new,
        env={**inherited, **(environment or {})},
        capture_output=True,
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def usual(project, tmp_path_factory):
    """The exit code and the product of each command where nothing is unusual."""
    found = {}

    def of(name):
        if name not in found:
            new = tmp_path_factory.mktemp("thường")
            found[name] = (done := started(name, project, new)).returncode, product(done, new)
        return found[name]

    return of


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_it_does_its_work_and_says_the_same(project, usual, tmp_path, environment, name):
    variables, redirection, folder = ENVIRONMENTS[environment]
    done = started(name, project, tmp_path, redirection, variables, folder)
    code, printed = usual(name)

    assert (done.returncode, b"Traceback" in done.stderr) == (code, False), done.stderr.decode()
    assert code in {0, 1}
    assert product(done, tmp_path) == ("" if ">&-" in redirection else printed)
    assert [each for each in COMMANDS[name][1] if not (tmp_path / each).is_file()] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_behind_the_output_is_told_and_the_files_are_written(project, usual, tmp_path, name):
    done = started(name, project, tmp_path, ">/dev/full")

    assert done.returncode == (3 if usual(name)[1] else usual(name)[0]), done.stderr.decode()
    assert ("Không ghi được hết kết quả" in done.stderr.decode()) == (done.returncode == 3)
    assert b"Traceback" not in done.stderr
    assert [each for each in COMMANDS[name][1] if not (tmp_path / each).is_file()] == []


@pytest.mark.parametrize("name", ["list", "--help", "validate", "summary", "report"])
def test_a_reader_who_goes_away_is_no_failure(project, usual, tmp_path, name):
    done = started(name, project, tmp_path, '| head -c1; exit "${PIPESTATUS[0]}"')

    assert done.returncode == usual(name)[0]
    assert b"rror" not in done.stderr
    assert b"Traceback" not in done.stderr


def test_nobody_hears_what_went_wrong_and_the_exit_code_says_it(tmp_path):
    for redirection in ("2>/dev/full", "2>&-", "<&- >&- 2>&-", ">/dev/full 2>&1"):
        done = subprocess.run(
            ["bash", "-c", f'"$@" {redirection}', "bash", sys.executable, "-m", "mtqg_cli.cli", "lits"], cwd=tmp_path, check=False, capture_output=True
        )

        assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"")


def test_what_is_kept_is_told_in_letters(project, tmp_path):
    done = started("report", project, tmp_path, "", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})

    assert f"{tmp_path}/báo cáo/tin-bai.docx" in done.stdout.decode()
    assert set(json.loads((tmp_path / "báo cáo" / "manifest.json").read_text(encoding="utf-8"))["outputs"]) == {"tin-bai.docx", "phu-luc.xlsx"}


@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colours_are_for_terminals_that_want_them(project_copy, variables, coloured):
    (project_copy / "data" / "6m2024" / "la.pdf").write_bytes(b"%PDF-1.4")
    terminal, end = os.openpty()
    environment = {**{key: value for key, value in os.environ.items() if key != "NO_COLOR"}, "TERM": "xterm", **variables}
    command = [sys.executable, "-m", "mtqg_cli.cli", "validate", "--period", "6m2024"]
    with subprocess.Popen(command, cwd=project_copy, env=environment, stdout=end, stderr=end, stdin=subprocess.DEVNULL) as running:
        os.close(end)
        said = b""
        while part := _read(terminal):
            said += part
    os.close(terminal)

    assert running.returncode == 1
    assert (b"\x1b[" in said) == coloured
    assert "la.pdf" in said.decode()


def _read(terminal):
    """What a terminal shows next; nothing once the program has ended."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""

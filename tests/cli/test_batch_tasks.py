"""What `--print-task` prints, read back as each scheduler reads it."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from mtqg_cli.cli import tasks
from mtqg_cli.core.errors import MtqgError

NAMES = ["viec.toml", "việc hằng ngày.toml", "100% $HOME 'a' \"b\" & <c>.toml", "dài " * 26 + ".toml", "a\\b%h;c.toml"]
SPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


@pytest.fixture(params=NAMES)
def jobs(request):
    return Path("/Thư mục chung/Báo cáo 50%") / request.param


@pytest.fixture(params=["/usr/bin/python3", "/opt/Chương trình/mtqg 100%/bin/python"])
def wanted(request, jobs, monkeypatch):
    """The words that must come out again."""
    monkeypatch.setattr(sys, "executable", request.param)
    return [request.param, "-m", "mtqg_cli.cli", "batch", str(jobs), "--only-changed", "--log", str(jobs.with_suffix(".jsonl"))]


def windows_words(line):
    """A command line taken apart as the C library of Windows does."""
    words, word, quoted, started, index = [], "", False, False, 0
    while index < len(line):
        slashes = len(line[index:]) - len(line[index:].lstrip("\\"))
        after = line[index + slashes : index + slashes + 1]
        if slashes:
            word += "\\" * (slashes // 2 if after == '"' else slashes)
            started = True
            if after == '"' and slashes % 2:
                word += '"'
                slashes += 1
            index += slashes
        elif line[index] == '"':
            quoted, started, index = not quoted, True, index + 1
        elif line[index] in " \t" and not quoted:
            words += [word] if started else []
            word, started, index = "", False, index + 1
        else:
            word, started, index = word + line[index], True, index + 1
    return [*words, word] if started else words


def test_windows(jobs, wanted):
    text = tasks.task_of("windows", jobs, None, [])
    task = ET.fromstring(text)  # noqa: S314 - printed by the program under test
    action = task.find(f"{SPACE}Actions/{SPACE}Exec")

    assert text.isascii()
    assert task.tag == f"{SPACE}Task"
    assert action.findtext(f"{SPACE}Command") == wanted[0]
    assert windows_words(action.findtext(f"{SPACE}Arguments")) == wanted[1:]
    assert action.findtext(f"{SPACE}WorkingDirectory") == str(jobs.parent)
    assert task.findtext(f"{SPACE}Principals/{SPACE}Principal/{SPACE}LogonType") == "InteractiveToken"
    assert task.findtext(f"{SPACE}Settings/{SPACE}StartWhenAvailable") == "true"


def cron_command(line):
    """The command of a line, as crontab(5) says: five fields, then the rest, where % ends it unless a backslash stands before."""
    command = re.fullmatch(r"(?:[\d*]+ ){5}(.*)", line)[1]
    assert not re.search(r"(?<!\\)%", command)
    return command.replace("\\%", "%")


def test_cron(jobs, wanted):
    words = shlex.split(cron_command(tasks.task_of("cron", jobs, None, [])))

    assert words == ["cd", str(jobs.parent), "&&", *wanted, ">", str(jobs.with_suffix(".ket-qua.txt")), "2>&1"]


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix")
@pytest.mark.parametrize("name", NAMES[:3])
def test_the_line_of_cron_runs(tmp_path, name):
    """With the shell and the bare environment that cron gives it."""
    folder = tmp_path / "Thư mục 50%"
    shutil.copytree(Path(__file__).resolve().parent.parent.parent / "sample_data" / "dam-ha", folder / "dự án", ignore=shutil.ignore_patterns("out", ".mtqg"))
    jobs = folder / name
    jobs.write_text('[[job]]\nproject = "dự án"\nperiod = "6m2024"\nformats = "json"\n', encoding="utf-8")
    source = str(Path(tasks.__file__).parent.parent.parent)
    command = cron_command(tasks.task_of("cron", jobs, None, []))

    done = subprocess.run(["/bin/sh", "-c", command], env={"HOME": "/", "PATH": "/usr/bin:/bin", "PYTHONPATH": source}, check=False, cwd="/")

    assert done.returncode == 0
    assert "đã lập 1 tệp" in jobs.with_suffix(".ket-qua.txt").read_text(encoding="utf-8")
    assert jobs.with_suffix(".jsonl").is_file()


def unit_words(line):
    """The words of ExecStart, as systemd.syntax(7) and systemd.service(5) say."""
    words = [re.sub(r"\\(.)", r"\1", each) for each in re.findall(r'"((?:[^"\\]|\\.)*)"', line)]
    return [words[0].replace("%%", "%"), *(each.replace("%%", "%").replace("$$", "$") for each in words[1:])]


def units(text):
    """The two files, by name."""
    return {Path(name).name: body for name, body in re.findall(r"^# (~\S+)\n(.*?)(?=^# ~|\Z)", text, re.MULTILINE | re.DOTALL)}


def test_systemd(jobs, wanted):
    found = units(tasks.task_of("systemd", jobs, None, []))
    (service, timer) = found

    assert re.fullmatch(r"mtqg-[a-z0-9-]+\.service", service)
    assert timer == service.replace(".service", ".timer")
    assert unit_words(re.search("^ExecStart=(.*)$", found[service], re.MULTILINE)[1]) == wanted
    assert f"WorkingDirectory={str(jobs.parent).replace('%', '%%')}\n" in found[service]
    assert "Persistent=true" in found[timer]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_itself_finds_nothing_wrong(tmp_path, jobs, monkeypatch):
    monkeypatch.setattr(sys, "executable", shutil.which("env"))
    files = []
    for name, body in units(tasks.task_of("systemd", jobs, None, [])).items():
        (tmp_path / name).write_text(body, encoding="utf-8")
        files.append(str(tmp_path / name))

    done = subprocess.run(
        [shutil.which("systemd-analyze"), "verify", "--user", *files],
        capture_output=True,
        text=True,
        check=False,
        env={"XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)},
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_the_log_and_the_part_are_those_that_were_asked_for(tmp_path):
    line = cron_command(tasks.task_of("cron", tmp_path / "viec.toml", tmp_path / "chay.jsonl", ["--shard", "2/4"]))

    assert shlex.split(line)[7:13] == [str(tmp_path / "viec.toml"), "--only-changed", "--log", str(tmp_path / "chay.jsonl"), "--shard", "2/4"]


@pytest.mark.parametrize(
    ("scheduler", "name", "told"), [("cron", "dài " * 300, "cron sẽ cắt bớt"), ("windows", "a\nb", "ký tự điều khiển"), ("systemd", "a\tb", "ký tự")]
)
def test_what_no_entry_can_hold_is_told(scheduler, name, told):
    with pytest.raises(MtqgError, match=told) as raised:
        tasks.task_of(scheduler, Path("/") / name, None, [])

    assert raised.value.exit_code == 2


def test_it_prints_and_runs_nothing(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "viec.toml").write_text('[[job]]\nproject = "khong-co"\nperiod = "2023"\n', encoding="utf-8")

    code, out, err = call("batch", "viec.toml", "--print-task", "windows")

    assert (code, err) == (0, "")
    assert str(tmp_path / "viec.toml") in ET.fromstring(out).findtext(f".//{SPACE}Arguments")  # noqa: S314 - as above
    assert [each.name for each in tmp_path.iterdir()] == ["viec.toml"]

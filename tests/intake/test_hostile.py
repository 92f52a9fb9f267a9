"""The real program on files made to exhaust it: each is named with its reason within 300 MB and 10 seconds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from hostile import FILES, styled, truncated

from mtqg_cli.core.sheet import Unreadable
from mtqg_cli.intake.read import read_files

MEGABYTES = 300
#: Of the processor, so that a busy machine does not count; nothing here waits for anything else.
SECONDS = 10
SAMPLE = Path(__file__).resolve().parents[2] / "sample_data" / "dam-ha"
#: A small program between the test and the command: a child's peak begins with what its parent had, and pytest has much.
MEASURE = """
import os, sys
child = os.fork()
if not child:
    os.execv(sys.argv[1], sys.argv[1:])
_, status, used = os.wait4(child, 0)
print(used.ru_maxrss // 1024, used.ru_utime + used.ru_stime, os.waitstatus_to_exitcode(status), file=sys.stderr)
"""
#: Those that are refused before anything is inflated share a process; those that take memory have one each.
LIGHT = [name for name in FILES if name.startswith(("cuoi", "trung", "len-", "duong-", "o-", "dong-", "thuc-", "utf", "nen-", "sai-", "zip", "chong", "cu-"))]
LIGHT += ["khai-gian-nho.xlsx", "ong-dan.xlsx", "thiet-bi.xlsx", "rong-5gb.xlsx", "muoi-nghin-trang.xlsx", "long-nhau.xlsx", "long-nhau-sau.xlsx"]
HEAVY = [name for name in FILES if name not in LIGHT]

pytestmark = pytest.mark.skipif(not hasattr(os, "wait4"), reason="the peak of one child is told by POSIX only")


def validated(*files):
    """What `mtqg validate` says of files, by file, once its limits were kept."""
    command = [sys.executable, "-m", "mtqg_cli.cli", "validate", "--project", str(SAMPLE), "--period", "6m2024", "--format", "json", *map(str, files)]
    run = subprocess.run([sys.executable, "-S", "-c", MEASURE, *command], capture_output=True, text=True, check=True, timeout=100)
    megabytes, seconds, code = (float(each) for each in run.stderr.split())  # and nothing else is said there
    assert megabytes < MEGABYTES
    assert seconds < SECONDS
    answer = json.loads(run.stdout)
    assert code == (1 if answer["diagnostics"] else 0)
    told = {file.name: [] for file in files}
    for each in answer["diagnostics"]:
        told[each["file"]].append((each["code"], each["message"]))
    return told


def assert_refused(told, name):
    _, code, words = FILES[name]
    ((found, message),) = told
    assert (name, found) == (name, code)
    assert words in message


def test_what_is_refused_at_once(tmp_path):
    for name in LIGHT:
        FILES[name][0](tmp_path / name)

    told = validated(*(tmp_path / name for name in LIGHT))

    for name in LIGHT:
        assert_refused(told[name], name)


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """Each heavy file in a process of its own, two at a time."""
    folder = tmp_path_factory.mktemp("hostile")

    def answer(name):
        FILES[name][0](folder / name)
        try:
            return validated(folder / name)[name]
        finally:
            (folder / name).unlink()

    with ThreadPoolExecutor(2) as pool:
        return {name: pool.submit(answer, name) for name in HEAVY}


@pytest.mark.parametrize("name", HEAVY)
def test_what_would_take_memory_is_refused_within_bounds(answers, name):
    assert_refused(answers[name].result(), name)


def test_a_file_cut_off_anywhere_is_damaged(tmp_path):
    files = [tmp_path / f"{tenths}.xlsx" for tenths in range(1, 10)]
    for tenths, file in enumerate(files, start=1):
        truncated(file, tenths)

    for told in validated(*files).values():
        ((code, message),) = told
        assert code == "F101"
        assert "hỏng" in message


def test_formats_drawn_over_twenty_thousand_rows_are_no_attack(tmp_path):
    styled(tmp_path / "tan-lap.xlsx")

    assert validated(tmp_path / "tan-lap.xlsx") == {"tan-lap.xlsx": []}


def test_a_link_that_leads_to_itself(tmp_path):
    (tmp_path / "a.xlsx").symlink_to(tmp_path / "a.xlsx")

    (found,) = read_files([tmp_path / "a.xlsx"])

    assert isinstance(found, Unreadable)
    assert found.reason == "locked"

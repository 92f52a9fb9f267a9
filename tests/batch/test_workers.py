"""Workers that come and go: results do not depend on them, a lost one costs a retry, nobody is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from crews import FACTS, forget, run, told

from mtqg_cli.batch.flow import check
from mtqg_cli.batch.workers import Here, Pool


class Deadly(Pool):
    """Workers die of calls that `kills` knows, as often as it says so."""

    def __init__(self, kills):
        super().__init__(2)
        self.kills = kills

    def submit(self, call, *arguments):
        return super().submit(os._exit, 9) if self.kills(call, arguments) else super().submit(call, *arguments)


def test_one_two_and_three_workers_give_the_same(projects, tmp_path):
    jobs = projects(FACTS, "a", "b")
    found = []
    for crew in (Here(), Pool(2), Pool(3)):
        results, keeper = run(jobs, crew)
        found.append(told(results))
        assert keeper.kept == (0 if isinstance(crew, Here) else 40)
        forget(tmp_path)

    assert [each[:3] for each in found[0]] == [(1, "made", 0), (2, "made", 0)]
    assert found[0] == found[1] == found[2]


def test_what_workers_read_is_not_read_again(projects):
    jobs = projects(FACTS, "a")
    first, second = run(jobs, Pool(2)), run(jobs, Pool(2))

    assert (first[1].kept, second[1].kept) == (20, 0)
    assert told(first[0]) == told(second[0])


@pytest.mark.parametrize("stage", ["plan", "check", "packed"])
def test_a_lost_worker_costs_a_retry(projects, stage):
    jobs = projects(FACTS, "a", "b")
    deaths = [stage]

    results, _ = run(jobs, Deadly(lambda call, _: bool(deaths) and call.__name__ == deaths[0] and bool(deaths.pop())))

    assert [(made.status, made.exit_code) for _, made in results] == [("made", 0), ("made", 0)]
    assert not deaths


def test_a_workbook_that_kills_its_worker_again_and_again_is_named_and_stops_nothing_else(projects):
    jobs = projects(FACTS, "a", "b", "c")

    def deadly(call, arguments):
        return call is check and any(path.match("b/data/6m2024/quang-lam.xlsx") for path in arguments[0].paths)

    results, _ = run(jobs, Deadly(deadly))

    assert [(made.status, made.exit_code) for _, made in results] == [("made", 0), ("failed", 3), ("made", 0)]
    assert "tệp quang-lam.xlsx bị dừng đột ngột 3 lần" in results[1][1].message


def test_a_report_that_kills_its_worker_again_and_again_is_one_failed_job(projects):
    jobs = projects(FACTS, "a", "b")

    results, _ = run(jobs, Deadly(lambda call, arguments: call.__name__ == "packed" and arguments[0].number == 1))

    assert [(made.status, made.exit_code) for _, made in results] == [("failed", 3), ("made", 0)]


_HOST = """
import os, sys, time
from mtqg_cli.batch.workers import Pool
if __name__ == "__main__":
    pool = Pool(2)
    for each in [pool.submit(os.getpid) for _ in range(8)]:
        each.result()
    print(*{pool.submit(os.getpid).result() for _ in range(20)}, flush=True)
    for each in range(4):
        pool.submit(time.sleep, 600)
    time.sleep(600)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_workers_end_when_their_parent_is_killed(tmp_path):
    host = tmp_path / "host.py"
    host.write_text(_HOST, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(host)], stdout=subprocess.PIPE, text=True) as parent:
        workers = [int(each) for each in parent.stdout.readline().split()]
        time.sleep(0.3)
        assert workers
        assert all(alive(each) for each in workers)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        until = time.monotonic() + 20
        while any(alive(each) for each in workers) and time.monotonic() < until:
            time.sleep(0.1)
        assert [each for each in workers if alive(each)] == []


def test_closing_does_not_wait_for_what_is_under_way():
    pool = Pool(2)
    pool.submit(os.getpid).result()
    for _ in range(4):
        pool.submit(time.sleep, 600)
    time.sleep(0.5)
    began = time.monotonic()
    pool.close()

    assert time.monotonic() - began < 30


def alive(pid):
    """Whether a process runs; one that has ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_closing_in_the_middle_of_a_large_result_does_not_hang():
    """A worker that ends half-way through what it hands over must not leave the pool reading for ever."""
    for delay in range(20, 200, 10):
        pool = Pool(1)
        pool.submit(bytes, 10).result(timeout=60)
        pool.submit(bytes, 100_000_000)
        time.sleep(delay / 1000)
        closing = threading.Thread(target=pool.close, daemon=True)
        closing.start()
        closing.join(timeout=20)
        assert not closing.is_alive(), delay


def test_results_leave_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    pool = Pool(1)
    assert [len(pool.submit(bytes, size).result(timeout=60)) for size in (10, 5000, 5_000_000)] == [10, 5000, 5_000_000]
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []
    pool.close()
    assert list(tmp_path.iterdir()) == []

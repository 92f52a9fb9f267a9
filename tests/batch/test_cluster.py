"""The same work on a real Dask cluster: two worker processes of this machine."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import signal
import sys
import time

import distributed
import pytest
from crews import FACTS, forget, run, told

from mtqg_cli.batch.workers import Here
from mtqg_cli.core.errors import MtqgError

# what Dask itself leaves open between its processes is not this program's to mend
pytestmark = [pytest.mark.filterwarnings("default"), pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")]


@pytest.fixture(scope="module")
def two_workers():
    """Two workers, each a process with one thread."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=logging.CRITICAL, host="127.0.0.1"
    ) as made:
        yield made


@pytest.fixture
def cluster(two_workers):
    """The cluster with both workers at work, also after a test that killed some."""
    two_workers.wait_for_workers(2, timeout=60)
    return two_workers


def test_a_worker_looks_for_garbage_rarely_while_it_works_for_us_and_only_then(tmp_path, cluster):
    from mtqg_cli.batch.cluster import Cluster
    from mtqg_cli.batch.workers import FEW_LOOKS

    jobs = tmp_path / "viec.toml"
    jobs.touch()
    with distributed.Client(cluster) as client:
        before = client.run(gc.get_threshold)
    crew = Cluster(cluster.scheduler_address, jobs)
    try:
        assert crew.submit(gc.get_threshold).result(30)[0] == FEW_LOOKS
    finally:
        crew.close()
    with distributed.Client(cluster) as client:
        assert client.run(gc.get_threshold) == before


def test_it_gives_the_same_as_this_process_alone(projects, tmp_path, cluster):
    from mtqg_cli.batch.cluster import Cluster

    jobs = projects(FACTS, "a", "b", "c")
    alone = told(run(jobs, Here())[0])
    forget(tmp_path)
    crew = Cluster(cluster.scheduler_address, jobs)

    assert (crew.width, crew.shares) == (2, True)
    assert told(run(jobs, crew)[0]) == alone
    assert [each[1] for each in alone] == ["made"] * 3


def test_a_worker_killed_during_the_run_costs_a_retry(projects, cluster):
    from mtqg_cli.batch.cluster import Cluster

    jobs = projects(FACTS, *"abcdefgh")
    victims = [worker.pid for worker in cluster.workers.values()][:1]
    killed = []

    def kill():
        while victims:
            os.kill(victims[0], signal.SIGKILL)
            killed.append(victims.pop())

    found = told(run(jobs, Cluster(cluster.scheduler_address, jobs), after=kill)[0])

    assert [each[1] for each in found] == ["made"] * 8
    assert not is_alive(killed[0])


def test_what_kills_one_worker_after_another_is_one_failed_job(projects, cluster):
    from mtqg_cli.batch.cluster import Cluster

    class Deadly(Cluster):
        def submit(self, call, *arguments):
            return super().submit(os._exit, 9) if call.__name__ == "packed" and arguments[0].number == 1 else super().submit(call, *arguments)

    jobs = projects(FACTS, "a", "b")
    found = told(run(jobs, Deadly(cluster.scheduler_address, jobs))[0])

    assert [each[1:3] for each in found] == [("failed", 3), ("made", 0)]
    assert "dừng đột ngột" in found[0][3]


def test_it_is_reached_from_the_command_line(projects, cluster, capsys):
    from mtqg_cli.cli.app import run as program

    jobs = projects(FACTS, "a", "b")

    assert program(["batch", str(jobs), "--scheduler", cluster.scheduler_address]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [f"[{number}/2] Huyện Đầm Hà, 6m2024: đã lập 1 tệp; 0 lỗi, 0 cảnh báo" for number in (1, 2)]
    assert err == "Xong 2 việc: 2 đã lập.\n"


def test_workers_that_do_not_see_the_files_are_refused(cluster, tmp_path):
    from mtqg_cli.batch.cluster import Cluster

    with pytest.raises(MtqgError, match="không thấy tệp") as raised:
        Cluster(cluster.scheduler_address, tmp_path / "khong-co.toml")

    assert raised.value.exit_code == 3


def test_workers_of_another_version_are_refused(cluster, projects, monkeypatch):
    from mtqg_cli.batch import cluster as module

    monkeypatch.setattr(module, "program", lambda: "99.0")
    with pytest.raises(MtqgError, match=r"máy này dùng phiên bản 99\.0"):
        module.Cluster(cluster.scheduler_address, projects(FACTS))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "khong-phai-dia-chi", "ftp://a:1"])
def test_a_scheduler_that_does_not_answer(projects, address, capsys, monkeypatch):
    from mtqg_cli.batch import cluster as module
    from mtqg_cli.cli.app import run as program

    monkeypatch.setattr(module, "_PATIENCE", 2)
    began = time.monotonic()

    assert program(["batch", str(projects(FACTS, "a")), "--scheduler", address]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert f"Không kết nối được với bộ điều phối {address}" in err
    assert len(err.splitlines()) == 2
    assert time.monotonic() - began < 20


def test_a_scheduler_that_goes_away_ends_the_run(projects):
    from mtqg_cli.batch.cluster import Cluster

    with contextlib.ExitStack() as left:
        own = left.enter_context(
            distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=logging.CRITICAL, host="127.0.0.1")
        )
        own.wait_for_workers(1, timeout=60)
        jobs = projects(FACTS, "a", "b", "c")
        crew = Cluster(own.scheduler_address, jobs)
        with pytest.raises(MtqgError, match="Mất kết nối") as raised:
            run(jobs, crew, after=own.close)

    assert raised.value.exit_code == 3


def test_without_the_library_it_is_told_how_to_install_it(projects, monkeypatch, capsys):
    from mtqg_cli.cli.app import run as program

    monkeypatch.setitem(sys.modules, "distributed", None)

    assert program(["batch", str(projects(FACTS, "a")), "--scheduler", "tcp://127.0.0.1:8786"]) == 2
    assert 'pip install "mtqg-cli[cluster]"' in capsys.readouterr().err


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True

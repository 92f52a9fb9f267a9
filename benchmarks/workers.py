"""The same national part with one process, with two, and on a Dask cluster of two worker processes: alternating, each from nothing but the workbooks.

python benchmarks/workers.py [--communes 332] [--rounds 3] [--folder FOLDER]

What is measured is the command as it is typed, from its start to its end; the cluster is there before, as it is where an institution runs one.
Every run must write the same bytes. The figures to look at are the two ratios, of the best run each: on a machine that has other things to do, all runs are slower.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from national import make_nation


def main() -> None:
    """Makes the part, runs it in turn, prints the table."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--communes", type=int, choices=(33, 332, 3321), default=332)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--folder", type=Path)
    asked = arguments.parse_args()
    folder = asked.folder or Path(tempfile.mkdtemp(prefix="mtqg-workers-"))
    if not (folder / "JOBS.toml").is_file():
        make_nation(folder, asked.communes, workers=2)
    workbooks = sum(1 for _ in folder.glob("*/data/*/*.xlsx"))
    print(f"{workbooks} workbooks in {sum(1 for _ in folder.glob('*/mtqg.toml'))} projects, {os.cpu_count()} cores")
    times = measure(folder / "JOBS.toml", asked.rounds)
    best = {name: min(found) for name, found in times.items()}
    for name, found in times.items():
        print(f"{name:<16} best {best[name]:7.1f} s  median {statistics.median(found):7.1f} s  {workbooks / best[name]:6.1f} workbooks/s")
    print(f"two workers against one: {best['one process'] / best['two workers']:.2f} times as fast")
    if "Dask, two" in best:
        print(f"Dask against two workers: {best['Dask, two'] / best['two workers']:.2f} of the time")
    if asked.folder is None:
        shutil.rmtree(folder)


def measure(jobs: Path, rounds: int) -> dict[str, list[float]]:
    """Seconds by the way of running, in turn; raises if two ways write different bytes."""
    times: dict[str, list[float]] = {}
    written: set[str] = set()
    with cluster() as address:
        ways = {"one process": ["--jobs", "1"], "two workers": ["--jobs", "2"]} | ({"Dask, two": ["--scheduler", address]} if address else {})
        for _ in range(rounds):
            for name, options in ways.items():
                forget(jobs.parent)
                began = time.perf_counter()
                done = subprocess.run(
                    [sys.executable, "-m", "mtqg_cli.cli", "batch", str(jobs), *options], capture_output=True, text=True, encoding="utf-8", check=False
                )
                times.setdefault(name, []).append(time.perf_counter() - began)
                if done.returncode not in {0, 1}:
                    raise SystemExit(done.stdout + done.stderr)
                written.add(outputs(jobs.parent))
    if len(written) != 1:
        raise SystemExit("the ways of running write different bytes")
    return times


class cluster:  # noqa: N801 - used as a block
    """Two worker processes with one thread each, if Dask is installed; gives the address of their scheduler."""

    def __enter__(self) -> str:
        """Starts them."""
        try:
            from distributed import LocalCluster  # noqa: PLC0415
        except ImportError:
            self._cluster = None
            return ""
        self._cluster = LocalCluster(n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=":0", silence_logs=logging.CRITICAL)
        return str(self._cluster.scheduler_address)

    def __exit__(self, *_: object) -> None:
        """Ends them."""
        if self._cluster is not None:
            self._cluster.close()


def forget(folder: Path) -> None:
    """Takes away what an earlier run has made and kept."""
    for name in ("out", ".mtqg"):
        for each in (*folder.glob(f"*/{name}"), *folder.glob(name)):
            shutil.rmtree(each)


def outputs(folder: Path) -> str:
    """A hash of everything that was written."""
    digest = hashlib.sha256()
    for path in sorted(each for each in folder.glob("**/out/**/*") if each.is_file()):
        digest.update(f"{path.relative_to(folder).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main()

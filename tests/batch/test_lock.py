"""Two runs at once: kept apart, told of each other, and never stopped by one that died."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from mtqg_cli.batch.lock import lock_project
from mtqg_cli.core.errors import MtqgError

NOW = datetime(2024, 6, 24, 8, 15, tzinfo=UTC)

_HOLDER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from mtqg_cli.batch.lock import lock_project
held = lock_project(Path(sys.argv[1]), "mtqg batch hom-truoc.toml", datetime(2024, 6, 23, 5, tzinfo=UTC))
print("held", flush=True)
time.sleep(600)
"""


@pytest.fixture
def another_run(tmp_path):
    """A process that holds the lock of a project."""
    with subprocess.Popen([sys.executable, "-c", _HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_second_is_told_who_is_there_since_when(tmp_path, another_run):
    with pytest.raises(MtqgError) as raised:
        lock_project(tmp_path, "mtqg report", NOW)

    assert raised.value.exit_code == 3
    assert f"mtqg batch hom-truoc.toml, từ 05:00 ngày 23/06/2024, trên máy {os.uname().nodename if hasattr(os, 'uname') else ''}" in raised.value.message
    assert f"tiến trình {another_run.pid}" in raised.value.message


def test_a_dead_run_holds_nothing(tmp_path, another_run):
    another_run.kill()
    another_run.wait()

    held = lock_project(tmp_path, "mtqg report", NOW)
    assert not held.note
    held.release()


def test_it_can_be_had_again_after_it_was_let_go(tmp_path):
    for _ in range(3):
        held = lock_project(tmp_path, "mtqg report", NOW)
        with pytest.raises(MtqgError):
            lock_project(tmp_path, "mtqg report", NOW)
        held.release()
        held.release()

    assert [each.name for each in (tmp_path / ".mtqg").iterdir()] == ["dang-chay.khoa"]


@pytest.mark.usefixtures("another_run")
def test_a_note_about_the_holder_that_cannot_be_read_hides_nothing(tmp_path):
    (tmp_path / ".mtqg" / "dang-chay.json").write_bytes(b"\xff")

    with pytest.raises(MtqgError, match="đang có lần chạy khác\\."):
        lock_project(tmp_path, "mtqg report", NOW)


def test_a_folder_that_takes_no_lock_is_worked_in_without(tmp_path):
    (tmp_path / ".mtqg").write_text("a file where the folder should be", encoding="utf-8")

    held = lock_project(tmp_path, "mtqg report", NOW)

    assert "không khóa được" in held.note
    held.release()


def test_a_disk_that_knows_no_locks(tmp_path, monkeypatch):
    def unsupported(*_, **__):
        raise NotImplementedError

    monkeypatch.setattr("mtqg_cli.batch.lock.FileLock.acquire", unsupported)

    assert "ổ đĩa không hỗ trợ khóa tệp" in lock_project(tmp_path, "mtqg report", NOW).note

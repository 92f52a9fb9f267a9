"""Small folders of projects: copies of Đầm Hà, with a file of jobs beside them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

SAMPLE = Path(__file__).resolve().parent.parent.parent / "sample_data" / "dam-ha"


@pytest.fixture
def projects(tmp_path):
    """Makes copies of the sample under the given names, and the file of jobs."""

    def make(text, *names):
        for name in names:
            shutil.copytree(SAMPLE, tmp_path / "du-an" / name, ignore=shutil.ignore_patterns("out", ".mtqg"))
        jobs = tmp_path / "việc hằng ngày.toml"
        jobs.write_text(text, encoding="utf-8")
        return jobs

    return make

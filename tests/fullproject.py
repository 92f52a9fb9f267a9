"""The project with every extra form, made in a folder: tests/data/full over the specifications of the sample Đầm Hà."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

from mtqg_cli.project import load_project

ROOT = Path(__file__).resolve().parent.parent
FULL = ROOT / "tests" / "data" / "full"
SAMPLE_SPECS = ROOT / "sample_data" / "specs" / "dam-ha"


def make_full_project(folder):
    """Writes the settings and the workbooks of both periods."""
    spec = importlib.util.spec_from_file_location("make_samples", ROOT / "sample_data" / "make.py")
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    folder.mkdir(parents=True)
    shutil.copyfile(FULL / "mtqg.toml", folder / "mtqg.toml")
    project = load_project(folder)
    for period in ("2023", "6m2024"):
        make.make_period(project, FULL / period, SAMPLE_SPECS / period)

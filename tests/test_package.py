"""The wheel holds everything that the program needs, and runs away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The wheel, built and unpacked into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, capture_output=True, check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


def test_it_holds_the_data_the_templates_and_the_sample_and_nothing_else(installed):
    files = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}

    assert {"mtqg_cli/templates/so-ket/report.docx", "mtqg_cli/sample_data/dam-ha/mtqg.toml", "mtqg_cli/reference/data/forms/ho-ngheo.toml"} <= files
    assert {f"mtqg_cli/render/diagnostics/page.{ending}" for ending in ("html", "css", "js")} <= files
    assert "mtqg_cli/render/documents/document.css" in files
    assert {name.split("/")[0] for name in files if not name.startswith("mtqg_cli-")} == {"mtqg_cli"}
    assert not [name for name in files if "/out/" in name or "~$" in name or "/specs/" in name]


def test_it_runs_the_demo(installed, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(installed)}

    def call(*arguments):
        script = "import sys, mtqg_cli.cli.app as app; assert sys.argv[1] in app.__file__, app.__file__; sys.exit(app.run(sys.argv[2:]))"
        return subprocess.run([sys.executable, "-c", script, str(installed), *arguments], cwd=tmp_path, env=environment, capture_output=True, check=False)

    assert call("demo", "du-an").returncode == 0
    done = call("report", "--project", "du-an", "--period", "6m2024")
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "du-an" / "out" / "6m2024" / "so-ket.docx").is_file()

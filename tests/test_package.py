"""Wheel and sdist hold what they should and nothing else, the wheel runs away from the checkout, and what it needs is pinned and bounded."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.parser import HeaderParser
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINNED = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#"))


def script(name):
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The folder of the wheel and the sdist, built from the checkout."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", folder], cwd=ROOT, capture_output=True, check=True)
    return folder


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory):
    """The wheel unpacked into a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel") / "site"
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        wheel.extractall(folder)  # noqa: S202  # no tar, and made here
    return folder


@pytest.fixture(scope="module")
def source(built):
    """What the sdist holds, by the name within its folder."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        return {each.name.partition("/")[2] for each in sdist.getmembers()}


def test_it_holds_the_data_the_templates_and_the_sample_and_nothing_else(installed):
    files = {path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()}

    assert {"mtqg_cli/templates/so-ket/report.docx", "mtqg_cli/sample_data/dam-ha/mtqg.toml", "mtqg_cli/reference/data/forms/ho-ngheo.toml"} <= files
    assert {f"mtqg_cli/render/diagnostics/page.{ending}" for ending in ("html", "css", "js")} <= files
    assert "mtqg_cli/render/documents/document.css" in files
    assert {name.split("/")[0] for name in files if not name.startswith("mtqg_cli-")} == {"mtqg_cli"}
    assert not [name for name in files if re.search(r"/out/|/\.mtqg/|~\$|/specs/|\.pyc$|/tests/|/scripts/", name)]
    assert {Path(name).suffix for name in files if name.startswith("mtqg_cli/")} == {
        ".py",
        ".toml",
        ".csv",
        ".json",
        ".html",
        ".css",
        ".js",
        ".docx",
        ".xlsx",
        ".md",
    }


def test_names_are_short_enough_for_windows(installed):
    """A folder of 120 characters for the environment leaves 140 of the 260 that Windows allows where long paths are not switched on."""
    names = [path.relative_to(installed).as_posix() for path in installed.rglob("*")]

    assert max(len(f"Lib/site-packages/{name}") for name in names) < 140


def test_its_metadata_say_what_it_is(installed):
    (folder,) = installed.glob("mtqg_cli-*.dist-info")
    about = HeaderParser().parsestr((folder / "METADATA").read_text(encoding="utf-8"))

    assert folder.name == f"mtqg_cli-{PROJECT['version']}.dist-info"
    assert about["License-Expression"] == "MIT"
    assert "MIT License" in (folder / "licenses" / "LICENSE").read_text(encoding="utf-8")
    assert "Development Status :: 5 - Production/Stable" in about.get_all("Classifier")
    assert set(about.get_all("Provides-Extra")) == {"cluster", "dev"}
    assert f"\n## {PROJECT['version']}\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_sdist_holds_what_the_tests_need_and_nothing_that_a_run_leaves(source):
    assert {"LICENSE", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "constraints.txt", "pyproject.toml", ".ci/run"} <= source
    assert {"tests/conftest.py", "tests/data/published.tsv", "templates/so-ket/report.docx", "scripts/make_docs.py", "sample_data/make.py"} <= source
    assert not [name for name in source if re.search(r"/out/|\.mtqg/|~\$|\.venv|\.git/|__pycache__|_cache/|\.hypothesis", name)]


def test_it_runs_the_demo(installed, tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(installed)}

    def call(*arguments):
        program = "import sys, mtqg_cli.cli.app as app; assert sys.argv[1] in app.__file__, app.__file__; sys.exit(app.run(sys.argv[2:]))"
        return subprocess.run([sys.executable, "-c", program, str(installed), *arguments], cwd=tmp_path, env=environment, capture_output=True, check=False)

    assert call("--version").stdout.decode().strip() == f"mtqg {PROJECT['version']}"
    assert call("demo", "du-an").returncode == 0
    done = call("report", "--project", "du-an", "--period", "6m2024")
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "du-an" / "out" / "6m2024" / "so-ket.docx").is_file()


def test_every_distribution_that_is_needed_is_pinned():
    if any(version(name) != pinned for name, pinned in PINNED.items() if name != "colorama"):
        pytest.skip("another set of versions is installed than the one in constraints.txt: scripts/make_constraints.py")

    assert sorted(script("make_constraints").needed()) == sorted(PINNED)


def test_what_only_windows_needs_is_pinned_too():
    assert {"colorama", "tzdata"} <= set(PINNED)


def test_constraints_name_versions_and_no_address():
    lines = [line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]

    assert [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", line)] == []
    assert not re.search(r"https?:|file:|@|--|\\", (ROOT / "constraints.txt").read_text(encoding="utf-8"))


def test_the_installation_guide_names_what_there_is():
    """Its file names are those of this version, its options those of pip; that the folder of wheels can be had is tried by .ci/run."""
    guide = (ROOT / "docs" / "huong-dan" / "cai-dat.md").read_text(encoding="utf-8")
    commands = [line for block in re.findall(r"```cmd\n(.*?)```", guide, re.DOTALL) for line in block.splitlines()]
    known = {
        name: subprocess.run([sys.executable, "-m", "pip", name, "--help"], capture_output=True, text=True, check=True).stdout
        for name in ("install", "download")
    }

    assert set(re.findall(r"mtqg_cli-[0-9.]+-py3-none-any\.whl", guide)) == {f"mtqg_cli-{PROJECT['version']}-py3-none-any.whl"}
    assert f"`mtqg {PROJECT['version']}`" in guide
    for command in commands:
        if called := re.search(r"pip (install|download) (.*)", command):
            assert all(option in known[called[1]] for option in re.findall(r"(?<= )--?[a-z-]+", f" {called[2]}")), command
    assert sum("pip" in each for each in commands) == 3


def test_every_dependency_has_a_lower_bound_below_what_is_pinned():
    bounds = dict(line.split("==") for line in script("lower_bounds").lower_bounds())

    def parts(text):
        return tuple(int(each) for each in text.split("."))

    assert len(bounds) == len(PROJECT["dependencies"]) + len(PROJECT["optional-dependencies"]["cluster"])
    assert [name for name, lowest in bounds.items() if parts(lowest) > parts(PINNED[name])] == []

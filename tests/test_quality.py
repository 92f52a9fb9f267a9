"""The checks of the code itself: style, types, the direction of imports, the length of tails."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    "command",
    [
        [sys.executable, "-m", "ruff", "check", "--no-cache", "."],
        [sys.executable, "-m", "ruff", "format", "--no-cache", "--check", "."],
        [sys.executable, "-m", "mypy"],
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
    ],
    ids=["ruff check", "ruff format", "mypy", "import contracts"],
)
def test_tool(command):
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8")

    assert done.returncode == 0, done.stdout + done.stderr


def test_modules_and_functions_stay_short():
    for path in sorted((ROOT / "src").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert text.count("\n") <= 300, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
                assert node.end_lineno - body[0].lineno < 50, f"{path}: {node.name}"


def test_the_glossary_of_names_has_no_catch_alls():
    names = {path.stem for path in (ROOT / "src").rglob("*.py")}

    assert not names & {"utils", "helpers", "common", "base", "manager"}
    assert all(path.read_text() == "" for path in (ROOT / "src").rglob("__init__.py"))

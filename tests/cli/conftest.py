"""A call of the program inside this process: its exit code and what it wrote to both streams."""

from __future__ import annotations

import pytest

from mtqg_cli.cli.app import run


@pytest.fixture
def call(capsys):
    def calling(*arguments):
        code = run([str(each) for each in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return calling

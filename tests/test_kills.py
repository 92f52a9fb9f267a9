"""Runs killed at random moments: nothing received is changed, nothing half written, nothing known is lost (200 of them: benchmarks/kills.py)."""

import importlib.util
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parent.parent / "benchmarks" / "kills.py"


def _kills():
    spec = importlib.util.spec_from_file_location("kills", SOURCE)
    module = importlib.util.module_from_spec(spec)
    sys.modules["kills"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are watched in /proc; what is killed is the same program everywhere")
def test_a_dozen_kills_lose_nothing(capsys):
    assert _kills().main(12, 7) == 0, capsys.readouterr().out

"""What `mtqg validate` gives out: the page in a file, colour at a terminal, and nothing written over what was received."""

from __future__ import annotations

import os
import sys
from datetime import date

import pytest

from mtqg_cli.cli import console
from mtqg_cli.cli.app import run
from mtqg_cli.core.vietnamese import format_date

VALIDATE = ("validate", "--period", "6m2024", "--project")


@pytest.fixture
def spoilt(project_copy):
    (project_copy / "data" / "6m2024" / "tan-lap.xlsx").unlink()
    (project_copy / "data" / "6m2024" / "ghi chú.txt").write_text("?", encoding="utf-8")
    return project_copy


def test_the_page_goes_into_a_file_and_the_summary_beside(capsys, spoilt, tmp_path):
    path = tmp_path / "báo cáo" / "lỗi.html"
    code = run([*VALIDATE, str(spoilt), "--format", "html", "--out", str(path)])
    captured = capsys.readouterr()
    page = path.read_text(encoding="utf-8")

    assert code == 1
    assert captured.out == f"{path}\n"
    assert captured.err == "Đã kiểm tra 10 tệp: 2 lỗi trong 2 tệp hoặc thư mục.\n"
    assert f"Ngày lập: <b>{format_date(date.today())}</b>" in page  # noqa: DTZ011 - the office's own day
    assert "Chưa gửi báo cáo (1):</b> Xã Tân Lập." in page
    assert "ghi chú.txt" in page
    assert "F101 – Tệp trong thư mục dữ liệu không mở được như một bảng tính Excel." in page


def test_the_page_goes_to_the_terminal_without_a_file(capsys, dam_ha):
    code = run([*VALIDATE, str(dam_ha.folder), "--format", "html"])

    assert code == 0
    assert capsys.readouterr().out.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(("output", "name"), [("text", "x.txt"), ("json", "x.json")])
def test_a_file_holds_what_the_terminal_shows(capsys, spoilt, tmp_path, output, name):
    run([*VALIDATE, str(spoilt), "--format", output])
    shown = capsys.readouterr().out
    run([*VALIDATE, str(spoilt), "--format", output, "--out", str(tmp_path / name)])

    assert (tmp_path / name).read_text(encoding="utf-8") == shown


@pytest.mark.parametrize("name", ["data/6m2024/quang-lam.xlsx", "data/6m2024/loi.html", "loi.txt", "loi"])
def test_nothing_received_is_written_over_or_joined(capsys, spoilt, name):
    path = spoilt / name
    before = path.read_bytes() if path.exists() else None
    code = run([*VALIDATE, str(spoilt), "--format", "html", "--out", str(path)])

    assert code == 2
    assert capsys.readouterr().out == ""
    assert (path.read_bytes() if path.exists() else None) == before


@pytest.mark.parametrize(
    ("terminal", "settings", "coloured"),
    [(True, {}, True), (False, {}, False), (True, {"NO_COLOR": "1"}, False), (True, {"TERM": "dumb"}, False)],
)
@pytest.mark.skipif(sys.platform == "win32", reason="the console of Windows is asked, not the settings alone")
def test_colour_is_for_terminals_that_want_it(capsys, spoilt, monkeypatch, terminal, settings, coloured):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)

    assert console.colour() is coloured
    run([*VALIDATE, str(spoilt)])
    assert ("\033[31mlỗi\033[0m F101" in capsys.readouterr().out) is coloured


def test_light_formats_do_not_load_the_page(dam_ha):
    import subprocess

    script = f"import sys; from mtqg_cli.cli.app import run; run({[*VALIDATE, str(dam_ha.folder)]!r}); assert 'jinja2' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False, env={**os.environ, "PYTHONUTF8": "1"})

    assert done.returncode == 0, done.stderr.decode()

"""Disks that are full or only for reading, files that are held, that change and vanish while they are read: as they really happen, where that can be had."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ownernotes import excel_note

from mtqg_cli.cli.app import run
from mtqg_cli.deliver import MANIFEST
from mtqg_cli.intake.read import read_files, read_folder
from mtqg_cli.reference.resources import shipped

PERIOD = ("--period", "6m2024")


@pytest.fixture
def call(capsys):
    def calling(*arguments):
        code = run([str(each) for each in arguments])
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return code, captured.out, captured.err

    return calling


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The project Đầm Hà with its report."""
    folder = tmp_path_factory.mktemp("du-an") / "Đầm Hà"
    shutil.copytree(shipped("sample_data") / "dam-ha", folder, ignore=shutil.ignore_patterns("out", ".mtqg"))
    assert run(["report", "--project", str(folder), *PERIOD]) == 0
    return folder


@pytest.fixture
def office(made, tmp_path):
    return shutil.copytree(made, tmp_path / "Đầm Hà")


def mount(*arguments):
    """Whether this machine lets tests mount something."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return False
    return subprocess.run(["mount", *map(str, arguments)], check=False, capture_output=True).returncode == 0


@pytest.fixture
def read_only():
    """Makes folders that cannot be written to: a mount for root, whom no permission stops; permissions for everybody else."""
    with contextlib.ExitStack() as stack:

        def close(folder):
            if os.geteuid() == 0:
                if not mount("--bind", folder, folder):
                    pytest.skip("tests run as root and may not mount: nothing can be made read-only here")
                stack.callback(subprocess.run, ["umount", str(folder)], check=True)
                assert mount("-o", "remount,ro,bind", folder)
            else:
                for path in (folder, *folder.rglob("*")):
                    mode = path.stat().st_mode
                    path.chmod(mode & ~0o222)
                    stack.callback(path.chmod, mode)
            with pytest.raises(OSError):  # noqa: PT011 - which one depends on how it was closed
                (folder / "thu").write_bytes(b"")

        yield close


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 6 MB."""
    place = tmp_path / "dia"
    place.mkdir()
    if not mount("-t", "tmpfs", "-o", "size=6m", "tmpfs", place):
        pytest.skip("tests may not mount a small disk here; refusals at every step are injected in test_deliver")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(place, room):
    """Leaves so many bytes on a disk."""
    stopper = place / "day"
    stopper.unlink(missing_ok=True)
    free = os.statvfs(place).f_bavail * os.statvfs(place).f_frsize
    stopper.write_bytes(b"x" * max(0, free - room))


def is_whole(out):
    """Whether the manifest says of every file what it is, and nothing half-made lies beside."""
    outputs = json.loads((out / MANIFEST).read_text(encoding="utf-8"))["outputs"]
    assert sorted(path.name for path in out.iterdir()) == sorted([MANIFEST, *outputs])
    return all(hashlib.sha256((out / name).read_bytes()).hexdigest() == each["sha256"] for name, each in outputs.items())


@pytest.mark.parametrize("room", [0, 4096, 20_000, 37_000, 40_000])
def test_a_full_disk(call, made, small_disk, room):
    folder = shutil.copytree(made, small_disk / "du-an")
    out = folder / "out" / "6m2024"
    before = (out / "so-ket.docx").read_bytes()
    history = call("status", "--project", folder, *PERIOD, "--format", "json")[1]
    fill(small_disk, room)
    code, _, err = call("report", "--project", folder, *PERIOD, "--draft")

    assert code == 3
    assert f"Không ghi được tệp {out}" in err
    assert "đĩa đã đầy" in err
    assert (out / "so-ket.docx").read_bytes() == before
    assert is_whole(out)
    (small_disk / "day").unlink()
    assert call("report", "--project", folder, *PERIOD, "--draft")[2] == ""
    assert (out / "so-ket.docx").read_bytes() != before
    assert is_whole(out)
    again = json.loads(call("status", "--project", folder, *PERIOD, "--format", "json")[1])
    assert [each["submissions"][0]["first_seen"] for each in again["units"]] == [each["submissions"][0]["first_seen"] for each in json.loads(history)["units"]]


@pytest.mark.parametrize("command", ["validate", "status", "summary", "verify"])
def test_what_only_reads_works_on_a_full_disk(call, made, small_disk, command):
    folder = shutil.copytree(made, small_disk / "du-an", ignore=shutil.ignore_patterns("bo-nho-dem*"))
    fill(small_disk, 0)
    arguments = [folder / "out" / "6m2024"] if command == "verify" else ["--project", folder, *PERIOD]
    code, out, err = call(command, *arguments)

    assert code == 0
    assert out
    assert all("đĩa đã đầy" in line for line in err.splitlines())
    assert not list((folder / ".mtqg").glob("*hỏng*"))


#: A run whose files may not grow beyond a size: what a quota answers.
LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
from mtqg_cli.cli.app import run
sys.exit(run(sys.argv[1:]))
"""


def test_a_limit_on_the_size_of_files(office):
    out = office / "out" / "6m2024"
    before = (out / "so-ket.docx").read_bytes()
    arguments = ["report", "--project", str(office), *PERIOD, "--draft"]
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *arguments], capture_output=True, text=True, encoding="utf-8", check=False, env={**os.environ, "PYTHONUTF8": "1"}
    )

    assert (done.returncode, "Traceback" in done.stderr) == (3, False)
    assert f"Không ghi được tệp {out / 'so-ket.docx'}: tệp vượt quá cỡ mà ổ đĩa cho phép." in done.stderr
    assert (out / "so-ket.docx").read_bytes() == before
    assert is_whole(out)


def test_a_folder_for_results_that_is_only_for_reading(call, office, read_only, tmp_path):
    out = office / "out" / "6m2024"
    read_only(out)
    code, _, err = call("report", "--project", office, *PERIOD, "--draft")

    assert code == 3
    assert "chỉ cho đọc" in err
    assert f"Không ghi được tệp {out}" in err
    assert call("verify", out)[0] == 0
    assert call("report", "--project", office, *PERIOD, "--out", tmp_path / "khác")[0] == 0


@pytest.mark.parametrize("command", ["validate", "status", "summary", "report"])
def test_a_ledger_that_is_only_for_reading(call, office, read_only, command):
    read_only(office / ".mtqg")
    code, out, err = call(command, "--project", office, *PERIOD)

    assert (code, bool(out)) == (0, True)
    (line,) = err.splitlines()
    assert "Không ghi được sổ theo dõi" in line
    assert "chỉ cho đọc" in line


def test_data_that_are_only_for_reading_are_enough(call, office, read_only):
    shutil.rmtree(office / ".mtqg")
    read_only(office / "data")

    assert call("report", "--project", office, *PERIOD)[::2] == (0, "")
    assert call("validate", "--project", office, *PERIOD)[::2] == (0, "")


def test_a_whole_project_that_is_only_for_reading(call, office, read_only, tmp_path):
    shutil.rmtree(office / ".mtqg")
    shutil.rmtree(office / "out")
    read_only(office)
    code, out, err = call("report", "--project", office, *PERIOD, "--out", tmp_path / "khác")

    assert code == 0
    assert Path(out.strip()).is_file()
    (line,) = err.splitlines()
    assert "Không ghi được sổ theo dõi" in line
    assert call("verify", tmp_path / "khác", "--project", office)[0] == 0
    for command in ("validate", "summary", "status"):
        assert call(command, "--project", office, *PERIOD)[0] == 0
    code, _, err = call("report", "--project", office, *PERIOD)
    assert code == 3
    assert "chỉ cho đọc" in err
    code, _, err = call("forms", "--project", office, *PERIOD)
    assert code == 3
    assert "chỉ cho đọc" in err


def held(monkeypatch, name):
    """Windows hands a file over to nobody while Excel has it."""
    read = Path.read_bytes

    def refuse(path):
        if path.name == name:
            error = PermissionError(errno.EACCES, "The process cannot access the file")
            error.winerror = 32
            raise error
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)


@pytest.mark.parametrize(
    ("note", "content", "words"),
    [
        ("~$quang-lam.xlsx", excel_note("Nguyễn Thị Hoài"), "Không mở được tệp (tệp đang mở trong Excel, người mở: Nguyễn Thị Hoài)."),
        (".~lock.quang-lam.xlsx#", "Hoài,h,MAY,21.06.2024 08:15,x;".encode(), "Không mở được tệp (tệp đang mở trong LibreOffice, người mở: Hoài)."),
        ("~$khac.xlsx", excel_note("A"), "Không mở được tệp (tệp đang mở trong chương trình khác)."),
    ],
)
def test_a_workbook_that_excel_holds_is_named_with_who_has_it(call, office, monkeypatch, note, content, words):
    (office / "data" / "6m2024" / note).write_bytes(content)
    held(monkeypatch, "quang-lam.xlsx")
    code, out, _ = call("validate", "--project", office, *PERIOD)

    assert code == 1
    assert words in " ".join(out.split())
    assert "quang-lam.xlsx" in out
    code, _, err = call("report", "--project", office, *PERIOD)
    assert code == 1
    assert words in " ".join(err.split())


def test_a_workbook_that_is_open_but_can_be_read_is_a_note_and_stops_nothing(call, office):
    (office / "data" / "6m2024" / "~$quang-lam.xlsx").write_bytes(excel_note("Nguyễn Thị Hoài"))
    (office / "data" / "6m2024" / "~$da-di.xlsx").write_bytes(excel_note("A"))
    for command in ("validate", "summary", "status", "report"):
        code, _, err = call(command, "--project", office, *PERIOD)
        assert code == 0
        assert err == "Lưu ý: tệp quang-lam.xlsx có thể đang mở trong Excel, người mở: Nguyễn Thị Hoài; chỉ đọc được những gì đã lưu vào tệp.\n"


def changing(monkeypatch, times):
    """Somebody copies into a file while it is read, so many times."""
    read, left = Path.read_bytes, [times]

    def reading(path):
        content = read(path)
        if left[0]:
            left[0] -= 1
            with path.open("ab") as file:
                file.write(b"x")
        return content

    monkeypatch.setattr(Path, "read_bytes", reading)
    monkeypatch.setattr("mtqg_cli.intake.read._PAUSES", (0.0, 0.0, 0.0))


def test_a_file_that_is_still_being_copied_is_read_when_it_is_there(tmp_path, monkeypatch):
    shutil.copy(shipped("sample_data") / "dam-ha" / "data" / "6m2024" / "quang-lam.xlsx", tmp_path)
    changing(monkeypatch, 2)
    (found,) = read_folder(tmp_path)

    assert found.sha256 == hashlib.sha256((tmp_path / "quang-lam.xlsx").read_bytes()).hexdigest()


def test_a_file_that_does_not_come_to_rest_is_told(tmp_path, monkeypatch):
    (tmp_path / "a.xlsx").write_bytes(b"x")
    changing(monkeypatch, 99)
    (found,) = read_files([tmp_path / "a.xlsx"])

    assert (found.reason, found.detail) == ("locked", "tệp đang được ghi hoặc chép đến trong khi đọc")


def test_files_that_vanish_while_others_are_read(call, office, monkeypatch):
    """Somebody moves the folder away in the middle."""
    read, moved = Path.read_bytes, []

    def reading(path):
        content = read(path)
        if path.name == "duc-yen.xlsx" and path.parent.name == "6m2024" and not moved:
            moved.append(path.parent.rename(office / "da-chuyen"))
        return content

    monkeypatch.setattr("mtqg_cli.batch.about.digests", lambda _: {})  # it reads them too, before
    shutil.rmtree(office / ".mtqg")
    monkeypatch.setattr(Path, "read_bytes", reading)
    code, _, err = call("report", "--project", office, *PERIOD)

    assert moved
    assert code == 1
    assert "Tệp biến mất trong khi đang đọc." in err
    assert "quang-lam.xlsx" in err
    assert is_whole(office / "out" / "6m2024")


@pytest.mark.parametrize("error", [FileNotFoundError(errno.ENOENT, "No such file"), OSError(errno.EIO, "Input/output error"), OSError(errno.ESTALE, "Stale")])
def test_a_folder_that_vanishes_as_it_is_listed(call, office, monkeypatch, error):
    listing = Path.iterdir

    def gone(path):
        if path.name == "6m2024" and path.parent.name == "data":
            raise error
        return listing(path)

    monkeypatch.setattr(Path, "iterdir", gone)
    code, _, err = call("report", "--project", office, *PERIOD)

    assert code == 3
    assert "Không đọc được thư mục" in err
    assert error.strerror not in err


@pytest.mark.parametrize("place", ["indicators/x.toml", "forms/x.toml", "van-ban/nd-30-2020.toml", "tables/x.toml", "templates/x/template.toml"])
def test_a_file_of_the_project_that_cannot_be_read_is_no_bug(call, office, place):
    (office / place).mkdir(parents=True)
    code, _, err = call("report", "--project", office, *PERIOD)

    assert code in (0, 3)
    assert code == 0 or "đây là thư mục" in err
    assert "sự cố ngoài dự kiến" not in err


def test_a_settings_file_that_is_a_folder(call, tmp_path):
    (tmp_path / "mtqg.toml").mkdir()
    code, _, err = call("report", "--project", tmp_path, *PERIOD)

    assert code == 2
    assert "đây là thư mục" in err

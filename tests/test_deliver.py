"""Files on the disk: what a broken manifest, a failure half-way or another run may not do."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock
from ownernotes import word_note

from mtqg_cli import deliver as module
from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.report import Artifact
from mtqg_cli.deliver import LOCK, MANIFEST, deliver, recorded, write

TWO = (Artifact("so-ket.docx", b"mot"), Artifact("tin-bai.docx", b"hai"))
NEW = (Artifact("so-ket.docx", b"mot moi"), Artifact("tin-bai.docx", b"hai moi"))
ABOUT = {each.name: {"period": "6m2024"} for each in TWO}


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def outputs(folder):
    return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["outputs"]


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"outputs": null}',
        '{"outputs": ["a"]}',
        '{"outputs": {"so-ket.docx": "abc"}}',
        '{"outputs": {"so-ket.docx": null}}',
        '{"outputs": {"so-ket.docx": {"sha256": 5}}}',
        '{"outputs": {"so-ket.docx": {}}}',
        '{"outputs": ' + "[" * 100_000,
    ],
)
def test_a_manifest_of_another_shape_counts_as_empty(tmp_path, manifest):
    (tmp_path / MANIFEST).write_text(manifest, encoding="utf-8")
    (tmp_path / "so-ket.docx").write_bytes(b"sua tay")

    delivered = deliver(tmp_path, TWO, ABOUT)

    assert delivered.paths == (tmp_path / "so-ket.docx", tmp_path / "tin-bai.docx")
    assert [path.read_bytes() for path in delivered.kept] == [b"sua tay"]
    assert sorted(outputs(tmp_path)) == ["so-ket.docx", "tin-bai.docx"]


def test_a_manifest_of_an_earlier_version_still_knows_its_files(tmp_path):
    deliver(tmp_path, TWO, ABOUT)
    entries = {name: {"sha256": each["sha256"], "period": "6m2024", "draft": False, "inputs": {}} for name, each in outputs(tmp_path).items()}
    (tmp_path / MANIFEST).write_text(json.dumps({"outputs": entries}), encoding="utf-8")

    assert deliver(tmp_path, NEW[:1], ABOUT).kept == ()
    assert json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))["format"] == 1
    assert outputs(tmp_path)["tin-bai.docx"] == entries["tin-bai.docx"]


def test_other_entries_of_the_manifest_stay_and_the_same_bytes_come_again(tmp_path):
    deliver(tmp_path, TWO, ABOUT)
    first = (tmp_path / MANIFEST).read_bytes()

    assert deliver(tmp_path, TWO[:1], ABOUT).kept == ()
    assert (tmp_path / MANIFEST).read_bytes() == first
    assert names(tmp_path) == [MANIFEST, "so-ket.docx", "tin-bai.docx"]


def test_what_is_there_already_is_not_written_again(tmp_path):
    """Not even where Word holds it, or nobody remembers having written it: a run was killed before it could enter it."""
    deliver(tmp_path, TWO, ABOUT)
    (tmp_path / MANIFEST).unlink()
    before = (tmp_path / "so-ket.docx").stat()

    assert deliver(tmp_path, TWO, ABOUT).kept == ()
    assert (tmp_path / "so-ket.docx").stat().st_ino == before.st_ino
    assert sorted(outputs(tmp_path)) == ["so-ket.docx", "tin-bai.docx"]


def test_figures_are_entered_where_there_are_some(tmp_path):
    deliver(tmp_path, (Artifact("a.docx", b"a", "abc"), Artifact("b.txt", b"b")), {"a.docx": {}, "b.txt": {}})

    assert [each.get("figures") for each in outputs(tmp_path).values()] == ["abc", None]


#: What takes part in putting a file in its place, and the number of calls that one delivery of two files makes.
STEPS = ("deliver.fresh_file", "os.fsync", "pathlib.Path.replace", "os.fdopen", "pathlib.Path.chmod")
CODES = (errno.ENOSPC, errno.EACCES)


def failing_at(monkeypatch, step, number, code):
    """The system refuses the n-th call of one kind."""
    owner, name = step.rsplit(".", 1)
    owner = {"deliver": module, "os": os, "pathlib.Path": Path}[owner]
    whole, calls = getattr(owner, name), [0]

    def counted(*arguments, **options):
        calls[0] += 1
        if calls[0] == number:
            if name == "fdopen":
                os.close(arguments[0])
            raise OSError(code, os.strerror(code))
        return whole(*arguments, **options)

    monkeypatch.setattr(owner, name, counted)
    return calls


def true_manifest(folder):
    """Whether the manifest says of every file what it is."""
    return {name: module.hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in outputs(folder)} == {
        name: each["sha256"] for name, each in outputs(folder).items()
    }


@pytest.mark.parametrize("code", CODES, ids=errno.errorcode.get)
@pytest.mark.parametrize(("step", "links"), [*((step, True) for step in STEPS), ("pathlib.Path.replace", False)])
def test_a_refusal_at_any_step_leaves_what_there_was(tmp_path, monkeypatch, step, code, links):
    if not links:
        monkeypatch.setattr("pathlib.Path.hardlink_to", lambda *_: (_ for _ in ()).throw(OSError(errno.EPERM, "")))
    number = 0
    while True:
        number += 1
        folder = tmp_path / str(number)
        deliver(folder, TWO, ABOUT)
        with monkeypatch.context() as patched:
            calls = failing_at(patched, step, number, code)
            try:
                deliver(folder, NEW, ABOUT)
            except MtqgError as error:
                failed = error
            else:
                break
        assert failed.exit_code == 3
        assert str(folder) in failed.message
        assert ("đĩa đã đầy" in failed.message) is (code == errno.ENOSPC)
        assert names(folder) == [MANIFEST, "so-ket.docx", "tin-bai.docx"]
        contents = [(folder / each.name).read_bytes() for each in TWO]
        assert contents in ([b"mot", b"hai"], [b"mot moi", b"hai"], [b"mot moi", b"hai moi"])
        if links or step != "pathlib.Path.replace":
            assert true_manifest(folder)
        again = deliver(folder, NEW, ABOUT)
        assert again.kept == ()
        assert true_manifest(folder)
    assert calls[0] == number - 1 > 1


@pytest.mark.parametrize("step", STEPS)
def test_a_refusal_at_any_step_of_a_first_run_leaves_nothing(tmp_path, monkeypatch, step):
    for number in (1, 2):
        with monkeypatch.context() as patched:
            failing_at(patched, step, number, errno.ENOSPC)
            with pytest.raises(MtqgError, match="đĩa đã đầy"):
                deliver(tmp_path, TWO, ABOUT)
        assert names(tmp_path) == []


@pytest.mark.parametrize("step", STEPS)
def test_a_file_edited_by_hand_stays_where_it_is_if_the_new_one_cannot_be_written(tmp_path, monkeypatch, step):
    deliver(tmp_path, TWO, ABOUT)
    (tmp_path / "so-ket.docx").write_bytes(b"sua tay")
    for number in (1, 2):
        with monkeypatch.context() as patched:
            failing_at(patched, step, number, errno.ENOSPC)
            with pytest.raises(MtqgError):
                deliver(tmp_path, NEW, ABOUT)
        assert (tmp_path / "so-ket.docx").read_bytes() == b"sua tay"
        assert names(tmp_path) == [MANIFEST, "so-ket.docx", "tin-bai.docx"]
    assert [path.read_bytes() for path in deliver(tmp_path, NEW, ABOUT).kept] == [b"sua tay"]


def test_a_file_of_a_day_that_no_calendar_has_is_kept(tmp_path):
    deliver(tmp_path, TWO, ABOUT)
    (tmp_path / "so-ket.docx").write_bytes(b"sua tay")
    os.utime(tmp_path / "so-ket.docx", ns=(2**62, 2**62))

    kept = deliver(tmp_path, NEW, ABOUT).kept
    assert [path.read_bytes() for path in kept] == [b"sua tay"]


#: What another process does: delivers twenty files of its own, or dies while it writes one.
CHILD = """
import os, sys
from pathlib import Path
from mtqg_cli import deliver as module
from mtqg_cli.core.report import Artifact
from mtqg_cli.deliver import deliver

folder, unit, what = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
if what == "killed":
    module._swap = lambda *_: os._exit(9)
for number in range(20):
    deliver(folder, [Artifact(f"{unit}-{number}.md", unit.encode() * 100)], {f"{unit}-{number}.md": {"period": "6m2024"}})
"""


def child(folder, unit, what="delivers"):
    return subprocess.Popen([sys.executable, "-c", CHILD, str(folder), unit, what], stderr=subprocess.PIPE, text=True, encoding="utf-8")


def test_runs_at_once_lose_no_entry(tmp_path):
    runs = [child(tmp_path, unit) for unit in ("a", "b", "c")]
    told = [run.communicate()[1] for run in runs]

    assert [run.returncode for run in runs] == [0, 0, 0], told
    assert sorted(outputs(tmp_path)) == sorted(f"{unit}-{number}.md" for unit in "abc" for number in range(20))
    assert len(names(tmp_path)) == 61


def test_what_a_killed_run_leaves_is_taken_away_by_the_next(tmp_path):
    deliver(tmp_path, TWO, ABOUT)
    run = child(tmp_path, "a", "killed")
    run.communicate()
    left = set(names(tmp_path)) - {MANIFEST, "so-ket.docx", "tin-bai.docx"}
    assert run.returncode == 9
    assert len(left) >= 2
    others = (".mtqg-abc.tmp", ".mtqg-abcdefgh.tmp.docx", ".~lock.so-ket.docx#", "~$-ket.docx", "x.tmp", ".so-ket-abcdefgh.tmp", "mtqg-abcdefgh.tmp")
    for name in others:
        (tmp_path / name).write_text("của người khác", encoding="utf-8")
    (tmp_path / ".mtqg-12345678.tmp").mkdir()

    assert deliver(tmp_path, NEW, ABOUT).kept == ()
    assert names(tmp_path) == sorted({MANIFEST, "so-ket.docx", "tin-bai.docx", ".mtqg-12345678.tmp", *others})


#: A run that dies before or after its n-th step; it says so by its exit code.
DYING = """
import os, sys
from pathlib import Path
from mtqg_cli.core.report import Artifact
from mtqg_cli import deliver as module

folder, at, after = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "after"
steps = [0]

def dying(whole):
    def step(*arguments, **options):
        steps[0] += 1
        if steps[0] == at and not after:
            os._exit(9)
        found = whole(*arguments, **options)
        if steps[0] == at:
            os._exit(9)
        return found
    return step

module.fresh_file, os.fsync = dying(module.fresh_file), dying(os.fsync)
for name in ("replace", "hardlink_to", "unlink", "rename", "chmod"):
    setattr(Path, name, dying(getattr(Path, name)))
module.deliver(folder, [Artifact("so-ket.docx", b"mot moi"), Artifact("tin-bai.docx", b"hai moi")], {"so-ket.docx": {}, "tin-bai.docx": {}})
"""


@pytest.mark.parametrize("edited", [False, True], ids=["", "edited by hand"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_run_that_dies_at_any_step_leaves_old_files_or_new_ones(tmp_path, when, edited):
    for number in range(1, 60):
        folder = tmp_path / str(number)
        deliver(folder, TWO, ABOUT)
        if edited:
            (folder / "so-ket.docx").write_bytes(b"sua tay")
        run = subprocess.run([sys.executable, "-c", DYING, str(folder), str(number), when], check=False)
        there = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".docx"}
        assert there.get("so-ket.docx", b"mot") in (b"mot", b"mot moi", b"sua tay")
        assert there["tin-bai.docx"] in (b"hai", b"hai moi")
        assert not edited or b"sua tay" in there.values()
        assert json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["outputs"]
        delivered = deliver(folder, NEW, ABOUT)
        kept = [path for path in folder.iterdir() if "bản sửa tay" in path.name]
        assert [path.read_bytes() for path in kept] == ([b"sua tay"] if edited else [])
        assert set(delivered.kept) <= set(kept)
        assert true_manifest(folder)
        assert set(names(folder)) == {MANIFEST, "so-ket.docx", "tin-bai.docx", *(path.name for path in kept)}
        if run.returncode == 0:
            break
    assert (run.returncode, number > 10) == (0, True)


def test_nothing_is_taken_from_a_run_that_is_still_going(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_PATIENCE", 0.2)
    (tmp_path / ".mtqg-abcdefgh.tmp").write_bytes(b"dang ghi")
    with FileLock(tmp_path / LOCK):
        started = time.monotonic()
        with pytest.raises(MtqgError, match="Một lần chạy khác đang ghi vào thư mục") as raised:
            deliver(tmp_path, TWO, ABOUT)
        assert time.monotonic() - started < 5
        assert (raised.value.exit_code, (tmp_path / ".mtqg-abcdefgh.tmp").read_bytes()) == (3, b"dang ghi")
        assert recorded(tmp_path) == {}


def test_a_disk_without_locks_is_still_written_to(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("filelock.FileLock.acquire", refuse)
    (tmp_path / ".mtqg-abcdefgh.tmp").write_bytes(b"cua ai")
    deliver(tmp_path, TWO, ABOUT)

    assert names(tmp_path) == [".mtqg-abcdefgh.tmp", MANIFEST, "so-ket.docx", "tin-bai.docx"]  # whose it is cannot be known


class WindowsError(OSError):
    """What Windows answers, with its own number."""

    def __init__(self, number):
        super().__init__(errno.EACCES, "Access is denied")
        self.winerror = number


def held(monkeypatch, name, number, times):
    """A program that holds a file for so many attempts."""
    whole, left = Path.replace, [times]

    def replace(made, target):
        if Path(target).name == name and left[0]:
            left[0] -= 1
            raise WindowsError(number)
        return whole(made, target)

    monkeypatch.setattr("pathlib.Path.replace", replace)


@pytest.mark.parametrize("number", [5, 32, 33, 1224])
def test_a_scanner_that_holds_a_file_for_a_moment_is_waited_for(tmp_path, monkeypatch, number):
    monkeypatch.setattr(module, "_PAUSES", (0.001,) * 4)
    held(monkeypatch, "so-ket.docx", number, 4)

    deliver(tmp_path, TWO, ABOUT)
    assert true_manifest(tmp_path)


def test_a_document_that_is_open_is_named_with_who_has_it(tmp_path, monkeypatch):
    deliver(tmp_path, TWO, ABOUT)
    (tmp_path / "~$so-ket.docx").write_bytes(word_note("Nguyễn Thị Hoài"))
    monkeypatch.setattr(module, "_PAUSES", (60,))  # nobody waits for a person
    held(monkeypatch, "so-ket.docx", 32, 9)
    with pytest.raises(MtqgError) as raised:
        deliver(tmp_path, NEW, ABOUT)

    assert raised.value.message == f"Không ghi được tệp {tmp_path / 'so-ket.docx'}: tệp đang mở trong Word, người mở: Nguyễn Thị Hoài."
    assert raised.value.hint == "Đóng tệp đó, hoặc chọn thư mục khác, rồi chạy lại."
    assert true_manifest(tmp_path)


def test_single_files_are_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "a" / "trang.html"
    write(path, b"mot")
    for step in STEPS:
        with monkeypatch.context() as patched:
            failing_at(patched, step, 1, errno.ENOSPC)
            with pytest.raises(MtqgError, match="đĩa đã đầy"):
                write(path, b"hai")
        assert (names(path.parent), path.read_bytes()) == (["trang.html"], b"mot")


def test_what_comes_in_pieces_is_written_whole_or_not_at_all(tmp_path):
    def broken():
        yield b"nua"
        raise RuntimeError

    path = tmp_path / "gop.json"
    write(path, iter([b"mot ", b"hai"]))
    with pytest.raises(RuntimeError):
        write(path, broken())
    assert (names(tmp_path), path.read_bytes()) == (["gop.json"], b"mot hai")


@pytest.mark.parametrize("place", ["thu-muc", "tep/trong-tep"])
def test_a_place_that_is_none_is_told(tmp_path, place):
    (tmp_path / "thu-muc" / "so-ket.docx").mkdir(parents=True)
    (tmp_path / "tep").write_text("", encoding="utf-8")
    with pytest.raises(MtqgError) as raised:
        deliver(tmp_path / place, TWO, ABOUT)

    assert "đây là thư mục" in raised.value.message or "là tệp, không phải thư mục" in raised.value.message
    assert not [name for name in names(tmp_path / place.split("/")[0]) if name.startswith(".")] if place == "thu-muc" else True

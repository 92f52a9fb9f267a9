"""`mtqg batch` from outside: lines, exit codes, log, what is left out, what a crash leaves."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest

SAMPLE = Path(__file__).resolve().parent.parent.parent / "sample_data" / "dam-ha"
FACTS = '[[job]]\nproject = "du-an/*"\nperiod = "6m2024"\nformats = "json"\n'
JOBS = '[defaults]\nformats = ["md", "json"]\n[[job]]\nproject = "du-an/*"\nperiod = "6m2024"\n'


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with copies of the sample and a file of jobs; the working folder is another one."""

    def make(*names, text=JOBS):
        for name in names:
            shutil.copytree(SAMPLE, tmp_path / "Báo cáo 2024" / "du-an" / name, ignore=shutil.ignore_patterns("out", ".mtqg"))
        path = tmp_path / "Báo cáo 2024" / "việc.toml"
        path.write_text(text, encoding="utf-8")
        return path

    monkeypatch.chdir(tmp_path)
    return make


def spoil(project, value="hai"):
    """Words where a number belongs."""
    path = project / "data" / "6m2024" / "quang-lam.xlsx"
    book = openpyxl.load_workbook(path)
    book["Biểu 02"]["C10"] = value
    book.save(path)


def lines(path):
    return [json.loads(each) for each in path.read_text(encoding="utf-8").splitlines()]


def outputs(path):
    found = {}
    for each in sorted(path.parent.glob("**/out/**/*")):
        if each.is_file():
            found[each.relative_to(path.parent).as_posix()] = hashlib.sha256(each.read_bytes()).hexdigest()
    return found


def test_every_job_has_a_line_an_entry_and_its_files(call, place, tmp_path):
    path = place("a", "b")
    spoil(path.parent / "du-an" / "b")

    code, out, err = call("batch", path, "--jobs", 1, "--log", tmp_path / "chay.jsonl")

    assert out.splitlines() == [
        "[1/2] Huyện Đầm Hà, 6m2024: đã lập 2 tệp; 0 lỗi, 0 cảnh báo",
        "[2/2] Huyện Đầm Hà, 6m2024: số liệu còn lỗi; 1 lỗi, 0 cảnh báo",
    ]
    assert code == 1
    assert err.splitlines()[-1] == "Xong 2 việc: 1 đã lập, 1 số liệu còn lỗi."
    made, refused = lines(tmp_path / "chay.jsonl")
    folder = path.parent / "du-an" / "a" / "out" / "6m2024"
    assert {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("so-ket.md", "so-lieu.json", "kiem-tra-so-lieu.html")} == made[
        "outputs"
    ]
    assert (made["status"], made["exit_code"], made["errors"], made["workbooks"], made["missing"], made["message"]) == ("made", 0, 0, 10, [], None)
    assert (refused["status"], refused["exit_code"], refused["errors"], list(refused["outputs"])) == ("refused", 1, 1, ["kiem-tra-so-lieu.html"])
    assert "C10" in (path.parent / "du-an" / "b" / "out" / "6m2024" / "kiem-tra-so-lieu.html").read_text(encoding="utf-8")
    assert json.loads((folder / "so-lieu.json").read_text(encoding="utf-8"))["figures"]
    assert not (path.parent / ".mtqg" / "việc.toml.nhat-ky").exists()


def test_no_job_stops_another_and_the_worst_is_the_exit_code(call, place, tmp_path):
    path = place(
        "a", "b", "c", text=JOBS + '[[job]]\nproject = "khong-co/*"\nperiod = "6m2024"\n[[job]]\nproject = "du-an/a"\nperiod = "2023"\ntemplates = "la"\n'
    )
    (path.parent / "du-an" / "a" / "mtqg.toml").write_text("[unit]\n", encoding="utf-8")
    spoil(path.parent / "du-an" / "b")

    code, out, err = call("batch", path, "--jobs", 2, "--log", tmp_path / "chay.jsonl")

    assert [(each["status"], each["exit_code"]) for each in lines(tmp_path / "chay.jsonl")] == [
        ("failed", 2),
        ("refused", 1),
        ("made", 0),
        ("failed", 3),
        ("failed", 2),
    ]
    assert code == 3
    assert len(out.splitlines()) == 5
    assert "[4] Không có thư mục dự án nào" in err


def test_a_bug_costs_its_job_and_its_traceback_goes_into_a_file(call, place, tmp_path, monkeypatch):
    path = place("a", "b")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    from mtqg_cli.batch import job

    real = job.gather

    def stumbling(project, period):
        if project.folder.name == "a":
            raise ZeroDivisionError
        return real(project, period)

    monkeypatch.setattr(job, "gather", stumbling)
    code, out, err = call("batch", path, "--jobs", 1)

    assert code == 4
    assert [line.split(": ")[1] for line in out.splitlines()] == ["không lập được (mã 4)", "đã lập 2 tệp; 0 lỗi, 0 cảnh báo"]
    assert "Traceback" not in out + err
    assert any("ZeroDivisionError" in each.read_text(encoding="utf-8") for each in tmp_path.glob("mtqg-*.log"))


def test_nothing_depends_on_the_number_of_workers(call, place):
    path = place("a", "b", "c", text=JOBS.replace('["md", "json"]', '["docx", "xlsx", "html", "md", "json"]'))
    spoil(path.parent / "du-an" / "b")
    found = []
    for number in (1, 2, 3):
        code, out, err = call("batch", path, "--jobs", number)
        found.append((code, out, err, outputs(path)))
        for each in ("out", ".mtqg"):
            for folder in path.parent.glob(f"du-an/*/{each}"):
                shutil.rmtree(folder)

    assert len(found[0][3]) == 2 * 7 + 2
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(
    ("change", "redone"),
    [
        (lambda _: None, False),
        (lambda project: spoil(project, 11), True),
        (lambda project: (project / "mtqg.toml").write_text((project / "mtqg.toml").read_text("utf-8") + "\n[style]\nleading_zero = false\n", "utf-8"), True),
        (lambda project: (project / "data" / "6m2024" / "don-vi.xlsx").rename(project / "don-vi.xlsx"), True),
        (lambda project: (project / "out" / "6m2024" / "kiem-tra-so-lieu.html").write_text("sửa tay", "utf-8"), True),
        (lambda project: (project / "out" / "6m2024" / "so-lieu.json").unlink(), True),
        (lambda project: (project / "out" / "6m2024" / "manifest.json").write_text("{", "utf-8"), True),
        (lambda project: os.utime(project / "data" / "6m2024" / "don-vi.xlsx"), False),
    ],
    ids=["nothing", "a figure", "settings", "a file gone", "an output edited", "an output gone", "no manifest", "a file only touched"],
)
def test_only_what_changed_is_done_again(call, place, change, redone):
    path = place("a", text=FACTS)
    settings = path.parent / "du-an" / "a" / "mtqg.toml"
    settings.write_text(settings.read_text("utf-8").replace("[style]\n", "[style_]\n").split("[style_]")[0], "utf-8")
    call("batch", path, "--jobs", 1)
    change(path.parent / "du-an" / "a")

    _, out, _ = call("batch", path, "--jobs", 1, "--only-changed")

    assert out.endswith(": không đổi\n") is not redone


def test_what_is_refused_stays_refused(call, place):
    path = place("a", text=FACTS)
    spoil(path.parent / "du-an" / "a")
    codes = [call("batch", path, "--jobs", 1, "--only-changed")[0] for _ in range(2)]

    assert codes == [1, 1]


def test_a_draft_is_made_of_wrong_data(call, place):
    path = place("a", text=FACTS + "draft = true\n")
    spoil(path.parent / "du-an" / "a")

    code, out, _ = call("batch", path, "--jobs", 1)

    assert (code, out) == (0, "[1/1] Huyện Đầm Hà, 6m2024: đã lập 1 tệp; 1 lỗi, 0 cảnh báo\n")


def test_parts_do_everything_once(call, place):
    path = place("a", "b", "c", text=FACTS)
    out = "".join(call("batch", path, "--jobs", 1, "--shard", f"{part}/2")[1] for part in (1, 2))

    assert sorted(line[:5] for line in out.splitlines()) == ["[1/3]", "[2/3]", "[3/3]"]
    assert len(list(path.parent.glob("du-an/*/out/6m2024/so-lieu.json"))) == 3


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--shard", "3/2"], "--shard không có lựa chọn “3/2”"),
        (["--shard", "0/2"], "--shard không có lựa chọn “0/2”"),
        (["--jobs", "0"], "--jobs"),
        (["--jobs", "2", "--scheduler", "tcp://a:1"], "không dùng cùng nhau"),
        (["--print-task", "at"], "--print-task không có lựa chọn “at”"),
    ],
)
def test_wrong_calls(call, place, arguments, told):
    code, out, err = call("batch", place("a"), *arguments)

    assert (code, out) == (2, "")
    assert told in err


def test_a_log_that_cannot_be_written_is_told_before_anything_is_made(call, place, tmp_path):
    path = place("a")

    code, out, err = call("batch", path, "--log", tmp_path)

    assert (code, out) == (3, "")
    assert "Không ghi được nhật ký" in err
    assert not outputs(path)


def test_the_log_is_added_to_and_mends_a_line_cut_short(call, place, tmp_path):
    path, log = place("a", text=FACTS), tmp_path / "chay.jsonl"
    call("batch", path, "--jobs", 1, "--log", log)
    with log.open("a", encoding="utf-8") as file:
        file.write('{"job": 1, "sta')
    call("batch", path, "--jobs", 1, "--log", log)

    first, broken, second = log.read_text(encoding="utf-8").splitlines()
    assert json.loads(first)["outputs"] == json.loads(second)["outputs"]
    assert broken == '{"job": 1, "sta'


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_log_that_finds_no_room_stops_no_job(call, place):
    path = place("a", "b", text=FACTS)

    code, out, err = call("batch", path, "--jobs", 1, "--log", "/dev/full")

    assert code == 3
    assert len(outputs(path)) == 2 * 3
    assert len(out.splitlines()) == 2
    assert err.count("Không ghi được nhật ký /dev/full: đĩa đã đầy") == 1


def test_a_project_is_let_go_of_when_nothing_of_it_is_under_way(call, place, monkeypatch):
    """A file that is locked is an open one, and a system gives out a thousand of them or so."""
    from mtqg_cli.batch import run

    path = place("a", "b", "c", text=FACTS + FACTS.replace("6m2024", "2023"))
    held, most = set(), []
    lock, release = run.lock_project, run.Held.release

    def noting(project, *arguments):
        held.add(project / ".mtqg" / "dang-chay.json")
        most.append(len(held))
        return lock(project, *arguments)

    def letting_go(one):
        held.discard(one.sign)
        release(one)

    monkeypatch.setattr(run, "lock_project", noting)
    monkeypatch.setattr(run.Held, "release", letting_go)
    code, _, err = call("batch", path, "--jobs", 1)

    assert code in (0, 1)
    assert "Xong 6 việc" in err
    assert max(most) == 1
    assert not held


def test_a_project_that_another_run_is_at(call, place):
    from datetime import UTC, datetime

    from mtqg_cli.batch.lock import lock_project

    path = place("a", "b", text=FACTS)
    held = lock_project(path.parent / "du-an" / "a", "mtqg report", datetime(2024, 6, 20, tzinfo=UTC))
    try:
        code, out, err = call("batch", path, "--jobs", 2, "--wait", 0)
        by_hand = call("report", "--project", path.parent / "du-an" / "a", "--period", "6m2024", "--format", "md", "--wait", 0)
    finally:
        held.release()

    assert code == 3
    assert [line.split(": ")[1] for line in out.splitlines()] == ["không lập được (mã 3)", "đã lập 1 tệp; 0 lỗi, 0 cảnh báo"]
    assert "đang có lần chạy khác: mtqg report, từ 00:00 ngày 20/06/2024" in err
    assert by_hand[0] == 3
    assert "đang có lần chạy khác" in by_hand[2]
    assert call("batch", path, "--jobs", 1, "--wait", 0)[0] == 0


def test_the_same_list_is_not_run_twice_at_once_but_its_parts_are(call, place):
    from datetime import UTC, datetime

    from mtqg_cli.batch.lock import hold

    path = place("a", text=FACTS)
    held = hold(path.parent / ".mtqg" / path.name, "", "mtqg batch", datetime(2024, 6, 20, tzinfo=UTC))
    try:
        twice = call("batch", path, "--jobs", 1, "--wait", 0)
        part = call("batch", path, "--jobs", 1, "--wait", 0, "--shard", "1/1")
    finally:
        held.release()

    assert (twice[0], part[0]) == (3, 0)
    assert "Danh sách việc.toml đang có lần chạy khác: mtqg batch" in twice[2]


def start(path, *arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "mtqg_cli.cli", "batch", str(path), *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def children(pid):
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(each) for each in found.stdout.split()]


def gone(pids):
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if not any(Path(f"/proc/{each}").exists() for each in pids):
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_stopped_in_the_middle_it_leaves_nothing_half_done_and_goes_on_later(call, place, how, number):
    path = place(*"abcdefg", text=FACTS)  # so many that two workers have not done all of them when the first is told
    with start(path, "--jobs", str(number)) as process:
        first = process.stdout.readline()
        workers = children(process.pid)
        process.send_signal(how)
        _, err = process.communicate(timeout=60)

    assert first.startswith("[1/7]")
    assert process.returncode == 130
    assert "Chạy lại đúng lệnh này để làm tiếp" in err
    assert err.splitlines()[-1] == "Đã dừng theo yêu cầu."
    assert "Traceback" not in err
    assert gone(workers)
    assert not list(path.parent.rglob("*.tmp"))
    done = {each.parent.parent.parent.name for each in path.parent.glob("du-an/*/out/6m2024/so-lieu.json")}
    assert "a" in done
    assert len(done) < 7

    code, out, _ = call("batch", path, "--jobs", 1)
    again = out.splitlines()
    assert code == 0
    assert again[0] == "[1/7] Huyện Đầm Hà, 6m2024: không đổi (đã xong ở lần chạy trước bị ngắt)"
    assert again[6] == "[7/7] Huyện Đầm Hà, 6m2024: đã lập 1 tệp; 0 lỗi, 0 cảnh báo"
    assert not list((path.parent / ".mtqg").glob("*.nhat-ky"))  # the next run would do everything again


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.parametrize("command", ["report", "validate"])
def test_other_commands_say_that_they_were_stopped(place, command):
    project = place("a").parent / "du-an" / "a"
    words = [sys.executable, "-m", "mtqg_cli.cli", command, "--project", str(project), "--period", "6m2024"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        until = time.monotonic() + 60
        while not (project / ".mtqg").exists() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.002)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)

    assert process.returncode in (0, 130, -signal.SIGINT)  # it may have been done already; Python ends so where it was making a class
    assert process.returncode == 0 or err.splitlines()[-1] == "Đã dừng theo yêu cầu."


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_what_is_to_outlive_its_terminal_does(place):
    """As nohup starts it: whoever leaves closes the terminal, and the run goes on."""
    path = place("a", "b", text=FACTS)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        process = start(path, "--jobs", "1")
    finally:
        signal.signal(signal.SIGHUP, before)
    with process:
        process.stdout.readline()
        process.send_signal(signal.SIGHUP)
        _, err = process.communicate(timeout=60)

    assert process.returncode == 0, err


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_killed_it_leaves_no_workers_no_lock_and_a_journal(call, place):
    path = place("a", "b", "c", text=FACTS)
    with start(path, "--jobs", "2") as process:
        process.stdout.readline()
        workers = children(process.pid)
        process.kill()
        process.communicate(timeout=60)

    assert gone(workers)
    spoil(path.parent / "du-an" / "a", 11)

    code, out, _ = call("batch", path, "--jobs", 1, "--wait", 0)
    assert code == 1  # the changed figure does not add up
    assert "đã xong ở lần chạy trước" not in out.splitlines()[0]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_a_worker_killed_in_the_middle_changes_nothing(place):
    path = place("a", "b", "c", text=FACTS)
    with start(path, "--jobs", "2") as process:
        deaths = 0
        while process.poll() is None and deaths < 2:
            time.sleep(0.7)
            for pid in children(process.pid):
                about = Path(f"/proc/{pid}/cmdline")
                if about.exists() and b"spawn_main" in about.read_bytes():
                    os.kill(pid, signal.SIGKILL)
                    deaths += 1
                    break
        out, err = process.communicate(timeout=120)

    assert (process.returncode, deaths) == (0, 2), err
    assert [line.split(": ")[1] for line in out.splitlines()] == ["đã lập 1 tệp; 0 lỗi, 0 cảnh báo"] * 3


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Unix")
@pytest.mark.parametrize("plain", [False, True])
def test_the_bar_is_on_the_terminal_and_the_lines_are_not(place, monkeypatch, plain):
    import pty

    monkeypatch.setenv("TERM", "dumb" if plain else "xterm-256color")
    monkeypatch.setenv("NO_COLOR", "1")
    path = place("a", text=FACTS)
    screen, terminal = pty.openpty()
    command = [sys.executable, "-m", "mtqg_cli.cli", "batch", str(path), "--jobs", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=terminal) as process:
        os.close(terminal)
        out = process.stdout.read().decode()
        shown = b""
        try:
            while chunk := os.read(screen, 65536):
                shown += chunk
        except OSError:  # the other end is closed
            os.close(screen)

    assert out == "[1/1] Huyện Đầm Hà, 6m2024: đã lập 1 tệp; 0 lỗi, 0 cảnh báo\n"
    assert ("1/1 việc" in shown.decode() and "100%" in shown.decode() and "còn" in shown.decode()) is not plain
    assert "\x1b[3" not in shown.decode()
    assert shown.decode().replace("\r", "").rstrip().endswith("Xong 1 việc: 1 đã lập.")

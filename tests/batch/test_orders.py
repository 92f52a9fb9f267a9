"""JOBS.toml: what comes of it, in which order, and every mistake in it at once."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqg_cli.batch.job import open_job
from mtqg_cli.batch.orders import JobOrder, load_orders, sharded
from mtqg_cli.batch.run import refuse_doubles
from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.report import Artifact
from mtqg_cli.deliver import deliver


@pytest.fixture
def jobs(tmp_path):
    """Writes the file, and empty projects beside it."""

    def write(text, *projects):
        for name in projects:
            folder = tmp_path / name
            folder.mkdir(parents=True)
            (folder / "mtqg.toml").write_text('[unit]\nname = "Huyện Đầm Hà, Tỉnh Quảng Ninh"\ndate = 2024-06-30\n', encoding="utf-8")
        path = tmp_path / "jobs.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_pattern_gives_its_projects_by_name_and_each_its_periods(jobs, tmp_path):
    path = jobs(
        '[defaults]\nperiod = ["6M2024", "2023"]\nformats = "md"\n[[job]]\nproject = "tinh/*"\n[[job]]\nproject = "rieng"\nperiod = "q3-2024"\ndraft = true\n',
        "tinh/b",
        "tinh/a",
        "rieng",
    )
    (tmp_path / "tinh" / "ghi-chu").mkdir()

    found = load_orders(path)

    assert [(each.number, each.project.name, each.period, each.draft) for each in found] == [
        (1, "a", "6m2024", False),
        (2, "a", "2023", False),
        (3, "b", "6m2024", False),
        (4, "b", "2023", False),
        (5, "rieng", "q3-2024", True),
    ]
    assert {each.templates for each in found} == {("so-ket",)}
    assert {each.formats for each in found} == {("md",)}
    assert found[0].folder == (tmp_path / "tinh" / "a" / "out" / "6m2024").resolve()


def test_a_job_says_otherwise_than_the_defaults(jobs):
    path = jobs('[defaults]\nperiod = "2023"\ndraft = true\ntemplates = ["a"]\n[[job]]\nproject = "x"\ndraft = false\ntemplates = ["b", "c"]\n', "x")

    (order,) = load_orders(path)

    assert (order.draft, order.templates) == (False, ("b", "c"))


def test_out_is_beside_the_file_and_may_name_project_and_period(jobs, tmp_path):
    path = jobs('[[job]]\nproject = "x y"\nperiod = "2023"\nout = "ra/{period}/{project}"\n', "x y")

    assert load_orders(path)[0].folder == tmp_path.resolve() / "ra" / "2023" / "x y"


def test_a_folder_that_looks_like_a_pattern_is_meant_as_it_stands(jobs):
    path = jobs('[[job]]\nproject = "xã [mới]"\nperiod = "2023"\n', "xã [mới]", "xã m")

    assert [each.project.name for each in load_orders(path)] == ["xã [mới]"]


@pytest.mark.parametrize("pattern", ["khong-co/*", "khong/*/co", "**/khong-co"])
def test_a_pattern_that_nothing_fits_is_a_job_that_will_fail(jobs, pattern):
    (order,) = load_orders(jobs(f'[[job]]\nproject = "{pattern}"\nperiod = "2023"\n'))

    assert pattern in order.problem


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["mục [job]: thiếu mục bắt buộc"]),
        ("job = []", ["mục [job]: không được để trống"]),
        ("[[job]]\n[[job]]\nproject = 5", ["việc thứ 1, mục project: thiếu mục bắt buộc", "việc thứ 2, mục project: phải là chữ trong dấu nháy"]),
        ('[[job]]\nproject = "x"', ["việc thứ 1: thiếu mục period"]),
        ('[[job]]\nproject = "x"\nperiod = "thang 6"', ["việc thứ 1, mục period: “thang 6” không phải là kỳ báo cáo"]),
        (
            '[[job]]\nproject = "x"\nperiod = "2023"\nformats = ["doc"]',
            ["việc thứ 1, mục formats: không phải là giá trị được phép: docx, html, md, pdf, xlsx, json"],
        ),
        ('[[job]]\nproject = "x"\nperiod = "2023"\nout = "ra/{ky}"', ["việc thứ 1, mục out: chỉ dùng được {project} và {period}, không dùng được {ky}"]),
        ('[[job]]\nproject = "x"\nperiod = "2023"\ntemplate = "so-ket"', ["việc thứ 1, mục template: không có mục nào tên như vậy"]),
        ('[[job]]\nproject = "x"\nperiod = []', ["việc thứ 1, mục period: không được để trống"]),
        ('[defaults]\ndraft = "có"\nky = 1\n[[job]]\nproject = "x"\nperiod = "2023"', ["mục [defaults] draft: phải là true hoặc false", "mục [defaults] ky"]),
        ('[[job]]\nproject = "x"\nperiod = "2023"\ntemplates = ["a", "a"]', ["việc thứ 1, mục templates: có tên ghi hai lần"]),
        ('[job]\nproject = "x"\nperiod = "2023"', ["mục [job]: mỗi việc mở đầu bằng [[job]], hai dấu ngoặc"]),
        ('[[job]]\nproject = "x"\nperiod = "2023"\nout = "D:\\bao-cao"', ["việc thứ 1, mục out: có ký tự điều khiển"]),
        ("[[job]", ["viết sai cú pháp ở dòng 1"]),
    ],
)
def test_every_mistake_is_told_with_its_place(jobs, text, told):
    with pytest.raises(MtqgError) as raised:
        load_orders(jobs(text))

    assert raised.value.exit_code == 2
    assert [each for each in told if each not in raised.value.message] == [], raised.value.message
    assert ("mục [job]" in raised.value.message) is any("[job]" in each for each in told), "a wrong entry is told, not that there is none"


def test_one_mistake_is_told_once(jobs):
    with pytest.raises(MtqgError) as raised:
        load_orders(jobs('[[job]]\nproject = "x"\nperiod = "2023"\nfoo = 1'))

    assert raised.value.message.splitlines()[1:] == ["  việc thứ 1, mục foo: không có mục nào tên như vậy"]


def test_a_year_needs_no_quotes(jobs):
    assert [each.period for each in load_orders(jobs('[[job]]\nproject = "a"\nperiod = 2023\n[[job]]\nproject = "a"\nperiod = [2022, "6m2022"]', "a"))] == [
        "2023",
        "2022",
        "6m2022",
    ]


@pytest.mark.parametrize("written", ["Đầm Hà", "Đầm Hà/Huyện*", "Đầm Hà/Huyện Đầm Hà"])
@pytest.mark.parametrize("forms", [("NFC", "NFD"), ("NFD", "NFC")])
def test_both_spellings_of_a_name_mean_the_same_folder(jobs, tmp_path, forms, written):
    """What came from a Mac has its letters taken apart."""
    there, asked = forms
    lies = [unicodedata.normalize(there, each) for each in ("Đầm Hà", "Đầm Hà/Huyện Đầm Hà")]
    text = unicodedata.normalize(asked, written) if "*" not in written else unicodedata.normalize(asked, "Đầm Hà") + "/H*"
    orders = load_orders(jobs(f'[[job]]\nproject = "{text}"\nperiod = "2023"', *lies))

    assert [each.project for each in orders] == [tmp_path / (lies[0] if written == "Đầm Hà" else lies[1])]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("line", ['project = "vòng"', 'project = "vòng/*"', 'project = "a"\nout = "vòng/x"'])
def test_links_that_lead_in_a_circle_are_a_failed_job(jobs, tmp_path, line):
    (tmp_path / "vòng").symlink_to("vòng")
    (order,) = load_orders(jobs(f'[[job]]\n{line}\nperiod = "2023"', "a"))

    if "out" in line:
        open_job(order)
        with pytest.raises(MtqgError, match="Không ghi được"):
            deliver(order.folder, [Artifact("x.md", b"")], {"x.md": {}})
    else:
        with pytest.raises(MtqgError, match="vòng"):
            open_job(order)


def test_a_file_that_is_not_there_or_not_utf_8(tmp_path):
    other = tmp_path / "cu.toml"
    other.write_bytes('[[job]]\nproject = "Đầm"'.encode("utf-16"))

    for path, told in ((tmp_path / "khong-co.toml", "Không thấy tệp"), (tmp_path, "Không đọc được tệp"), (other, "UTF-8")):
        with pytest.raises(MtqgError, match=told) as raised:
            load_orders(path)
        assert raised.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ('[[job]]\nproject = "a"\nperiod = "2023"\n[[job]]\nproject = "a"\nperiod = "2023"\n', {"so-ket.docx"}),
        ('[[job]]\nproject = "*"\nperiod = "2023"\nout = "chung"\n', {"so-ket.docx", "kiem-tra-so-lieu.html"}),
        ('[[job]]\nproject = "a"\nperiod = ["2023", "2022"]\nout = "ra/{project}"\nformats = "json"', {"so-lieu.json", "kiem-tra-so-lieu.html"}),
        ('[[job]]\nproject = "a"\nperiod = "2023"\n[[job]]\nproject = "a/../a"\nperiod = "2023"\ntemplates = "tin-bai"\nformats = "md"', set()),
        ('[[job]]\nproject = "*"\nperiod = ["2023", "2022"]\nout = "{project}-{period}"\n', set()),
        (
            '[[job]]\nproject = "a"\nperiod = "2023"\nformats = "json"\n[[job]]\nproject = "a"\nperiod = "2023"\nformats = ["json", "md"]\ndraft = true',
            {"so-lieu.json", "kiem-tra-so-lieu.html"},
        ),
    ],
)
def test_two_jobs_that_write_the_same_file_are_refused(jobs, text, files):
    orders = load_orders(jobs(text, "a", "b"))
    if not files:
        refuse_doubles(orders)
        return
    with pytest.raises(MtqgError) as raised:
        refuse_doubles(orders)

    assert raised.value.exit_code == 2
    assert {Path(line.split(": ", 1)[1]).name for line in raised.value.message.splitlines()[1:]} == files


@given(st.lists(st.sampled_from("abcdefghijkl"), max_size=40), st.integers(1, 9))
def test_shards_are_disjoint_and_complete_and_do_not_cut_a_project(names, parts):
    orders = [JobOrder(number, Path("/" + name), "2023") for number, name in enumerate(names, start=1)]
    shards = [sharded(orders, part, parts) for part in range(1, parts + 1)]
    homes = [{each.project for each in shard} for shard in shards]

    assert sorted(each.number for shard in shards for each in shard) == [each.number for each in orders]
    assert sum(map(len, homes)) == len({each.project for each in orders})
    assert max(map(len, homes)) - min(map(len, homes)) <= 1
    assert all(list(shard) == sorted(shard, key=lambda each: each.number) for shard in shards)


@pytest.mark.parametrize("out", ["a/data", "a/data/2023/ra", "b/data/6m2024", "a/../b/data/{period}"])
def test_nothing_is_written_among_what_was_received(jobs, out):
    (order,) = load_orders(jobs(f'[[job]]\nproject = "a"\nperiod = "2023"\nout = "{out}"\n', "a", "b"))

    with pytest.raises(MtqgError, match="thư mục dữ liệu"):
        open_job(order)

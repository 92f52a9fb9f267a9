"""`mtqg merge`: what fits is added up, what does not is named; nothing depends on the order of the files."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import handed
import openpyxl
import pytest
from naive.dice import seeded
from naive.district import PLACES
from naive.district_sheets import a_district
from naive.project import make_project

from mtqg_cli.pipeline import gather

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    """Three communes shared out among two districts, with the pieces to hand in something else."""
    folder = tmp_path_factory.mktemp("parts")
    district = a_district(seeded(3), place=PLACES[1], period="6m2024", before=True, a_year_earlier=True, without=(), excused=(), as_of={})
    project = make_project(folder, district)
    gathered = gather(project, project.period("6m2024"))
    return project, gathered, handed.share_out(project, gathered, [[0], [1, 2]], folder)


def one_of(parts, place, *, code=None, **changes):
    """The document of a share with another header; `code` hands it in as another unit."""
    project, gathered, _ = parts
    units = project.units.children(project.units.get(project.unit.parent))
    unit = project.units.get(code) if code else units[place]
    communes = gathered.value.request.communes[:1] if place == 0 else gathered.value.request.communes[1:]
    part, sent = handed.part_of(project, gathered, unit, communes, own=place == 0)
    return handed.document(part, sent, **changes)


@pytest.fixture
def files(parts, tmp_path):
    """The two documents, in a folder of the test's own."""
    paths = []
    for path in parts[2]:
        paths.append(tmp_path / path.name)
        paths[-1].write_bytes(path.read_bytes())
    return paths


def test_the_order_of_files_makes_no_difference(call, files):
    outs = [call("merge", *each, "--format", "json") for each in (files, files[::-1])]

    assert [code for code, _, _ in outs] == [0, 0]
    assert outs[0][1] == outs[1][1]


def test_what_is_merged_says_what_it_was_made_of(call, files):
    _, out, err = call("merge", *files, "--format", "json")
    document = json.loads(out)
    by_key = {(each["id"], each["scope"], tuple(each["by"].items())): each for each in document["figures"]}
    whole = by_key["ho_ngheo_dau_ky", None, ()]
    parts = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    theirs = [next(each["value"] for each in one["figures"] if each["id"] == "ho_ngheo_dau_ky" and each["scope"] is None) for one in parts]

    assert int(whole["value"]) == sum(map(int, theirs))
    assert whole["sources"] == [{"figure": "ho_ngheo_dau_ky", "by": {}, "scopes": [one["unit"]["code"] for one in parts], "period": "6m2024", "role": "addend"}]
    assert [by_key["ho_ngheo_dau_ky", one["unit"]["code"], ()]["value"] for one in parts] == theirs
    assert [(each["file"], each["checksum"]) for each in document["parts"]] == [(path.name, one["checksum"]) for path, one in zip(files, parts, strict=True)]
    assert "Đã gộp 2 tệp, 2 đơn vị thành Tỉnh Bình Thuận, kỳ 6m2024: 3/3 đơn vị cấp dưới có số liệu." in err
    ratio = by_key["ty_le_ho_ngheo_dau_ky", None, ()]
    assert [(each["figure"], each["scopes"], each["role"]) for each in ratio["sources"]] == [
        ("ho_ngheo_dau_ky", [None], "numerator"),
        ("tong_so_ho_dau_ky", [None], "denominator"),
    ]


def test_missing_units_are_named(call, files):
    code, _, err = call("merge", *files)

    assert code == 0
    assert "G107" in err
    assert "Huyện Đức Linh" in " ".join(err.split())


def test_merges_can_be_merged(call, files, tmp_path):
    once = json.loads(call("merge", *files, "--format", "json")[1])
    single = tmp_path / "mot.json"
    assert call("merge", files[0], "--format", "json", "--out", single)[0] == 0
    again = json.loads(call("merge", single, files[1], "--format", "json")[1])

    assert again["parts"] == once["parts"]
    assert again["coverage"] == once["coverage"]
    kept = [each for each in once["figures"] if each["scope"] is None and each["id"] not in _not_plans(once)]
    found = {(each["id"], tuple(each["by"].items())): each["value"] for each in again["figures"] if each["scope"] is None}
    assert {(each["id"], tuple(each["by"].items())): each["value"] for each in kept} == {
        key: value for key, value in found.items() if key[0] not in _not_plans(once)
    }


def _not_plans(document):
    return {each["id"] for each in document["figures"] if each["id"].startswith(("ke_hoach", "ty_le_ke_hoach"))}


def test_the_full_document_and_the_brief_one_add_up_alike(call, parts, files, tmp_path):
    project, gathered, _ = parts
    unit = project.units.children(project.units.get(project.unit.parent))[0]
    part, sent = handed.part_of(project, gathered, unit, gathered.value.request.communes[:1], own=True)
    full = tmp_path / "day-du.json"
    full.write_text(handed.document(part, sent, brief=False), encoding="utf-8")
    one, other = (json.loads(call("merge", each, files[1], "--format", "json")[1]) for each in (files[0], full))

    assert one["figures"] == other["figures"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_what_a_console_of_windows_wrote_is_read(call, files, encoding):
    before = call("merge", *files, "--format", "json")[1]
    files[0].write_bytes(files[0].read_text(encoding="utf-8").replace("\n", "\r\n").encode(encoding))
    after = call("merge", *files, "--format", "json")[1]

    assert before == after


def _changed(text):
    return text.replace('"value":"1', '"value":"2', 1)


WRONG = {
    "a figure changed": (_changed, "G102"),
    "a source changed": (lambda text: text.replace('"role":"addend"', '"role":"added"', 1), "G102"),
    "the header changed": (lambda text: text.replace('"draft": false', '"draft":false', 1), "G102"),
    "cut off": (lambda text: text[: len(text) // 2], "G101"),
    "written again by another program": (lambda text: json.dumps(json.loads(text), ensure_ascii=False, indent=1), "G101"),
    "no json": (lambda _: "Kính gửi", "G101"),
    "deep": (lambda text: text.replace('"by":{}', '"by":' + "[" * 100_000 + "]" * 100_000, 1), "G101"),
    "a number that is none": (lambda text: text.replace('"value":"', '"value":"1e999999999', 1), "G101"),
    "an indicator that is none": (lambda text: text.replace('"id":"ho_ngheo_dau_ky"', '"id":"ho_giau"', 1), "G101"),
    "empty": (lambda _: "", "G101"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_file_that_is_not_as_it_was_written_is_refused(call, files, wrong):
    change, expected = WRONG[wrong]
    files[1].write_text(change(files[1].read_text(encoding="utf-8")), encoding="utf-8")
    code, out, err = call("merge", *files)

    assert code == 1
    assert not out
    assert f"lỗi {expected} " in err
    assert files[1].name in err


HEADERS = {
    "another period": ({"period": "2023"}, "G103"),
    "another regime": ({"regime": "nd09"}, "G103"),
    "another program": ({"program": "0.0.1"}, "G104"),
    "another reference": ({"reference": "0123456789abcdef"}, "G104"),
    "errors left": ({"errors": 2}, "G106"),
    "a draft": ({"draft": True}, "G106"),
}


@pytest.mark.parametrize("wrong", HEADERS)
def test_documents_that_do_not_fit_are_refused(call, parts, files, wrong):
    changes, expected = HEADERS[wrong]
    files[1].write_text(one_of(parts, 1, **changes), encoding="utf-8")
    code, out, err = call("merge", *files)

    assert code == 1
    assert not out
    assert f"lỗi {expected} " in err


def test_both_editions_are_named(call, parts, files):
    files[1].write_text(one_of(parts, 1, program="0.0.1"), encoding="utf-8")
    told = " ".join(call("merge", *files)[2].split())

    assert "phiên bản 0.0.1" in told
    assert f"dữ liệu tham chiếu {json.loads(files[0].read_text(encoding='utf-8'))['reference']}" in told


def test_a_draft_can_be_looked_at(call, parts, files):
    files[1].write_text(one_of(parts, 1, draft=True), encoding="utf-8")
    code, out, _ = call("merge", *files, "--draft", "--format", "json")

    assert code == 0
    assert json.loads(out)["draft"] is True


def test_no_unit_counts_twice(call, files, tmp_path):
    copied = tmp_path / "lai.json"
    copied.write_bytes(files[1].read_bytes())
    code, _, err = call("merge", *files, copied)

    assert code == 1
    assert "lỗi G105" in err


def test_no_unit_lies_in_another(call, parts, files, tmp_path):
    above = tmp_path / "tinh.json"
    province = parts[0].unit.parent
    above.write_text(one_of(parts, 1, code=province), encoding="utf-8")
    code, _, err = call("merge", files[0], above)

    assert code == 1
    assert "lỗi G105" in err
    assert "nằm trong Tỉnh Bình Thuận" in " ".join(err.split())


def test_a_cutoff_of_its_own_is_told(call, parts, files):
    files[1].write_text(one_of(parts, 1, cutoff="2024-06-20"), encoding="utf-8")
    code, _, err = call("merge", *files)

    assert code == 0
    assert "cảnh báo G108" in err


def _terms(parts, **changes):
    project, gathered, _ = parts
    from mtqg_cli.handover import header_of

    return header_of(project, gathered).settings.model_copy(update=changes)


APART = {
    "poverty lines": (
        {"poverty_lines": ("tinh 60",)},
        {"ho_ngheo_dau_ky", "ty_le_ho_ngheo_dau_ky", "xep_hang_ty_le_ho_ngheo", "ho_ngheo_cung_ky"},
        {"dan_so", "von_ke_hoach"},
    ),
    "bands": ({"bands": ((10, 19), (0, 9))}, {"so_xa_theo_nhom"}, {"chi_tieu_dat", "ho_ngheo_dau_ky"}),
    "definitions": ({"absolute_exit": "net-fall"}, {"ho_thoat_ngheo_tuyet_doi"}, {"ho_thoat_ngheo"}),
    "forms": (
        {"datasets": ("ho-ngheo", "ho-can-ngheo", "von", "thong-tin")},
        {"ty_le_ho_ngheo_dau_ky"},
        {"ho_ngheo_dau_ky", "ty_le_giai_ngan", "tong_so_ho_dau_ky"},
    ),
}


@pytest.mark.parametrize("difference", APART)
def test_what_means_different_things_is_left_out_openly(call, parts, files, difference):
    changes, left_out, added = APART[difference]
    files[1].write_text(one_of(parts, 1, settings=_terms(parts, **changes)), encoding="utf-8")
    code, out, err = call("merge", *files, "--format", "json")
    document = json.loads(out)
    told = {each["id"] for each in document["not_added"]}
    there = {each["id"] for each in document["figures"] if each["scope"] is None}

    assert code == 0
    assert left_out <= told
    assert not left_out & there
    assert added <= there
    assert not added & told
    assert "Không cộng được: " in err


def test_what_no_part_could_tell_is_named_again(call, parts, files, tmp_path):
    """Both parts were merged before, and both left the same figures out: the whole does not pass over them in silence."""
    project = parts[0]
    codes = [each.code for each in project.units.children(project.units.get(project.unit.parent))]
    texts = [each.read_text(encoding="utf-8") for each in files]
    texts[1] = one_of(parts, 1, settings=_terms(parts, absolute_exit="net-fall", poverty_lines=("tinh 60",)))
    texts.append(one_of(parts, 0, code=codes[2]))
    texts.append(one_of(parts, 1, code=codes[3], settings=_terms(parts, absolute_exit="net-fall", poverty_lines=("tinh 60",))))
    merged = []
    for number, each in enumerate(texts):
        (tmp_path / f"{number}.json").write_text(each, encoding="utf-8")
    for pair in ((0, 1), (2, 3)):
        merged.append(tmp_path / f"gop-{pair[0]}.json")
        assert call("merge", *(tmp_path / f"{number}.json" for number in pair), "--format", "json", "--out", merged[-1])[0] == 0
    once = json.loads(merged[0].read_text(encoding="utf-8"))
    code, out, _ = call("merge", *merged, "--format", "json")
    document = json.loads(out)

    assert code == 0
    assert not {"ho_ngheo_dau_ky", "ho_thoat_ngheo_tuyet_doi"} & {each["id"] for each in document["figures"] if each["scope"] is None}
    assert {(each["id"], *each["by"].values(), each["reason"]) for each in once["not_added"]} <= {
        (each["id"], *each["by"].values(), each["reason"]) for each in document["not_added"]
    }


def test_a_csv_and_a_workbook(call, files, tmp_path):
    code, out, _ = call("merge", *files, "--format", "csv")
    line = next(line for line in out.splitlines() if line.startswith("ho_ngheo_dau_ky;") and "Toàn đơn vị" in line)
    book = tmp_path / "gop.xlsx"

    assert code == 0
    assert line.endswith("Thành phố Phan Thiết, Thị xã La Gi")
    assert call("merge", *files, "--format", "xlsx", "--out", book)[:2] == (0, f"{book}\n")
    first = book.read_bytes()
    call("merge", *files[::-1], "--format", "xlsx", "--out", book)
    assert book.read_bytes() == first
    sheet = openpyxl.load_workbook(book)["Số liệu"]
    row = next(row for row in sheet.iter_rows(min_row=4, values_only=True) if row[0] == "ho_ngheo_dau_ky")
    assert row[4] == row[5] + row[6]


def test_the_workbook_can_be_printed_and_calls_splits_by_their_names(call, files, tmp_path):
    book = tmp_path / "gop.xlsx"
    call("merge", files[0], "--format", "xlsx", "--out", book)
    made = openpyxl.load_workbook(book)
    sheet = made["Số liệu"]
    splits = {cell.value for cell in sheet["C"][3:]}

    pages = [(each.page_setup.orientation, each.sheet_properties.pageSetUpPr.fitToPage, each.page_setup.fitToHeight) for each in made]

    assert pages == [("landscape", True, 0)] * 3
    assert (sheet.print_title_rows, sheet.print_title_cols, sheet["B1"].value) == ("$3:$3", "$B:$E", "SỐ LIỆU 6 THÁNG ĐẦU NĂM 2024 - TỈNH BÌNH THUẬN")
    assert {"Ngân sách Trung ương", "Đầu tư phát triển", "Nông thôn mới, nội dung 02", "DTTS&MN, tiểu dự án 4.1", "DTTS&MN, cả dự án 4"} <= splits
    assert [each for each in splits if each and re.search(r"nstw|ns-|dtpt|giao-thong|, [0-9.]+$", each)] == []
    assert {row[1].value for row in made["Đơn vị"].iter_rows(min_row=2) if row[2].value == "chưa có tệp"} >= {"Thị xã La Gi"}


def test_what_is_handed_in_is_never_overwritten(call, files):
    before = files[0].read_bytes()

    assert call("merge", *files, "--format", "json", "--out", files[0])[0] == 2
    assert files[0].read_bytes() == before
    assert call("merge", *files, "--format", "xlsx")[0] == 2
    assert call("merge", files[0].parent / "khong-co.json")[0] == 2

"""`mtqg verify`: what it says of a delivered file after each thing that may have happened to it or to what it was made of."""

from __future__ import annotations

import json
import shutil

import openpyxl
import pytest

from mtqg_cli.batch.about import recipe_of
from mtqg_cli.batch.verify import Verifier
from mtqg_cli.cli.app import run
from mtqg_cli.deliver import MANIFEST
from mtqg_cli.reference.resources import shipped
from mtqg_cli.render.verdicts import text_format

REPORT = ("--period", "6m2024", "--format", "docx", "--format", "md")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The project Đầm Hà with its report in two formats."""
    folder = tmp_path_factory.mktemp("du-an") / "Đầm Hà"
    shutil.copytree(shipped("sample_data") / "dam-ha", folder, ignore=shutil.ignore_patterns("out", ".mtqg"))
    assert run(["report", "--project", str(folder), *REPORT]) == 0
    return folder


@pytest.fixture
def office(call, made, tmp_path):
    """A copy of that project, and what verify says of one of its files."""
    return Office(call, shutil.copytree(made, tmp_path / "Đầm Hà"))


class Office:
    def __init__(self, call, folder):
        self.call, self.folder = call, folder
        self.out = folder / "out" / "6m2024"
        self.report = self.out / "so-ket.docx"

    def write(self, *more):
        assert self.call("report", "--project", self.folder, *REPORT, *more)[0] == 0

    def edit(self, name="quang-lam.xlsx", cell="C10", value=4, period="6m2024"):
        path = self.folder / "data" / period / name
        book = openpyxl.load_workbook(path)
        book["Biểu 02"][cell] = value
        book.save(path)

    def verify(self, *arguments):
        code, out, err = self.call("verify", *(arguments or (self.report,)))
        assert err == ""
        return code, out

    def answers(self, *arguments):
        code, out = self.verify(*(arguments or (self.report,)), "--format", "json")
        (file,) = json.loads(out)["files"]
        return code, {each["question"]: each["holds"] for each in file["answers"]}, file


FINE = dict.fromkeys(("file", "inputs", "program", "reference", "settings", "template", "figures"), True)


def test_nothing_has_happened(office):
    code, answers, file = office.answers()

    assert (code, answers, file["holds"], file["copy_of"], file["draft"]) == (0, FINE, True, None, False)
    assert office.verify(office.out)[0] == office.verify(office.out / MANIFEST)[0] == 0
    assert "2 tệp: 2 khớp, 0 không khớp, 0 chưa kết luận được." in office.verify(office.out)[1]


def test_nothing_is_written(office):
    def all_of():
        return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in office.folder.rglob("*") if path.is_file() and "bo-nho-dem" not in path.name}

    before = all_of()
    office.verify(office.out)
    assert all_of() == before


def append(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def settle(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("happen", "differing", "code", "words"),
    [
        (lambda office: append(office.report, "x"), {"file"}, 1, "tệp đã bị sửa bằng tay"),
        (lambda office: office.edit(), {"inputs", "figures"}, 1, "số liệu đã khác. Lập lại báo cáo"),
        (lambda office: (office.edit(), append(office.report, "x")), {"file", "inputs", "figures"}, 1, "tệp đã bị sửa và số liệu đã khác"),
        (lambda office: office.edit(cell="A90", value="ghi chú"), {"inputs"}, 0, "→ Khớp"),
        (lambda office: office.edit(period="2023", cell="I10", value=9), {"inputs"}, 0, "data/2023/quang-lam.xlsx: đã thay đổi"),
        (lambda office: (office.folder / "data/6m2024/tan-lap.xlsx").unlink(), {"inputs", "figures"}, 1, "data/6m2024/tan-lap.xlsx: không còn"),
        (lambda office: append(office.folder / "data/6m2024/la.txt", "a"), {"inputs"}, 0, "data/6m2024/la.txt: mới có thêm"),
        (lambda office: settle(office.folder / "mtqg.toml", "leading_zero = true", "leading_zero = false"), {"settings"}, 0, "→ Khớp"),
        (lambda office: append(office.folder / "indicators/them.toml", "# ghi chú\n"), {"reference"}, 0, "Dữ liệu tham chiếu: đã khác"),
        (lambda office: append(office.folder / "templates/so-ket/template.toml", 'title = "a"\noutput = "so-ket.docx"\n'), set(), 0, "Mẫu: Không đọc"),
    ],
    ids=["edited", "data", "both", "a remark", "another period", "gone", "added", "settings", "reference", "template"],
)
def test_what_has_happened(office, happen, differing, code, words):
    happen(office)
    verdict = Verifier().look(office.report)

    assert {answer.question for answer in verdict.answers if answer.holds is False} == differing
    assert verdict.holds is (code == 0)
    assert words in text_format.render([verdict])


def test_the_cells_behind_are_named_where_the_ledger_knows_the_old_workbook(office):
    office.edit()
    _, text = office.verify()
    _, _, file = office.answers()

    assert "data/6m2024/quang-lam.xlsx: đã thay đổi: Hộ nghèo đầu kỳ thôn Bình Hồ: 3 → 4" in text
    (change,) = next(each["inputs"] for each in file["answers"] if each["question"] == "inputs")
    assert (change["file"], change["change"]) == ("data/6m2024/quang-lam.xlsx", "changed")
    assert change["changes"] == ["Hộ nghèo đầu kỳ thôn Bình Hồ: 3 → 4", "Hộ nghèo cuối kỳ thôn Bình Hồ: 1 → 2"]  # the form works the second one out
    shutil.rmtree(office.folder / ".mtqg")
    assert "data/6m2024/quang-lam.xlsx: đã thay đổi\n" in office.verify()[1]


def test_a_workbook_saved_again_says_so(office):
    office.edit(value=3)

    assert "data/6m2024/quang-lam.xlsx: đã thay đổi, số liệu trong biểu vẫn như cũ" in office.verify()[1]


def test_another_program_is_told_with_both_versions(office, monkeypatch):
    monkeypatch.setattr("mtqg_cli.batch.about.program", lambda: "9.9.9")
    code, text = office.verify()

    assert code == 0
    assert "nay là mtqg 9.9.9." in text


def test_a_draft_is_called_one(office):
    office.write("--draft")

    assert office.answers()[2]["draft"] is True
    assert office.verify()[1].startswith(f"{office.report} (bản dự thảo)\n")


def test_a_copy_elsewhere(office, tmp_path):
    copy = tmp_path / "nơi khác" / "gửi tỉnh.docx"
    copy.parent.mkdir()
    shutil.copy(office.report, copy)

    code, text = office.verify(copy)
    assert code == 3
    assert "không có bản kê manifest.json nào nói về tệp này; nếu là bản sao, ghi thêm --project" in text
    code, text = office.verify(copy, "--project", office.folder)
    assert code == 0
    assert f"Bản sao của {office.report}" in text
    assert office.answers(copy, "--project", office.folder)[2]["copy_of"] == str(office.report)
    append(copy, "x")
    assert office.verify(copy, "--project", office.folder)[0] == 3


def test_a_folder_elsewhere_with_its_manifest(office, tmp_path):
    shutil.copytree(office.out, tmp_path / "gửi")
    code, answers, file = office.answers(tmp_path / "gửi" / "so-ket.docx")

    assert (code, answers) == (3, {"file": True, "figures": None})
    assert "ghi thêm --project" in file["answers"][1]["told"]
    assert office.answers(tmp_path / "gửi" / "so-ket.docx", "--project", office.folder)[:2] == (0, FINE)


def test_a_file_renamed_beside_its_manifest_is_known_by_its_content(office):
    renamed = office.out / "ban-chinh.docx"
    office.report.rename(renamed)

    assert office.answers(renamed)[:2] == (0, FINE)
    code, text = office.verify(office.out)
    assert code == 3
    assert "Tệp: không còn ở đây." in text


def test_what_a_person_made_is_not_known(office):
    (office.out / "ghi-chu.docx").write_bytes(b"ghi chu")
    code, text = office.verify(office.out / "ghi-chu.docx")

    assert code == 3
    assert "không có tên trong bản kê manifest.json" in text


def test_the_hand_edited_version_that_was_kept_is_not_known_either(office):
    append(office.report, "x")
    office.write()
    kept = next(path for path in office.out.iterdir() if "bản sửa tay" in path.name)

    assert office.verify(kept)[0] == 3
    assert office.verify()[0] == 0


def change_manifest(office, change):
    manifest = json.loads((office.out / MANIFEST).read_text(encoding="utf-8"))
    change(manifest["outputs"]["so-ket.docx"])
    (office.out / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def sealed(change):
    """A change by somebody who reckons the recipe anew."""

    def doing(entry):
        change(entry)
        entry["recipe"] = recipe_of(entry)

    return doing


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda entry: entry["inputs"].clear(), "bản kê đã bị sửa bằng tay"),
        (lambda entry: entry.update(program="1"), "bản kê đã bị sửa bằng tay"),
        (lambda entry: [entry.pop(name) for name in list(entry) if name != "sha256"], "phiên bản mtqg cũ"),
        (lambda entry: entry.pop("figures"), "mọi thứ dùng để lập tệp vẫn như cũ"),
        (sealed(lambda entry: entry.update(template=5)), "bản kê đã bị sửa bằng tay"),
        (sealed(lambda entry: entry.update(request=[])), "bản kê đã bị sửa bằng tay"),
        (sealed(lambda entry: entry["request"].update(period="../../etc")), "không phải là kỳ báo cáo"),
        (sealed(lambda entry: entry["request"].update(unit="999")), "không phải đơn vị của báo cáo này"),
        (sealed(lambda entry: entry["template"].update(id="khac")), "mẫu khac không còn"),
        (lambda entry: entry.update(recipe=""), "phiên bản mtqg cũ"),
    ],
)
def test_a_manifest_that_is_not_as_it_was_written(office, change, words):
    change_manifest(office, change)
    verdict = Verifier().look(office.report)

    assert words in text_format.render([verdict])
    assert verdict.holds is (True if "mọi thứ" in words or "mẫu khac" in words else None)


def test_without_figures_nothing_is_said_once_anything_differs(office):
    change_manifest(office, lambda entry: entry.pop("figures"))
    office.edit()

    assert office.answers()[0] == 3


def test_a_project_that_cannot_be_used_is_said(office):
    append(office.folder / "mtqg.toml", "[[[")
    code, text = office.verify()

    assert code == 3
    assert "không đối chiếu được với dự án" in text
    assert "viết sai cú pháp" in text


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["khong-co.docx"], 2, "Không thấy tệp"),
        (["."], 3, "không có bản kê manifest.json đọc được"),
        ([MANIFEST], 3, "không có bản kê manifest.json đọc được"),
        ([], 2, ""),
        (["out/6m2024/so-ket.docx", "--project", "khong-co"], 2, "Không thấy tệp"),
        (["out/6m2024/so-ket.docx", "--format", "csv"], 2, "không có lựa chọn"),
    ],
)
def test_a_wrong_call(office, monkeypatch, arguments, code, words):
    monkeypatch.chdir(office.folder)
    found, _, err = office.call("verify", *arguments)

    assert (found, words in err) == (code, True)


def test_forms_and_returned_files_have_no_figures(office):
    assert office.call("forms", "--project", office.folder, "--period", "9m2024")[0] == 0
    code, text = office.verify(office.folder / "out" / "9m2024" / "bieu-mau" / "quang-lam.xlsx")

    assert code == 3
    assert "Tệp: nguyên như khi mtqg lập." in text

"""`mtqg check-format`: exit codes, both formats, files that cannot be read, a project's own provisions; and the report's own documents."""

from __future__ import annotations

import json
import shutil

import pytest
from docx import Document
from officialdocument import content, right, spoilt

from mtqg_cli.reference.document_rules import FILE
from mtqg_cli.reference.resources import shipped


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "đúng.docx").write_bytes(content(right()))
    (tmp_path / "sai.docx").write_bytes(spoilt("capacity without dot"))
    (tmp_path / "nhắc.docx").write_bytes(spoilt("date upright"))
    (tmp_path / "cũ.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_a_right_document_gives_0(call):
    assert call("check-format", "đúng.docx") == (0, "Đã kiểm tra 1 tệp: không có lỗi, không có cảnh báo.\n", "")


@pytest.mark.usefixtures("folder")
def test_errors_give_1_and_warnings_0(call):
    code, out, err = call("check-format", "sai.docx")

    assert (code, err) == (1, "")
    assert "sai.docx\n    lỗi D221 Đoạn " in out
    assert "quyền hạn, chức vụ: sau KT phải có dấu\n      chấm (Phụ lục I Nghị định 30/2020/NĐ-CP).\n      → Sửa lại theo mẫu" in out
    assert call("check-format", "nhắc.docx")[0] == 0


def test_a_file_that_cannot_be_read_does_not_stop_the_others(call, folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    code, out, _ = call("check-format", "cũ.doc", "đúng.docx", "sai.docx", "cũ.doc")

    assert code == 1
    assert out.count("cũ.doc\n    lỗi D201 Không kiểm tra được: đây là tệp Word kiểu cũ (.doc).") == 1
    assert "D221" in out
    assert out.endswith("Đã kiểm tra 3 tệp: 2 lỗi trong 2 tệp hoặc thư mục.\n")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.usefixtures("folder")
def test_json_names_files_and_findings(call):
    code, out, _ = call("check-format", "đúng.docx", "sai.docx", "--format", "json")
    answer = json.loads(out)

    assert code == 1
    assert [(each["file"], each["errors"], each["warnings"], len(each["sha256"])) for each in answer["files"]] == [
        ("đúng.docx", 0, 0, 64),
        ("sai.docx", 1, 0, 64),
    ]
    (finding,) = answer["diagnostics"]
    assert (finding["code"], finding["severity"], finding["file"]) == ("D221", "error", "sai.docx")
    assert (finding["found"], finding["expected"]) == ("KT", "KT.")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("không-có.docx",), "Không thấy tệp không-có.docx"),
        ((".",), "là thư mục"),
        (("đúng.docx", "--format", "html"), "--format"),
        (("đúng.docx", "--project", "không-có"), "Không thấy thư mục không-có"),
        ((), "TỆP"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_wrong_call_gives_2(call, arguments, words):
    code, out, err = call("check-format", *arguments)

    assert (code, out) == (2, "")
    assert words in err


@pytest.mark.usefixtures("folder")
def test_a_file_that_is_too_large_is_not_read(call, monkeypatch):
    monkeypatch.setattr("mtqg_cli.render.decree30.package.MAX_FILE", 1000)
    code, out, _ = call("check-format", "đúng.docx")

    assert code == 1
    assert "giới hạn" in out


@pytest.mark.usefixtures("folder")
def test_the_provisions_of_the_project_hold(call, project_copy):
    own = project_copy / FILE
    own.parent.mkdir()
    own.write_text('[capacity]\nseverity = "note"\n', encoding="utf-8")

    assert call("check-format", "sai.docx")[0] == 1
    assert call("check-format", "sai.docx", "--project", project_copy)[0] == 0
    own.write_text("[capacity]\nsizes = 13\n", encoding="utf-8")
    code, _, err = call("check-format", "sai.docx", "--project", project_copy)
    assert code == 2
    assert "capacity.sizes" in err


def test_a_report_of_a_shipped_template_says_nothing_of_its_layout(call, project_copy):
    code, _, err = call("report", "--project", project_copy, "--period", "6m2024", "--template", "so-ket", "--template", "tin-bai")

    assert code == 0
    assert "D2" not in err
    code, out, _ = call("check-format", *sorted((project_copy / "out" / "6m2024").glob("*.docx")), "--format", "json")
    assert code == 0
    assert {each["code"] for each in json.loads(out)["diagnostics"]} == {"D202", "D213"}


def test_a_letter_of_the_shipped_template_is_in_the_right_layout(call, project_copy, tmp_path):
    (project_copy / "data" / "6m2024" / "quang-lam.xlsx").write_bytes(b"PK\x03\x04 hong")
    call("validate", "--project", project_copy, "--period", "6m2024", "--return", tmp_path / "ra")
    code, out, _ = call("check-format", tmp_path / "ra" / "quang-lam-cong-van.docx", "--format", "json")

    assert code == 0
    assert {each["code"] for each in json.loads(out)["diagnostics"]} <= {"D213"}


def test_a_projects_own_template_is_warned_of_and_never_refused(call, project_copy):
    template = project_copy / "templates" / "so-ket"
    template.parent.mkdir(exist_ok=True)
    shutil.copytree(shipped("templates") / "so-ket", template)
    document = Document(template / "report.docx")
    document.styles["Tiêu ngữ"].font.bold = False
    document.save(template / "report.docx")
    code, out, err = call("report", "--project", project_copy, "--period", "6m2024")

    assert code == 0
    assert out.endswith("so-ket.docx\n")
    assert "lỗi D209" in err

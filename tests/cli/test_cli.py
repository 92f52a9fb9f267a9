"""The command line as its users meet it: exit codes, streams, refusals, and that nothing received is changed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import docx
import pytest

NAMED = '[unit]\nname = "Huyện Đầm Hà, Tỉnh Quảng Ninh"\n'
REPORT = ("report", "--period", "6m2024")


def hashes(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((folder / "data").rglob("*.xlsx"))}


def spoil(project):
    (project / "data" / "6m2024" / "la.pdf").write_bytes(b"%PDF-1.4")
    (project / "data" / "6m2024" / "mat-khau.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    path = project / "data" / "6m2024" / "tan-lap.xlsx"
    path.write_bytes(path.read_bytes()[:3000])


def test_clean_data_gives_a_report_and_leaves_the_inputs_alone(call, project_copy):
    before = hashes(project_copy)
    code, out, err = call(*REPORT, "--project", project_copy)

    assert (code, err) == (0, "")
    assert out.splitlines() == [str(project_copy / "out" / "6m2024" / "so-ket.docx")]
    assert hashes(project_copy) == before
    assert sorted(path.name for path in (project_copy / "out" / "6m2024").iterdir()) == ["manifest.json", "so-ket.docx"]


def test_bad_files_are_named_and_the_report_is_refused(call, project_copy):
    spoil(project_copy)
    code, out, err = call(*REPORT, "--project", project_copy)

    assert (code, out) == (1, "")
    for words in ("la.pdf", "không phải bảng tính Excel", "mat-khau.xlsx", "mật khẩu", "tan-lap.xlsx", "bị hỏng", "--draft"):
        assert words in err
    assert not (project_copy / "out").exists()


def test_a_draft_is_made_all_the_same_and_says_so(call, project_copy):
    import docx

    spoil(project_copy)
    code, out, err = call(*REPORT, "--project", project_copy, "--draft")
    document = docx.Document(out.strip())
    header = "".join(paragraph.text for section in document.sections for part in (section.header, section.first_page_header) for paragraph in part.paragraphs)
    body = "\n".join(paragraph.text for paragraph in document.paragraphs)

    assert code == 0
    assert "mat-khau.xlsx" in err
    assert "DỰ THẢO" in header.upper()
    assert "Số liệu chưa bao gồm xã Tân Lập." in body


def test_findings_as_text_and_as_json(call, project_copy):
    spoil(project_copy)
    code, out, _ = call("validate", "--project", project_copy, "--period", "6m2024")
    assert code == 1
    assert all(len(line) <= 80 for line in out.splitlines())
    assert out.splitlines()[-1] == "Đã kiểm tra 12 tệp: 3 lỗi trong 3 tệp hoặc thư mục."

    code, out, _ = call("validate", "--project", project_copy, "--period", "6m2024", "--format", "json")
    document = json.loads(out)
    assert code == 1
    assert document["unit"] == {"code": "200", "name": "Huyện Đầm Hà"}
    assert document["missing"] == ["06917"]
    assert {each["file"]: each["errors"] for each in document["files"]}["mat-khau.xlsx"] == 1
    keys = {"code", "severity", "file", "sheet", "cell", "message", "hint", "found", "expected", "related", "consequences"}
    assert set(document["diagnostics"][0]) == keys


def test_single_files_are_checked_without_asking_who_is_missing(call, project_copy):
    code, out, _ = call("validate", project_copy / "data" / "6m2024" / "quang-lam.xlsx", "--project", project_copy, "--period", "6m2024")

    assert (code, out.strip()) == (0, "Đã kiểm tra 1 tệp: không có lỗi, không có cảnh báo.")


def test_the_summary_in_three_formats(call, project_copy):
    code, text, _ = call("summary", "--project", project_copy, "--period", "6m2024")
    assert code == 0
    assert "Số hộ nghèo đầu kỳ" in text
    assert all(len(line) <= 80 for line in text.splitlines())

    code, out, _ = call("summary", "--project", project_copy, "--period", "6m2024", "--format", "json")
    figure = next(each for each in json.loads(out)["figures"] if each["id"] == "ho_ngheo_dau_ky" and each["scope"] is None)
    assert (figure["value"], figure["text"], figure["unit"], figure["by"]) == ("14", "14", "hộ", {})
    assert set(figure["sources"][0]) == {"file", "sheet", "cell", "period", "role"}

    code, out, _ = call("summary", "--project", project_copy, "--period", "6m2024", "--format", "csv")
    assert out.startswith("\ufeffMã chỉ tiêu;")


def test_a_summary_of_bad_data_says_so(call, project_copy):
    spoil(project_copy)
    code, out, err = call("summary", "--project", project_copy, "--period", "6m2024")

    assert code == 1
    assert "Số hộ nghèo đầu kỳ" in out
    assert "chưa dùng được" in err


def test_a_template_with_an_unknown_name_is_refused_before_data_is_read(call, project_copy):
    import docx

    from mtqg_cli.reference.resources import shipped

    folder = project_copy / "templates" / "so-ket"
    folder.mkdir(parents=True)
    (folder / "template.toml").write_bytes((shipped("templates") / "so-ket" / "template.toml").read_bytes())
    document = docx.Document(shipped("templates") / "so-ket" / "report.docx")
    document.paragraphs[-1].add_run(" Có {{ ho_ngheo_dau_kỳ_sai }} hộ.")
    document.save(folder / "report.docx")
    spoil(project_copy)
    code, out, err = call(*REPORT, "--project", project_copy)

    assert (code, out) == (1, "")
    assert "D101" in err
    assert "ho_ngheo_dau_kỳ_sai" in err
    assert "mat-khau.xlsx" not in err


def test_a_report_edited_by_hand_is_kept(call, project_copy):
    import docx

    path = project_copy / "out" / "6m2024" / "so-ket.docx"
    call(*REPORT, "--project", project_copy)
    document = docx.Document(path)
    document.add_paragraph("Sửa tay")
    document.save(path)
    edited = path.read_bytes()
    call(*REPORT, "--project", project_copy)
    call(*REPORT, "--project", project_copy)

    kept = [each for each in path.parent.iterdir() if "bản sửa tay" in each.name]
    assert [each.read_bytes() for each in kept] == [edited]
    assert path.read_bytes() != edited


def test_an_excused_commune_stands_in_the_notes(call, project_copy):
    import docx

    (project_copy / "data" / "6m2024" / "tan-lap.xlsx").unlink()
    with (project_copy / "mtqg.toml").open("a", encoding="utf-8") as settings:
        settings.write(
            '\n[[not_reporting]]\nunit = "xã Tân Lập"\nperiod = "6m2024"\nreason = "đang sắp xếp đơn vị"\nby = "Văn phòng điều phối"\ndate = 2024-06-25\n'
        )
    code, out, _ = call(*REPORT, "--project", project_copy)

    assert code == 0
    assert any("Xã Tân Lập không báo cáo kỳ này (lý do: đang sắp xếp đơn vị)." in paragraph.text for paragraph in docx.Document(out.strip()).paragraphs)


def excuse(project):
    with (project / "mtqg.toml").open("a", encoding="utf-8") as settings:
        settings.write(
            '\n[[not_reporting]]\nunit = "xã Tân Lập"\nperiod = "6m2024"\nreason = "đang sắp xếp đơn vị"\nby = "Văn phòng điều phối"\ndate = 2024-06-25\n'
        )


def test_a_mean_is_that_of_the_communes_that_reported(call, project_copy):
    (project_copy / "data" / "6m2024" / "tan-lap.xlsx").unlink()
    excuse(project_copy)
    code, out, _ = call("summary", "--project", project_copy, "--period", "6m2024", "--format", "json")
    figures = {(each["id"], each["scope"]): each for each in json.loads(out)["figures"]}

    assert code == 0
    assert (figures["binh_quan_tieu_chi", None]["value"], figures["binh_quan_tieu_chi", None]["denominator"]) == ("19", "7")
    assert figures["so_xa", None]["value"] == "8"


def test_a_commune_that_is_excused_and_sends_all_the_same_is_counted_and_not_called_missing(call, project_copy):
    import docx

    excuse(project_copy)
    code, out, err = call(*REPORT, "--project", project_copy)

    assert code == 0
    assert "X404" in err
    assert "chưa bao gồm" not in "\n".join(paragraph.text for paragraph in docx.Document(out.strip()).paragraphs)


def test_a_new_form_does_not_make_last_years_files_wrong(call, project_copy):
    (project_copy / "forms").mkdir()
    text = (
        'title = "Biểu thêm"\nversion = "1"\nsheet = "Biểu 20"\norder = 20\nscope = "commune"\nkind = "rows"\noptional = true\nmay_be_empty = true\n'
        'basis = "thử"\nguide = ["thử"]\n[[column]]\nfield = "ten"\nlabel = "Tên"\n'
    )
    (project_copy / "forms" / "them.toml").write_text(text, encoding="utf-8")
    (project_copy / "forms" / "so-lieu-2.toml").write_text(text.replace("Biểu 20", "Biểu 21").replace("optional = true\n", ""), encoding="utf-8")
    code, out, _ = call("validate", "--project", project_copy, "--period", "6m2024")

    assert code == 1
    assert out.count("lỗi S201") == 9
    assert "2023/" not in out


def test_the_meeting_of_one_period_is_not_told_of_another(call, project_copy):
    import docx

    _, out, _ = call("report", "--project", project_copy, "--period", "2023", "--template", "tin-bai", "--draft")

    assert "Hội nghị" not in "\n".join(paragraph.text for paragraph in docx.Document(out.strip()).paragraphs)


def test_two_templates_with_one_output_are_refused(call, project_copy):
    from mtqg_cli.reference.resources import shipped

    folder = project_copy / "templates" / "so-ket-2"
    folder.mkdir(parents=True)
    for path in (shipped("templates") / "so-ket").iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    code, _, err = call(*REPORT, "--project", project_copy, "--template", "so-ket", "--template", "so-ket-2")

    assert code == 2
    assert "cùng ghi ra tệp so-ket.docx" in err


def test_blank_workbooks_carry_over_what_the_year_before_left(call, project_copy):
    import openpyxl

    code, out, _ = call("forms", "--project", project_copy, "--period", "6m2024", "--out", project_copy / "trắng")
    sheet = openpyxl.load_workbook(project_copy / "trắng" / "quang-lam.xlsx", data_only=True)["Biểu 02"]

    assert code == 0
    assert len(out.splitlines()) == 10
    assert [(sheet.cell(row, 2).value, sheet.cell(row, 3).value, sheet.cell(row, 4).value) for row in (10, 11)] == [("Bình Hồ", 3, None), ("Thanh Y", 1, None)]


def test_blank_workbooks_filled_by_another_program_are_read(call, project_copy, tmp_path):
    """Only the list of forms in hand; openpyxl drops the results of formulas, and they are worked out again."""
    import openpyxl

    _, out, _ = call("list", "forms", "--project", project_copy, "--format", "json")
    forms = {form["form"]: form for form in json.loads(out)}
    call("forms", "--project", project_copy, "--period", "t7-2024", "--out", tmp_path)
    book = openpyxl.load_workbook(tmp_path / "dai-binh.xlsx")
    answers = {"text": "thử", "count": 0, "money": 0, "decimal": 0, "date": "20/7/2024", "code": "1"}
    for form in forms.values():
        if form["sheet"] not in book.sheetnames:
            continue
        sheet = book[form["sheet"]]
        for row in form["rows"]:
            for column in form["columns"]:
                kind = row["type"] if column["type"] == "own" else column["type"]
                if not column["printed"] and (row["required"] or column["required"]):
                    choices = row["choices"] if column["type"] == "own" else column["choices"]
                    cell = sheet[f"{column['letter']}{row['row']}"]
                    cell.value = cell.value or (choices[-1] if choices else answers[kind])
        if form["kind"] == "rows":
            for column in form["columns"]:
                if column["required"] and not column["computed"] and sheet[f"{column['letter']}{form['first_row']}"].value is None:
                    sheet[f"{column['letter']}{form['first_row']}"] = column["choices"][0] if column["choices"] else answers[column["type"]]
    for row in range(forms["ho-ngheo"]["first_row"] + 1, forms["ho-ngheo"]["last_row"] + 1):
        for name in ("ho-ngheo", "ho-can-ngheo"):
            for column in forms[name]["columns"]:
                cell = book[forms[name]["sheet"]][f"{column['letter']}{row}"]
                if book[forms[name]["sheet"]][f"B{row}"].value and column["required"] and not column["computed"] and cell.value is None:
                    cell.value = 0
    book["Thông tin"]["D11"] = "Chuẩn của tỉnh"
    book.save(tmp_path / "dai-binh.xlsx")

    code, out, _ = call("validate", tmp_path / "dai-binh.xlsx", "--project", project_copy, "--period", "t7-2024")

    assert (code, out.strip()) == (0, "Đã kiểm tra 1 tệp: không có lỗi, không có cảnh báo.")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([], 2, "Các lệnh:"),
        (["khong-co"], 2, "Không có lệnh “khong-co”"),
        (["report"], 2, "Thiếu tùy chọn --period"),
        (["report", "--perod", "6m2024"], 2, "--period"),
        (["report", "--period", "6x2024"], 2, "không phải là kỳ báo cáo"),
        (["report", "--period", "6m2024", "--template", "abc"], 2, "so-ket"),
        (["report", "--period", "6m2024", "--format", "doc"], 2, "docx, html, md, pdf, xlsx"),
        (["report", "--period", "6m2024", "--template", "phu-luc", "--format", "docx"], 2, "Các dạng của mẫu này: xlsx."),
        (["explain", "R999"], 2, "Không có quy tắc"),
        (["list", "gì"], 2, "forms"),
        (["validate", "a", "--period"], 2, "--period"),
    ],
)
def test_wrong_usage_is_told_in_vietnamese(call, dam_ha, monkeypatch, arguments, code, words):
    monkeypatch.chdir(dam_ha.folder)
    found, out, err = call(*arguments)

    assert found == code
    assert words in out + err
    assert "Traceback" not in out + err


def test_without_a_project_the_user_is_told_what_to_do(call, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, err = call(*REPORT)

    assert code == 2
    assert "mtqg init" in err


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("[unit\n", "viết sai cú pháp ở dòng 1"),
        ("[unit]\n", "unit.name: thiếu mục bắt buộc"),
        ('[unit]\nname = "Huyện Đầm Hà, Tỉnh Quảng Ninh"\n[stlye]\n', "stlye: không có mục nào tên như vậy"),
        ('[unit]\nname = "Huyện Đầm Hà, Tỉnh Quảng Ninh"\n[[correction]]\nfile = "a"\n', "correction"),
        ('[unit]\nname = "Huyện Không Có"\n', "Không có đơn vị hành chính nào"),
        ('[unit]\nname = "Huyện Đầm Hà, Tỉnh Quảng Ninh"\n[programmes]\nuse = ["abc"]\n', "ntm-2021-2025"),
        ('[unit]\nname = "Huyện Đầm Hà, Tỉnh Quảng Ninh"\norder = ["xã Lạ"]\n', "xã Lạ"),
        (NAMED + '[programmes]\nuse = ["ntm-2021-2025", "ntm-2021-2025"]\n', "có tên ghi hai lần"),
        (NAMED + "[programmes]\nbands = [19, [10, 14]]\n", "không hở và không chồng"),
        (NAMED + "[programmes]\nbands = [[18, 15], [0, 14]]\n", "không hở và không chồng"),
        (NAMED + "[programmes]\nbands = [[0, 18]]\n", "phủ từ 0 đến 19"),
        (NAMED + '[reporting]\nas_of = { thunhap = "2023" }\n', "không có “thunhap”"),
        (NAMED + "[style]\ndecimals = { ty_le_xyz = 2 }\n", "không có “ty_le_xyz”"),
        (NAMED + "[style]\ndecimals = { ty_le_ngheo = 50 }\n", "ngoài khoảng cho phép"),
        (NAMED + '[reporting]\ncutoff = { "6m2024" = 2019-01-01 }\n', "không thể là ngày chốt số liệu 6 tháng đầu năm 2024"),
        (NAMED + '[reporting]\nregime = "khac"\n', "reporting.regime: không phải là giá trị được phép"),
        (NAMED + '[style]\nleading_zero = "có"\n', "style.leading_zero: phải là true hoặc false"),
    ],
)
def test_settings_that_cannot_be_used(call, tmp_path, settings, words):
    (tmp_path / "mtqg.toml").write_text(settings, encoding="utf-8")
    code, _, err = call(*REPORT, "--project", tmp_path)

    assert code == 2
    assert words in err


def test_decimals_are_set_by_indicator_family_and_for_all_money(call, project_copy):
    settings = project_copy / "mtqg.toml"
    text = settings.read_text(encoding="utf-8")
    start = text.index("[style]")
    end = text.find("\n[", start + 1)
    style = "[style]\ndecimals = { tien = 1, ty_le_ngheo = 3, ho_ngheo_dau_ky = 1 }\n"
    settings.write_text(text[:start] + style + (text[end:] if end > 0 else ""), encoding="utf-8")
    assert call(*REPORT, "--project", project_copy, "--template", "so-ket")[0] == 0
    words = "\n".join(each.text for each in docx.Document(project_copy / "out" / "6m2024" / "so-ket.docx").paragraphs)

    for printed in ("32.479,0/61.864,0 triệu đồng, đạt 52,5%", "14,0 hộ nghèo, chiếm tỷ lệ 0,125%", "74,4 triệu đồng/người/năm"):
        assert printed in words


def test_the_name_alone_is_enough_to_start(call, tmp_path):
    (tmp_path / "mtqg.toml").write_text('[unit]\nname = "Huyện Đầm Hà, Tỉnh Quảng Ninh"\n', encoding="utf-8")
    code, out, _ = call("forms", "--project", tmp_path, "--period", "6m2024")

    assert code == 0
    assert len(out.splitlines()) == 10


def test_a_new_project_holds_its_communes_and_is_loaded(call, tmp_path):
    code, _, err = call("init", tmp_path / "dự án", "--unit", "Huyện Đầm Hà, Tỉnh Quảng Ninh")
    assert code == 0
    assert "chỉ có trong danh mục đến ngày 30/6/2025" in err
    assert '"xã Quảng Lâm"' in (tmp_path / "dự án" / "mtqg.toml").read_text(encoding="utf-8")

    code, out, _ = call("list", "units", "--project", tmp_path / "dự án", "--format", "json")
    assert len(json.loads(out)) == 10

    code, _, err = call("init", tmp_path / "dự án", "--unit", "Huyện Đầm Hà, Tỉnh Quảng Ninh")
    assert (code, "đã có tệp mtqg.toml" in err) == (2, True)


def test_the_demo_runs(call, tmp_path):
    code, out, _ = call("demo", tmp_path / "mẫu thử")
    assert code == 0
    assert len(out.splitlines()) == 21
    assert call(*REPORT, "--project", tmp_path / "mẫu thử")[0] == 0
    assert call("demo", tmp_path / "mẫu thử")[0] == 2


def test_an_output_that_cannot_be_written_is_told_and_leaves_nothing(call, project_copy, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    code, _, err = call(*REPORT, "--project", project_copy)

    assert code == 3
    assert "đang mở trong Word" in err
    assert list((project_copy / "out" / "6m2024").iterdir()) == []


def test_a_bug_is_two_lines_and_a_file(call, monkeypatch, tmp_path):
    def broken(*_):
        raise RuntimeError("hỏng")

    monkeypatch.setattr("mtqg_cli.project.find_project", broken)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    code, _, err = call(*REPORT)

    assert code == 4
    assert len(err.splitlines()) == 2
    assert "RuntimeError: hỏng" in next(tmp_path.glob("mtqg-*.log")).read_text(encoding="utf-8")


@pytest.mark.parametrize("family", ["forms", "rules", "indicators", "templates", "criteria", "programmes", "units", "periods"])
def test_lists_in_both_formats(call, dam_ha, family):
    code, text, _ = call("list", family, "--project", dam_ha.folder)
    assert (code, bool(text)) == (0, True)

    code, out, _ = call("list", family, "--project", dam_ha.folder, "--format", "json")
    assert (code, bool(json.loads(out))) == (0, True)


@pytest.mark.parametrize("family", ["forms", "rules", "indicators", "tables", "templates", "criteria", "programmes", "units", "periods"])
def test_lists_are_vietnamese_and_fit_the_screen(call, full_project, family):
    _, text, _ = call("list", family, "--project", full_project.folder)
    lines = [line for line in text.splitlines() if not line.startswith("  /")]  # a folder stands whole on its line

    assert max(map(len, lines)) <= 80
    assert re.findall(r"\b(commune|unit|row|rows|cell|sheet|file|table|batch|template|document|reference|report|extra|error|warning)\b", "\n".join(lines)) == []


def test_forms_that_a_project_does_not_use_are_told_to_it(call, dam_ha):
    _, text, _ = call("list", "forms", "--project", dam_ha.folder)
    used, _, others = text.partition("Biểu bổ sung mà dự án chưa dùng")

    assert "ho-ngheo · Biểu 02: Diễn biến hộ nghèo · xã, phường, thị trấn gửi" in used
    assert "don-vi" not in others
    assert "huy-dong · Biểu 21" in others
    assert "ho-ngheo · " not in others


def test_each_template_is_listed_with_the_folder_to_copy(call, dam_ha):
    _, text, _ = call("list", "templates", "--project", dam_ha.folder)
    _, out, _ = call("list", "templates", "--project", dam_ha.folder, "--format", "json")

    for each in json.loads(out):
        assert f"  {each['folder']}\n" in text
        assert (Path(each["folder"]) / "template.toml").is_file()
        assert each["path"] is None if each["id"] == "phu-luc" else Path(each["path"]).is_file()


def process(*arguments, **environment):
    # PYTHONUTF8 would hide what a code page does
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHONUTF8", "PYTHONIOENCODING"))}
    return subprocess.run([sys.executable, "-m", "mtqg_cli.cli", *arguments], capture_output=True, check=False, env={**clean, **environment})


@pytest.mark.parametrize("encoding", ["cp1258", "cp1252", "ascii", "utf-8"])
def test_output_is_utf8_on_every_console(dam_ha, encoding):
    done = process("validate", "--project", str(dam_ha.folder), "--period", "6m2024", PYTHONIOENCODING=encoding)

    assert done.returncode == 0
    assert done.stdout.decode("utf-8").strip().startswith("Đã kiểm tra 10 tệp")


def test_light_commands_do_not_load_pandas(dam_ha):
    script = "import sys; from mtqg_cli.cli.app import run; run(sys.argv[1:]); print([m for m in ('pandas','docx','docxtpl','openpyxl','pptx','xlsxwriter','rich') if m in sys.modules])"
    for arguments in (["--help"], ["explain", "R201"], ["explain", "ty_le_giai_ngan"], ["validate", "--project", str(dam_ha.folder), "--period", "6m2024"]):
        done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True, encoding="utf-8")
        assert done.stdout.splitlines()[-1] == "[]", arguments


def test_the_page_calls_nobody_silent_whose_file_could_not_be_read(call, project_copy):
    spoil(project_copy)
    (project_copy / "data" / "6m2024" / "duc-yen.xlsx").unlink()
    _, out, _ = call("validate", "--project", project_copy, "--period", "6m2024", "--format", "html")

    assert "<b>Chưa gửi báo cáo (1):</b> Xã Dực Yên." in out
    assert '<td data-label="Đơn vị" data-unit="Xã Tân Lập">Xã Tân Lập</td><td data-label="Tệp">tan-lap.xlsx</td>' in out

"""The guides for officers: they can be followed step by step, every setting in them is one, every limit is named with its value."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from guidewalk import Walk, blocks

from mtqg_cli.core.vietnamese import format_number
from mtqg_cli.project import load_project
from mtqg_cli.reference.document_rules import CODES, FILE, load_rules
from mtqg_cli.reference.limits import LIMITS

ROOT = Path(__file__).resolve().parent.parent.parent
GUIDES = ROOT / "docs" / "huong-dan"
ALL = sorted(GUIDES.glob("*.md"))
SECTIONS = ("unit", "reporting", "programmes", "forms", "style", "issue", "event", "rules")
CHECKING = GUIDES / "kiem-tra-va-tra-lai.md"


@pytest.mark.parametrize("guide", ALL, ids=lambda path: path.stem)
def test_every_guide_can_be_followed(call, project_copy, monkeypatch, guide):
    monkeypatch.chdir(project_copy)
    walk = Walk(call)
    walk.follow(guide)

    assert walk.done


@pytest.mark.parametrize("guide", ALL, ids=lambda path: path.stem)
def test_every_guide_is_found_from_the_first_page_and_from_another_guide(guide):
    others = [path for path in ALL if path != guide]

    assert f"docs/huong-dan/{guide.name})" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert any(f"]({guide.name}" in path.read_text(encoding="utf-8") for path in others)


def test_the_formulas_that_the_guide_reads_are_in_the_annex(call, project_copy, monkeypatch):
    guide = GUIDES / "phu-luc-excel.md"
    monkeypatch.chdir(project_copy)
    assert call("report", "--period", "6m2024", "--template", "phu-luc")[0] == 0
    book = openpyxl.load_workbook(project_copy / "out" / "6m2024" / "phu-luc.xlsx")
    formulas = {str(cell.value) for row in book["III. Hộ nghèo"].iter_rows() for cell in row}
    shown = re.findall(r"`(=[^`]+)`", guide.read_text(encoding="utf-8"))

    assert shown
    assert [each for each in shown if each not in formulas] == []


def test_what_the_guide_adds_counts(call, project_copy, monkeypatch):
    """Its form filled by one commune, then its indicators and its table."""
    monkeypatch.chdir(project_copy)
    Walk(call).follow(GUIDES / "them-bieu-bo-tieu-chi-chi-tieu.md")
    settings = project_copy / "mtqg.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace(', "xa-xanh"', ""), encoding="utf-8")
    sent = project_copy / "data" / "6m2024" / "quang-lam.xlsx"
    blank = openpyxl.load_workbook(project_copy / "out" / "6m2024" / "bieu-mau" / "quang-lam.xlsx")["Biểu 41"]
    book = openpyxl.load_workbook(sent)
    sheet = book.create_sheet("Biểu 41")
    for row in blank.iter_rows():
        for cell in row:
            sheet[cell.coordinate] = cell.value
    form = next(each for each in json.loads(call("list", "forms", "--format", "json")[1]) if each["form"] == "cho")
    for column, value in zip(form["columns"], ("Chợ Quảng Lâm", "Hạng 3", 25, 30), strict=True):
        sheet[f"{column['letter']}{form['first_row']}"] = value
    book.save(sent)

    code, out, _ = call("validate", "--period", "6m2024")
    assert (code, "R202" in out) == (1, True), out

    sheet[f"{form['columns'][-1]['letter']}{form['first_row']}"] = 20
    book.save(sent)
    figures = json.loads(call("summary", "--period", "6m2024", "--format", "json")[1])["figures"]
    assert [each["text"] for each in figures if each["id"] in {"so_cho", "ho_kinh_doanh_cho"} and each["scope"] is None] == ["01", "25"]
    assert call("report", "--period", "6m2024", "--template", "phu-luc")[0] == 0
    assert any("Chợ" in name for name in openpyxl.load_workbook(project_copy / "out" / "6m2024" / "phu-luc.xlsx").sheetnames)


def test_every_setting_of_the_guide_is_one(project_copy):
    with (project_copy / "mtqg.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n" + "\n".join(blocks(CHECKING, "toml")))
    loaded = load_project(project_copy)
    request = loaded.request(loaded.period("6m2024"))

    assert [each.rule for each in request.judgement.accepted] == ["T332"]
    assert [each.cell for each in request.corrections] == ["C10"]
    assert list(request.excused) == ["06917"]
    assert request.limit("bien_dong_so_ho") == 5


def test_every_limit_is_named_with_its_value():
    text = CHECKING.read_text(encoding="utf-8")

    assert [name for name, limit in LIMITS.items() if f"| `{name}` | {format_number(limit.default)} {limit.unit} | {limit.meaning} |" not in text] == []


def test_the_provisions_of_the_layout_guide_are_some(tmp_path):
    guide = GUIDES / "kiem-tra-the-thuc.md"
    path = tmp_path / FILE
    path.parent.mkdir()
    path.write_text("\n".join(blocks(guide, "toml")), encoding="utf-8")
    rules = load_rules(tmp_path)

    assert (rules.alignment.severity, rules.alignment.verified, rules.end_mark.severity) == ("error", True, "off")
    assert re.findall(r"\bD2\d\d\b", guide.read_text(encoding="utf-8"))
    assert {*re.findall(r"\bD2\d\d\b", guide.read_text(encoding="utf-8"))} <= {*CODES.values()}


def test_the_examples_of_every_section_of_the_settings_hold_together(project_copy):
    """mtqg.toml made of nothing but the examples of the guide, which is itself generated from the settings that there are."""
    (project_copy / "mtqg.toml").write_text("\n".join(blocks(GUIDES / "mtqg-toml.md", "toml")), encoding="utf-8")
    loaded = load_project(project_copy)
    request = loaded.request(loaded.period("6m2024"))

    assert loaded.settings.model_fields_set == set(type(loaded.settings).model_fields)
    assert all(getattr(loaded.settings, name).model_fields_set == set(type(getattr(loaded.settings, name)).model_fields) for name in SECTIONS)
    assert list(request.excused) == ["06917"]
    assert request.limit("bien_dong_so_ho") == 5
    assert loaded.deadline(loaded.period("6m2024")) is not None

"""Words of a submission that look like formulas stay words in everything that is written, and name no files."""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile

import openpyxl
import pytest

from mtqg_cli.cli.app import run
from mtqg_cli.intake.workbook import read_workbook

PLANTED = ('=HYPERLINK("http://x")', "+1", "-1", "@SUM(1)/../../a")
SIGNS = ("=", "+", "-", "@", "'", "\t")
FIRST_ROW = 10


def plant(path, *wanted):
    """Exchanges words of a workbook as somebody typing over them would."""
    parts = {}
    with zipfile.ZipFile(path) as source:
        for name in source.namelist():
            parts[name] = source.read(name)
    texts = parts["xl/sharedStrings.xml"].decode()
    for old, new in wanted:
        assert old
        assert f">{html.escape(old, quote=False)}<" in texts
        texts = texts.replace(f">{html.escape(old, quote=False)}<", f">{html.escape(new, quote=False)}<")
    parts["xl/sharedStrings.xml"] = texts.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)


def names_on(path, sheet, count):
    """The first words in the naming column of a sheet."""
    return [read_workbook(path.name, path.read_bytes()).sheet(sheet).text(row, 2) for row in range(FIRST_ROW, FIRST_ROW + count)]


def formulas(path):
    """All formulas of a workbook's sheets."""
    with zipfile.ZipFile(path) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    return [html.unescape(text) for xml in sheets for text in re.findall(r"<f[^>]*>([^<]*)</f>", xml)]


@pytest.fixture
def planted(project_copy):
    """The sample with villages of 2023, and a work and a file of 6m2024, named like formulas."""
    before, now = (project_copy / "data" / period / "xa-dam-ha.xlsx" for period in ("2023", "6m2024"))
    plant(before, *zip(names_on(before, "Biểu 02", len(PLANTED)), PLANTED, strict=True))
    plant(now, ("Trường mầm non khu Đầm Buôn", PLANTED[0]))
    now.rename(now.with_name("=cmd.xlsx"))
    return project_copy


def test_names_carried_into_blank_workbooks_are_no_formulas(planted, tmp_path, capsys):
    clean = tmp_path / "clean"
    out = tmp_path / "out"
    assert run(["forms", "--project", str(planted), "--period", "6m2024", "--out", str(out)]) == 0
    (planted / "data" / "2023" / "xa-dam-ha.xlsx").unlink()
    assert run(["forms", "--project", str(planted), "--period", "6m2024", "--out", str(clean)]) == 0
    capsys.readouterr()

    assert names_on(out / "xa-dam-ha.xlsx", "Biểu 02", len(PLANTED)) == list(PLANTED)
    sheet = openpyxl.load_workbook(out / "xa-dam-ha.xlsx")["Biểu 02"]
    assert {sheet.cell(FIRST_ROW + index, 2).data_type for index in range(len(PLANTED))} == {"s"}
    assert formulas(out / "xa-dam-ha.xlsx")
    assert set(formulas(out / "xa-dam-ha.xlsx")) == set(formulas(clean / "xa-dam-ha.xlsx"))
    assert not any("HYPERLINK" in text for text in formulas(out / "xa-dam-ha.xlsx"))


def test_words_of_a_workbook_name_no_files(planted, tmp_path, capsys):
    out = tmp_path / "ra"
    assert run(["forms", "--project", str(planted), "--period", "6m2024", "--out", str(out)]) == 0
    made = capsys.readouterr().out.splitlines()

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({"ra", planted.name})
    assert {str(path) for path in out.iterdir() if path.suffix == ".xlsx"} == set(made)
    assert all(re.fullmatch(r"[a-z0-9-]+\.(?:xlsx|json)", path.name) for path in out.iterdir())


def test_no_cell_of_the_table_of_figures_begins_as_a_formula(planted, capsys):
    run(["summary", "--project", str(planted), "--period", "6m2024", "--format", "csv"])
    lines = list(csv.reader(io.StringIO(capsys.readouterr().out.lstrip("\ufeff")), delimiter=";"))

    value = lines[0].index("Giá trị")
    cells = [(index, cell) for line in lines for index, cell in enumerate(line)]
    assert any(PLANTED[0] in cell for _, cell in cells)
    assert any(cell.startswith("'=cmd.xlsx!") for _, cell in cells)
    unescaped = [cell for index, cell in cells if cell.startswith(SIGNS) and not cell.startswith("'")]
    assert all(re.fullmatch(r"-\d+(?:,\d+)?", cell) for cell in unescaped)
    assert not [cell for index, cell in cells if index != value and cell.startswith(SIGNS) and not cell.startswith("'")]


def test_what_stands_before_a_word_that_looks_like_a_formula_is_an_apostrophe(planted, capsys):
    run(["summary", "--project", str(planted), "--period", "6m2024", "--format", "csv"])

    assert "'" + PLANTED[0].replace('"', '""') in capsys.readouterr().out

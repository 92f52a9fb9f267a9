"""`mtqg list forms --format json` tells another program all that it needs: places, and what must hold between the figures."""

from __future__ import annotations

import datetime as dt
import json
import shutil

import pytest
from openpyxl import load_workbook

from mtqg_cli.cli.app import run


@pytest.fixture(scope="module")
def workbook(full_project):
    """A workbook of the project with every form, with the results of its formulas."""
    return load_workbook(full_project.data_folder(full_project.period("6m2024")) / "quang-lam.xlsx", data_only=True)


@pytest.fixture
def told(full_project, capsys):
    assert run(["list", "forms", "--project", str(full_project.folder), "--format", "json"]) == 0
    return {form["form"]: form for form in json.loads(capsys.readouterr().out) if form["scope"] == "commune"}


def value(workbook, form, letter, row):
    return workbook[form["sheet"]][f"{letter}{row}"].value or 0


def columns(form):
    return {column["field"]: column["letter"] for column in form["columns"]}


def total(workbook, form, field):
    """A field's sum over a form's rows, from the places that the list tells."""
    own = next((row["row"] for row in form["rows"] if row["field"] == field), None)
    if own is not None:
        return value(workbook, form, columns(form)["value"], own)
    return sum(value(workbook, form, columns(form)[field], row) for row in range(form["first_row"], form["last_row"] + 1))


def signed(term):
    return (-1 if term[0] == "-" else 1), term.lstrip("+-")


def test_worked_out_columns_and_rows_are_what_their_terms_give(workbook, told):
    seen = 0
    for form in told.values():
        for column in form["columns"]:
            for row in range(form["first_row"], form["last_row"] + 1) if column["terms"] else ():
                parts = [sign * value(workbook, form, columns(form)[name], row) for sign, name in map(signed, column["terms"])]
                assert value(workbook, form, column["letter"], row) == pytest.approx(sum(parts))
                seen += 1
        places = {row["key"]: row["row"] for row in form["rows"]}
        for row in form["rows"]:
            numeric = [column for column in form["columns"] if column["type"] in {"count", "money"} and row["terms"]]
            for column in numeric:
                parts = [sign * value(workbook, form, column["letter"], places[key]) for sign, key in map(signed, row["terms"])]
                assert value(workbook, form, column["letter"], row["row"]) == pytest.approx(sum(parts))
                seen += 1
    assert seen > 100


def test_totals_of_other_forms_can_be_followed(workbook, told):
    followed = 0
    for form in told.values():
        for line in form["constraints"]["total"]:
            name, _, field = line["other"].partition(".")
            rows = {row["key"]: row["row"] for row in form["rows"]}
            mine = value(workbook, form, columns(form)[line["field"]], rows[line["row"]]) if line["row"] else total(workbook, form, line["field"])
            if line["leaving_out"]:
                names = {workbook[form["sheet"]][f"{columns(form)[form['key'][0]]}{row}"].value: row for row in range(form["first_row"], form["last_row"] + 1)}
                mine -= sum(value(workbook, form, columns(form)[line["field"]], names[each]) for each in line["leaving_out"])
            theirs = total(workbook, told[name], field)
            assert mine == theirs if line["mode"] == "equal" else mine <= theirs, (form["form"], line)
            followed += 1
    assert followed == 15


def test_conditions_are_told_in_the_words_of_the_drop_down(told):
    (needed,) = told["ocop"]["constraints"]["needed"]
    stage = next(column for column in told["ocop"]["columns"] if column["field"] == "stage")

    assert needed["when"] == {"stage": ["Đã công nhận", "Đã công nhận lại", "Đang làm hồ sơ công nhận lại"]}
    assert set(needed["when"]["stage"]) <= set(stage["choices"])


def test_columns_that_say_nothing_in_a_row_are_told(told):
    rows = {row["key"]: row["without"] for row in told["huy-dong"]["rows"]}

    assert rows["1"] == ["quantity"]
    assert rows["10"] == []


def fill(path, forms, given):
    """What another program does that knows nothing but the list: whatever is empty and required gets something that fits."""
    book = load_workbook(path)
    for form in forms:
        sheet = book[form["sheet"]]
        rows = {row["row"]: row for row in form["rows"]}
        numbers = rows if form["kind"] == "fixed" else range(form["first_row"], form["first_row"] + (0 if form["may_be_empty"] else 3))
        for number in numbers:
            row = rows.get(number, {})
            for column in form["columns"]:
                asked = row if column["type"] == "own" and row else column
                cell = sheet[f"{column['letter']}{number}"]
                left_out = column["field"] in row.get("without", ()) or column["printed"] or column["computed"] or row.get("terms") or not asked.get("required")
                if left_out or cell.value is not None:
                    continue
                cell.value = made_up(asked, number - form["first_row"], form, given)
    book.save(path)


def made_up(asked, index, form, numbers):
    if asked["choices"]:
        return asked["choices"][0]
    if asked["type"] in {"count", "money", "decimal", "percent"}:
        return max(numbers.get(asked.get("field"), 0), asked["minimum"] or 0)
    return dt.date(2024, 6, 20) if asked["type"] == "date" else f"{form['title'][:20]} {index + 1}" if asked.get("field") != "village" else f"Xóm {index + 1}"


#: Where every sheet that analyses the households is in use, nothing but zeros goes together without knowing more.
NUMBERS = {"opening": 2, "households_opening": 100, "households_closing": 100, "population": 400, "villages": 3, "documents": 12}


@pytest.mark.parametrize(("project", "numbers"), [("dam_ha", NUMBERS), ("full_project", {})])
def test_workbooks_filled_by_another_program_give_no_message(project, numbers, request, tmp_path, capsys):
    folder = tmp_path / "du an"
    shutil.copytree(request.getfixturevalue(project).folder, folder, ignore=shutil.ignore_patterns("data", "out", ".mtqg"))
    settings = folder / "mtqg.toml"
    lines = settings.read_text(encoding="utf-8").splitlines()
    settings.write_text("\n".join(line for line in lines if not line.startswith("as_of")), encoding="utf-8")
    assert run(["list", "forms", "--project", str(folder), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert run(["forms", "--project", str(folder), "--period", "6m2024", "--out", str(folder / "data" / "6m2024")]) == 0
    capsys.readouterr()
    (folder / "data" / "6m2024" / "manifest.json").unlink()
    for path in sorted((folder / "data" / "6m2024").glob("*.xlsx")):
        there = load_workbook(path, read_only=True).sheetnames
        fill(path, [form for form in told if form["sheet"] in there], numbers)

    assert run(["validate", "--project", str(folder), "--period", "6m2024"]) == 0
    assert "không có lỗi, không có cảnh báo" in capsys.readouterr().out

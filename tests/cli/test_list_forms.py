"""`mtqg list forms --format json` tells another program all that it needs: places, and what must hold between the figures."""

from __future__ import annotations

import json

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
    assert followed == 11


def test_conditions_are_told_in_the_words_of_the_drop_down(told):
    (needed,) = told["ocop"]["constraints"]["needed"]
    stage = next(column for column in told["ocop"]["columns"] if column["field"] == "stage")

    assert needed["when"] == {"stage": ["Đã công nhận", "Đã công nhận lại"]}
    assert set(needed["when"]["stage"]) <= set(stage["choices"])


def test_columns_that_say_nothing_in_a_row_are_told(told):
    rows = {row["key"]: row["without"] for row in told["huy-dong"]["rows"]}

    assert rows["1"] == ["quantity"]
    assert rows["10"] == []

"""What frictionless can hold of the same checks: a resource a sheet, a schema a form, sums of a row.

Its table reader has no heading of several rows, no total row, no ties between sheets and no printed rows of mixed types: those go unchecked.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from frictionless import Checklist, Dialect, Resource, Schema, checks
from frictionless.formats import ExcelControl

TYPES = {"count": "integer", "money": "number", "decimal": "number", "percent": "number", "date": "date"}


def schema_of(form: dict) -> Schema:
    """The fields of a form, named by their letters."""
    fields = [{"name": "A", "type": "any"}]
    for column in form["columns"]:
        constraints = {key: column[key] for key in ("minimum", "maximum") if column[key] is not None and column["type"] in TYPES}
        if column["choices"]:
            constraints["enum"] = column["choices"]
        kind = TYPES.get(column["type"], "any" if column["type"] == "own" else "string")
        fields.append({"name": column["letter"], "type": kind, "constraints": {} if kind == "any" else constraints})
    return Schema.from_descriptor({"fields": fields})


def sums_of(form: dict, numbers: list[str]) -> list:
    """A check for each column whose number line says of what it is the sum (9=3+4-5)."""
    letters = ["A", *(column["letter"] for column in form["columns"])]
    known = {text.split("=")[0]: letter for text, letter in zip(numbers, letters, strict=False)}
    found = []
    for text in numbers:
        left, sign, right = text.partition("=")
        parts = re.findall(r"([+-]?)(\d+)", right)
        if sign and all(number in known for _, number in parts):
            terms = " ".join(f"{mark or '+'} ({known[number]} or 0)" for mark, number in parts)
            found.append(checks.row_constraint(formula=f"({known[left]} or 0) == {terms}"))
    return found


def validate(path: str, forms: list[dict], numbers: dict[str, list[str]]) -> int:
    """How many errors a workbook has."""
    count = 0
    for form in forms:
        dialect = Dialect(header=False, controls=[ExcelControl(sheet=form["sheet"])])
        dialect.comment_rows = list(range(1, form["first_row"]))
        rows = form["last_row"] - form["first_row"] + 1
        checklist = Checklist(checks=sums_of(form, numbers.get(form["form"], [])), skip_errors=["blank-row"])
        resource = Resource(path=Path(path).name, basepath=str(Path(path).parent), dialect=dialect, schema=schema_of(form))
        report = resource.validate(checklist, limit_rows=rows)
        count += sum(1 for task in report.tasks for _ in task.errors)
    return count


def number_lines(path: str, forms: list[dict]) -> dict[str, list[str]]:
    """The line of column numbers of each form, from any one workbook."""
    import openpyxl  # noqa: PLC0415

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    found = {}
    for form in forms:
        row = next(book[form["sheet"]].iter_rows(min_row=form["first_row"] - 1, max_row=form["first_row"] - 1, values_only=True))
        found[form["form"]] = [str(value) for value in row if value is not None]
    return found


def main(listing: str, paths: list[str]) -> None:
    """Prints the number of errors of all workbooks."""
    forms = [form for form in json.loads(Path(listing).read_text(encoding="utf-8")) if form["scope"] == "commune"]
    numbers = number_lines(paths[0], forms) if paths else {}
    print(sum(validate(path, forms, numbers) for path in paths))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

"""What an office with a programmer would write: openpyxl for the cells, pandera for types, ranges and lists, a few ties by hand.

python validate_pandera.py FORMS.json FILE … prints the number of errors.
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from pathlib import Path

import openpyxl
import pandas as pd
import pandera.pandas as pa

TINY = 1e-9
NUMERIC = {"count", "money", "decimal", "percent"}


def schema_of(form: dict) -> pa.DataFrameSchema:
    """The columns of a form, named by their fields."""
    columns = {}
    for column in form["columns"]:
        tests = []
        if column["type"] in NUMERIC:
            tests.append(pa.Check(is_number, element_wise=True))
            tests += [pa.Check.ge(column["minimum"])] if column["minimum"] is not None else []
            tests += [pa.Check.le(column["maximum"])] if column["maximum"] is not None else []
        elif column["choices"] and column["type"] != "own":
            tests.append(pa.Check.isin(column["choices"]))
        required = column["required"] and form["kind"] == "rows"
        columns[column["field"]] = pa.Column(object, tests, nullable=not required)
    return pa.DataFrameSchema(columns)


def is_number(value: object) -> bool:
    """Whether a cell holds a number."""
    return isinstance(value, int | float)


def frame_of(sheet: object, form: dict) -> tuple[pd.DataFrame, list[str]]:
    """The data rows of a sheet that hold anything but their number, and the line of column numbers."""
    width = len(form["columns"]) + 1
    rows = list(sheet.iter_rows(min_row=form["first_row"] - 1, max_row=form["last_row"], max_col=width, values_only=True))
    inputs = [index for index, column in enumerate(form["columns"]) if not column["computed"]]
    data = [row[1:] for row in rows[1:] if any(row[1 + index] not in (None, "") for index in inputs)]
    return pd.DataFrame(data, columns=[column["field"] for column in form["columns"]], dtype=object), [str(value) for value in rows[0]]


def wrong_sums(frame: pd.DataFrame, numbers: list[str]) -> int:
    """Rows whose computed column is not what its number line says (9=3+4-5)."""
    known = {text.split("=")[0]: index - 1 for index, text in enumerate(numbers)}
    values = frame.apply(pd.to_numeric, errors="coerce").fillna(0)
    count = 0
    for index, text in enumerate(numbers):
        _, sign, right = text.partition("=")
        parts = re.findall(r"([+-]?)(\d+)", right)
        if sign and parts and all(number in known for _, number in parts):
            wanted = sum((-1 if mark == "-" else 1) * values.iloc[:, known[number]] for mark, number in parts)
            count += int((values.iloc[:, index - 1] - wanted).abs().gt(TINY).sum())
    return count


def wrong_totals(sheet: object, form: dict, frame: pd.DataFrame) -> int:
    """Columns whose total row is not the sum of the rows."""
    if not form.get("total_row"):
        return 0
    cells = next(sheet.iter_rows(min_row=form["total_row"], max_row=form["total_row"], min_col=2, values_only=True))
    totals = {column["field"]: cell for column, cell in zip(form["columns"], cells, strict=False) if column["type"] in NUMERIC and is_number(cell)}
    return sum(1 for field, total in totals.items() if abs(pd.to_numeric(frame[field], errors="coerce").sum() - total) > TINY)


def validate(path: str, forms: list[dict], schemas: dict[str, pa.DataFrameSchema]) -> int:
    """How many errors a workbook has."""
    book = openpyxl.load_workbook(path, data_only=True)
    frames, count = {}, 0
    for form in forms:
        if form["sheet"] not in book.sheetnames:
            count += 1
            continue
        sheet = book[form["sheet"]]
        frame, numbers = frame_of(sheet, form)
        frames[form["form"]] = frame
        try:
            schemas[form["form"]].validate(frame, lazy=True)
        except pa.errors.SchemaErrors as errors:
            count += len(errors.failure_cases)
        count += wrong_sums(frame, numbers) + wrong_totals(sheet, form, frame)
    poor, near = (set(frames[name].iloc[:, 0]) for name in ("ho-ngheo", "ho-can-ngheo"))
    return count + len(poor ^ near)


def main(listing: str, paths: list[str]) -> None:
    """Prints the number of errors of all workbooks."""
    warnings.simplefilter("ignore")
    forms = [form for form in json.loads(Path(listing).read_text(encoding="utf-8")) if form["scope"] == "commune"]
    schemas = {form["form"]: schema_of(form) for form in forms}
    print(sum(validate(path, forms, schemas) for path in paths))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

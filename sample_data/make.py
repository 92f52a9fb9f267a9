"""Makes the sample projects from their specifications: specs/<district>/<period>/<form>.csv → <district>/data/<period>/*.xlsx.

The district's own reference data (criteria/, forms/ …) are copied as they are.
Run from anywhere: python sample_data/make.py [district …]. The same specification gives the same bytes.
"""

from __future__ import annotations

import csv
import shutil
import sys
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

from mtqg_cli.forms.content import FormValues
from mtqg_cli.forms.workbook import make_workbook
from mtqg_cli.project import Project, load_project
from mtqg_cli.reference.form import Form
from mtqg_cli.reference.quantity import Quantity
from mtqg_cli.reference.unit import workbook_names

HERE = Path(__file__).resolve().parent
#: The folders of a specification that are no periods: what a project may hold beside its settings and its data.
REFERENCE = ("criteria", "forms", "indicators", "programmes", "tables", "templates")
Rows = list[dict[str, str]]


def main(districts: list[str]) -> None:
    """Makes the named districts, or all."""
    for district in districts or sorted(path.name for path in (HERE / "specs").iterdir()):
        spec, folder = HERE / "specs" / district, HERE / district
        shutil.rmtree(folder / "data", ignore_errors=True)
        folder.mkdir(exist_ok=True)
        shutil.copyfile(spec / "mtqg.toml", folder / "mtqg.toml")
        copy_reference(spec, folder)
        project = load_project(folder)
        for period in sorted(path for path in spec.iterdir() if path.is_dir() and path.name not in REFERENCE):
            make_period(project, period)
            print(f"{district}: {period.name}")


def copy_reference(spec: Path, folder: Path) -> None:
    """The reference data of a project, nothing else left from an earlier run."""
    for name in REFERENCE:
        shutil.rmtree(folder / name, ignore_errors=True)
        if (spec / name).is_dir():
            shutil.copytree(spec / name, folder / name)


def make_period(project: Project, *specs: Path) -> None:
    """The workbooks of one period; a form's specification is taken from the first of the folders that has it."""
    period = project.period(specs[0].name)
    request = project.request(period)
    by_unit: dict[str, dict[str, FormValues]] = defaultdict(dict)
    for form in request.forms:
        names = (f"{form.id}.csv", f"{form.id.split('.')[0]}.csv")
        rows = read_spec(next((spec / name for spec in specs for name in names if (spec / name).is_file()), None))
        units = defaultdict(list)
        for row in rows:
            units[row.pop("unit")].append(row)
        for code, mine in units.items():
            by_unit[code][form.id] = values_of(form, mine)
    names = workbook_names(project.unit, project.communes)
    folder = project.data_folder(period)
    folder.mkdir(parents=True)
    for unit in (*project.communes, project.unit):
        forms = request.forms_for(unit)
        programmes = [request.book.programmes[key] for key in request.programmes]
        workbook = make_workbook(forms, unit, period, filename=names[unit.code], values=by_unit[unit.code], programmes=programmes)
        (folder / workbook.name).write_bytes(workbook.content)


def read_spec(path: Path | None) -> Rows:
    """The rows of a specification; none if the form is not filled in that period."""
    if path is None:
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def values_of(form: Form, rows: Rows) -> FormValues:
    """What a unit fills into a form. A criteria form names only the criteria and indicators that are not met."""
    if form.criteria_set:
        not_met = set(rows[0]["not_met"].split())
        return FormValues(by_key={row.key: {"mark": "chua" if row.key in not_met else "dat"} for row in form.rows})
    if form.keyed:
        keyed = {row.pop("key"): row for row in rows}
        return FormValues(by_key={key: {field: value(text, form.quantity(field)) for field, text in row.items() if text != ""} for key, row in keyed.items()})
    converted = [{field: value(text, form.quantity(field)) for field, text in row.items() if text != ""} for row in rows]
    if form.one_value_a_row:
        return FormValues(record=converted[0])
    return FormValues(rows=converted)


def value(text: str, quantity: Quantity | None) -> object:
    """A cell of the specification as a value: money is written in the form's unit there, dates as 2024-06-20."""
    if quantity is None:
        message = f"unknown field for {text!r}"
        raise ValueError(message)
    if quantity.type == "count":
        return int(text)
    if quantity.type == "money":
        return int(Decimal(text) * quantity.scale)
    if quantity.type == "decimal":
        return Decimal(text)
    return date.fromisoformat(text) if quantity.type == "date" else text


if __name__ == "__main__":
    main(sys.argv[1:])

"""A drawn district as a project folder, with workbooks that the program itself writes."""

from __future__ import annotations

from mtqg_cli.forms.content import FormValues
from mtqg_cli.forms.workbook import make_workbook
from mtqg_cli.project import load_project
from mtqg_cli.reference.unit import workbook_names

#: Fields of printed rows that the sheet has of its own.
_PRINTED = {"key", "level"}


def make_project(folder, district):
    """Writes mtqg.toml and the workbooks of every period; returns the loaded project."""
    (folder / "mtqg.toml").write_text(district.settings, encoding="utf-8")
    project = load_project(folder)
    units = {unit.label: unit for unit in project.communes}
    names = workbook_names(project.unit, project.communes)
    for name, sheets in district.sheets.items():
        period = project.period(name)
        request = project.request(period)
        target = project.data_folder(period)
        target.mkdir(parents=True)
        by_unit = {}
        for sheet in sheets:
            unit = units.get(sheet.unit, project.unit)
            by_unit.setdefault(unit, {})[f"{sheet.form}.{sheet.criteria}" if sheet.criteria else sheet.form] = sheet
        for unit, mine in by_unit.items():
            forms = request.forms_for(unit)
            assert {form.id for form in forms} == set(mine), (
                f"asked for, or drawn, but not both: {unit.label} {name} { {form.id for form in forms} ^ set(mine) }"
            )
            values = {form.id: _values(form, mine[form.id].rows, units) for form in forms}
            programmes = [request.book.programmes[key] for key in request.programmes]
            workbook = make_workbook(forms, unit, period, filename=names[unit.code], values=values, programmes=programmes)
            (target / workbook.name).write_bytes(workbook.content)
    return project


def _values(form, rows, units):
    if form.one_value_a_row:
        return FormValues(record=rows[0])
    computed = {column.field for column in form.columns if column.computed}
    plain = [{name: _coded(name, value, units) for name, value in row.items() if value is not None and name not in computed} for row in rows]
    if form.keyed:
        return FormValues(by_key={row["key"]: {name: value for name, value in row.items() if name not in _PRINTED} for row in plain})
    return FormValues(rows=plain)


def _coded(name, value, units):
    """Communes are chosen by their codes."""
    return units[value].code if name == "commune" else value

"""`mtqg list`: what the program knows, and where each comes from. How it reads as text is `listing_words`' matter."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mtqg_cli.cli import console
from mtqg_cli.cli.listing_words import lines, unused
from mtqg_cli.cli.options import ProjectOption, book_of, choice, project_at_hand

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mtqg_cli.core.unit import Unit
    from mtqg_cli.project import Project
    from mtqg_cli.reference.form import Column, Form
    from mtqg_cli.reference.lines import Relation
    from mtqg_cli.reference.table import TableSpec

#: What a title takes from the report when it is printed.
_TAG = re.compile(r"\{\{.*?\}\}")
_FAMILIES = ("forms", "rules", "indicators", "tables", "templates", "criteria", "programmes", "units", "periods")


def list_known(
    family: Annotated[str, typer.Argument(metavar="LOẠI", help=f"Một trong: {', '.join(_FAMILIES)}.")],
    project: ProjectOption = None,
    output: Annotated[str, typer.Option("--format", metavar="text|json", help="Dạng kết quả.")] = "text",
) -> int:
    """Liệt kê biểu mẫu, quy tắc, chỉ tiêu, bảng phụ lục, mẫu báo cáo, bộ tiêu chí, chương trình, đơn vị, kỳ báo cáo, kèm nguồn của từng mục."""
    choice(family, _FAMILIES, "mtqg list")
    choice(output, ("text", "json"), "--format")
    loaded = project_at_hand(project)
    entries = _ENTRIES[family](loaded)
    if output == "json":
        console.out(json.dumps(entries, ensure_ascii=False, indent=1))
        return 0
    for entry in entries:
        console.out("\n".join(lines(family, entry)))
    if family == "forms" and loaded is not None:
        console.out("\n".join(unused([_form(form, ()) for form in loaded.book.everything], {entry["form"] for entry in entries})))
    if not entries:
        console.err("Chưa có mục nào; kỳ báo cáo là các thư mục con của data/ trong dự án." if family == "periods" else "Chưa có mục nào.")
    return 0


def _forms(project: Project | None) -> list[dict[str, Any]]:
    communes = project.communes if project is not None else ()
    return [_form(form, communes) for form in (project.forms if project is not None else book_of(None).everything)]


def _form(form: Form, communes: Sequence[Unit]) -> dict[str, Any]:
    from mtqg_cli.core.location import cell_name  # noqa: PLC0415
    from mtqg_cli.reference.layout import FACE_COLUMN, PERIOD_ROW, UNIT_ROW, layout_of  # noqa: PLC0415

    layout = layout_of(form)
    rows = [
        {
            "key": row.key,
            "field": row.field or None,
            "label": row.label,
            "row": layout.first_row + index,
            "applies_to": list(row.applies_to),
            **_quantity(row),
            "terms": list(row.computed),
            "without": list(row.without),
        }
        for index, row in enumerate(form.rows)
    ]
    return {
        "form": form.id,
        "version": form.version,
        "title": form.title,
        "sheet": form.sheet,
        "scope": form.scope,
        "kind": form.kind,
        "origin": form.origin,
        "header_row": layout.header_row,
        "header_rows": layout.header_rows,
        "first_row": layout.first_row,
        "last_row": layout.last_row,
        "total_row": layout.total_row,
        "unit_cell": cell_name(UNIT_ROW, FACE_COLUMN),
        "period_cell": cell_name(PERIOD_ROW, FACE_COLUMN),
        "applies_to": list(form.applies_to),
        "sent_by": [unit.name for unit in communes if form.applies(unit)] if form.units is not None else None,
        "extra": form.extra,
        "optional": form.optional,
        "may_be_empty": form.may_be_empty,
        "key": list(form.key),
        "columns": [_column(column, layout.letter(column.field)) for column in form.columns],
        "rows": rows,
        "constraints": {name: [_relation(form, line) for line in getattr(form, name)] for name in _RELATIONS},
    }


#: The kinds of lines that relate a form's figures to each other and to other forms, as a form file names them.
_RELATIONS = ("at_most", "within", "tie", "carry", "sum", "times", "total", "needed", "whole", "grade", "expiry", "ended", "fitting")


def _relation(form: Form, line: Relation) -> dict[str, Any]:
    """A line as it stands in the form file; the choices that it is about are told by the words on the sheet."""
    told = line.model_dump(mode="json")
    for field, wanted in told.get("when", {}).items():
        column = form.column(field)
        labels = {choice.id: choice.label for choice in column.choices} if column is not None else {}
        told["when"][field] = [labels.get(each, each) for each in wanted]
    return told


def _column(column: Column, letter: str) -> dict[str, Any]:
    return {
        "field": column.field,
        "label": column.label,
        "group": list(column.group),
        "letter": letter,
        **_quantity(column),
        "computed": bool(column.computed),
        "terms": list(column.computed),
        "printed": column.printed,
    }


def _quantity(quantity: Any) -> dict[str, Any]:
    def number(value: Any) -> Any:
        return None if value is None else float(value) if value % 1 else int(value)

    return {
        "type": quantity.type,
        "unit": quantity.unit,
        "required": quantity.required,
        "minimum": number(quantity.lowest),
        "maximum": number(quantity.highest),
        "choices": [choice.label for choice in quantity.choices] or None,
    }


def _rules(_: Project | None) -> list[dict[str, Any]]:
    from mtqg_cli.reference.codes import CODES, scope_of, severity_of  # noqa: PLC0415
    from mtqg_cli.validate.registry import rules  # noqa: PLC0415

    others = [{"code": code, "severity": severity_of(code).label, "title": title, "scope": scope_of(code), "name": ""} for code, (title, _) in CODES.items()]
    return others + [{"code": each.code, "severity": each.severity.label, "title": each.headline, "scope": each.scope, "name": each.name} for each in rules()]


def _indicators(project: Project | None) -> list[dict[str, Any]]:
    return [
        {"id": each.id, "label": each.label, "unit": each.unit, "group": each.group, "origin": each.origin, "measure": each.measure}
        for each in book_of(project).indicators.values()
    ]


def _tables(project: Project | None) -> list[dict[str, Any]]:
    return [
        {
            "id": each.id,
            "name": _TAG.sub("…", each.name),
            "title": _TAG.sub("…", each.title),
            "unit": each.measure,
            "origin": each.origin,
            "fields": list(_fields_of(each)),
        }
        for each in book_of(project).tables.values()
    ]


def _fields_of(table: TableSpec) -> Iterator[str]:
    """The figures that its columns show, in order, each once."""
    yield from dict.fromkeys(column.field for column in table.columns if column.field)


def _templates(project: Project | None) -> list[dict[str, Any]]:
    from mtqg_cli.reference.template import load_templates  # noqa: PLC0415

    found = load_templates(project.folder if project is not None else None)
    return [
        {
            "id": each.id,
            "title": each.title,
            "description": each.description,
            "kind": each.kind,
            "origin": each.origin,
            "formats": list(each.formats),
            "folder": str(each.folder),
            "path": str(each.path) if each.in_word else None,
        }
        for each in found.values()
    ]


def _criteria(project: Project | None) -> list[dict[str, Any]]:
    return [
        {
            "id": each.id,
            "title": each.title,
            "level": each.level,
            "criteria": len(each.criteria),
            "indicators": sum(len(one.indicators) for one in each.criteria),
            "origin": each.origin,
            "basis": each.basis,
            "provenance": each.provenance,
        }
        for each in book_of(project).criteria.values()
    ]


def _programmes(project: Project | None) -> list[dict[str, Any]]:
    return [
        {
            "id": each.id,
            "title": each.title,
            "projects": [{"code": one.code, "name": one.name, "parent": one.parent or None} for one in each.projects],
            "origin": each.origin,
            "basis": each.basis,
        }
        for each in book_of(project).programmes.values()
    ]


def _units(project: Project | None) -> list[dict[str, Any]]:
    from datetime import date  # noqa: PLC0415

    from mtqg_cli.reference.unit import units_on  # noqa: PLC0415

    if project is not None:
        return [{"code": each.code, "name": each.name, "kind": each.kind} for each in (project.unit, *project.communes)]
    units = units_on(date.today())  # noqa: DTZ011 - the map of a local day
    return [{"code": each.code, "name": units.full_name(each), "kind": each.kind} for each in units.units.values() if each.level != "xã"]


def _periods(project: Project | None) -> list[dict[str, Any]]:
    if project is None:
        return []
    return [{"period": str(each), "label": each.label, "start": str(each.start), "end": str(each.end), "as_of": str(each.as_of)} for each in project.periods()]


_ENTRIES = {
    "forms": _forms,
    "rules": _rules,
    "indicators": _indicators,
    "tables": _tables,
    "templates": _templates,
    "criteria": _criteria,
    "programmes": _programmes,
    "units": _units,
    "periods": _periods,
}

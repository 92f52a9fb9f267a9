"""The workbook that a unit receives: its forms as sheets, blank or filled, with the stamp that tells what it is. No reading."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter

from mtqg_cli.core.errors import MtqgError
from mtqg_cli.core.report import Artifact
from mtqg_cli.forms.catalogue import write_catalogue
from mtqg_cli.forms.checks import Lists
from mtqg_cli.forms.content import FormValues
from mtqg_cli.forms.page import Page, Styles, workbook_options
from mtqg_cli.forms.sheet import write_sheet
from mtqg_cli.reference.layout import STAMP_SHEET, STAMP_VERSION, layout_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mtqg_cli.core.period import Period
    from mtqg_cli.core.unit import Unit
    from mtqg_cli.reference.form import Form
    from mtqg_cli.reference.programme import Programme


def make_workbook(
    forms: Sequence[Form],
    unit: Unit,
    period: Period,
    *,
    filename: str,
    values: Mapping[str, FormValues] | None = None,
    programmes: Sequence[Programme] = (),
) -> Artifact:
    """The workbook of a unit for a period; equal arguments give equal bytes.

    `forms` are those in use that concern the unit (`Book.in_use`); `values`, by form id, fills them in whole or in part;
    the codes of `programmes` are explained on a sheet of their own where a form asks for codes.
    MtqgError if there is no form, or if the values do not fit into one.
    """
    content = BytesIO()
    given = values or {}
    if not forms:
        message = f"Không có biểu nào dành cho {unit.label}."
        raise MtqgError(message, "Xem các biểu và loại đơn vị gửi biểu bằng lệnh mtqg list forms.")
    ordered = sorted(forms, key=lambda each: (each.order, each.sheet))
    with xlsxwriter.Workbook(content, workbook_options()) as workbook:
        styles, lists = Styles(workbook), Lists()
        for form in ordered:
            page = Page(workbook.add_worksheet(form.sheet), styles, form, layout_of(form))
            write_sheet(page, unit, period, lists, given.get(form.id, FormValues()))
        if programmes and any(column.choices_from == "projects" for form in ordered for column in form.columns):
            write_catalogue(workbook, styles, programmes)
        lists.write(workbook)
        _write_stamp(workbook, ordered, unit, period)
        workbook.worksheets()[0].activate()
        # The only clock in the file is the period's: the same workbook is the same bytes tomorrow.
        made = datetime.combine(period.end, time())
        workbook.set_properties({"title": f"Biểu số liệu {period.label} - {unit.name}", "author": "mtqg", "created": made})
    return Artifact(filename, content.getvalue())


def _write_stamp(workbook: Any, forms: Sequence[Form], unit: Unit, period: Period) -> None:
    sheet = workbook.add_worksheet(STAMP_SHEET)
    lines = [("mtqg", STAMP_VERSION), ("unit", unit.code), ("period", str(period)), *(("form", each.id, each.version, each.sheet) for each in forms)]
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text)
    sheet.protect()
    sheet.very_hidden()

"""What is wrong with whole sheets and files, and between files; each fault says which finding must stand where."""

from __future__ import annotations

from cell_faults import fault

from mtqg_cli.core.location import cell_name
from mtqg_cli.reference.layout import FACE_COLUMN, PERIOD_ROW, STAMP_SHEET, UNIT_ROW


@fault
def sheet_missing(planter):
    form = planter.random.choice([form for form in planter.forms.values() if form.data in {"cong-trinh", "ocop", "no-dong", "chi-dao"}] or [None])
    if form is not None:
        planter.editor.drop(form.sheet)
        planter.expect("S201", form.sheet)


@fault
def headings_erased(planter):
    form = planter.random.choice(list(planter.forms.values()))
    layout = planter.layout(form.id)
    for row in range(layout.header_row, layout.number_row):
        for column in range(1, layout.last_column + 1):
            planter.editor.put(form.sheet, cell_name(row, column), None)
    planter.expect("S202", form.sheet)


@fault
def heading_rewritten(planter):
    form = planter.form_of("cong-trinh")
    if form is not None:
        layout = planter.layout(form.id)
        planter.editor.put(form.sheet, cell_name(layout.header_row, layout.columns["investment"]), "Ghi chú khác")
        planter.expect("S203", form.sheet, cell_name(layout.header_row, 1))


@fault
def row_hidden(planter):
    spot = planter.pick(forms={"ho-ngheo", "von", "cong-trinh"})
    if spot is not None:
        planter.editor.hide_row(spot.sheet, spot.row.number)
        planter.expect("S204", spot.sheet, cell_name(spot.row.number, 1))


@fault
def column_hidden(planter):
    spot = planter.pick(forms={"ho-ngheo", "von", "cong-trinh"})
    if spot is not None:
        planter.editor.hide_column(spot.sheet, spot.cell.location.column)
        planter.expect("S204", spot.sheet, cell_name(planter.layout(spot.form.id).header_row, spot.cell.location.column))


@fault
def sheet_hidden(planter):
    form = planter.random.choice(list(planter.forms.values()))
    planter.editor.hide_sheet(form.sheet, planter.random.choice(["hidden", "veryHidden"]))
    planter.expect("S204", form.sheet, cell_name(planter.layout(form.id).header_row, 1))


@fault
def face_of_other_unit(planter):
    form = planter.random.choice(list(planter.forms.values()))
    planter.editor.put(form.sheet, cell_name(UNIT_ROW, FACE_COLUMN), "Xã Không Phải Đây")
    planter.expect("S205", form.sheet, cell_name(UNIT_ROW, FACE_COLUMN))


@fault
def face_of_other_period(planter):
    form = planter.random.choice(list(planter.forms.values()))
    planter.editor.put(form.sheet, cell_name(PERIOD_ROW, FACE_COLUMN), "năm 2023")
    planter.expect("S205", form.sheet, cell_name(PERIOD_ROW, FACE_COLUMN))


@fault
def copied_sheet(planter):
    form, table = planter.form_of("ho-ngheo"), planter.table_of("ho-ngheo")
    if form is None:
        return
    name = f"{form.sheet} (2)"
    planter.editor.copy_sheet(form.sheet, name)
    planter.editor.put(name, table.rows[0].cells["opening"].location.cell, 77)
    planter.expect("S207", name, cell_name(planter.layout(form.id).header_row, 1))


def _stamp(planter, key, value, column=2):
    for row in range(1, 60):
        if planter.editor.text(STAMP_SHEET, cell_name(row, 1)) == key:
            planter.editor.put(STAMP_SHEET, cell_name(row, column), value)
            return row
    return None


@fault
def other_period(planter):
    _stamp(planter, "period", "9m2024")
    planter.expect("F109")  # the face still says the right period: only the stamp does not


@fault
def other_district(planter):
    _stamp(planter, "unit", "00001")
    planter.expect("F108")


@fault
def old_version(planter):
    form = next(iter(planter.forms.values()))
    _stamp(planter, "form", "0", column=3)
    planter.expect("F107", form.sheet)


@fault
def stamp_lost(planter):
    planter.editor.drop(STAMP_SHEET)
    planter.expect("F110", next(iter(planter.forms.values())).sheet, cell_name(UNIT_ROW, FACE_COLUMN))


@fault
def misnamed(planter):
    if planter.is_commune:
        others = [unit for unit in planter.sample.request.communes if unit.proper_name != planter.unit.proper_name]
        planter.extra["rename"] = f"{planter.unit.code} {planter.usual_name(planter.random.choice(others))}"
        planter.expect("F111", file=planter.extra["rename"])


@fault
def macros(planter):
    planter.editor.parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"
    planter.expect("F103")


@fault
def entities(planter):
    planter.editor.parts["xl/sharedStrings.xml"] = b'<!DOCTYPE x [<!ENTITY a "b">]>' + planter.editor.parts["xl/sharedStrings.xml"].split(b"?>", 1)[1]
    planter.expect("F104")


@fault
def truncated(planter):
    planter.extra["bytes"] = lambda content: content[: len(content) // 2]
    planter.expect("F101")


@fault
def not_a_workbook(planter):
    planter.extra["bytes"] = lambda _: b"%PDF-1.4 day khong phai bang tinh"
    planter.expect("F101")


@fault
def encrypted(planter):
    planter.extra["bytes"] = lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    planter.expect("F102")


@fault
def sent_twice(planter):
    twin = planter.file.replace(".xlsx", " (2).xlsx")
    planter.extra["twin"] = twin
    planter.expect("X402", file=twin)


@fault
def not_sent(planter):
    planter.drop = True
    planter.expect("X401", file=f"data/{planter.sample.request.period}")

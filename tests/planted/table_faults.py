"""What goes wrong between cells of a row, a table, two sheets; each fault says which finding must stand where."""

from __future__ import annotations

from cell_faults import fault
from planter import Spot

from mtqg_cli.core.location import cell_name, column_letter


def _amount(spot, more):
    """The cell's number with more added, as it is typed."""
    return (spot.value + more) / spot.quantity.scale if spot.quantity.scale > 1 else spot.value + more


def _computed(planter, forms=None):
    return [spot for spot in planter.spots(given=False, forms=forms) if spot.form.column(spot.field) is not None and spot.form.column(spot.field).computed]


@fault
def constant_over_formula(planter):
    spots = [spot for spot in _computed(planter) if isinstance(spot.value, int)]
    if spots:
        spot = planter.random.choice(spots)
        planter.editor.put(spot.sheet, spot.name, _amount(spot, 7 * spot.quantity.scale))
        planter.expect("R201", spot)


@fault
def part_above_whole(planter):
    options = []
    for spot in planter.spots(forms={"von"}, fields={"disbursed_year", "disbursed_carried"}):
        whole = spot.row.cells["plan_year" if spot.field == "disbursed_year" else "plan_carried"]
        options += [(spot, whole.value)] if whole.value else []
    if options:
        spot, limit = planter.random.choice(options)
        planter.editor.put(spot.sheet, spot.name, (limit + 10**6) / 10**6)
        planter.expect("R202", spot)


@fault
def code_of_other_programme(planter):
    spot = planter.pick(fields={"project"}, where=lambda each: each.row.value("programme") in {"gnbv-2021-2025", "ntm-2021-2025"})
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, "10.1" if spot.row.value("programme") != "dtts-2021-2030" else "02")
        planter.expect("R203", spot)


@fault
def row_begun_and_left(planter):
    form = planter.form_of("ho-ngheo")
    if form is None:
        return
    layout, used = planter.layout(form.id), len(planter.table_of("ho-ngheo").rows)
    row = layout.first_row + used
    planter.editor.put(form.sheet, f"{layout.letter('village')}{row}", "Thôn Chưa Điền")
    planter.expect("R204", form.sheet, f"{layout.letter('opening')}{row}")
    planter.expect("T306", form.sheet, f"{layout.letter('village')}{row}")


@fault
def same_village_twice(planter):
    options = [
        spot
        for spot in planter.spots(forms={"cong-trinh", "ocop", "no-dong"})
        if spot.field == spot.form.key[0] and spot.row is not spot_rows(planter, spot)[0]
    ]
    if options:
        spot = planter.random.choice(options)
        first = spot_rows(planter, spot)[0]
        if len(spot.form.key) == 1:
            planter.editor.put(spot.sheet, spot.name, first.value(spot.field).upper())
            planter.expect("T301", spot)


def spot_rows(planter, spot):
    return planter.submission.tables[spot.form.id].rows


@fault
def total_typed_wrong(planter):
    options = []
    for form in planter.forms.values():
        table = planter.submission.tables.get(form.id)
        if table is not None and table.total is not None and table.rows:
            options += [(form, table.total, name, cell) for name, cell in table.total.cells.items() if isinstance(cell.value, int)]
    if options:
        form, total, name, cell = planter.random.choice(options)
        spot = Spot(form, total, name, cell)
        planter.editor.put(spot.sheet, spot.name, _amount(spot, 3 * spot.quantity.scale))
        planter.expect("T302", spot)


@fault
def total_misses_last_row(planter):
    form, table = planter.form_of("ho-ngheo"), planter.table_of("ho-ngheo")
    if form is None or not table.rows:
        return
    last = [name for name in ("opening", "above_lines", "new") if table.rows[-1].value(name)]
    if last:
        name = planter.random.choice(last)
        cell = table.total.cells[name]
        letter = planter.layout(form.id).letter(name)
        first, end = planter.layout(form.id).first_row, table.rows[-1].number
        planter.editor.put_formula(form.sheet, cell.location.cell, f"SUM({letter}{first}:{letter}{end - 1})", cell.value - table.rows[-1].value(name))
        planter.expect("T302", form.sheet, cell.location.cell)


@fault
def printed_row_lost(planter):
    spots = [spot for spot in planter.spots(forms={"tieu-chi"}, fields={"mark"}, given=True) if spot.row.value("level") == "indicator"]
    if spots:
        spot = planter.random.choice(spots)
        number = spot.row.number
        width = planter.layout(spot.form.id).last_column
        for column in range(1, width + 1):
            planter.editor.put(spot.sheet, cell_name(number, column), None)
        planter.expect("T303", spot.sheet)


@fault
def sheets_disagree(planter):
    spot = planter.pick(forms={"ho-can-ngheo"}, fields={"from_poor", "to_poor"})
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, spot.value + 1)
        form, table = planter.form_of("ho-ngheo"), planter.table_of("ho-ngheo")
        field = "to_near_poor" if spot.field == "from_poor" else "from_near_poor"
        row = next(row for row in table.rows if row.value("village") == spot.row.value("village"))
        if planter.form_of("thieu-hut") is not None:
            planter.expect("T330", spot)  # the sheets that analyse the closing figures point to the very cell
        else:
            planter.expect("T304", form.sheet, row.cells[field].location.cell)


@fault
def sheets_disagree_alone(planter):
    """The same with the closing figure left as it was, so that nothing else is out of order."""
    spot = planter.pick(forms={"ho-can-ngheo"}, fields={"from_poor"}, where=lambda each: each.row.value("closing") > 1)
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, spot.value + 1)
        above = spot.row.cells["above_lines"]
        planter.editor.put(spot.sheet, above.location.cell, above.value + 1)
        form, table = planter.form_of("ho-ngheo"), planter.table_of("ho-ngheo")
        row = next(row for row in table.rows if row.value("village") == spot.row.value("village"))
        planter.expect("T304", form.sheet, row.cells["to_near_poor"].location.cell)


@fault
def sheet_left_empty(planter):
    spots = planter.spots(forms={"so-lieu"})
    if spots:
        for spot in spots:
            planter.editor.put(spot.sheet, spot.name, None)
        planter.expect("T305", spots[0].sheet)


@fault
def village_renamed(planter):
    spot = planter.pick(forms={"ho-can-ngheo"}, fields={"village"}, where=lambda each: not each.row.value("opening") and not each.row.value("from_poor"))
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, "Thôn Tên Khác")
        form, table = planter.form_of("ho-ngheo"), planter.table_of("ho-ngheo")
        row = next(row for row in table.rows if row.value("village") == spot.value)
        planter.expect("T306", form.sheet, row.cells["village"].location.cell)
        planter.expect("T306", spot)


@fault
def mark_contradicts(planter):
    rows = [spot for spot in planter.spots(forms={"tieu-chi"}, fields={"mark"}) if spot.row.value("level") == "indicator" and spot.value == "dat"]
    if rows:
        spot = planter.random.choice(rows)
        planter.editor.put(spot.sheet, spot.name, "Chưa đạt")
        key = str(spot.row.value("key")).split(".")[0]
        whole = next(row for row in spot_rows(planter, spot) if row.value("key") == key)
        planter.expect("T307", spot.sheet, whole.cells["mark"].location.cell)


@fault
def other_poverty_line(planter):
    spot = planter.pick(forms={"thong-tin"}, fields={"poverty_line"})
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, "Chuẩn của Trung ương")
        planter.expect("T308", spot)


@fault
def project_and_its_part(planter):
    spot = planter.pick(forms={"von"}, fields={"project"}, where=lambda each: each.value in {"4.1", "3.2"} and each.row.value("programme") == "dtts-2021-2030")
    rows = [row for row in spot_rows(planter, spot) if row.value("project") == spot.value] if spot is not None else []
    if len(rows) > 1:
        planter.editor.put(spot.sheet, spot.name, spot.value.split(".")[0])
        planter.expect("T310", spot)


@fault
def fewer_households_than_poor(planter):
    spot = planter.pick(forms={"so-lieu"}, fields={"households_opening"})
    poor = sum(row.value("opening") for name in ("ho-ngheo", "ho-can-ngheo") for row in planter.table_of(name).rows) if spot is not None else 0
    if poor > 1:
        planter.editor.put(spot.sheet, spot.name, poor - 1)
        planter.expect("T311", spot)


@fault
def one_cell_two_ways(planter):
    """A cell typed wrongly in a table whose formulas were pasted over with values."""
    spots = planter.spots(forms={"ho-ngheo"}, fields={"above_lines"}, where=lambda spot: spot.row.value("closing"))
    if spots:
        spot = planter.random.choice(spots)
        total = planter.table_of("ho-ngheo").total.cells["above_lines"]
        closing = spot.row.cells["closing"]
        planter.editor.put(spot.sheet, spot.name, spot.value + 1)
        planter.editor.put(spot.sheet, total.location.cell, total.value)
        planter.editor.put(spot.sheet, closing.location.cell, closing.value)
        planter.expect("T330", spot)


@fault
def opening_changed(planter):
    spot = planter.pick(forms={"ho-ngheo", "ho-can-ngheo"}, fields={"opening"})
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, spot.value + 1)
        planter.expect("X403", spot)


@fault
def many_more_households(planter):
    spot = planter.pick(forms={"so-lieu"}, fields={"households_closing"})
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, spot.value + spot.value // 10)
        planter.expect("T332", spot)


@fault
def rows_below_the_total(planter):
    form, table = planter.form_of("ho-ngheo"), planter.table_of("ho-ngheo")
    if form is None or table.total is None:
        return
    layout = planter.layout(form.id)
    number = table.total.number + 6
    planter.editor.put(form.sheet, f"{layout.letter('village')}{number}", "Thôn Ghi Dưới")
    planter.editor.put(form.sheet, f"{layout.letter('opening')}{number}", 4)
    planter.expect("S206", form.sheet, f"{column_letter(1)}{number}")

"""What contradicts the relations of the extra forms, of programmes and of periods; each fault says which finding must stand where."""

from __future__ import annotations

from datetime import date

from cell_faults import fault

from mtqg_cli.core.location import cell_name


def _first(planter, data, **values):
    """The first row of a form with these values."""
    table = planter.table_of(data)
    rows = table.rows if table is not None else ()
    return next((row for row in rows if all(row.value(field) == value for field, value in values.items())), None)


def _by_key(planter, data, key):
    return _first(planter, data, key=key)


def _at(row, field):
    return row.cells[field].location.cell


@fault
def plan_of_half_a_household(planter):
    row = _first(planter, "ke-hoach-giao", basis="so-ho")
    if row is not None:
        sheet = planter.form_of("ke-hoach-giao").sheet
        planter.editor.put(sheet, _at(row, "amount"), 14.5)
        planter.expect("R205", sheet, _at(row, "amount"))


@fault
def plan_by_another_basis(planter):
    row = _first(planter, "ke-hoach-giao", basis="so-ho")
    if row is not None:
        sheet = planter.form_of("ke-hoach-giao").sheet
        planter.editor.put(sheet, _at(row, "basis"), "Số lượng")
        planter.expect("R214", sheet, _at(row, "basis"))


@fault
def product_without_decision(planter):
    row = _first(planter, "ocop", stage="cong-nhan")
    if row is not None:
        sheet = planter.form_of("ocop").sheet
        planter.editor.put(sheet, _at(row, "decision"), None)
        planter.expect("R206", sheet, _at(row, "decision"))


@fault
def commune_half_recognised(planter):
    table = planter.table_of("cong-nhan-ntm")
    row = next((row for row in table.rows if row.value("status") == "cong-nhan" and not row.value("decision")), None) if table else None
    if row is not None:
        sheet = planter.form_of("cong-nhan-ntm").sheet
        planter.editor.put(sheet, _at(row, "decision"), "Quyết định số 01")
        planter.expect("R206", sheet, _at(row, "decided_on"))


@fault
def stars_above_points(planter):
    row = _first(planter, "ocop", stars=3)
    if row is not None:
        sheet = planter.form_of("ocop").sheet
        planter.editor.put(sheet, _at(row, "stars"), 5)
        planter.expect("R207", sheet, _at(row, "stars"))


@fault
def expiry_a_year_late(planter):
    table = planter.table_of("ocop")
    row = next((row for row in table.rows if isinstance(row.value("expires_on"), date)), None) if table else None
    if row is not None:
        sheet = planter.form_of("ocop").sheet
        day = row.value("expires_on")
        planter.editor.put(sheet, _at(row, "expires_on"), day.replace(year=day.year + 1))
        planter.expect("R208", sheet, _at(row, "expires_on"))


@fault
def product_expired(planter):
    row = _first(planter, "ocop", stage="cong-nhan")
    if row is not None:
        sheet = planter.form_of("ocop").sheet
        planter.editor.put(sheet, _at(row, "decided_on"), date(2021, 3, 15))
        planter.editor.put(sheet, _at(row, "expires_on"), date(2024, 3, 15))
        planter.expect("R209", sheet, _at(row, "expires_on"))


@fault
def paid_before_start(planter):
    table = planter.table_of("cong-trinh")
    row = next((row for row in table.rows if row.value("plan_year") and row.value("investment") >= row.value("plan_year")), None) if table else None
    if row is not None:
        sheet = planter.form_of("cong-trinh").sheet
        planter.editor.put(sheet, _at(row, "stage"), "Chuẩn bị đầu tư")
        planter.editor.put(sheet, _at(row, "disbursed"), row.value("plan_year") / 10**6)
        planter.expect("R213", sheet, _at(row, "disbursed"))


@fault
def more_leave_than_there_were(planter):
    spot = planter.pick(forms={"ho-ngheo"}, fields={"above_lines"}, where=lambda each: each.row.value("new") == 0 and each.row.value("returned") == 0)
    if spot is not None:
        row = spot.row
        planter.editor.put(spot.sheet, spot.name, row.value("opening") + 1)
        planter.editor.put(spot.sheet, _at(row, "new"), 9)
        planter.expect("T312", spot.sheet, _at(row, "opening"))


@fault
def printed_sum_typed(planter):
    row = _by_key(planter, "huy-dong", "14")
    if row is not None:
        sheet = planter.form_of("huy-dong").sheet
        field = planter.random.choice([name for name, cell in row.cells.items() if isinstance(cell.value, int) and cell.value > 10**6])
        planter.editor.put(sheet, _at(row, field), row.value(field) / 10**6 + 5)
        planter.expect("T313", sheet, _at(row, field))


@fault
def analysis_of_other_households(planter):
    spot = planter.pick(forms={"thieu-hut"}, where=lambda each: each.row.value("key") == "1" and each.field == "near_poor")
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, spot.value + 1)
        planter.expect("T314", spot)


@fault
def groups_of_other_households(planter):
    """The total of a sheet fits neither its parts nor the sheet that it comes from: one wrong cell, one message."""
    spot = planter.pick(forms={"nhom-doi-tuong"}, where=lambda each: each.row.value("key") == "1" and each.field != "key")
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, spot.value + 3)
        planter.expect("T312", spot)


@fault
def fewer_people_than_households(planter):
    spot = planter.pick(forms={"so-lieu"}, fields={"population"})
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, planter.table_of("so-lieu").rows[0].value("households_closing") - 1)
        planter.expect("T315", spot)


@fault
def advanced_without_basic(planter):
    table = planter.table_of("cong-nhan-ntm")
    if table is None:
        return
    higher = {row.value("commune"): row for row in table.rows if row.value("level") == "nang-cao" and row.value("status") == "cong-nhan"}
    rows = [row for row in table.rows if row.value("level") == "dat-chuan" and row.value("commune") in higher]
    if rows:
        row = planter.random.choice(rows)
        sheet = planter.form_of("cong-nhan-ntm").sheet
        planter.editor.put(sheet, _at(row, "status"), "Đang hoàn thiện, trình hồ sơ")
        planter.expect("T316", sheet, _at(higher[row.value("commune")], "level"))


@fault
def everything_disbursed(planter):
    form, table = planter.form_of("von"), planter.table_of("von")
    if table is None or len(table.rows) < 5:
        return
    for row in table.rows:
        for plan, paid in (("plan_carried", "disbursed_carried"), ("plan_year", "disbursed_year")):
            planter.editor.put(form.sheet, _at(row, paid), row.value(plan) / 10**6)
    planter.expect("T331", form.sheet, _at(table.rows[0], "disbursed_total"))


@fault
def round_payments(planter):
    form = planter.form_of("von")
    table = planter.table_of("von")
    rows = table.rows if table is not None else ()
    hundred = 10**8
    carried = [row for row in rows if row.value("disbursed_carried") != row.value("plan_carried")]
    if len(rows) < 5 or any(row.value("plan_year") <= 2 * hundred for row in rows) or any(row.value("disbursed_carried") % hundred for row in carried):
        return
    for row in rows:
        planter.editor.put(form.sheet, _at(row, "disbursed_year"), 200)
    first = "disbursed_carried" if rows[0] in carried else "disbursed_year"
    planter.expect("T318", form.sheet, _at(rows[0], first))


@fault
def other_closing_day(planter):
    spot = planter.pick(forms={"thong-tin"}, fields={"data_date"})
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, date(2024, 5, 31))
        planter.expect("T309", spot)


@fault
def thousandfold_population(planter):
    """The digits of somebody who wrote a point and got a thousand times as much."""
    spot = planter.pick(forms={"so-lieu"}, fields={"population"})
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, spot.value * 1000)
        planter.expect("T315", spot)


@fault
def capital_in_billions(planter):
    table = planter.table_of("von")
    usual = sorted(_total(each) for each in planter.sample.batch.submissions if "von" in each.tables)
    if table is not None and _total(planter.submission) < usual[len(usual) // 2]:
        return  # of a small commune nobody could tell
    rows = [row for row in table.rows if row.value("plan_year")] if table is not None and planter.is_commune else []
    if len(rows) == len(table.rows if table else ()) and rows and not any(row.value("plan_carried") for row in rows):
        sheet = planter.form_of("von").sheet
        for row in rows:
            for field in ("plan_year", "allocated", "disbursed_year"):
                planter.editor.put(sheet, _at(row, field), row.value(field) / 10**9)
        planter.expect("X407", sheet, _at(rows[0], "plan_year"))


def _total(submission):
    return sum(row.value("plan_year") for row in submission.tables["von"].rows) if "von" in submission.tables else 0


@fault
def share_for_percent(planter):
    spot = _percent_result(planter)
    if spot is not None:
        planter.editor.put(spot[0], spot[1], 0.95)
        planter.expect("C115", spot[0], spot[1])


@fault
def above_hundred_percent(planter):
    spot = _percent_result(planter)
    if spot is not None:
        planter.editor.put(spot[0], spot[1], 135)
        planter.expect("C116", spot[0], spot[1])


def _percent_result(planter):
    form, table = planter.form_of("tieu-chi"), planter.table_of("tieu-chi")
    if table is None:
        return None
    layout = planter.layout(form.id)
    keys = {row.key for row in form.rows if row.texts.get("measure_unit") == "%" and not row.texts.get("threshold")}
    rows = [row for row in table.rows if row.value("key") in keys]
    row = planter.random.choice(rows)
    return form.sheet, f"{layout.letter('result')}{row.number}"


@fault
def mark_of_two_meanings(planter):
    spot = planter.pick(forms={"tieu-chi"}, fields={"mark"})
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, planter.random.choice(["✗", "?", "1"]))
        planter.expect("C117", spot)


@fault
def text_of_an_old_font(planter):
    spot = planter.pick(forms={"ho-ngheo"}, fields={"village"}, where=lambda each: not each.row.value("opening"))
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, "Th«n Kh¸nh Hßa")
        planter.expect("C118", spot)


@fault
def year_of_two_digits(planter):
    spot = planter.pick(forms={"ocop"}, fields={"decided_on"}, where=lambda each: each.value.day > 12)
    if spot is not None:
        day = spot.value
        planter.editor.put(spot.sheet, spot.name, f"{day.day}/{day.month}/{day.year % 100:02d}")
        planter.expect("C119", spot)


@fault
def day_and_month_swapped(planter):
    spot = planter.pick(forms={"ocop"}, fields={"decided_on"}, where=lambda each: each.row.value("stage") in {"cong-nhan", "cong-nhan-lai"})
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, date(2024, 12, 5))
        planter.editor.put(spot.sheet, _at(spot.row, "expires_on"), date(2027, 12, 5))
        planter.expect("C119", spot)


@fault
def value_of_another_workbook(planter):
    spot = planter.pick(types={"count"}, where=lambda each: isinstance(each.value, int))
    if spot is not None:
        planter.editor.put_formula(spot.sheet, spot.name, "[1]Sheet1!$A$1", spot.value)
        planter.expect("C120", spot)


@fault
def scientific_text(planter):
    spot = planter.pick(types={"money"})
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, "1,2E+05")
        planter.expect("C121", spot)


@fault
def merged_in_the_data(planter):
    form, table = planter.form_of("ho-ngheo"), planter.table_of("ho-ngheo")
    if form is None or len(table.rows) < 2:
        return
    first, second = table.rows[0].cells["other_decrease"].location, table.rows[1].cells["other_decrease"].location
    planter.editor.put(form.sheet, second.cell, None)
    planter.editor.merge(form.sheet, f"{first.cell}:{second.cell}")
    planter.expect("S208", form.sheet, first.cell)


@fault
def other_unit_of_measure(planter):
    form = planter.form_of("von")
    if form is not None:
        planter.editor.put(form.sheet, "A6", "Đơn vị tính: đồng")
        planter.expect("S209", form.sheet, "A6")


@fault
def column_twice(planter):
    form, table = planter.form_of("cong-trinh"), planter.table_of("cong-trinh")
    if form is None or not table.rows:
        return
    layout = planter.layout(form.id)
    beyond = layout.last_column + 1
    planter.editor.put(form.sheet, cell_name(layout.header_row, beyond), form.column("disbursed").label)
    planter.editor.put(form.sheet, cell_name(table.rows[0].number, beyond), 12345)
    planter.expect("S210", form.sheet, cell_name(layout.header_row, beyond))


@fault
def links_to_other_workbooks(planter):
    planter.editor.parts["xl/externalLinks/externalLink1.xml"] = (
        b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><externalBook/></externalLink>'
    )
    planter.expect("F115")


@fault
def embedded_object(planter):
    planter.editor.parts["xl/embeddings/oleObject1.bin"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    planter.expect("F116")


@fault
def wrong_ending(planter):
    planter.extra["rename"] = planter.file.replace(".xlsx", ".xls")
    planter.expect("F114", file=planter.extra["rename"])


@fault
def web_page_as_workbook(planter):
    planter.extra["bytes"] = lambda _: b"<html><table><tr><td>1</td></tr></table></html>"
    planter.expect("F113")


@fault
def open_document(planter):
    planter.editor.parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<office/>", "xl/workbook.xml": b"<workbook/>"}
    planter.extra["bytes"] = _open_document
    planter.expect("F112")


def _open_document(_):
    import io
    import zipfile

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", "<office/>")
    return made.getvalue()


@fault
def own_workbook(planter):
    planter.extra["bytes"] = lambda _: _plain_workbook()
    planter.expect("F106")


def _plain_workbook():
    import io

    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet("Tính nháp").write(0, 0, 1)
    return made.getvalue()

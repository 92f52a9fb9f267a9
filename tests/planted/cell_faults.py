"""What people type wrongly into single cells: each fault changes one cell and says which finding must stand there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from planter import numeric

FAULTS = {}


def fault(function):
    FAULTS[function.__name__] = function
    return function


def _free(planter):
    """A number that no other rule compares with anything."""
    return lambda spot: numeric(spot) and not planter.tied(spot)


def _written(value, quantity):
    return int(Decimal(value) / quantity.scale) if Decimal(value) % quantity.scale == 0 else float(Decimal(value) / quantity.scale)


def _retyped(planter, code, write, *, types=("count",), where=lambda spot: True):
    """A number typed in another way that still reads as the same number."""
    spot = planter.pick(types=set(types), where=lambda each: isinstance(each.value, int) and where(each))
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, write(spot))
        planter.expect(code, spot)


def _spoilt(planter, code, value, *, types=None, where=None):
    """A number that can no longer be read as one."""
    spot = planter.pick(types=types, where=where or numeric)
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, value(spot) if callable(value) else value)
        planter.expect(code, spot)


@fault
def blank_number(planter):
    spot = planter.pick(where=lambda each: numeric(each) and each.quantity.required is True)
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, None)
        planter.expect("C101", spot)


@fault
def blank_choice(planter):
    spot = planter.pick(types={"choice"}, where=lambda each: each.quantity.required is True and each.form.kind == "fixed")
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, None)
        planter.expect("C101", spot)


@fault
def blank_date(planter):
    spot = planter.pick(types={"date"}, where=lambda each: each.quantity.required is True)
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, None)
        planter.expect("C101", spot)


@fault
def spaces_only(planter):
    spot = planter.pick(where=lambda each: numeric(each) and each.quantity.required is True)
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, " \u00a0 ")
        planter.expect("C101", spot)


@fault
def words_for_number(planter):
    _spoilt(planter, "C102", planter.random.choice(["không rõ", "chưa có", "n/a", "xem phụ lục", "12/6", "mười hai", "5-6", "~10"]))


@fault
def date_for_number(planter):
    _spoilt(planter, "C102", date(2024, 3, 2))


@fault
def truth_for_number(planter):
    _spoilt(planter, "C102", value=True)


@fault
def two_points(planter):
    _spoilt(planter, "C102", "1.2.3")


@fault
def negative_number(planter):
    spot = planter.pick(where=lambda each: _free(planter)(each) and each.quantity.lowest == 0 and isinstance(each.value, int))
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, -planter.random.randint(1, 9))
        planter.expect("C103", spot)


@fault
def too_large(planter):
    spot = planter.pick(where=_free(planter))
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, 1e20)
        planter.expect("C103", spot)


@fault
def above_maximum(planter):
    spot = planter.pick(where=lambda each: _free(planter)(each) and each.quantity.highest is not None)
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, int(spot.quantity.highest) + 1)
        planter.expect("C103", spot)


@fault
def fraction_of_household(planter):
    _spoilt(planter, "C104", lambda spot: int(spot.value or 0) + 0.5, types={"count"})


@fault
def not_on_the_list(planter):
    spot = planter.pick(types={"choice"})
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, planter.random.choice(["Khác với danh sách", "???", "Chưa xác định được", "abc"]))
        planter.expect("C105", spot)


@fault
def unknown_code(planter):
    spot = planter.pick(types={"code"}, where=lambda each: each.quantity.choices)
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, "99.9")
        planter.expect("C105", spot)


def _error(planter, text):
    spot = planter.pick(where=numeric)
    if spot is not None:
        planter.editor.put_error(spot.sheet, spot.name, text)
        planter.expect("C106", spot)


@fault
def error_div(planter):
    _error(planter, "#DIV/0!")


@fault
def error_ref(planter):
    _error(planter, "#REF!")


@fault
def error_na(planter):
    _error(planter, "#N/A")


@fault
def error_name(planter):
    _error(planter, "#NAME?")


@fault
def error_value(planter):
    _error(planter, "#VALUE!")


@fault
def error_num(planter):
    _error(planter, "#NUM!")


@fault
def error_null(planter):
    _error(planter, "#NULL!")


@fault
def uncalculated_formula(planter):
    spot = planter.pick(where=numeric)
    if spot is not None:
        planter.editor.put_formula(spot.sheet, spot.name, "ROUND(1+1,0)")
        planter.expect("C107", spot)


@fault
def point_in_money(planter):
    _spoilt(planter, "C108", "1.234", types={"money"})


@fault
def point_in_count(planter):
    _retyped(planter, "C109", lambda spot: f"{spot.value // 1000}.{spot.value % 1000:03d}", where=lambda spot: 1000 <= spot.value < 10**6)


@fault
def spaced_thousands(planter):
    _retyped(planter, "C109", lambda spot: f"{spot.value // 1000} {spot.value % 1000:03d}", where=lambda spot: 1000 <= spot.value < 10**6)


@fault
def unbreakable_space(planter):
    _retyped(planter, "C109", lambda spot: f"{spot.value // 1000}\u00a0{spot.value % 1000:03d}", where=lambda spot: 1000 <= spot.value < 10**6)


@fault
def unit_behind_number(planter):
    _retyped(planter, "C109", lambda spot: f"{spot.value} {spot.quantity.unit}", where=lambda spot: spot.quantity.unit)


@fault
def number_as_text(planter):
    _retyped(planter, "C109", lambda spot: str(spot.value))


@fault
def trailing_spaces(planter):
    _retyped(planter, "C109", lambda spot: f" {spot.value}  ")


@fault
def wide_digits(planter):
    _retyped(planter, "C109", lambda spot: str(spot.value).translate({48 + digit: 0xFF10 + digit for digit in range(10)}))


@fault
def dash_for_zero(planter):
    _retyped(planter, "C109", lambda _: planter.random.choice(["-", "–", "—"]), types=("count", "money"), where=lambda spot: spot.value == 0)


@fault
def decimal_comma_as_text(planter):
    _retyped(planter, "C109", lambda spot: f"{_written(spot.value, spot.quantity)},0", types=("money",), where=lambda spot: spot.value % spot.quantity.scale == 0)


@fault
def not_a_date(planter):
    spot = planter.pick(types={"date"})
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, planter.random.choice(["hôm qua", "31/2/2024", "2024", "cuối tháng 6"]))
        planter.expect("C110", spot)


@fault
def code_became_number(planter):
    spot = planter.pick(types={"code"}, where=lambda each: "." in str(each.value))
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, float(spot.value))
        planter.expect("C111", spot)


@fault
def code_became_date(planter):
    spot = planter.pick(types={"code"}, where=lambda each: each.quantity.choices)
    if spot is not None:
        planter.editor.put(spot.sheet, spot.name, date(2024, 2, 3))
        planter.expect("C111", spot)


@fault
def below_one_dong(planter):
    _spoilt(planter, "C112", lambda spot: 1.00000012345, types={"money"}, where=lambda spot: spot.quantity.scale == 10**6)


@fault
def percent_look(planter):
    spot = planter.pick(types={"count", "money"}, where=numeric)
    if spot is not None:
        planter.editor.put_percent(spot.sheet, spot.name, 0.465)
        planter.expect("C113", spot)


@fault
def other_unit(planter):
    _spoilt(planter, "C114", planter.random.choice(["12 tỷ", "300 nghìn đồng", "5000 đồng"]), types={"money"})

"""What the district itself fills in, and a whole district put together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from naive import commune_sheets, money_sheets
from naive.district import AS_OF, BANDS, COMMUNE_SETS, DISTRICT_SET, EXTRA, PLACES, WITHOUT, District, Sheet

_PLANS = {
    "giam-ho-ngheo": ("so-ho", "diem-phan-tram"),
    "giam-ho-can-ngheo": ("so-ho", "diem-phan-tram"),
    "thoat-ngheo": ("so-ho",),
    "thoat-can-ngheo": ("so-ho",),
    "thoat-can-ngheo-tuyet-doi": ("so-ho",),
    "xa-dat-chuan": ("so-luong",),
    "xa-nang-cao": ("so-luong",),
    "xa-kieu-mau": ("so-luong",),
    "thon-kieu-mau": ("so-luong",),
    "san-pham-ocop": ("so-luong",),
}
_CLOSING_DAYS = {"6m2024": date(2024, 6, 30), "2024": date(2024, 12, 31), "2023": date(2023, 12, 31), "6m2023": date(2023, 6, 30)}


@dataclass(frozen=True)
class About:
    """What is asked of a commune: how its villages ended the year before (None: unknown), what was left of each line of capital."""

    town: bool
    yearly: bool
    closing_day: date
    villages: dict | None
    left: dict


def plans(dice):
    """Targets that one or two levels have set, by one basis or both; zero is "not assigned"."""
    rows = []
    for target, level in ((target, level) for target in dice.some(list(_PLANS), most=8) for level in dice.some(("tinh", "huyen", "xa"), most=2)):
        for basis in dice.some(_PLANS[target], most=2) or _PLANS[target][:1]:
            amount = dice.pick((0, 1, 2, 5, 12, 40))
            points = Decimal(dice.upto(250)) / 100
            rows.append({"target": target, "assigned_by": level, "basis": basis, "amount": points if basis == "diem-phan-tram" else Decimal(amount)})
    return [{**row, "document": "Quyết định số 12/QĐ-UBND"} for row in rows[:20]]


def recognitions(dice, communes):
    """Who stands where: whoever has a level has all below it."""
    levels = ("dat-chuan", "nang-cao", "kieu-mau")
    rows = []
    for name in communes:
        if name.startswith("thị trấn"):
            continue
        reached = dice.upto(3)
        told = [(level, "cong-nhan") for level in levels[:reached]]
        if reached < len(levels) and dice.chance(2):
            told.append((levels[reached], dice.pick(("dang-trinh", "dang-xay-dung"))))
        rows += [{"commune": name, "level": level, "status": status, "year": "2024"} for level, status in told]
    return rows


def checks(dice, inspections):
    """Checks, as many as the steering board tells, with what was asked for and mended."""
    rows = []
    for number, share in enumerate((inspections // 2, inspections - inspections // 2)):
        requests = dice.upto(9)
        found = {"inspected": dice.upto(5), "faults": dice.upto(9), "requests": requests, "mended": dice.below(requests)}
        rows.append({"name": f"Nội dung {number + 1}", "area": dice.pick(("ntm", "gnbv", "dtts", "chung")), "checks": share, **found})
    return rows if inspections else []


def own_sheets(dice, communes, left, *, district_set):
    """The sheets of the district by form."""
    told = {"cong-nhan-ntm": recognitions(dice, communes), "ke-hoach-giao": plans(dice), "von-don-vi": money_sheets.capital(dice, left)}
    names = ("documents", "meetings", "trainings", "inspections")
    told["chi-dao"] = [{**{name: dice.upto(40) for name in names}, "inspected_communes": dice.upto(len(communes))}]
    told["kiem-tra"] = checks(dice, told["chi-dao"][0]["inspections"])
    pairs = dict.fromkeys(money_sheets.project(dice) for _ in range(dice.upto(3)))
    told["thuyet-minh"] = [{"programme": programme, "project": code, "text": "Đang làm thủ tục đầu tư."} for programme, code in pairs]
    told["noi-dung"] = []
    if district_set:
        told["tieu-chi-huyen"] = commune_sheets.marks(dice, DISTRICT_SET)
    return told


def period_sheets(dice, district, period, before=()):
    """The sheets of a whole period; `before` are those of the year before, which it continues."""
    absent = district.excused if period == district.period else ()
    sheets = []
    for name in district.communes:
        about = About(name.startswith("thị trấn"), len(period) == 4, _CLOSING_DAYS[period], ended(before, name), unspent(before, name))
        if name in absent:
            continue
        told = commune_sheets.commune(dice, about)
        sheets += [Sheet(name, form, tuple(rows)) for form, rows in told.items() if district.asked(form, period)]
        if district.asked("tieu-chi-ntm", period):
            sheets += [Sheet(name, "tieu-chi-ntm", tuple(commune_sheets.marks(dice, each)), each) for each in district.sets_of(name)]
    told = own_sheets(dice, district.communes, unspent(before, ""), district_set=district.district_set)
    own = [Sheet("", form, tuple(rows), DISTRICT_SET if form == "tieu-chi-huyen" else "") for form, rows in told.items() if district.asked(form, period)]
    return [*sheets, *own]


def ended(sheets, unit):
    """How a commune's villages ended a period: {village: (poor, near-poor)}; None if it did not send."""
    lists = {sheet.form: sheet.rows for sheet in sheets if sheet.unit == unit}
    if "ho-ngheo" not in lists:
        return None
    return {row["village"]: (row["closing"], other["closing"]) for row, other in zip(lists["ho-ngheo"], lists["ho-can-ngheo"], strict=True)}


def unspent(sheets, unit):
    """What a unit did not spend, by line of capital."""
    rows = [row for sheet in sheets if sheet.unit == unit and sheet.form in {"von", "von-don-vi"} for row in sheet.rows]
    return {tuple(row[name] for name in ("programme", "project", "source", "kind")): row["plan_total"] - row["disbursed_total"] for row in rows}


def a_district(dice, **fixed):
    """A district: settings first, then the earlier periods, then the period asked for, which continues them."""
    name, communes = fixed.pop("place", None) or dice.pick(PLACES)
    before = dice.chance(2)
    settings = {
        "period": dice.pick(("6m2024", "2024")),
        "sets": COMMUNE_SETS[: 1 + dice.upto(1)],
        "district_set": dice.chance(3),
        "bands": dice.pick(BANDS),
        "extra": dice.pick((EXTRA, (), tuple(dice.some(EXTRA, most=6)))),
        "without": dice.pick(WITHOUT) if dice.chance(3) else (),
        "absolute_exit": dice.pick(("", "net-fall", "above-lines")),
        "excused": tuple(dice.some(communes, most=2)),
        "before": before,
        "a_year_earlier": dice.chance(3),
        "as_of": dict.fromkeys(dice.pick(AS_OF), "2023"),
    } | fixed
    judged_otherwise = [each for each in communes if each.startswith("xã")][: dice.chance(4)]
    settings.setdefault("criteria_of", dict.fromkeys(judged_otherwise, COMMUNE_SETS[1:]))
    before, a_year_earlier = settings.pop("before"), settings.pop("a_year_earlier")
    if not before:
        settings["as_of"] = {}
    district = District(name, communes, sheets={}, **settings)
    sheets = {}
    if a_year_earlier and district.period == "6m2024":
        sheets["6m2023"] = period_sheets(dice, district, "6m2023")
    if before:
        sheets["2023"] = period_sheets(dice, district, "2023")
    sheets[district.period] = period_sheets(dice, district, district.period, sheets.get("2023", ()))
    return replace(district, sheets=sheets)

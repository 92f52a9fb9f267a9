"""What one commune fills in, valid by construction: figures that must agree are drawn once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from naive import money_sheets
from naive.catalogue import criteria_rows

#: The number of rows of forms with printed rows, where all are filled in alike.
_OWNERS = ("HTX Bình An", "htx bình an", "Công ty Đại Dương", "Hộ kinh doanh thôn 1", "HTX An Bình")


def villages(dice, before):
    """Movements of poor and near-poor households by village; what the year before ended with, this one begins with."""
    names = [f"Thôn {number + 1}" for number in range(1 + dice.upto(2))] if before is None else list(before)
    poor, near = [], []
    for name in names:
        opening = (dice.upto(40), dice.upto(40)) if before is None else before[name]
        to_near, above, gone = _leaving(dice, opening[0])
        to_poor, over, away = _leaving(dice, opening[1])
        come = [dice.upto(4) for _ in range(6)]
        poor.append(
            {
                "village": name,
                "opening": opening[0],
                "to_near_poor": to_near,
                "above_lines": above,
                "other_decrease": gone,
                "from_near_poor": to_poor,
                "returned": come[0],
                "new": come[1],
                "other_increase": come[2],
                "closing": opening[0] - to_near - above - gone + to_poor + sum(come[:3]),
            }
        )
        near.append(
            {
                "village": name,
                "opening": opening[1],
                "to_poor": to_poor,
                "above_lines": over,
                "other_decrease": away,
                "from_poor": to_near,
                "returned": come[3],
                "new": come[4],
                "other_increase": come[5],
                "closing": opening[1] - to_poor - over - away + to_near + sum(come[3:]),
            }
        )
    return poor, near


def _leaving(dice, there):
    """Three ways to leave a list, no more than there are."""
    first = dice.below(min(there, 6))
    second = dice.below(min(there - first, 12))
    return first, second, dice.below(there - first - second)


def population(dice, poor, near, *, town, yearly):
    """The common figures; a commune without any household has none, and no people."""
    listed = [sum(row[name] for form in (poor, near) for row in form) for name in ("opening", "closing")]
    more = dice.upto(255) * dice.upto(40)
    opening, closing = listed[0] + more, listed[1] + more + dice.upto(30) * bool(more)
    told = {
        "households_opening": opening,
        "households_closing": closing,
        "population": closing * (2 + dice.upto(3)),
        "minority_households": dice.below(closing),
    }
    if not town and (yearly or dice.chance(2)):
        told["income"] = 1_000 * (20_000 + 100 * dice.upto(255) + dice.upto(255))
    return told


def minority(dice, poor, near, field):
    """The ethnic minority households among them, whose movements close as well."""
    first, last = (sum(row[name] for row in (poor if field == "poor" else near)) for name in ("opening", "closing"))
    opening, closing = dice.below(first), dice.below(last)
    out = list(_leaving(dice, opening))
    left = opening - sum(out)
    if left > closing:
        out[2] += left - closing
        left = closing
    first_in = dice.below(closing - left)
    second_in = dice.below(closing - left - first_in)
    return [opening, *out, first_in, second_in, closing - left - first_in - second_in, closing]


def marks(dice, criteria, shape=None):
    """Every criterion and indicator marked, each on its own: what a commune says of a criterion is what counts."""
    rows = criteria_rows(criteria)
    met = dice.bits(len(rows)) if shape is None else [shape] * len(rows)
    return [{"key": key, "level": level, "mark": "dat" if yes else "chua"} for (key, level), yes in zip(rows, met, strict=True)]


def face(dice, closing_day):
    """The first sheet; the area may be left blank."""
    all_villages = 1 + dice.upto(12)
    told = {"data_date": closing_day, "preparer": "Công chức văn hóa - xã hội", "poverty_line": "tw", "villages": all_villages}
    told["hard_villages"] = dice.below(all_villages)
    area = dice.pick((None, "I", "II", "III", "khong"))
    return told if area is None else {**told, "area": area}


def products(dice, closing_day):
    """OCOP products at every stage; decided so that some end just before, on and just after the closing day."""
    rows = []
    for number in range(dice.upto(5)):
        stage = dice.pick(("y-tuong", "ho-so", "cong-nhan", "cong-nhan-lai", "lam-lai"))
        row = {"product": f"Sản phẩm {number + 1}", "owner": dice.pick(_OWNERS), "owner_kind": dice.pick(("htx", "dn", "tht", "ho")), "stage": stage}
        if stage not in {"y-tuong", "ho-so"}:
            until = closing_day + timedelta(days=dice.pick((0, 1, -1, 300, -40)))
            decided = date(until.year - 3, until.month, min(until.day, 28))
            row |= {"stars": 3 + dice.upto(2), "decision": "15/QĐ-UBND", "decided_on": decided, "expires_on": until}
            if dice.chance(2):
                row["points"] = Decimal(50 + 20 * (row["stars"] - 3)) + Decimal(dice.upto(99)) / 100
        rows.append(row)
    return rows


def models(dice):
    """Model villages, gardens, roads, households."""
    rows = []
    for key in ("1", "2", "3", "4"):
        registered = dice.upto(9)
        approved = dice.below(registered)
        rows.append({"key": key, "registered": registered, "approved": approved, "reached": dice.below(approved)})
    return rows


def houses(dice):
    """Houses by kind (new, repaired) and by whom they are for, nested, so that both ways of adding up agree."""
    cells = {}
    for kind in ("2", "3"):
        for group in ("4", "5", "6", "7"):
            finished, started, planned = (dice.upto(3) for _ in range(3))
            cells[kind, group] = (finished + started + planned, finished + started, finished)
    rows = []
    for key in ("1", "2", "3", "4", "5", "6", "7"):
        mine = [values for place, values in cells.items() if key == "1" or key in place]
        rows.append({"key": key, **{name: sum(each[index] for each in mine) for index, name in enumerate(("plan", "started", "finished"))}})
    return rows


def groups(dice, poor, near):
    """Poor and near-poor households by group; each group at most all of them."""
    whole = {"poor": sum(row["closing"] for row in poor), "near_poor": sum(row["closing"] for row in near)}
    return [{"key": key, **{name: amount if key == "1" else dice.below(amount) for name, amount in whole.items()}} for key in ("1", "2", "3", "4", "5")]


def deprived(dice, poor, near):
    """Households by deprivation: a poor one lacks three or more, a near-poor one at most two, none more than all twelve."""
    whole = [sum(row["closing"] for row in rows) for rows in (poor, near)]
    lists = []
    for households, full in zip(whole, (3, 0), strict=True):
        told = [households] * full
        told += [dice.below(households) if full or number < 2 else 0 for number in range(12 - full)]
        turn = dice.upto(11)
        told = told[turn:] + told[:turn]
        lists.append([households, sum(told), *told])
    return [{"key": str(index + 1), "poor": one, "near_poor": other} for index, (one, other) in enumerate(zip(*lists, strict=True))]


def caused(dice, poor, near):
    """Households by cause; each has one at least."""
    lists = []
    for rows in (poor, near):
        households = sum(row["closing"] for row in rows)
        told = [dice.below(households) for _ in range(8)]
        told[dice.upto(7)] = households
        lists.append([households, *told])
    return [{"key": str(index + 1), "poor": one, "near_poor": other} for index, (one, other) in enumerate(zip(*lists, strict=True))]


def peoples(dice, poor, near, people):
    """Households by people: Kinh in any case of letters, or nobody of them; the others share what the minorities have."""
    minority = people["minority_households"]
    kinh = people["households_closing"] - minority
    left = [sum(row["closing"] for row in rows) for rows in (poor, near)]
    least = [max(0, sum(left) - minority), max(0, sum(left) - kinh)]  # of the listed ones, Kinh and others at least
    listed = least[0] + dice.below(sum(left) - sum(least))
    first = min(left[0], listed)
    rows = [{"people": dice.pick(("Kinh", "kinh", "KINH")), "households": kinh, "poor": first, "near_poor": listed - first}]
    rows.append({"people": "Dao", "households": minority, "poor": left[0] - first, "near_poor": left[1] - listed + first})
    there = [row for row in rows if row["households"]] or rows[1:]
    return there if dice.chance(3) else there[::-1]


def commune(dice, about):
    """All sheets of a commune by form; `about` says what is asked of it."""
    poor, near = villages(dice, about.villages)
    people = population(dice, poor, near, town=about.town, yearly=about.yearly)
    told = {"thong-tin": [face(dice, about.closing_day)], "ho-ngheo": poor, "ho-can-ngheo": near, "so-lieu": [people]}
    told["von"] = money_sheets.capital(dice, about.left)
    told["cong-trinh"] = money_sheets.works(dice)
    told["sinh-ke"] = money_sheets.livelihoods(dice)
    told["ocop"] = products(dice, about.closing_day)
    told["nha-o"] = houses(dice)
    applied = dice.upto(90)
    told["ra-soat"] = [{"applied": applied, "reviewed": dice.below(applied)}]
    told["nhom-doi-tuong"] = groups(dice, poor, near)
    told["nhom-doi-tuong"][1]["poor"] = min(told["nhom-doi-tuong"][1]["poor"], people["minority_households"])
    by_list = [minority(dice, poor, near, name) for name in ("poor", "near_poor")]
    told["ho-dtts"] = [{"key": str(index + 1), "poor": one, "near_poor": other} for index, (one, other) in enumerate(zip(*by_list, strict=True))]
    told["thieu-hut"] = deprived(dice, poor, near)
    told["nguyen-nhan"] = caused(dice, poor, near)
    told["dan-toc"] = peoples(dice, poor, near, people)
    told["no-dong"] = money_sheets.debts(dice)
    if not about.town:
        told["mo-hinh"] = models(dice)
        told["huy-dong"] = money_sheets.raised(dice)
    return told

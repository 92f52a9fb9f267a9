"""Sums of money that communes and the district fill in: capital, works, livelihoods, what was raised. Parts never exceed their whole."""

from __future__ import annotations

from decimal import Decimal

from naive.catalogue import parents
from naive.district import PROGRAMMES

_SOURCES = ("nstw", "ns-tinh", "ns-huyen", "ns-xa", "khac")
#: Projects that are drawn: with parts and without, the same code in two programmes.
_PROJECTS = {"ntm-2021-2025": ("01", "02", "03", "11"), "gnbv-2021-2025": ("1.1", "2", "3", "4.1"), "dtts-2021-2030": ("1", "3.1", "3.2", "4", "4.1")}


def project(dice):
    """A programme and one of its projects."""
    programme = dice.pick(PROGRAMMES)
    return programme, dice.pick(_PROJECTS[programme])


def capital(dice, left):
    """Lines of capital: each project × source × kind once, never a dự án beside one of its parts.

    `left`: by line what the year before did not spend; no more than that is carried over.
    """
    rows, used = [], set()
    for number in range(dice.upto(6)):
        programme, code = project(dice)
        source, kind = dice.pick(_SOURCES), dice.pick(("dtpt", "sn"))
        clash = {(programme, parents(programme)[code]), *((programme, other) for other, above in parents(programme).items() if above == code)}
        amounts = {"plan_carried": dice.money() * dice.upto(1), "plan_year": dice.money()}
        row = {"programme": programme, "project": code, "name": f"Nội dung {number + 1}", "source": source, "kind": kind, **amounts}
        row["plan_carried"] = min(row["plan_carried"], left.get((programme, code, source, kind), row["plan_carried"]))
        row["plan_total"] = row["plan_carried"] + row["plan_year"]
        row["allocated"] = dice.below(row["plan_total"])
        row["disbursed_carried"], row["disbursed_year"] = dice.below(row["plan_carried"]), dice.below(row["plan_year"])
        row["disbursed_total"] = row["disbursed_carried"] + row["disbursed_year"]
        estimate = row["disbursed_total"] + dice.below(row["plan_total"] - row["disbursed_total"]) if dice.upto(3) else None
        row["estimate"] = estimate
        if (programme, code, source, kind) not in used and not clash & {each[:2] for each in used}:
            used.add((programme, code, source, kind))
            rows.append(row)
    return rows


def debts(dice):
    """Works that are not paid for; an empty sheet where all are."""
    rows = []
    for number in range(dice.upto(3)):
        value = dice.money()
        allocated = dice.below(value)
        debt = dice.below(value - allocated)
        rows.append({"name": f"Công trình nợ {number + 1}", "value": value, "allocated": allocated, "debt": debt, "repayment": dice.below(debt)})
    return rows


def works(dice):
    """Works of every type and stage."""
    rows = []
    for number in range(dice.upto(4)):
        programme, code = project(dice)
        plan = dice.money()
        rows.append(
            {
                "name": f"Công trình số {number + 1}",
                "programme": programme,
                "project": code,
                "type": dice.pick(("giao-thong", "nuoc-sach", "thuy-loi", "khac")),
                "start": dice.pick(("moi", "chuyen-tiep")),
                "stage": dice.pick(("chuan-bi", "dang-thi-cong", "hoan-thanh")),
                "owner": dice.pick(("huyen", "xa", "khac")),
                "investment": plan + 1_000_000,
                "plan_year": plan,
                "disbursed": dice.below(plan),
            }
        )
    return rows


def livelihoods(dice):
    """Livelihood projects and the households in them."""
    rows = []
    for number in range(dice.upto(3)):
        programme, code = project(dice)
        everybody, plan = dice.upto(60), dice.money()
        poor = dice.below(everybody)
        rows.append(
            {
                "name": f"Mô hình {number + 1}",
                "programme": programme,
                "project": code,
                "stage": dice.pick(("lap-ho-so", "dang-thuc-hien", "hoan-thanh")),
                "households": everybody,
                "poor": poor,
                "near_poor": dice.below(everybody - poor),
                "plan": plan,
                "disbursed": dice.below(plan),
            }
        )
    return rows


def raised(dice):
    """What was raised by source; days of work and land given also in their own units."""
    nothing = dice.chance(4)
    rows = []
    for number in range(1, 14):
        row = {"key": str(number), "plan": 0 if nothing else dice.money(), "done": 0 if nothing else dice.money()}
        if number in {10, 11}:
            row["quantity"] = Decimal(dice.upto(200)) + Decimal(dice.upto(9)) / 10
        rows.append(row)
    return [*rows, {"key": "14", **{name: sum(row[name] for row in rows) for name in ("plan", "done")}}]

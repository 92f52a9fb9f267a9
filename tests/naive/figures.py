"""Everything that `mtqg summary --format json` must say of a drawn district, and the comparison."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from naive.analysis import analysis
from naive.capital import areas, capital, livelihoods, works
from naive.poverty import general, poverty
from naive.printed import printed
from naive.reckoning import Naive
from naive.rural import rural
from naive.targets import looking_back, plans

#: The program divides to 28 digits; nothing else may be off at all.
_NEAR = Fraction(1, 10**20)
_DIVIDED = ("binh_quan", "thu_nhap")


def expected(district):
    """{(id, commune or "", split): what it must be}."""
    naive = Naive(district)
    for part in (general, areas, poverty, analysis, rural, plans, looking_back, works, livelihoods, capital):
        part(naive)
    return naive.told


def by_place(document, communes):
    """The figures of the JSON by their place; communes by name. No place twice."""
    found = {}
    for figure in document["figures"]:
        key = (figure["id"], communes.get(figure["scope"], figure["scope"]) or "", tuple(sorted(figure["by"].items())))
        assert key not in found, key
        found[key] = figure
    return found


def differences(district, document, communes):
    """What is wrong with the JSON, one line each."""
    wanted, found = expected(district), by_place(document, communes)
    for key in wanted.keys() - found.keys():
        yield f"not told: {key}"
    for key in found.keys() - wanted.keys():
        yield f"told, not expected: {key}"
    for key in sorted(wanted.keys() & found.keys()):
        told, figure = wanted[key], found[key]
        for what, mine in (("value", told.value), ("numerator", told.numerator), ("denominator", told.denominator)):
            if True:
                exact = not (figure["unit"] in {"%", "điểm %"} or key[0].startswith(_DIVIDED)) if what == "value" else None
                if not _same(figure[what], mine, exact=exact):
                    yield f"{what} of {key}: {figure[what]} is not {mine}"
        if figure["period"] != told.period:
            yield f"period of {key}: {figure['period']} is not {told.period}"
        texts = printed(figure, told, _peers(key, wanted))
        if texts is not None and figure["text"] not in texts:
            yield f"text of {key}: {figure['text']!r} is none of {texts} ({told.value})"


def _same(shown, mine, *, exact):
    if shown is None or mine is None:
        return shown is mine
    if isinstance(mine, tuple):
        return tuple(shown) == mine
    if isinstance(shown, list):
        return False
    off = abs(Fraction(Decimal(shown)) - mine)
    return off == 0 if exact else off <= _NEAR * max(1, abs(mine))


def _peers(key, wanted):
    """All the shares of the whole that a share is a part of, and which of them it is."""
    name, scope, by = key
    if name == "ty_le_xa_theo_nhom":
        mine = [each for each in wanted if each[0] == name and dict(each[2])["criteria_set"] == dict(by)["criteria_set"]]
        return [wanted[each].value for each in mine], mine.index(key)
    if not name.startswith("co_cau_huy_dong_"):
        return (), 0
    order = ("trung_uong", "tinh", "huyen_xa", "long_ghep", "tin_dung", "doanh_nghiep", "nhan_dan", "khac")
    return [wanted[f"co_cau_huy_dong_{each}", scope, by].value for each in order], order.index(name.removeprefix("co_cau_huy_dong_"))

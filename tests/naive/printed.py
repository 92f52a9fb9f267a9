"""How a figure must look in print, from its exact value: written anew from the rules of printing, with fractions."""

from __future__ import annotations

from fractions import Fraction

_LEFT_OUT = {"chưa có số liệu", "chưa đủ số liệu", "không giao"}
_MONEY = "triệu đồng"


def printed(figure, told, peers=((), 0)):
    """The text of a figure, as a set of what it may be; None where nothing is said of it here."""
    name, unit, value = figure["id"], figure["unit"], told.value
    if value is None:
        return _missing(figure, told)
    if isinstance(value, tuple):
        return {_names(value)} if all(each.startswith(("xã ", "thị trấn ")) for each in value) else None
    if unit in {"%", "điểm %"}:
        return {_percent(abs(value) if unit == "điểm %" else value, _places(name, value), peers)}
    if unit == _MONEY:
        needed = next((places for places in range(3) if _rounded(value, places) == _rounded(value, 3)), 3)
        return {_number(value, _telling(value, needed))}
    if name.startswith(("binh_quan", "thu_nhap")):
        return {_number(value, _telling(value, 2 if name.startswith("binh_quan_tieu_chi") and not name.endswith("_tang") else 1))}
    whole = _number(value, _telling(value, 0))
    return {f"0{whole}" if value.denominator == 1 and 0 < value < 10 else whole}


def _missing(figure, told):
    if "assigned_by" in figure["by"] and told.denominator == 0:
        return {"không giao"}
    return _LEFT_OUT - {"không giao"}


def _places(name, value):
    if name.startswith("ke_hoach_diem"):
        return next(places for places in range(3) if (value * 10**places).denominator == 1)
    two = ("ty_le_ho_", "ty_le_ngheo_da_chieu", "ty_le_ke_hoach", "xa_ty_le")
    return 2 if name.startswith(two) else 1


def _percent(value, places, among):
    peers, place = among
    if abs(value) in (0, 100):
        return f"{value}%"
    while peers and not all(_fair(share, shown, places) for share, shown in zip(peers, closing(peers, places), strict=True)):
        places += 1
    if peers:
        return f"{_number(closing(peers, places)[place], places)}%"
    while abs(_rounded(value, places)) in (0, 100):
        places += 1
    return f"{_number(value, places)}%"


def _fair(share, shown, places):
    """Only nothing looks like nothing, and only the whole like the whole."""
    return share in (0, 100) or not {shown, _rounded(share, places)} & {0, 100}


def closing(shares, places):
    """Largest remainders: cut all, then give what is missing to those that lost most, the first of equals first."""
    cut = [Fraction(share * 10**places // 1, 10**places) for share in shares]
    missing = int((100 - sum(cut)) * 10**places)
    losers = sorted(range(len(shares)), key=lambda index: (cut[index] - shares[index], index))[:missing]
    return [each + Fraction(1, 10**places) if index in losers else each for index, each in enumerate(cut)]


def _telling(value, places):
    while value and _rounded(value, places) == 0:
        places += 1
    return places


def _rounded(value, places):
    """Half away from zero."""
    steps = int(abs(value) * 10**places + Fraction(1, 2))
    return Fraction(steps if value >= 0 else -steps, 10**places)


def _number(value, places):
    steps = str(int(abs(_rounded(value, places)) * 10**places)).rjust(places + 1, "0")
    whole, part = (steps[:-places], steps[-places:]) if places else (steps, "")
    dotted = f"{int(whole):,}".replace(",", ".")
    return ("-" if _rounded(value, places) < 0 else "") + dotted + (f",{part}" if part else "")


def _names(names):
    if not names:
        return "không có"
    said, words = "", []
    for name in names:
        kind = "thị trấn" if name.startswith("thị trấn") else "xã"
        words.append(name.removeprefix(f"{kind} ") if kind == said else name)
        said = kind
    return " và ".join([*([", ".join(words[:-1])] if words[1:] else []), words[-1]])

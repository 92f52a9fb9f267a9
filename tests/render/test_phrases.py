"""The words that follow figures: one truth table, and what must hold of every figure."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jinja2.exceptions import SecurityError, TemplateRuntimeError

from mtqg_cli.core.figure import Figure, Source
from mtqg_cli.core.period import parse_period
from mtqg_cli.core.report import Record, Style
from mtqg_cli.render.environment import make_environment
from mtqg_cli.render.phrases.changes import ROUNDED
from mtqg_cli.render.printing import print_figure, printed_value
from mtqg_cli.render.shares import closing, places_for
from mtqg_cli.render.views import FigureView, view_of

NOW = parse_period("6m2024")
SAME_BEFORE = parse_period("6m2023")
YEAR = parse_period("2024")
YEAR_BEFORE = parse_period("2023")
MILLION = 10**6


def figure(value, unit="hộ", period=NOW, **more):
    return Figure(more.pop("id", "so"), "Số", unit, period, value if value is None or isinstance(value, int) else Decimal(value), **more)


def money(value, **more):
    """Triệu đồng."""
    return figure(None if value is None else int(Decimal(value) * MILLION), "triệu đồng", scale=MILLION, **more)


def rate(value, period=NOW, **more):
    return figure(value, "%", period, decimals=2, **more)


def difference(before, after, unit=None, *, rising=False, period=NOW, **more):
    """A fall is the earlier less the later figure, a rise the later less the earlier."""
    roles = {"minuend": after, "subtrahend": before} if rising else {"minuend": before, "subtrahend": after}
    one, other = (each.amount for each in roles.values())
    value = None if one is None or other is None else one - other
    sources = tuple(Source(role, each.period, each) for role, each in roles.items())
    unit = unit or ("điểm %" if before.unit == "%" else before.unit)
    return Figure("hieu", "Hiệu", unit, period, value, decimals=before.decimals, sources=sources, rising=rising, **more)


def fall(before, after, unit="hộ", then=NOW):
    return difference(figure(before, unit, then), figure(after, unit))


def rise(before, after, unit="xã", then=SAME_BEFORE, period=NOW):
    return difference(figure(before, unit, then), figure(after, unit, period), rising=True, period=period)


def points(before, after, then=NOW, **more):
    return difference(rate(before, then), rate(after), **more)


def plan(result, target, level="tinh", unit="hộ", period=NOW):
    """A fall (that many) against the plan that a level has set."""
    done = figure(result, unit, period) if result is None else difference(figure(result + 100, unit, period), figure(100, unit, period), unit, period=period)
    goal = None if target is None else figure(target, unit, by={"assigned_by": level})
    value = done.amount / goal.amount * 100 if goal is not None and done.amount is not None and goal.amount else None
    by = {"assigned_by": level} if level else {}
    return figure(value, "%", period, decimals=2, by=by, numerator=done, denominator=goal)


def ratio(top, bottom, unit="xã, thị trấn", of=figure, **more):
    parts = {"numerator": of(top, unit) if of is figure else of(top), "denominator": of(bottom, unit) if of is figure else of(bottom)}
    value = Decimal(top) / Decimal(bottom) * 100 if top is not None and bottom else None
    return figure(value, "%", decimals=1, **parts, **more)


spent = partial(ratio, of=money)
ZERO = Style()
PLAIN = Style(leading_zero=False)
MONEY = Style(decimals={"tien": 1})

TABLE = [
    # a change of a count: signs, nothing, nothing known, with and without leading zero
    ("{{ x.thay_doi }}", fall(14, 8), ZERO, "giảm 06 hộ"),
    ("{{ x.thay_doi }}", fall(14, 8), PLAIN, "giảm 6 hộ"),
    ("{{ x.thay_doi }}", fall(8, 14), ZERO, "tăng 06 hộ"),
    ("{{ x.thay_doi }}", fall(14, 14), ZERO, "không thay đổi"),
    ("{{ x.thay_doi }}", fall(None, 14), ZERO, "chưa đủ số liệu"),
    ("{{ x.thay_doi }}", rise(5, 8), ZERO, "tăng 03 xã"),
    ("{{ x.thay_doi }}", rise(8, 5), ZERO, "giảm 03 xã"),
    ("{{ x.thay_doi }}", rise(1_000, 2_234), ZERO, "tăng 1.234 xã"),
    ("{{ x.thay_doi }}", figure(None), ZERO, "chưa đủ số liệu"),
    ("{{ x.thay_doi }}", difference(money(5), money("7.5"), rising=True), ZERO, "tăng 2,5 triệu đồng"),
    ("{{ x }} {{ x.day_du }}", fall(3, None), ZERO, "chưa đủ số liệu chưa đủ số liệu"),
    ("{{ x|trong_bang }}", fall(3, None), ZERO, "…"),
    # a change of a rate
    ("{{ x.thay_doi }}", points("0.12", "0.07"), ZERO, "giảm 0,05%"),
    ("{{ x.thay_doi }}", points("0.07", "0.12"), ZERO, "tăng 0,05%"),
    ("{{ x.thay_doi }}", points("0.1234", "0.1196"), ZERO, "giảm 0,004%"),
    ("{{ x.thay_doi }}", points(100, 0), ZERO, "giảm 100%"),
    # the two values
    ("{{ x.tu_den }}", points("0.12", "0.07"), ZERO, "từ 0,12% xuống còn 0,07%"),
    ("{{ x.tu_den }}", points("0.07", "0.12"), ZERO, "từ 0,07% lên 0,12%"),
    ("{{ x.tu_den }}", points("0.12", "0.12"), ZERO, "giữ ở mức 0,12%"),
    ("{{ x.tu_den }}", points(0, "5.5"), ZERO, "từ 0% lên 5,50%"),
    ("{{ x.tu_den }}", points("99.996", 100), ZERO, "từ 99,996% lên 100%"),
    ("{{ x.tu_den }}", points("0.1234", "0.1196"), ZERO, "từ 0,123% xuống còn 0,120%"),
    ("{{ x.tu_den }}", points(None, "0.12"), ZERO, "chưa đủ số liệu để so sánh"),
    ("{{ x.tu_den }}", fall(14, 8), ZERO, "từ 14 hộ xuống còn 08 hộ"),
    ("{{ x.tu_den }}", rise(5, 8), PLAIN, "từ 5 xã lên 8 xã"),
    # both, and rounding that shows
    ("{{ x.bien_dong }}", points("0.12465", "0.07123"), ZERO, "giảm 0,05%, từ 0,12% xuống còn 0,07%"),
    ("{{ x.bien_dong }}", points("0.1249", "0.1151"), ZERO, "giảm 0,01%, từ 0,125% xuống còn 0,115%"),
    ("{{ x.bien_dong }}", points("1.4449", "0.4351"), ZERO, "giảm 1,01%, từ 1,44% xuống còn 0,44% (chênh lệch do làm tròn)"),
    ("{{ x.bien_dong }}", points("0.1234", "0.1196"), ZERO, "giảm 0,004%, từ 0,123% xuống còn 0,120% (chênh lệch do làm tròn)"),
    ("{{ x.bien_dong }}", points("2", "2"), ZERO, "giữ ở mức 2,00%"),
    ("{{ x.bien_dong }}", points("0", "0"), ZERO, "giữ ở mức 0%"),
    ("{{ x.bien_dong }}", points("2", None), ZERO, "chưa đủ số liệu để so sánh"),
    ("{{ x.bien_dong }}", points("44.31", "34.99"), Style(decimals={"so": 1, "hieu": 1}), "giảm 9,3%, từ 44,3% xuống còn 35,0%"),
    # the level reached, by name
    ("{{ x|den_muc('hộ nghèo') }}", fall(14, 8), ZERO, "giảm 06 hộ, còn 08 hộ"),
    ("{{ x|den_muc('hộ nghèo') }}", fall(14, 8), PLAIN, "giảm 6 hộ, còn 8 hộ"),
    ("{{ x|den_muc('hộ nghèo') }}", fall(14, 0), ZERO, "giảm 14 hộ, không còn hộ nghèo"),
    ("{{ x|den_muc('hộ nghèo') }}", fall(14, 17), ZERO, "tăng 03 hộ, lên 17 hộ"),
    ("{{ x|den_muc('hộ nghèo') }}", fall(0, 3), ZERO, "tăng 03 hộ (đầu năm không có hộ nghèo)"),
    ("{{ x|den_muc('xã nào') }}", rise(0, 3), ZERO, "tăng 03 xã (cùng kỳ năm 2023 không có xã nào)"),
    ("{{ x|den_muc('hộ nghèo') }}", fall(14, 14), ZERO, "không thay đổi, giữ ở mức 14 hộ"),
    ("{{ x|den_muc('hộ nghèo') }}", fall(0, 0), ZERO, "không phát sinh"),
    ("{{ x|den_muc('hộ nghèo') }}", fall(None, 3), ZERO, "chưa đủ số liệu để so sánh"),
    # what it is compared with
    ("{{ x.so_voi }}", fall(14, 8), ZERO, "so với đầu năm"),
    ("{{ x.so_voi }}", rise(1, 2), ZERO, "so với cùng kỳ năm 2023"),
    ("{{ x.so_voi }}", rise(1, 2, then=YEAR_BEFORE), ZERO, "so với cuối năm 2023"),
    ("{{ x.so_voi }}", rise(1, 2, then=parse_period("2020")), ZERO, "so với cuối năm 2020"),
    ("{{ x.so_voi }}", rise(1, 2, then=YEAR_BEFORE, period=YEAR), ZERO, "so với năm 2023"),
    ("{{ x.so_voi }}", rise(1, 2, then=YEAR, period=YEAR), ZERO, "so với đầu năm"),
    ("{{ x.so_voi }}", rise(1, 2, then=parse_period("q2-2024"), period=parse_period("q3-2024")), ZERO, "so với cuối quý II năm 2024"),
    ("{{ x.so_voi }}", rise(1, 2, then=parse_period("q3-2024"), period=parse_period("q3-2024")), ZERO, "so với cuối quý II năm 2024"),
    ("{{ x.so_voi }}", rise(1, 2, then=parse_period("q3-2023"), period=parse_period("q3-2024")), ZERO, "so với cùng kỳ năm 2023"),
    ("{{ x.so_voi }}", plan(14, 20, "tinh"), ZERO, "so với kế hoạch tỉnh giao"),
    ("{{ x.so_voi }}", plan(14, 20, "huyen"), ZERO, "so với kế hoạch huyện giao"),
    ("{{ x.so_voi }}|", figure(3), ZERO, "|"),
    ("{{ x.so_sanh }}", rise(5, 8), ZERO, "tăng 03 xã so với cùng kỳ năm 2023"),
    ("{{ x.so_sanh }}", rise(8, 5), ZERO, "giảm 03 xã so với cùng kỳ năm 2023"),
    ("{{ x.so_sanh }}", rise(5, 5), ZERO, "không thay đổi so với cùng kỳ năm 2023"),
    ("{{ x.so_sanh }}", rise(None, 5), ZERO, "chưa đủ số liệu để so sánh với cùng kỳ năm 2023"),
    ("{{ x.so_sanh }}", figure(None), ZERO, "chưa đủ số liệu để so sánh"),
    # multiples
    ("{{ x.gap_lan }}", rise(4, 10), ZERO, "gấp 2,5 lần"),
    ("{{ x.gap_lan }}", rise(5, 10), ZERO, "gấp 2 lần"),
    ("{{ x.gap_lan }}", rise(49, 100), ZERO, "gấp 2,0 lần"),
    ("{{ x.gap_lan }}", rise(2, 3), ZERO, "gấp 1,5 lần"),
    ("{{ x.gap_lan }}|", rise(10, 14), ZERO, "|"),
    ("{{ x.gap_lan }}|", rise(10, 4), ZERO, "|"),
    ("{{ x.gap_lan }}|", rise(0, 4), ZERO, "|"),
    ("{{ x.gap_lan }}|", rise(None, 4), ZERO, "|"),
    ("{{ x.gap_lan }}|", rise(-2, -10), ZERO, "|"),
    ("{{ x.gap_lan }}", plan(158, 40), ZERO, "gấp 4,0 lần"),
    # one plan
    ("{{ x.dat_ke_hoach }}", plan(6, 14), ZERO, "đạt 42,86% kế hoạch năm tỉnh giao"),
    ("{{ x.dat_ke_hoach }}", plan(6, 14, "huyen", period=YEAR), ZERO, "đạt 42,86% kế hoạch huyện giao"),
    ("{{ x.dat_ke_hoach }}", plan(14, 14), ZERO, "đạt 100% kế hoạch năm tỉnh giao"),
    ("{{ x.dat_ke_hoach }}", plan(-3, 14), ZERO, "chưa đạt kế hoạch năm tỉnh giao"),
    ("{{ x.dat_ke_hoach }}", plan(6, 0), ZERO, "tỉnh không giao chỉ tiêu"),
    ("{{ x.dat_ke_hoach }}", plan(6, None), ZERO, "chưa có số liệu"),
    ("{{ x.dat_ke_hoach }}", plan(None, 14), ZERO, "chưa có số liệu"),
    ("{{ x.dat_ke_hoach }}", ratio(6, 14), ZERO, "đạt 42,9% kế hoạch"),
    ("{{ x }}", plan(6, 0), ZERO, "không giao"),
    # disbursement: nothing reported, nothing spent and nothing given are three things
    ("{{ x.giai_ngan }}", spent(32_479, 61_864), ZERO, "đã giải ngân 32.479/61.864 triệu đồng, đạt 52,5% kế hoạch vốn được giao"),
    ("{{ x.giai_ngan }}", spent(5_989, 11_041), MONEY, "đã giải ngân 5.989,0/11.041,0 triệu đồng, đạt 54,2% kế hoạch vốn được giao"),
    ("{{ x.giai_ngan }}", spent(100, 100), MONEY, "đã giải ngân 100,0/100,0 triệu đồng, đạt 100% kế hoạch vốn được giao"),
    ("{{ x.giai_ngan }}", spent(None, 51), ZERO, "chưa giải ngân"),
    ("{{ x.giai_ngan }}", spent(0, 51), ZERO, "chưa giải ngân"),
    ("{{ x.giai_ngan }}", spent(None, 0), ZERO, "không được giao vốn"),
    ("{{ x.giai_ngan }}", spent(0, 0), ZERO, "không được giao vốn"),
    ("{{ x.giai_ngan }}", spent(None, None), ZERO, "chưa có số liệu giải ngân"),
    ("{{ x.giai_ngan }}", spent(7, None), ZERO, "đã giải ngân 7 triệu đồng"),
    ("{{ x.giai_ngan }}", figure(None, "%"), ZERO, "chưa có số liệu giải ngân"),
    # who has reported
    ("a{{ x.do_phu }}", ratio(124, 130), ZERO, "a (124/130 xã, thị trấn đã báo cáo)"),
    ("a{{ x.do_phu }}", ratio(8, 9), ZERO, "a (8/9 xã, thị trấn đã báo cáo)"),
    ("a{{ x.do_phu }}", ratio(130, 130), ZERO, "a"),
    ("a{{ x.do_phu }}", ratio(None, 130), ZERO, "a (chưa có xã, thị trấn nào báo cáo)"),
    ("a{{ x.do_phu }}", figure(None, "%"), ZERO, "a"),
    # less exactly
    ("{{ x|lam_tron(0) }}", rate("52.5"), ZERO, "gần 53%"),
    ("{{ x|lam_tron(0) }}", rate("52.4"), ZERO, "hơn 52%"),
    ("{{ x|lam_tron(0, 'trên') }}", rate("52.4"), ZERO, "trên 52%"),
    ("{{ x|lam_tron(0, 'khoảng') }}", rate("52.4"), ZERO, "khoảng 52%"),
    ("{{ x|lam_tron(0, 'khoảng') }}", rate("52.6"), ZERO, "khoảng 53%"),
    ("{{ x|lam_tron(0) }}", rate("52"), ZERO, "52%"),
    ("{{ x|lam_tron(0) }}", rate("99.6"), ZERO, "99,6%"),
    ("{{ x|lam_tron(0) }}", rate("0.3"), ZERO, "0,3%"),
    ("{{ x|lam_tron(0) }}", money("1234.6"), ZERO, "gần 1.235 triệu đồng"),
    ("{{ x|lam_tron(0) }}", rate(None), ZERO, "chưa có số liệu"),
    # decimals by what a figure is, its family, and for all sums of money
    ("{{ x }}", figure("18.5", "tiêu chí", decimals=1, family="binh_quan_tieu_chi"), Style(decimals={"binh_quan_tieu_chi": 2}), "18,50"),
    ("{{ x }}", figure("18.5", "tiêu chí", family="binh_quan", id="cua_xa"), Style(decimals={"binh_quan": 2, "cua_xa": 1}), "18,5"),
    ("{{ x.day_du }}", money(51), MONEY, "51,0 triệu đồng"),
    ("{{ x.day_du }}", money(5), ZERO, "5 triệu đồng"),
    ("{{ x.day_du }}", money(5, id="von"), Style(decimals={"tien": 1, "von": 0}), "5 triệu đồng"),
    ("{{ x.day_du }}", figure(74_396_512, "triệu đồng/người/năm", scale=MILLION, decimals=1), Style(decimals={"tien": 0}), "74,4 triệu đồng/người/năm"),
    ("{{ x }}", figure(5), Style(decimals={"so": 1}), "5,0"),
    ("{{ x.ty_so }}", ratio(5, 6, "xã"), ZERO, "5/6 xã"),
]


@pytest.mark.parametrize(("source", "given", "style", "text"), TABLE, ids=[f"{row[0]} → {row[3]}" for row in TABLE])
def test_words(source, given, style, text):
    assert make_environment().from_string(source).render(x=FigureView(given, style)) == text


RANGES = [
    (5, 8, ZERO, "từ 05 đến 08 xã", "5-8 xã"),
    (8, 5, ZERO, "từ 05 đến 08 xã", "5-8 xã"),
    (5, 8, PLAIN, "từ 5 đến 8 xã", "5-8 xã"),
    (10, 14, ZERO, "từ 10 đến 14 xã", "10-14 xã"),
    (5, 5, ZERO, "05 xã", "5 xã"),
    (None, 5, ZERO, "chưa đủ số liệu", "chưa đủ số liệu"),
]


@pytest.mark.parametrize(("one", "other", "style", "words", "label"), RANGES)
def test_ranges(one, other, style, words, label):
    values = {"x": FigureView(figure(one, "xã"), style), "y": FigureView(figure(other, "xã"), style)}
    assert make_environment().from_string("{{ x|den(y) }}; {{ x|doan(y) }}").render(values) == f"{words}; {label}"


PLANS = [
    ([plan(6, 14, "huyen")], "", ", đạt 42,86% kế hoạch năm huyện giao (kế hoạch giảm 14 hộ)"),
    ([plan(85, 100, "tinh"), plan(85, 100, "huyen")], "", ", bằng 85,00% kế hoạch năm tỉnh, huyện giao (kế hoạch giảm 100 hộ)"),
    ([plan(14, 14, "tinh"), plan(14, 14, "huyen")], "", ", bằng 100% kế hoạch năm tỉnh, huyện giao (kế hoạch giảm 14 hộ)"),
    (
        [plan(9, 10, "tinh"), plan(9, 12, "huyen")],
        "",
        ", đạt 90,00% kế hoạch năm tỉnh giao (kế hoạch giảm 10 hộ) và đạt 75,00% kế hoạch năm huyện giao (kế hoạch giảm 12 hộ)",
    ),
    # the same percentage of other plans is another statement
    (
        [plan(5, 10, "tinh"), plan(5, 10, "huyen", unit="điểm %")],
        "",
        ", đạt 50,00% kế hoạch năm tỉnh giao (kế hoạch giảm 10 hộ) và đạt 50,00% kế hoạch năm huyện giao (kế hoạch giảm 10%)",
    ),
    ([plan(5, 10, "tinh"), plan(5, 10, "huyen", unit="điểm %")], "hộ", ", đạt 50,00% kế hoạch năm tỉnh giao (kế hoạch giảm 10 hộ)"),
    ([plan(5, 0, "tinh"), plan(5, 10, "huyen")], "", ", đạt 50,00% kế hoạch năm huyện giao (kế hoạch giảm 10 hộ); tỉnh không giao chỉ tiêu"),
    ([plan(5, 0, "tinh"), plan(5, 0, "huyen")], "", ", tỉnh, huyện không giao chỉ tiêu"),
    ([plan(5, None, "tinh"), plan(None, 10, "huyen")], "", ""),
    ([plan(-5, 10, "tinh")], "", ", chưa đạt kế hoạch năm tỉnh giao (kế hoạch giảm 10 hộ)"),
    ([], "", ""),
]


@pytest.mark.parametrize(("figures", "unit", "text"), PLANS)
def test_plans_of_several_levels_in_one_tag(figures, unit, text):
    levels = view_of(tuple(Record({"ten": "cấp", "ty_le": each}) for each in figures), ZERO, 2024)
    source = f"{{{{ cap|ke_hoach('ty_le', '{unit}')|noi_sau(', ') }}}}"
    assert make_environment().from_string(source).render(cap=levels) == text


def test_whose_plan_is_told_where_the_result_is_of_a_part():
    levels = view_of((Record({"ty_le": plan(6, 14)}),), ZERO, 2024)
    text = make_environment().from_string("{{ cap|ke_hoach('ty_le', '', ' của toàn huyện') }}").render(cap=levels)
    assert text == "đạt 42,86% kế hoạch năm tỉnh giao (kế hoạch của toàn huyện giảm 14 hộ)"


@pytest.mark.parametrize(("figure", "flags"), [(rise(1, 2), "tang"), (rise(2, 1), "giam"), (fall(1, 2), "tang"), (fall(2, 1), "giam"), (fall(1, 1), "")])
def test_rises_and_falls_as_conditions(figure, flags):
    assert [name for name in ("tang", "giam") if getattr(FigureView(figure, ZERO), name)] == flags.split()


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("{{ x|lam_tron(0, 'chừng') }}", TemplateRuntimeError),
        ("{{ x|den('y') }}", TemplateRuntimeError),
        ("{{ 'y'|den_muc('xã') }}", TemplateRuntimeError),
        ("{{ x.behind }}", SecurityError),
        ("{{ x.thay_doi }}", TemplateRuntimeError),
        ("{{ x|den_muc('hộ') }}", TemplateRuntimeError),
        ("{% if x.giam %}{% endif %}", TemplateRuntimeError),
    ],
)
def test_refused(source, error):
    with pytest.raises(error):
        make_environment().from_string(source).render(x=FigureView(figure(3), ZERO))


def test_days_have_no_leading_zero_in_the_months_three_to_nine():
    assert [str(view_of(date(2024, month, 5), ZERO, 2024)) for month in (1, 2, 3, 9, 10)] == [
        "05/01/2024",
        "05/02/2024",
        "05/3/2024",
        "05/9/2024",
        "05/10/2024",
    ]


# What must hold of every figure ---------------------------------------------------------------------------------------

COUNTS = st.integers(0, 5000)
RATES = st.decimals(0, 100, places=6)
STYLES = st.builds(Style, leading_zero=st.booleans(), decimals=st.fixed_dictionaries({}, optional={"so": st.integers(0, 3), "hieu": st.integers(0, 3)}))
CHANGES = ("thay_doi", "tu_den", "bien_dong", "so_sanh", "gap_lan")


def read(text):
    """A printed number as a number."""
    return Decimal(text.rstrip("%").replace(".", "").replace(",", "."))


@given(COUNTS, COUNTS, st.booleans(), STYLES)
def test_word_and_sign_agree(before, after, rising, style):
    made = difference(figure(before, "xã", SAME_BEFORE), figure(after, "xã"), rising=rising)
    view = FigureView(made, style)
    word = "tăng" if after > before else "giảm" if after < before else "không thay đổi"
    assert view.thay_doi.startswith(word)
    assert view.so_sanh.startswith(word)
    assert (view.tang, view.giam) == (after > before, after < before)
    assert not any("-" in getattr(view, name) for name in CHANGES)


@given(RATES, RATES, st.booleans(), STYLES)
def test_from_to_and_difference_fit_or_rounding_is_admitted(before, after, rising, style):
    assume(before != after)
    made = difference(rate(before, SAME_BEFORE), rate(after), rising=rising)
    text = FigureView(made, style).bien_dong
    change, first, last = (read(each) for each in re.findall(r"\d[\d.,]*%", text))
    assert "-" not in text
    assert change > 0
    assert (first < last) is (after > before)
    assert (abs(last - first) == change) is not text.endswith(ROUNDED)


@given(RATES | st.just(Decimal(100)) | st.just(Decimal(0)), STYLES, st.integers(0, 2))
def test_only_the_whole_prints_as_the_whole_and_only_nothing_as_nothing(value, style, decimals):
    view = FigureView(rate(value), style)
    for text in (str(view), make_environment().from_string(f"{{{{ x|lam_tron({decimals}) }}}}").render(x=view)):
        number = re.search(r"\d[\d.,]*%", text)[0]
        assert (number == "100%") is (value == 100)
        assert (number == "0%") is (value == 0)
        assert "100,0" not in number


PARTS = st.lists(st.integers(0, 100_000), min_size=1, max_size=12).filter(any)


def parts_of(counts, **more):
    shares = tuple(Decimal(each) / Decimal(sum(counts)) * 100 for each in counts)
    return [figure(share, "%", decimals=1, peers=shares, place=place, **more) for place, share in enumerate(shares)]


@given(PARTS, STYLES)
def test_printed_shares_close(counts, style):
    shares = parts_of(counts)
    printed = [print_figure(share, style) for share in shares]
    assert sum(read(each) for each in printed) == 100
    for count, share, text in zip(counts, shares, printed, strict=True):
        assert (text == "100%") is (count == sum(counts))
        assert (text == "0%") is (count == 0)
        assert read(text) == printed_value(share, style)
        unit = Decimal(1).scaleb(-places_for(share.peers, style.decimals.get("so", 1)))
        assert abs(read(text) - share.value) < unit


@given(PARTS)
def test_equal_remainders_go_in_order_and_what_does_not_close_is_left_alone(counts):
    shares = parts_of(counts)[0].peers
    assert closing(shares, 1) == closing(shares, 1)
    assert closing((*shares, Decimal("7.77")), 1)[-1] == Decimal("7.8")


SHARES = [
    ([1, 1, 1], ["33,4%", "33,3%", "33,3%"], [True, False, False]),
    ([2, 1], ["66,7%", "33,3%"], [False, False]),
    ([1, 0], ["100%", "0%"], [False, False]),
    ([99_999, 1], ["99,999%", "0,001%"], [False, False]),
    ([1, 1, 4], ["16,7%", "16,7%", "66,6%"], [False, False, True]),
]


@pytest.mark.parametrize(("counts", "printed", "bent"), SHARES)
def test_shares_of_one_whole(counts, printed, bent):
    views = [FigureView(each, ZERO) for each in parts_of(counts)]
    assert [str(view) for view in views] == printed
    assert [view.lech_lam_tron for view in views] == bent

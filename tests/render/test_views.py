"""How values look in a document: one row a case."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from jinja2.exceptions import SecurityError, TemplateRuntimeError, UndefinedError

from mtqg_cli.core.figure import Figure, Source, Text
from mtqg_cli.core.period import parse_period
from mtqg_cli.core.report import Record, Style
from mtqg_cli.render.environment import make_environment
from mtqg_cli.render.views import FigureView, print_figure, view_of

PERIOD = parse_period("6m2024", cutoff=date(2024, 6, 20))
MILLION = 10**6


def figure(value, unit="hộ", **more):
    return Figure("so", "Số", unit, PERIOD, value, **more)


def ratio(top, bottom, unit="xã", **more):
    value = None if not bottom else Decimal(top) / Decimal(bottom) * 100
    return figure(value, "%", numerator=figure(top, unit), denominator=figure(bottom, unit), **more)


PRINTED = [
    ("counts under ten", figure(3), "03"),
    ("counts from ten", figure(14), "14"),
    ("zero", figure(0), "0"),
    ("thousands", figure(11231), "11.231"),
    ("no data", figure(None), "chưa có số liệu"),
    ("negative", figure(-3), "-3"),
    ("money is no count", figure(9 * MILLION, "triệu đồng", scale=MILLION), "9"),
    ("money, whole", figure(61_864 * MILLION, "triệu đồng", scale=MILLION), "61.864"),
    ("money takes the decimals it needs", figure(5_989_500_000, "triệu đồng", scale=MILLION), "5.989,5"),
    ("money, three decimals at most", figure(1_234_567_890, "triệu đồng", scale=MILLION), "1.234,568"),
    ("money that is not zero never looks like it", figure(120, "triệu đồng", scale=MILLION), "0,0001"),
    ("money with decimals of its own", figure(Decimal("74396512.4"), "triệu đồng/người/năm", scale=MILLION, decimals=1), "74,4"),
    ("mean", figure(Decimal("18.875"), "tiêu chí", decimals=2), "18,88"),
    ("a mean under ten is no count", figure(Decimal("8.6"), "hộ"), "9"),
    ("percent", figure(Decimal("52.5"), "%", decimals=1), "52,5%"),
    ("percent, whole", figure(Decimal(100), "%", decimals=1), "100%"),
    ("percent, nearly whole", figure(Decimal("99.996"), "%", decimals=2), "99,996%"),
    ("percent, nothing", figure(Decimal(0), "%", decimals=2), "0%"),
    ("percent, nearly nothing", figure(Decimal("0.004"), "%", decimals=2), "0,004%"),
    ("points", figure(Decimal("0.0534"), "điểm %", decimals=2), "0,05%"),
    ("points lose their sign: words carry it", figure(Decimal("-0.0534"), "điểm %", decimals=2), "0,05%"),
    ("points, whole", figure(Decimal(100), "điểm %", decimals=2), "100%"),
    ("communes", figure(("xã Đại Bình", "xã Quảng An", "xã Quảng Lâm"), "xã"), "xã Đại Bình, Quảng An và Quảng Lâm"),
    ("kinds change", figure(("xã A", "thị trấn B", "xã C"), "xã"), "xã A, thị trấn B và xã C"),
    ("works hold commas", figure(("Cầu Thanh Y, xã Quảng Lâm", "Tuyến đường 1"), "công trình"), "Cầu Thanh Y, xã Quảng Lâm; Tuyến đường 1"),
    ("no names", figure((), "xã"), "không có"),
    ("plan of nothing", ratio(3, 0, by={"assigned_by": "huyen"}), "không giao"),
    ("share of nothing", ratio(3, 0), "chưa có số liệu"),
    ("control characters go", figure(("xã A\x07",), "xã"), "xã A"),
]


@pytest.mark.parametrize(("given", "text"), [row[1:] for row in PRINTED], ids=[row[0] for row in PRINTED])
def test_printed(given, text):
    assert print_figure(given, Style()) == text
    assert str(FigureView(given, Style())) == text


def test_style_rules():
    plain = Style(leading_zero=False, decimals={"ty_le_ngheo": 3, "binh_quan": 1})
    assert print_figure(figure(3), Style(leading_zero=False)) == "3"
    assert print_figure(figure(Decimal("0.12465"), "%", family="ty_le_ngheo", decimals=2), plain) == "0,125%"
    assert print_figure(figure(Decimal("18.875"), "tiêu chí", decimals=2, family="binh_quan"), plain) == "18,9"
    own = Style(decimals={"so": 0, "binh_quan": 1, "tien": 1})
    assert print_figure(figure(Decimal("18.875"), "tiêu chí", decimals=2, family="binh_quan"), own) == "19"


TABLE = [
    (figure(3), "3"),
    (figure(None), "…"),
    (figure(Decimal("52.5"), "%", decimals=1), "52,5"),
    (figure(Decimal("-0.05"), "điểm %", decimals=2), "-0,05"),
    (figure(Decimal(0), "điểm %", decimals=2), "0"),
    (figure((), "xã"), "-"),
    (ratio(3, 0, by={"assigned_by": "huyen"}), "không giao"),
]


@pytest.mark.parametrize(("given", "text"), TABLE)
def test_in_a_table(given, text):
    template = make_environment().from_string("{{ x|trong_bang }}")
    assert template.render(x=FigureView(given, Style())) == text


SIGNS = [(6, "co khac_khong duong"), (-6, "co khac_khong am"), (0, "co bang_khong"), (None, "")]


@pytest.mark.parametrize(("value", "true"), SIGNS)
def test_signs(value, true):
    view = FigureView(figure(value), Style())
    flags = ("co", "khac_khong", "duong", "am", "bang_khong")
    assert [name for name in flags if getattr(view, name)] == true.split()


def test_attributes():
    view = FigureView(ratio(5, 6, base="số xã"), Style())
    assert view.ty_so == "5/6 xã"
    assert (str(view.tu_so), view.mau_so.day_du) == ("05", "06 xã")
    assert (view.nhan, view.don_vi, view.co_so) == ("Số", "%", "số xã")
    assert (view.ky, str(view.ngay), view.ngay.dai) == ("6 tháng đầu năm 2024", "20/6/2024", "ngày 20 tháng 6 năm 2024")
    assert FigureView(figure(-3), Style()).do_lon == "03"
    assert FigureView(figure(14), Style()).day_du == "14 hộ"
    assert FigureView(figure(None), Style()).day_du == "chưa có số liệu"
    assert not FigureView(figure(14), Style()).tu_so.co
    assert FigureView(figure(14), Style()).ty_so == "chưa có số liệu"


def test_money_ratio():
    parts = [figure(each * MILLION, "triệu đồng", scale=MILLION) for each in (32_479, 61_864)]
    view = FigureView(figure(Decimal("52.5"), "%", numerator=parts[0], denominator=parts[1]), Style())
    assert view.ty_so == "32.479/61.864 triệu đồng"


@pytest.mark.parametrize(("opening", "closing", "differs"), [("0.12465", "0.07123", False), ("0.1249", "0.1151", True)])
def test_rounding_is_admitted(opening, closing, differs):
    sides = {"minuend": Decimal(opening), "subtrahend": Decimal(closing)}
    sources = tuple(Source(role, PERIOD, figure(value, "%", decimals=2)) for role, value in sides.items())
    change = figure(Decimal(opening) - Decimal(closing), "điểm %", decimals=2, sources=sources)
    assert FigureView(change, Style()).lech_lam_tron is differs


def test_dates_and_words():
    assert str(view_of(date(2024, 1, 5), Style(), 2024)) == "05/01/2024"
    unknown = view_of(None, Style(), 2024)
    assert (bool(unknown), unknown.dai) == (False, "ngày … tháng … năm 2024")
    assert view_of(Text(" hai\n dòng \x00"), Style(), 2024) == "hai dòng"
    assert view_of(True, Style(), 2024) is True
    assert view_of(19, Style(), 2024) == 19
    assert view_of(PERIOD, Style(), 2024) == "6 tháng đầu năm 2024"


FILTERS = [
    ('{{ "xã Đại Bình"|hoa_dau }}', "Xã Đại Bình"),
    ('{{ "đã làm ;"|cau }}', "Đã làm."),
    ('{{ "đã làm…"|cau }}', "Đã làm…"),
    ('{{ " xong. "|bo_dau_cuoi }}', "xong"),
    ('{{ ["xã A", "xã B"]|liet_ke }}', "xã A và B"),
    ('{{ ["a", "b"]|join("; ") }}', "a; b"),
    ("{{ 4|la_ma }} {{ 9|la_ma }} {{ 12|la_ma }}", "IV IX XII"),
    ('{{ "<b>"|upper }}', "&lt;B&gt;"),
]


@pytest.mark.parametrize(("source", "text"), FILTERS)
def test_filters(source, text):
    assert make_environment().from_string(source).render() == text


REFUSED = [
    ("{{ ''.__class__ }}", SecurityError),
    ("{{ ''.upper() }}", SecurityError),
    ("{{ x._figure }}", SecurityError),
    ("{{ x.in_table }}", SecurityError),
    ("{{ x['_style'] }}", SecurityError),
    ("{{ r._values }}", SecurityError),
    ("{{ r.khong_co }}", UndefinedError),
    ("{{ khong_co }}", UndefinedError),
    ("{{ range(3) }}", SecurityError),
    ("{{ '{0}'.format }}", SecurityError),
    ("{{ 2 * 3 }}", SecurityError),
    ("{{ 'a' * 1000000000 }}", SecurityError),
    ("{{ '%s' % x }}", SecurityError),
    ("{% if x %}{% endif %}", TemplateRuntimeError),
    ("{% if x == 3 %}{% endif %}", TemplateRuntimeError),
    ("{{ r }}", TemplateRuntimeError),
    ("{{ l }}", TemplateRuntimeError),
    ("{% for a in l %}{{ loop.cycle(1, 2) }}{% endfor %}", SecurityError),
]


@pytest.mark.parametrize(("source", "error"), REFUSED, ids=[row[0] for row in REFUSED])
def test_refused(source, error):
    values = {"x": figure(3), "r": Record({"ten": "a"}), "l": ("a",)}
    context = {name: view_of(value, Style(), 2024) for name, value in values.items()}
    with pytest.raises(error):
        make_environment().from_string(source).render(context)

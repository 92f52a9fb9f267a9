"""What is said about a template before any data is read."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jinja2.exceptions import TemplateSyntaxError

from mtqg_cli.compose.fields import fields as promised_fields
from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.reference.book import load_book
from mtqg_cli.render import kept
from mtqg_cli.render.documents.paragraphs import Paragraph
from mtqg_cli.render.environment import make_environment
from mtqg_cli.render.lint import lint
from mtqg_cli.render.tags import TagReader


@pytest.fixture(autouse=True)
def _nothing_is_kept(monkeypatch):
    monkeypatch.setattr(kept, "_folder", lambda: None)


@pytest.fixture
def check(page, fields):
    def run(*paragraphs, **more):
        return [(each.code, each.message, each.hint) for each in lint(page(*paragraphs, **more), fields, "report.docx")]

    return run


@pytest.mark.parametrize("name", ["so-ket", "tin-bai"])
def test_shipped_templates_are_clean(shipped, fields, name):
    assert lint(shipped(name), fields, f"{name}/report.docx") == ()


@pytest.mark.parametrize("name", ["so-ket", "tin-bai"])
def test_shipped_templates_are_clean_against_what_compose_promises(shipped, name):
    assert lint(shipped(name), promised_fields(load_book().value), f"{name}/report.docx") == ()


def test_unknown_name_tells_where_and_what_was_meant(check):
    ((code, message, hint),) = check("Mở đầu.", "Số hộ nghèo giảm {{ ho_ngheo_giamm }} hộ.")
    assert code == "D101"
    assert message == "Đoạn 2 (“Số hộ nghèo giảm {{ ho_ngheo_giamm }} hộ.”): không có tên “ho_ngheo_giamm”."
    assert "ho_ngheo_giam (" in hint


def test_severity_and_place(page, fields):
    (found,) = lint(page("{{ sai }}"), fields, "mau.docx")
    assert (found.severity, found.location.file, found.found) == (Severity.ERROR, "mau.docx", "sai")


def test_unknown_figure_attribute(check):
    ((code, message, hint),) = check("{{ ho_ngheo_giam.do_lonn }}")
    assert code == "D101"
    assert "“ho_ngheo_giam” không có mục “do_lonn”" in message
    assert hint == "Có phải là “ho_ngheo_giam.do_lon”?"


@pytest.mark.parametrize(
    "tag",
    [
        "{{ don_vi.tenn }}",
        "{{ ky.ngay_chot.daii }}",
        "{{ ty_le_giai_ngan.tu_so.khong }}",
        "{{ don_vi.ten.upper }}",
        "{{ dtts.von_ke_hoach.day_duu }}",
        "{{ don_vi['tenn'] }}",
    ],
)
def test_unknown_attribute_anywhere_in_a_chain(check, tag):
    ((code, _, _),) = check(tag)
    assert code == "D101"


def test_names_in_loops(check):
    found = check(
        "{%p for xa in cac_xa %}",
        "{{ loop.index }}. {{ xa.ten }}: {{ xa.ho_ngheo_dau_kyy }}",
        "{%p endfor %}",
        "{{ xa.ten }}{{ loop.index }}",
        "{%p for dong in van_ban.quyen_han %}",
        "{{ dong }}{{ dong.ten }}{{ loop.chi_so }}",
        "{%p endfor %}",
    )
    assert [(code, message.split(" (“")[0]) for code, message, _ in found] == [
        ("D101", "Đoạn 2"),
        ("D101", "Đoạn 4"),
        ("D101", "Đoạn 4"),
        ("D101", "Đoạn 6"),
        ("D101", "Đoạn 6"),
    ]


def test_set_is_known_where_it_was_made(check):
    assert check("{%p set a = ky.ten %}", "{{ a }}") == []
    assert check("{%p if ky.uoc %}", "{%p set a = 1 %}", "{%p else %}", "{%p set a = 2 %}", "{%p endif %}", "{{ a }}") == []
    assert [code for code, _, _ in check("{%p if ky.uoc %}", "{%p set a = 1 %}", "{%p endif %}", "{{ a }}")] == ["D101"]


def test_split_runs_and_curly_quotes(check):
    assert check(["Có {{ ho_", "ngheo_giam", ".day_du }} nghèo"], "{% if ky.ten == “năm 2022” %}x{% endif %}") == []
    ((_, message, _),) = check(["Có {{ ho_", "ngheo_", "gia }}"])
    assert "“ho_ngheo_gia”" in message


def test_headers_are_read(check):
    ((_, message, _),) = check("Thân.", header="{{ khong_co }}")
    assert message.startswith("Đoạn 1 của đầu trang (“{{ khong_co }}”)")


SYNTAX = [
    ("{{ ho_ngheo giam }}", "viết sai cú pháp"),
    ("{% if ky.uoc and %}x{% endif %}", "viết sai cú pháp"),
    ("{{ ky.ten|hoa_dauu }}", "bộ lọc “hoa_dauu”"),
    ("{{ ky.ten|attr('__class__') }}", "bộ lọc “attr”"),
    ("{% include 'x' %}", "không dùng được thẻ"),
    ("{% macro m() %}x{% endmacro %}", "không dùng được thẻ"),
    ("{% if ky.uoc %}x", "không có thẻ đóng endif"),
    ("x{% endfor %}", "không có thẻ mở for"),
    ("{% else %}x", "không nằm trong"),
    ("Có {{ ky.ten nghèo", "mở mà không đóng"),
    ("{{r ky.ten }}", "làm mất chữ"),
    ("Chữ {%p if ky.uoc %}", "không đứng một mình"),
    ("{%tr for x in cac_xa %}", "chỉ dùng trong bảng"),
    ("{{ von_ke_hoach + von_giai_ngan }}", "không tính toán"),
    ("{{ ky.ten.upper() }}", "không tính toán và không gọi hàm"),
    ("{% if ho_ngheo_giam %}x{% endif %}", "không phải là điều kiện"),
    ("{% if ho_ngheo_giam > 0 %}x{% endif %}", "không so sánh"),
    ("{{ cac_xa }}", "là một danh sách, không in ra được"),
    ("{{ don_vi }}", "là một nhóm thông tin"),
    ("{{ ky.uoc }}", "là một điều kiện"),
    ("{% for x in don_vi %}{% endfor %}", "không phải là danh sách"),
    ("{{ ky.ten is defined }}", ""),
    ("{{ ho_ngheo_giam|join }}", "“join” chỉ dùng cho danh sách"),
    ("{{ ho_ngheo_giam|length }}", "“length” chỉ dùng cho danh sách"),
    ("{{ ho_ngheo_giam|first }}", "“first” chỉ dùng cho danh sách"),
    ("{{ ho_ngheo_giam|last }}", "“last” chỉ dùng cho danh sách"),
    ("{{ ho_ngheo_giam|liet_ke }}", "“liet_ke” chỉ dùng cho danh sách"),
    ("{{ ho_ngheo_giam|la_ma }}", "“la_ma” chỉ dùng cho số thứ tự"),
    ("{{ ho_ngheo_giam.day_du|join }}", "“join” chỉ dùng cho danh sách"),
    ("{{ ky.ten|length }}", "“length” chỉ dùng cho danh sách"),
    ("{{ ky.ten|la_ma }}", "“la_ma” chỉ dùng cho số thứ tự"),
    ("{{ 'a'|la_ma }}", "“la_ma” chỉ dùng cho số thứ tự"),
    ("{{ don_vi|length }}", "“length” chỉ dùng cho danh sách"),
    ("{% if ho_ngheo_giam|length > 1 %}x{% endif %}", "“length” chỉ dùng cho danh sách"),
    ("{% for x in ho_ngheo_giam|first %}{% endfor %}", "“first” chỉ dùng cho danh sách"),
    ("{{ cac_xa|join }}", "“join” không dùng được cho danh sách các nhóm thông tin"),
    ("{{ cac_xa|liet_ke }}", "“liet_ke” không dùng được cho danh sách các nhóm thông tin"),
    ("{{ cac_xa|hoa_dau }}", "“cac_xa” là một danh sách"),
    ("{{ don_vi|upper }}", "“don_vi” là một nhóm thông tin"),
    ("{% if 'x' in ho_ngheo_giam %}x{% endif %}", "không tìm trong “ho_ngheo_giam”"),
    ("{% if 'x' not in ho_ngheo_giam %}x{% endif %}", "không tìm trong “ho_ngheo_giam”"),
    ("{% if 'x' in don_vi %}x{% endif %}", "không tìm trong “don_vi”"),
    ("{% if 'x' in cac_xa %}x{% endif %}", "không tìm trong “cac_xa”"),
    ("{% if 'x' in ky.nam %}x{% endif %}", "không tìm trong “ky.nam”"),
    ("{% if ho_ngheo_giam in ky.ten %}x{% endif %}", "không so sánh số liệu"),
    ("{% if ho_ngheo_giam in van_ban.noi_nhan %}x{% endif %}", "không so sánh số liệu"),
    ("{% if ky.ngay_chot == '30/6/2024' %}x{% endif %}", "không so sánh số liệu"),
    ("{{ cac_xa[99].ten }}", "không lấy phần tử theo vị trí"),
    ("{{ van_ban.noi_nhan[0] }}", "không lấy phần tử theo vị trí"),
    ("{% for x in cac_xa[:3] %}{{ x.ten }}{% endfor %}", "không lấy phần tử theo vị trí"),
    ("{{ ky.ten[0] }}", "không lấy phần tử theo vị trí"),
    ("{{ ho_ngheo_giam[ky.ten] }}", "không lấy phần tử theo vị trí"),
    ("{{ ho_ngheo_giam.day_du|den_muc('hộ nghèo') }}", "“den_muc” chỉ dùng cho số liệu"),
    ("{{ ho_ngheo_giam|den_muc }}", "“den_muc” có 0 mục trong ngoặc"),
    ("{{ ho_ngheo_giam|den_muc('hộ', 'nghèo') }}", "“den_muc” có 2 mục trong ngoặc"),
    ("{{ ho_ngheo_giam|den_muc(ho_ngheo_dau_ky) }}", "trong ngoặc của bộ lọc “den_muc” phải là chữ"),
    ("{{ ho_ngheo_giam|den('08') }}", "trong ngoặc của bộ lọc “den” phải là số liệu"),
    ("{{ ho_ngheo_giam|doan(ky.ten) }}", "trong ngoặc của bộ lọc “doan” phải là số liệu"),
    ("{{ ty_le_giai_ngan|lam_tron('0') }}", "trong ngoặc của bộ lọc “lam_tron” phải là số"),
    ("{{ ty_le_giai_ngan|lam_tron(0, 'chừng') }}", "“lam_tron” chỉ nhận các từ: hơn, trên, khoảng"),
    ("{{ ho_ngheo_giam|ke_hoach('ty_le_ke_hoach_ho_ngheo') }}", "“ke_hoach” chỉ dùng cho danh sách"),
    ("{{ cap_giao|ke_hoach(ky.ten) }}", "phải là tên một số liệu, giữa hai dấu nháy"),
    ("{{ ky.ten|upper('x') }}", "“upper” có 1 mục trong ngoặc"),
    ("{{ khong_bao_cao|join(d='; ') }}", "bộ lọc “join” không nhận “d = …”"),
    ("{{ khong_bao_cao|noi_sau(', ') }}", "“khong_bao_cao” là một danh sách"),
]

ALLOWED = [
    "{{ khong_bao_cao|length }} {{ khong_bao_cao|length|la_ma }} {{ 4|la_ma }} {{ ky.nam|la_ma }}",
    "{{ khong_bao_cao|join('; ') }} {{ khong_bao_cao|liet_ke }} {{ khong_bao_cao|first }} {{ khong_bao_cao|last|hoa_dau }}",
    "{{ ['a', ky.ten]|join }} {{ (van_ban.noi_nhan if ky.uoc else van_ban.quyen_han)|join }}",
    "{{ ho_ngheo_giam|trong_bang }} {{ ho_ngheo_giam.day_du|upper }} {{ ky.ngay_chot|hoa_dau }}",
    "{% if cac_xa|length > 1 and 'huyện' in don_vi.ten and 'xã A' not in khong_bao_cao %}x{% endif %}",
    "{% if ky.ten in ['a', 'b'] %}x{% endif %}",
    "{{ don_vi['ten'] }} {{ ho_ngheo_giam['day_du'] }}",
    "{{ ho_ngheo_giam.thay_doi }} {{ ho_ngheo_giam.so_sanh|noi_sau(', ') }} {{ ho_ngheo_giam|den_muc('hộ nghèo') }}",
    "{{ ty_le_ho_ngheo_giam.bien_dong }} {{ ty_le_ho_ngheo_giam.tu_den }} {% if ho_ngheo_giam.tang or ho_ngheo_giam.giam %}x{% endif %}",
    "{{ ho_ngheo_dau_ky|den(ho_ngheo_cuoi_ky) }} {{ ho_ngheo_dau_ky|doan(ho_ngheo_cuoi_ky) }} {{ ty_le_giai_ngan|lam_tron(0, 'trên') }}",
    "{{ cap_giao|ke_hoach('ty_le_ke_hoach_ho_ngheo') }} {{ cap_giao|ke_hoach('ty_le_ke_hoach_ho_ngheo', 'hộ', ' của ' ~ don_vi.ten) }}",
    "{{ ty_le_giai_ngan.giai_ngan }} {{ dtts.ty_le_giai_ngan.giai_ngan }} {{ ty_le_giai_ngan.tu_so.thay_doi }}",
    "{{ (cac_xa|first).ten }}",
]


@pytest.mark.parametrize("tag", ALLOWED)
def test_tags_that_can_be_used(check, tag):
    assert check(tag) == []


@pytest.mark.parametrize(
    "tag",
    [
        "{% set ho_ngheo_dau_ky = 99 %}{{ ho_ngheo_dau_ky }}",
        "{% for ho_ngheo_dau_ky in cac_xa %}{{ ho_ngheo_dau_ky.ten }}{% endfor %}",
        "{% if ky.uoc %}{% set ho_ngheo_dau_ky = 99 %}{% else %}{% set ho_ngheo_dau_ky = 98 %}{% endif %}{{ ho_ngheo_dau_ky.day_du }}",
    ],
)
def test_a_name_of_the_report_is_not_given_anew(check, tag):
    ((code, message, hint),) = check(tag)

    assert code == "D102"
    assert "“ho_ngheo_dau_ky” đã là một số liệu của báo cáo" in message
    assert "Đặt tên khác" in hint


def test_a_name_that_is_no_figure_is_not_given_anew_either(check):
    ((code, message, _),) = check("{% set ky = 1 %}{{ ky.ten }}")

    assert code == "D102"
    assert "“ky” đã là một tên có sẵn của báo cáo" in message


@pytest.mark.parametrize(("tag", "words"), SYNTAX, ids=[row[0] for row in SYNTAX])
def test_tags_that_cannot_be_used(check, tag, words):
    found = check(tag)
    assert any(code == "D102" and words in message for code, message, _ in found), found


def test_a_name_in_the_brackets_is_checked_like_any_other(check):
    ((code, message, hint),) = check("{{ cap_giao|ke_hoach('ty_le_ke_hoach_ho_ngheoo') }}")

    assert code == "D101"
    assert "không có số liệu “ty_le_ke_hoach_ho_ngheoo”" in message
    assert hint == "Có phải là “ty_le_ke_hoach_ho_ngheo”?"


def test_blocks_open_and_close_at_one_level(check):
    assert any("không cùng loại" in message for _, message, _ in check("{%p if ky.uoc %}", "x{% endif %}"))


def test_all_faults_at_once_each_once(check):
    found = check("{{ a1 }} {{ a1 }} {{ a2 }}", "{{ b c }}", "{% if ky.uoc %}{{ a3 }}", "{{ a1 }}")
    assert [(code, message.split(" (“")[0]) for code, message, _ in found] == [
        ("D101", "Đoạn 1"),
        ("D101", "Đoạn 1"),
        ("D102", "Đoạn 2"),
        ("D102", "Đoạn 3"),
        ("D101", "Đoạn 3"),
        ("D101", "Đoạn 4"),
    ]


def test_no_word_file_is_a_finding(fields):
    ((found),) = lint(b"PK not a package", fields, "mau.docx")
    assert found.code == "D102"
    assert "không phải tệp Word" in found.message


PIECES = st.sampled_from(
    [
        *(
            "{{ a }}",
            "{{ a.b|c('d') }}",
            "{{ a",
            "{{ a) }}",
            "{{ (a }}",
            "{{ {a }}",
            "{{ b} }}",
            "{{ 'a }}",
            "{{ b' }}",
            "{{ \"a' }}",
            "{{ 'a\\' }}",
            "{{ }}",
            "{{ a b }}",
        ),
        *("{% if a %}", "{% if %}", "{% if a b %}", "{% if 'a %}", "{% elif a %}", "{% elif %}", "{% else %}", "{% else a %}", "{% endif %}", "{% endif a %}"),
        *("{% for x in a %}", "{% for x %}", "{% for x in a if b %}", "{% endfor %}", "{% set x = a %}", "{% set x %}", "{% endset %}", "{% set x = 'a %}"),
        *("{% raw %}", "{% endraw %}", "{# a #}", "{#", "{%p if a %}", "{%tr endif %}", "{{p a }}", "{%- if a -%}", "chữ", "'", "}}", "{% include 'a' %}"),
    ]
)


@settings(max_examples=600, deadline=None)
@given(texts=st.lists(st.lists(PIECES, max_size=4).map("".join), max_size=5))
@example(texts=["{{ 'a }}", "{{ b' }}"])
@example(texts=["{% set x %}", "{% endset %}"])
def test_what_parses_together_is_right_tag_by_tag(texts):
    environment = make_environment()
    paragraphs = [Paragraph(number, text, "Đoạn") for number, text in enumerate(texts, start=1)]
    trusting, careful = TagReader(environment, trusting=True), TagReader(environment)
    together, one_by_one = trusting.read(paragraphs), careful.read(paragraphs)
    try:
        environment.parse(together)
    except TemplateSyntaxError:
        return
    if not trusting.faults:
        assert not careful.faults
        assert together == one_by_one

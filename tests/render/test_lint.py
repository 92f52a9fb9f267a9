"""What is said about a template before any data is read."""

from __future__ import annotations

import pytest

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.render.lint import lint


@pytest.fixture
def check(page, fields):
    def run(*paragraphs, **more):
        return [(each.code, each.message, each.hint) for each in lint(page(*paragraphs, **more), fields, "report.docx")]

    return run


@pytest.mark.parametrize("name", ["so-ket", "tin-bai"])
def test_shipped_templates_are_clean(shipped, fields, name):
    assert lint(shipped(name), fields, f"{name}/report.docx") == ()


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
]


@pytest.mark.parametrize(("tag", "words"), SYNTAX, ids=[row[0] for row in SYNTAX])
def test_tags_that_cannot_be_used(check, tag, words):
    found = check(tag)
    assert any(code == "D102" and words in message for code, message, _ in found), found


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

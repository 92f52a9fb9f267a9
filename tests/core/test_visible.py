"""Nothing that a cell holds hides in a message or does anything when it is shown."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtqg_cli.core.visible import LONGEST, inert, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("4410", "4410"),
        ("Thôn Bình Hồ", "Thôn Bình Hồ"),
        ("4\u00a0410", "4[dấu cách cứng]410"),
        ("4\u202f410", "4[dấu cách cứng]410"),
        (" 12", "[dấu cách]12"),
        ("12  ", "12[2 dấu cách]"),
        ("1   2", "1[3 dấu cách]2"),
        ("12\u200b", "12[ký tự ẩn]"),
        ("\ufeff12", "[ký tự ẩn]12"),
        ("1\t2", "1[tab]2"),
        ("a\r\nb\nc", "a[xuống dòng]b[xuống dòng]c"),
        ("１２", "12[chữ khổ rộng]"),
        (unicodedata.normalize("NFD", "Gần đạt"), "Gần đạt[dấu thanh gõ rời]"),
        ("\x1b[31mđỏ", "[U+001B][31mđỏ"),
        ("\u202e21", "[U+202E]21"),
        ("\ud800", "[U+D800]"),
        ("\x85\x9b", "[xuống dòng][U+009B]"),
    ],
)
def test_what_the_eye_misses_is_named(text, shown):
    assert visible(text) == shown


def test_a_page_in_a_cell_is_cut():
    assert visible("x" * (LONGEST + 40)) == "x" * LONGEST + "… [còn 40 ký tự]"
    assert visible("x" * LONGEST) == "x" * LONGEST


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_nothing_stays_that_draws_nothing_and_naming_twice_changes_nothing(text):
    for shown in (visible(text), inert(text)):
        assert not {unicodedata.category(each) for each in shown} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
        assert inert(shown) == shown
        shown.encode()


@given(st.text(alphabet="abcđÂn 019.,-%"))
def test_ordinary_words_stay_as_they_are(text):
    words = " ".join(unicodedata.normalize("NFC", text).split())
    assert visible(words) == words

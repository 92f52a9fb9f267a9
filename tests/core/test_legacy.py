"""Text in the encodings before Unicode is known and read; Unicode text never is taken for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtqg_cli.core.legacy import encoding_of_font, read_legacy

DATA = Path(__file__).parents[2] / "src" / "mtqg_cli" / "reference" / "data" / "units"


@pytest.mark.parametrize(
    ("typed", "encoding", "read"),
    [
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam", "TCVN3", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("§éc lËp - Tù do - H¹nh phóc", "TCVN3", "Độc lập - Tự do - Hạnh phúc"),
        ("UBND HUYÖN §ÇM Hµ", "TCVN3", "UBND HUYỆN ĐẦM Hà"),
        ("Th«n B×nh Hå", "TCVN3", "Thôn Bình Hồ"),
        ("Ch\u00ada ®¹t", "TCVN3", "Chưa đạt"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "VNI", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("Ñoäc laäp - Töï do - Haïnh phuùc", "VNI", "Độc lập - Tự do - Hạnh phúc"),
        ("THOÂN BÌNH HOÀ", "VNI", "THÔN BÌNH HỒ"),
    ],
)
def test_old_text_is_known_by_its_letters(typed, encoding, read):
    assert read_legacy(typed) == (encoding, read)
    assert read_legacy(typed, encoding) == (encoding, read)


def test_a_font_settles_what_letters_alone_do_not():
    assert read_legacy("hé") is None
    assert read_legacy("tÕ") is None
    assert read_legacy("tÕ", "TCVN3") == ("TCVN3", "tế")


@pytest.mark.parametrize("font", [None, "TCVN3", "VNI"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "Thon Binh Ho",
        "Bình",
        "xã Tân Bình",
        "Hà Nội",
        "Pò Hèn",
        "Sán Cáy Coọc",
        "Café",
        "Müller",
        "El Niño",
        "São Paulo",
        "«Bình»",
        "5°C · 3",
        "3×4",
        "½",
        "±5",
        "m²",
        "§ 5",
    ],
)
def test_unicode_text_is_left_alone(text, font):
    assert read_legacy(text, font) is None


def test_no_name_of_a_commune_looks_old():
    names = {line.split(",")[1] for path in DATA.glob("communes_*.csv") for line in path.read_text(encoding="utf-8").splitlines()}

    assert len(names) > 8000
    assert [name for name in names if any(read_legacy(name, font) for font in (None, "TCVN3", "VNI"))] == []


@pytest.mark.parametrize(
    ("font", "encoding"), [(".VnTime", "TCVN3"), (".vntimeh", "TCVN3"), ("VNI-Times", "VNI"), ("Times New Roman", None), ("VnTimes New", None), ("", None)]
)
def test_fonts(font, encoding):
    assert encoding_of_font(font) == encoding

"""Workbooks to be returned."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

sys.path.insert(0, str(Path(__file__).parent))

SAMPLE = Path(__file__).resolve().parents[3] / "sample_data" / "dam-ha" / "data" / "6m2024" / "quang-lam.xlsx"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc0f01f0005000201ff8a7d0b2a0000000049454e44ae426082"
)


@pytest.fixture(scope="session")
def sample():
    """A workbook made from the forms, as a commune sends it."""
    return SAMPLE.read_bytes()


@pytest.fixture(scope="session")
def rich():
    """A workbook with everything that a library would lose: pictures, charts, text boxes, rules, protection, names, notes."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        first, second, plain = book.add_worksheet("Số liệu"), book.add_worksheet("Biểu 'a' & b"), book.add_worksheet("Trắng")
        money = book.add_format({"num_format": "#,##0.00", "bold": True, "border": 2, "align": "right", "locked": False, "bg_color": "#DDEBF7"})
        first.write_row("A1", ["Thôn", "Hộ", "Vốn"])
        first.write_row("A2", ["Bình Hồ", 3, 12.5], money)
        first.write_formula("C3", "=SUM(C2:C2)", money, 12.5)
        first.merge_range("A5:C6", "Gộp ô", money)
        first.data_validation("B2:B9", {"validate": "integer", "criteria": ">=", "value": 0})
        first.conditional_format("C2:C9", {"type": "data_bar", "data_bar_2010": True})
        first.write_comment("A2", "Ghi chú của xã")
        first.insert_textbox("E2", "Hộp chữ")
        first.insert_image("E9", "a.png", {"image_data": BytesIO(PIXEL)})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='Số liệu'!$B$2:$B$2"})
        second.insert_chart("A1", chart)
        second.write_url("A20", "https://example.org/", string="liên kết")
        second.set_column("B:B", 20, money)
        second.protect("", {"objects": True})
        second.activate()
        plain.write("A1", "x")
        first.print_area("A1:C9")
        first.repeat_rows(0)
        second.repeat_rows(1)
        book.define_name("Trắng!rieng", "=Trắng!$A$1")
        book.define_name("chung", "='Số liệu'!$A$1")
        first.set_footer("&P")
        first.autofilter("A1:C3")
    return made.getvalue()

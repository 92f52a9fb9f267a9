"""The sheet that lists what is to be mended."""

from __future__ import annotations

from datetime import date

from workbooks import finding, opened, returned

from mtqg_cli.core.diagnostic import Severity
from mtqg_cli.reference.layout import RETURNED_SHEET
from mtqg_cli.render.returned.workbook import annotate


def listed(content):
    sheet = opened(content)[RETURNED_SHEET]
    return sheet, [[each.value for each in row] for row in sheet.iter_rows(min_row=8, max_col=7)]


def test_lines_links_and_consequences(rich):
    follows = finding("Số liệu!C3", "tổng không khớp.", code="T305", hint="")
    sheet, lines = listed(
        annotate(
            rich,
            returned(
                finding("", "Tên tệp khác.", Severity.WARNING, "F103", ""),
                finding("Biểu 'a' & b!B2", consequences=(follows,)),
                finding("Số liệu", "Trang bị ẩn.", Severity.NOTE, "S204"),
                finding("Không có!A1"),
            ),
        )
    )
    assert lines == [
        [1, "cảnh báo", None, None, "Tên tệp khác.", None, "F103"],
        [2, "lỗi", "Biểu 'a' & b", "B2", "ghi “chờ”, không phải là số.", "Ghi lại thành số.", "C102"],
        [None, "kéo theo", "Số liệu", "C3", "Kéo theo: tổng không khớp.", "Hết khi sửa xong mục 2.", "T305"],
        [3, "ghi chú", "Số liệu", None, "Trang bị ẩn.", "Ghi lại thành số.", "S204"],
        [4, "lỗi", "Không có", "A1", "ghi “chờ”, không phải là số.", "Ghi lại thành số.", "C102"],
    ]
    links = {each.coordinate: each.hyperlink.location for row in sheet.iter_rows() for each in row if each.hyperlink}
    assert links == {"D9": "'Biểu ''a'' & b'!B2", "D10": "'Số liệu'!C3", "C11": "'Số liệu'!A1"}


def test_the_head_tells_whose_file_how_much_and_until_when(rich):
    sheet, _ = listed(annotate(rich, returned(finding("Số liệu!C2"), deadline=date(2024, 6, 15))))
    assert sheet["A2"].value == "Xã Quảng Lâm, 6 tháng đầu năm 2024, tệp quang-lam.xlsx: 1 lỗi"
    assert "gửi lại chậm nhất ngày 15/6/2024." in sheet["A5"].value


def test_it_is_printed_on_a4_with_its_headings_on_every_page(rich):
    sheet, _ = listed(annotate(rich, returned(finding("Số liệu!C2"))))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage) == (9, "landscape", True)
    assert not sheet.sheet_view.showGridLines
    assert sheet.print_title_rows == "$7:$7"
    assert sheet.column_dimensions["I"].hidden
    assert all(sheet.cell(8, column).alignment.wrap_text for column in (5, 6))

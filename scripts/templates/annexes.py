"""The annexes of the interim report: the tables of the reference data on landscape pages, with headings that repeat. It declares no table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.reference.book import load_book
from mtqg_cli.reference.table import ATTACHED
from mtqg_cli.render.documents.annex.tagged import closing, opening, tagged_rows
from templates.page import LANDSCAPE_WIDTH, Column, Row

if TYPE_CHECKING:
    from mtqg_cli.reference.table import TableSpec
    from templates.page import Page

_LINE = 45
_STYLES = {"number": "BangSo", "text": "BangChu", "centre": "BangGiua"}


def add(page: Page) -> None:
    """All tables, each where its declaration says that it appears; then what has to be known of the figures."""
    for table in load_book().value.tables.values():
        _annex(page, table)
    page.write("{%p if luu_y %}")
    page.line("Lưu ý về số liệu", "GhiChuTieuDe")
    page.write("{%p for y in luu_y %}")
    page.line("- {{ y|cau }}", "GhiChu")
    page.write("{%p endfor %}\n{%p endif %}")


def _annex(page: Page, table: TableSpec) -> None:
    before, after = opening(table), closing(table)
    if before:
        page.write(f"{{%p {before} %}}")
    page.line("", "PhuLuc")
    page.line(table.title, "TenPhuLuc")
    page.line(ATTACHED, "KemTheo")
    page.rule(_LINE, LANDSCAPE_WIDTH)
    if table.measure:
        page.line(f"Đơn vị tính: {table.measure}", "DonViTinh")
    columns = tuple(Column(column.head, column.width, _STYLES[column.style]) for column in table.columns)
    page.table(columns, (Row(row.cells, bold=row.bold) for row in tagged_rows(table)))
    if table.note:
        page.line(table.note, "GhiChuBang")
    if after:
        page.write(f"{{%p {after} %}}")

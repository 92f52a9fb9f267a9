"""The formats of a report: Word first, others from the filled Word document, the workbook from the report itself. A module a format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mtqg_cli.reference.template import WORD_FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mtqg_cli.core.report import Artifact, Report
    from mtqg_cli.reference.table import TableSpec
    from mtqg_cli.reference.template import Template


@dataclass(frozen=True, slots=True)
class Order:
    """A report, the Word template that it goes into, and what is wanted of it; a workbook is made of `tables`."""

    report: Report
    template: Template
    stem: str
    formats: tuple[str, ...]
    tables: tuple[TableSpec, ...] = ()

    def name(self, form: str) -> str:
        """What the file in a format is called."""
        return f"{self.stem}.{form}"


def render(orders: Sequence[Order]) -> tuple[Artifact, ...]:
    """Every order in each of its formats, in their order. A template is filled once, LibreOffice is started once."""
    filled = [None if WORD_FORMATS.isdisjoint(order.formats) else _fill(order) for order in orders]
    printed = _print([each for order, each in zip(orders, filled, strict=True) if each is not None and "pdf" in order.formats])
    return tuple(
        printed[order.name("pdf")] if form == "pdf" else _make(order, form, each) for order, each in zip(orders, filled, strict=True) for form in order.formats
    )


def _fill(order: Order) -> Artifact:
    from mtqg_cli.render.documents.docx import render as fill  # noqa: PLC0415 - loads python-docx and docxtpl

    return fill(order.template.read(), order.report, order.name("docx"))


def _print(documents: Sequence[Artifact]) -> dict[str, Artifact]:
    if not documents:
        return {}
    from mtqg_cli.render.documents.pdf import convert  # noqa: PLC0415

    return {each.name: each for each in convert(documents)}


def _make(order: Order, form: str, filled: Artifact | None) -> Artifact:
    if filled is None or form not in WORD_FORMATS:
        from mtqg_cli.render.documents.xlsx import render as workbook  # noqa: PLC0415 - loads XlsxWriter

        return workbook(order.tables, order.report, order.name(form))
    if form == "html":
        from mtqg_cli.render.documents.html import render as page  # noqa: PLC0415
        from mtqg_cli.render.documents.pictures import pictures  # noqa: PLC0415

        return page(filled.content, order.name(form), pictures(order.report))
    if form == "md":
        from mtqg_cli.render.documents.md import render as text  # noqa: PLC0415

        return text(filled.content, order.name(form))
    return filled

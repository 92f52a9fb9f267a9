"""The communes in the order of a figure of theirs, from the highest to the lowest; whether that is good or bad is not said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mtqg_cli.compose.index import figure_fields
from mtqg_cli.core.figure import Figure
from mtqg_cli.core.report import Field, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from mtqg_cli.core.report import Value
    from mtqg_cli.reference.book import Book

#: The lists, the figure that each goes by, and what it is.
RANKINGS = {
    "xep_hang_ho_ngheo": ("ty_le_ho_ngheo_cuoi_ky", "Các xã xếp theo tỷ lệ hộ nghèo cuối kỳ, từ cao xuống thấp; xã chưa có số liệu không nêu"),
    "xep_hang_giai_ngan": ("ty_le_giai_ngan", "Các xã xếp theo tỷ lệ giải ngân, từ cao xuống thấp; xã chưa có số liệu không nêu"),
}


def ranking_fields(book: Book) -> dict[str, Field]:
    """The lists and the names in their records."""
    record = {
        "hang": Field("Hạng, cao nhất là 1; bằng nhau thì cùng hạng", "number"),
        "cao_nhat": Field("Cao nhất; không đơn vị nào nếu mọi đơn vị bằng nhau", "flag"),
        "thap_nhat": Field("Thấp nhất; không đơn vị nào nếu mọi đơn vị bằng nhau", "flag"),
        "ten": Field("Tên", "text"),
        "loai": Field("Loại đơn vị", "text"),
        **figure_fields(book, (), for_communes=True),
    }
    return {name: Field(label, "list", record) for name, (_, label) in RANKINGS.items()}


def rankings(communes: Iterable[Record]) -> Mapping[str, Value]:
    """The values of `ranking_fields`, from the records of the communes."""
    records = tuple(communes)
    return {name: _ranked(records, by) for name, (by, _) in RANKINGS.items()}


def _ranked(records: tuple[Record, ...], by: str) -> tuple[Record, ...]:
    known = [(amount, record) for record in records if (amount := _amount(record, by)) is not None]
    known.sort(key=lambda each: each[0], reverse=True)  # equal ones stay in the order of reports
    amounts = [amount for amount, _ in known]
    differ = len(set(amounts)) > 1
    return tuple(
        Record({**record.values, "hang": amounts.index(amount) + 1, "cao_nhat": differ and amount == amounts[0], "thap_nhat": differ and amount == amounts[-1]})
        for amount, record in known
    )


def _amount(record: Record, by: str) -> Decimal | None:
    figure = record.values.get(by)
    return figure.amount if isinstance(figure, Figure) else None

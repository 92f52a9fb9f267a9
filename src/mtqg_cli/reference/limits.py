"""The limits that rules compare with where no law gives one: our own, and a project's to change in [rules] limits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Limit:
    """A default with its unit and what it is for, in the user's words."""

    default: Decimal
    unit: str
    meaning: str


LIMITS: dict[str, Limit] = {
    "bien_dong_so_ho": Limit(Decimal(3), "%", "Tổng số hộ thay đổi so với kỳ trước quá mức này thì hỏi lại (T332)."),
    "giam_ty_le_ngheo": Limit(Decimal(10), "điểm phần trăm", "Tỷ lệ hộ nghèo giảm quá mức này trong kỳ thì hỏi lại (T333)."),
    "so_lieu_trung_nhau": Limit(
        Decimal(5), "số", "Số các số liệu (khác 0 và khác nhau) trùng hoàn toàn với biểu khác, từ mức này trở lên thì hỏi lại (X405, X406)."
    ),
    "lech_don_vi_tinh": Limit(Decimal(200), "lần", "Tổng một cột gấp mức phổ biến từ số lần này trở lên thì hỏi lại đơn vị tính (X407)."),
    "so_dong_giai_ngan_het": Limit(Decimal(5), "dòng", "Số khoản vốn đều giải ngân đúng 100%, từ mức này trở lên thì hỏi lại (T331)."),
    "so_o_giai_ngan_tron": Limit(Decimal(5), "ô", "Từ ngần này số giải ngân trở lên mà số nào cũng tròn trăm triệu đồng thì hỏi lại (T318)."),
}

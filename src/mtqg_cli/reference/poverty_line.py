"""The national poverty standards by the years that they hold for: figures of two standards do not continue each other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PovertyStandard:
    """First and last year, and the act (as reported by the press: see the sources in docs)."""

    first: int
    last: int
    basis: str


#: Nguồn: vnexpress.net (4228672), laodongthudo.vn (119787), vietnamplus.vn (post1086100): chuẩn 2016-2020 dùng đến hết năm 2021,
#: chuẩn của Nghị định 07/2021 dùng đến hết năm 2026.
STANDARDS = (
    PovertyStandard(2016, 2021, "Quyết định số 59/2015/QĐ-TTg"),
    PovertyStandard(2022, 2026, "Nghị định số 07/2021/NĐ-CP"),
    PovertyStandard(2027, 2030, "Nghị định số 351/2025/NĐ-CP"),
)


def standard_of(year: int) -> PovertyStandard | None:
    """The standard that holds in a year; None before 2016 and after 2030."""
    return next((each for each in STANDARDS if each.first <= year <= each.last), None)

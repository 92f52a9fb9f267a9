"""A district as it was drawn: what its mtqg.toml says and what every unit sends. Plain values, nothing of the program's own types."""

from __future__ import annotations

from dataclasses import dataclass, field

#: Extra forms that figures are made from.
EXTRA = ("huy-dong", "ocop", "mo-hinh", "nhom-doi-tuong", "nha-o", "sinh-ke", "thuyet-minh", "ra-soat", "ho-dtts")
#: The districts: (name, communes in the order of reports); small ones, so that a whole district is made in a moment.
PLACES = (
    ("Huyện Cô Tô, Tỉnh Quảng Ninh", ("xã Đồng Tiến", "xã Thanh Lân", "thị trấn Cô Tô")),
    ("Huyện Phú Quí, Tỉnh Bình Thuận", ("xã Ngũ Phụng", "xã Long Hải", "xã Tam Thanh")),
    ("Huyện Kiên Hải, Tỉnh Kiên Giang", ("xã Nam Du", "xã An Sơn", "xã Hòn Tre", "xã Lại Sơn")),
    ("Huyện Bình Liêu, Tỉnh Quảng Ninh", ("thị trấn Bình Liêu", "xã Hoành Mô", "xã Đồng Tâm", "xã Đồng Văn", "xã Húc Động", "xã Lục Hồn", "xã Vô Ngại")),
)
COMMUNE_SETS = ("xa-ntm-2021-2025", "xa-ntm-nang-cao-2021-2025")
DISTRICT_SET = "huyen-ntm-2021-2025"
PROGRAMMES = ("ntm-2021-2025", "gnbv-2021-2025", "dtts-2021-2030")
BANDS = (((19, 19), (15, 18), (10, 14), (5, 9), (0, 4)), ((19, 19), (0, 18)), ((0, 9), (10, 19)))
#: Whole forms that a project can do without, and groups that it can take from the year before.
WITHOUT = ((), ("cong-trinh",), ("tieu-chi-ntm",), ("von", "von-don-vi"), ("so-lieu",), ("cong-nhan-ntm",), ("ke-hoach-giao",), ("chi-dao",))
AS_OF = ((), ("thu-nhap",), ("ntm",), ("von",), ("giam-ngheo", "thu-nhap"), ("cong-trinh", "sinh-ke"), ("chung",))


@dataclass(frozen=True)
class Sheet:
    """One form of one unit: `unit` is a commune's name, or "" for the district's own; rows as {field: value}."""

    unit: str
    form: str
    rows: tuple
    criteria: str = ""


@dataclass(frozen=True)
class District:
    """Settings and sheets by period; the sheets of a period lie in the order of reports, the district's own last."""

    name: str
    communes: tuple
    period: str
    sheets: dict
    programmes: tuple = PROGRAMMES
    sets: tuple = COMMUNE_SETS[:1]
    district_set: bool = False
    bands: tuple = BANDS[0]
    extra: tuple = EXTRA
    without: tuple = ()
    absolute_exit: str = ""
    as_of: dict = field(default_factory=dict)
    excused: tuple = ()

    @property
    def settings(self):
        """Its mtqg.toml."""
        criteria = [*self.sets, *([DISTRICT_SET] if self.district_set else [])]
        as_of = ", ".join(f'{group} = "{period}"' for group, period in self.as_of.items())
        lines = [
            "[unit]",
            f'name = "{self.name}"',
            "date = 2024-06-30",
            f"order = {_texts(self.communes)}",
            "[reporting]",
            f"as_of = {{ {as_of} }}",
            "[programmes]",
            f"use = {_texts(self.programmes)}",
            f"criteria = {_texts(criteria)}",
            f"bands = {[list(band) for band in self.bands]}",
            f'absolute_exit = "{self.absolute_exit}"',
            "[forms]",
            f"extra = {_texts(self.extra)}",
            f"without = {_texts(self.without)}",
        ]
        for name in self.excused:
            lines += ["[[not_reporting]]", f'unit = "{name}"', f'period = "{self.period}"', 'reason = "Đang sắp xếp đơn vị hành chính"']
        return "\n".join(lines) + "\n"

    def __repr__(self):
        """What tells it apart when hypothesis shows a failure; sheets would fill pages."""
        return f"District({self.settings!r}, periods={list(self.sheets)})"


def _texts(values):
    return "[" + ", ".join(f'"{each}"' for each in values) + "]"

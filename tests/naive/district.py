"""A district as it was drawn: what its mtqg.toml says and what every unit sends. Plain values, nothing of the program's own types."""

from __future__ import annotations

from dataclasses import dataclass, field

#: Extra forms that figures are made from.
EXTRA = (
    "huy-dong",
    "ocop",
    "mo-hinh",
    "nhom-doi-tuong",
    "nha-o",
    "sinh-ke",
    "thuyet-minh",
    "ra-soat",
    "ho-dtts",
    "thieu-hut",
    "nguyen-nhan",
    "dan-toc",
    "no-dong",
    "kiem-tra",
)
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
AS_OF = ((), ("thu-nhap",), ("ntm",), ("ntm", "ocop"), ("von",), ("giam-ngheo", "thu-nhap"), ("cong-trinh", "sinh-ke"), ("chung",))
#: The groups of indicators that are made from a form.
_GROUPS = {
    "thong-tin": ("chung", "always"),
    "so-lieu": ("giam-ngheo", "chung", "thu-nhap"),
    "ke-hoach-giao": ("ntm", "giam-ngheo"),
    "ocop": ("ocop",),
    "chi-dao": ("chi-dao",),
    "kiem-tra": ("chi-dao",),
    "noi-dung": ("noi-dung",),
    "sinh-ke": ("sinh-ke",),
    "cong-trinh": ("cong-trinh",),
    **dict.fromkeys(("von", "von-don-vi", "thuyet-minh", "no-dong"), ("von",)),
    **dict.fromkeys(("tieu-chi-ntm", "tieu-chi-huyen", "cong-nhan-ntm", "mo-hinh", "huy-dong"), ("ntm",)),
    **dict.fromkeys(("ho-ngheo", "ho-can-ngheo", "ho-dtts", "nha-o", "ra-soat", "nhom-doi-tuong", "thieu-hut", "nguyen-nhan", "dan-toc"), ("giam-ngheo",)),
}


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
    criteria_of: dict = field(default_factory=dict)

    @property
    def all_sets(self):
        """The sets of communes that anybody is judged by."""
        return tuple(dict.fromkeys((*self.sets, *(each for own in self.criteria_of.values() for each in own))))

    def sets_of(self, name):
        """Those that a commune is judged by; a town by none."""
        return () if name.startswith("thị trấn") else self.criteria_of.get(name, self.sets)

    def asked(self, data, period):
        """Whether a period's workbooks hold a dataset: the form is in use, and not all of its figures are taken from another period."""
        elsewhere = all(group in self.as_of for group in _GROUPS.get(data, ("",))) and period == self.period
        return (data in self.extra or data not in EXTRA) and data not in self.without and not elsewhere

    @property
    def settings(self):
        """Its mtqg.toml."""
        criteria = [*self.sets, *([DISTRICT_SET] if self.district_set else [])]
        as_of = ", ".join(f'{group} = "{period}"' for group, period in self.as_of.items())
        own = ", ".join(f'"{name}" = {_texts(sets)}' for name, sets in self.criteria_of.items())
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
            f"criteria_of = {{ {own} }}",
            f"bands = {[list(band) for band in self.bands]}",
            f'absolute_exit = "{self.absolute_exit}"',
            "[forms]",
            f"extra = {_texts(self.extra)}",
            f"without = {_texts(self.without)}",
        ]
        for name in self.excused:
            lines += ["[[not_reporting]]", f'unit = "{name}"', f'period = "{self.period}"', 'reason = "Đang sắp xếp đơn vị hành chính"']
        return "\n".join(lines) + "\n"

    def _repr_pretty_(self, printer, _):
        printer.text(repr(self))

    def __repr__(self):
        """What tells it apart when hypothesis shows a failure; sheets would fill pages."""
        return f"District({self.settings!r}, periods={list(self.sheets)})"


def _texts(values):
    return "[" + ", ".join(f'"{each}"' for each in values) + "]"

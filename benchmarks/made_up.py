"""Made-up figures of one unit, consistent in themselves and told by its code alone: what `national.py` fills workbooks with."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from mtqg_cli.forms.content import FormValues

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mtqg_cli.core.unit import Unit
    from mtqg_cli.reference.form import Form

Values = dict[str, FormValues]
Line = tuple[str, str, str, str, str]
MILLION = 1_000_000
#: Dự án, what is done there, kind of capital, and what is built there if anything is.
_RURAL = (
    ("ntm-2021-2025", "02", "Đường trục thôn, ngõ xóm", "dtpt", "giao-thong"),
    ("ntm-2021-2025", "02", "Kênh mương nội đồng", "dtpt", "thuy-loi"),
    ("ntm-2021-2025", "02", "Nhà văn hóa và khu thể thao thôn", "dtpt", "van-hoa"),
    ("ntm-2021-2025", "03", "Hỗ trợ sản phẩm OCOP", "sn", ""),
    ("ntm-2021-2025", "05", "Sửa chữa trường, trạm y tế", "dtpt", "truong-hoc"),
    ("ntm-2021-2025", "06", "Xây dựng thiết chế văn hóa thôn", "sn", ""),
    ("ntm-2021-2025", "07", "Thu gom, xử lý rác thải sinh hoạt", "sn", ""),
    ("ntm-2021-2025", "08", "Chuyển đổi số trong xây dựng nông thôn mới", "sn", ""),
    ("ntm-2021-2025", "11", "Truyền thông xây dựng nông thôn mới", "sn", ""),
)
_POOR = (
    ("gnbv-2021-2025", "1.1", "Công trình hạ tầng thiết yếu", "dtpt", "giao-thong"),
    ("gnbv-2021-2025", "2", "Đa dạng hóa sinh kế", "sn", ""),
    ("gnbv-2021-2025", "3.1", "Hỗ trợ phát triển sản xuất nông nghiệp", "sn", ""),
    ("gnbv-2021-2025", "3.2", "Cải thiện dinh dưỡng", "sn", ""),
    ("gnbv-2021-2025", "4.3", "Hỗ trợ việc làm bền vững", "sn", ""),
    ("gnbv-2021-2025", "6.1", "Giảm nghèo về thông tin", "sn", ""),
    ("gnbv-2021-2025", "7.2", "Giám sát, đánh giá", "sn", ""),
)
_HIGHLAND = (
    ("dtts-2021-2030", "1", "Công trình cấp nước sinh hoạt tập trung", "dtpt", "nuoc-sach"),
    ("dtts-2021-2030", "3.1", "Khoán bảo vệ rừng", "sn", ""),
    ("dtts-2021-2030", "3.2", "Mô hình liên kết theo chuỗi giá trị", "sn", ""),
    ("dtts-2021-2030", "4.1", "Đường liên thôn, cầu dân sinh", "dtpt", "giao-thong"),
    ("dtts-2021-2030", "4.1", "Công trình thủy lợi nhỏ", "dtpt", "thuy-loi"),
    ("dtts-2021-2030", "5.3", "Đào tạo nghề cho lao động", "sn", ""),
    ("dtts-2021-2030", "6", "Bảo tồn văn hóa truyền thống", "sn", ""),
    ("dtts-2021-2030", "8", "Bình đẳng giới", "sn", ""),
)
_OWN = (
    ("dtts-2021-2030", "5.4", "Đào tạo cán bộ triển khai Chương trình", "sn"),
    ("dtts-2021-2030", "10.1", "Tuyên truyền, phổ biến pháp luật", "sn"),
    ("dtts-2021-2030", "10.3", "Kiểm tra, giám sát, tập huấn", "sn"),
    ("gnbv-2021-2025", "6.2", "Truyền thông về giảm nghèo", "sn"),
    ("gnbv-2021-2025", "7.1", "Nâng cao năng lực cán bộ giảm nghèo", "sn"),
    ("ntm-2021-2025", "08", "Nền tảng số dùng chung toàn tỉnh", "sn"),
    ("ntm-2021-2025", "11", "Giám sát, đánh giá Chương trình", "sn"),
)
_TEXTS = (
    ("ket-qua-ntm", "Các xã tiếp tục duy trì, nâng cao chất lượng các tiêu chí đã đạt; rà soát lại tiêu chí theo địa giới mới sau khi sắp xếp."),
    ("ket-qua-gnbv", "Hộ nghèo, hộ cận nghèo được vay vốn ưu đãi, hỗ trợ sinh kế và tiếp cận các dịch vụ xã hội cơ bản còn thiếu hụt."),
    ("ket-qua-dtts", "Hạ tầng thiết yếu ở các xã khu vực III được đầu tư; đời sống của đồng bào tiếp tục được cải thiện."),
    ("uu-diem", "Việc phân cấp cho cấp xã giúp rút ngắn thời gian chuẩn bị đầu tư của các công trình nhỏ."),
    ("han-che", "Tiến độ giải ngân vốn sự nghiệp còn chậm so với vốn đầu tư phát triển."),
    ("khach-quan", "Thời tiết diễn biến phức tạp, nhiều công trình ở địa bàn đồi núi phải tạm dừng thi công."),
    ("chu-quan", "Một số xã mới chưa đủ cán bộ chuyên môn về quản lý đầu tư."),
    ("vuong-mac", "Việc bàn giao hồ sơ công trình từ cấp huyện về xã còn kéo dài."),
    ("muc-tieu", "Hoàn thành kế hoạch giảm nghèo và giải ngân vốn được giao trong năm."),
    ("nhiem-vu", "Đẩy nhanh tiến độ thi công, nghiệm thu, thanh toán khối lượng hoàn thành."),
    ("nhiem-vu", "Hướng dẫn cấp xã hoàn thiện hồ sơ công nhận xã đạt chuẩn."),
    ("giai-phap", "Giao ban hằng tuần với các chủ đầu tư; làm rõ trách nhiệm đối với từng công trình chậm tiến độ."),
    ("kien-nghi-tw", "Sớm giao kế hoạch vốn của năm sau để địa phương chủ động phân bổ."),
)


def commune_values(unit: Unit, forms: Sequence[Form], closing_day: date) -> Values:
    """What a commune reports; wards have fewer poor households, no rural programme and no highland one."""
    dice = random.Random(f"xã {unit.code}")  # noqa: S311 - figures, not secrets
    rural, highland = unit.kind == "Xã", dice.random() < 0.4  # noqa: PLR2004
    poor, near = _villages(dice, rural=rural)
    people = _people(dice, poor, near, highland=highland)
    lines = _lines(dice, rural=rural, highland=highland)
    face = {"data_date": closing_day, "preparer": "Công chức phòng Kinh tế", "poverty_line": "tw", "villages": len(poor)}
    face |= {"area": dice.choice(("I", "I", "II", "III")) if highland else "khong", "hard_villages": dice.randint(0, len(poor) // 2) if highland else 0}
    told = {
        "thong-tin": FormValues(record=face),
        "so-lieu": FormValues(record=people),
        "ho-ngheo": FormValues(rows=poor),
        "ho-can-ngheo": FormValues(rows=near),
        "von": FormValues(rows=[_capital(dice, line, place) for place, line in enumerate(lines)]),
        "cong-trinh": FormValues(rows=_works(dice, unit, lines)),
    }
    for form in forms:
        if form.criteria_set:
            told[form.id] = _marks(dice, form, recognised=_level(unit) > 0)
    return {form.id: told[form.id] for form in forms if form.id in told}


def province_values(unit: Unit, communes: Sequence[Unit], forms: Sequence[Form]) -> Values:
    """What the province itself reports: its plans, who is recognised, its own capital, its words."""
    dice = random.Random(f"tỉnh {unit.code}")  # noqa: S311
    rural = [each for each in communes if each.kind == "Xã"]
    told = {
        "ke-hoach-giao": FormValues(rows=_plans(dice, len(communes))),
        "cong-nhan-ntm": FormValues(rows=[row for each in rural for row in _recognised(dice, each)]),
        "chi-dao": FormValues(
            record={
                "documents": dice.randint(20, 160),
                "meetings": dice.randint(4, 30),
                "trainings": dice.randint(3, 60),
                "inspections": dice.randint(5, 40),
                "inspected_communes": dice.randint(5, len(communes) // 2),
            }
        ),
        "noi-dung": FormValues(rows=[{"section": section, "text": text} for section, text in _TEXTS]),
        "von-don-vi": FormValues(rows=[_capital(dice, (*line, ""), place, ("nstw", "ns-tinh")) for place, line in enumerate(_OWN)]),
    }
    return {form.id: told[form.id] for form in forms if form.id in told}


def _villages(dice: random.Random, *, rural: bool) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Movements of poor and near-poor households: whoever leaves one list for the other arrives there."""
    kind, rate = ("Thôn", 14) if rural else ("Tổ dân phố", 4)
    poor, near = [], []
    for number in range(1, dice.randint(12, 34) + 1):
        opening = dice.randint(0, rate), dice.randint(0, rate)
        to_near, above, gone = _leaving(dice, opening[0])
        to_poor, over, away = _leaving(dice, opening[1])
        come = [dice.choice((0, 0, 0, 1)) for _ in range(6)]
        village = f"{kind} {number}"
        first = {"village": village, "opening": opening[0], "to_near_poor": to_near, "above_lines": above, "other_decrease": gone}
        poor.append({**first, "from_near_poor": to_poor, "returned": come[0], "new": come[1], "other_increase": come[2]})
        second = {"village": village, "opening": opening[1], "to_poor": to_poor, "above_lines": over, "other_decrease": away}
        near.append({**second, "from_poor": to_near, "returned": come[3], "new": come[4], "other_increase": come[5]})
    return poor, near


def _leaving(dice: random.Random, there: int) -> tuple[int, int, int]:
    first = dice.randint(0, there // 3)
    second = dice.randint(0, (there - first) // 3)
    return first, second, dice.randint(0, min(1, there - first - second))


def _people(dice: random.Random, poor: Sequence[Mapping[str, object]], near: Sequence[Mapping[str, object]], *, highland: bool) -> dict[str, object]:
    """Enough households for those on the lists, before and after."""
    listed = sum(int(str(row[name])) for rows in (poor, near) for row in rows for name in row if name != "village")
    opening = listed + dice.randint(1_500, 9_000)
    closing = opening + dice.randint(-40, 60)
    minority = closing * dice.randint(300, 950) // 1000 if highland else closing * dice.randint(0, 40) // 1000
    return {
        "households_opening": opening,
        "households_closing": closing,
        "population": closing * dice.randint(330, 420) // 100,
        "minority_households": minority,
    }


def _lines(dice: random.Random, *, rural: bool, highland: bool) -> list[Line]:
    known = [*(_RURAL if rural else ()), *_POOR, *(_HIGHLAND if highland else ())]
    kept = set(dice.sample(range(len(known)), dice.randint(len(known) * 2 // 3, len(known))))
    return [line for place, line in enumerate(known) if place in kept]


def _capital(dice: random.Random, line: Line, place: int, sources: tuple[str, ...] = ("nstw", "ns-tinh", "ns-xa")) -> dict[str, object]:
    """A line of capital: no more allocated than planned, no more paid than planned, of either year. Lines of one dự án have different sources."""
    programme, project, name, kind, _ = line
    carried = dice.choice((0, 0, dice.randint(10, 900))) * MILLION
    plan = dice.randint(80, 6_000 if kind == "dtpt" else 900) * MILLION + dice.choice((0, 500_000))
    paid = dice.randint(20, 92)
    return {
        "programme": programme,
        "project": project,
        "name": name,
        "source": sources[place % len(sources)],
        "kind": kind,
        "plan_carried": carried,
        "plan_year": plan,
        "allocated": carried + plan - (dice.random() < 0.02) * 30 * MILLION,  # noqa: PLR2004
        "disbursed_carried": carried * dice.randint(60, 100) // 100 // 1000 * 1000,
        "disbursed_year": plan * paid // 100 // 1000 * 1000,
    }


def _works(dice: random.Random, unit: Unit, lines: Sequence[Line]) -> list[dict[str, object]]:
    """Works of the lines that build something, each under a name of its own."""
    rows: list[dict[str, object]] = []
    for programme, project, name, kind, type_ in lines:
        for number in range(1, dice.randint(1, 3) + 1) if kind == "dtpt" else ():
            plan = dice.randint(200, 3_000)
            rows.append(
                {
                    "name": f"{name} số {number}, {unit.label}",
                    "programme": programme,
                    "project": project,
                    "type": type_,
                    "start": dice.choice(("moi", "chuyen-tiep")),
                    "stage": dice.choice(("chuan-bi", "dang-thi-cong", "dang-thi-cong", "hoan-thanh")),
                    "owner": dice.choice(("xa", "xa", "khac")),
                    "investment": (plan + dice.randint(0, 4_000)) * MILLION,
                    "plan_year": plan * MILLION,
                    "disbursed": plan * dice.randint(10, 95) // 100 * MILLION,
                }
            )
    return rows[:25]


def _level(commune: Unit) -> int:
    """At how many levels of new rural areas a commune has been recognised."""
    return random.Random(f"ntm {commune.code}").choice((0, 1, 1, 1, 2, 3))  # noqa: S311


def _marks(dice: random.Random, form: Form, *, recognised: bool) -> FormValues:
    """Most communes meet most of the set, a recognised one nearly all; a criterion is met when all its indicators are."""
    rate = dice.choice((1.0, 1.0, 0.995) if recognised else (0.97, 0.93, 0.85))
    marks: dict[str, str] = {}
    for row in form.rows:
        marks[row.key] = "dat" if dice.random() < rate else "chua"
    for key in marks:
        below = [mark for other, mark in marks.items() if other.startswith(f"{key}.")]
        if below:
            marks[key] = "dat" if all(mark == "dat" for mark in below) else "chua"
    return FormValues(by_key={key: {"mark": mark} for key, mark in marks.items()})


def _recognised(dice: random.Random, commune: Unit) -> list[dict[str, object]]:
    """Whoever stands at a level stands at those below it."""
    levels = ("dat-chuan", "nang-cao", "kieu-mau")
    reached = _level(commune)
    rows: list[dict[str, object]] = [
        {"commune": commune.code, "level": level, "status": "cong-nhan", "year": str(2020 + place)} for place, level in enumerate(levels[:reached])
    ]
    if reached < len(levels) and dice.random() < 0.25:  # noqa: PLR2004
        rows.append({"commune": commune.code, "level": levels[reached], "status": "dang-trinh", "year": "2025"})
    return rows


def _plans(dice: random.Random, communes: int) -> list[dict[str, object]]:
    document = "Kế hoạch giảm nghèo năm 2025 của tỉnh"
    households = ("giam-ho-ngheo", "giam-ho-can-ngheo", "thoat-ngheo", "thoat-can-ngheo")
    rows = [{"target": each, "assigned_by": "tinh", "basis": "so-ho", "amount": communes * dice.randint(20, 60), "document": document} for each in households]
    rows.append({"target": "xa-dat-chuan", "assigned_by": "tinh", "basis": "so-luong", "amount": dice.randint(1, 9), "document": document})
    return [dict(row) for row in rows]

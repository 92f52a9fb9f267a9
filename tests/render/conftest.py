"""A report with Đầm Hà's figures, the fields it promises, an empty report of the same shape, and small templates to order."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document

from mtqg_cli.compose.charts import band_chart, project_chart, report_charts
from mtqg_cli.compose.fields import fields as compose_fields
from mtqg_cli.core.figure import Figure, FigureValue, Source, Text
from mtqg_cli.core.period import parse_period
from mtqg_cli.core.report import Chart, Field, Record, Report, Style
from mtqg_cli.core.unit import Unit
from mtqg_cli.reference.book import Book, load_book

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CHECKOUT = Path(__file__).resolve().parents[2]
PERIOD = parse_period("6m2024", cutoff=date(2024, 6, 20))
YEAR_BEFORE = parse_period("2023")
HUYEN = Unit("200", "Huyện Đầm Hà", "Huyện", "huyện", "22", None, None)
MONEY = ("von_keo_dai", "von_giao_trong_nam", "von_phan_bo", "giai_ngan_keo_dai", "giai_ngan_trong_nam")
CRITERIA = "xa-ntm-2021-2025"
PROGRAMMES = ("ntm-2021-2025", "gnbv-2021-2025", "dtts-2021-2030")
BANDS = ("19 tiêu chí", "15-18 tiêu chí", "10-14 tiêu chí", "5-9 tiêu chí", "0-4 tiêu chí")
BAND_LIMITS = ((19, 19), (15, 18), (10, 14), (5, 9), (0, 4))


class Maker:
    """Makes figures of the shipped indicators; what is not given has no data."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def figure(self, key: str, value: FigureValue = None, **more: Any) -> Figure:
        entry = self.book.indicators[key]
        scale = 10**6 if entry.unit.startswith("triệu đồng") else 1
        made = {"period": PERIOD, "decimals": entry.decimals, "family": entry.family, "base": entry.base or None, "scale": scale, **more}
        return Figure(key, entry.label, entry.unit.replace("{cấp dưới}", "xã, thị trấn"), value=value, **made)

    def ratio(self, key: str, top: Figure, bottom: Figure, times: int = 100, **more: Any) -> Figure:
        known = top.value is not None and bottom.value
        value = Decimal(top.value) / Decimal(bottom.value) * times if known else None
        return self.figure(key, value, numerator=top, denominator=bottom, **more)

    def difference(self, key: str, before: Figure, after: Figure) -> Figure:
        known = before.value is not None and after.value is not None
        sources = (Source("minuend", before.period, before), Source("subtrahend", after.period, after))
        return self.figure(key, before.value - after.value if known else None, sources=sources)

    def all(self, ids: list[str], values: Mapping[str, Any]) -> dict[str, Figure]:
        made = {}
        for key in ids:
            value = values.get(key)
            made[key] = value if isinstance(value, Figure) else self.figure(key, value)
        return made


def households(make: Maker, total: int | None, poor: Mapping[str, int | None], near: Mapping[str, int | None]) -> dict[str, Figure]:
    """All poverty figures of one unit from its moves."""
    given = {"tong_so_ho_dau_ky": total, "tong_so_ho_cuoi_ky": total}
    for kind, moves in (("ho_ngheo", poor), ("ho_can_ngheo", near)):
        out = kind.replace("ho_", "ho_thoat_")
        given |= {f"{kind}_dau_ky": moves.get("dau"), f"{kind}_cuoi_ky": moves.get("cuoi"), out: moves.get("thoat")}
        given |= {f"{kind}_phat_sinh": moves.get("phat_sinh"), kind.replace("ho_", "ho_tai_"): 0 if moves else None}
        given |= {f"{kind}_khac_giam": 0 if moves else None, f"{kind}_khac_tang": 0 if moves else None}
    given["ho_can_ngheo_thanh_ngheo"] = near.get("thanh_ngheo")
    made = {key: make.figure(key, value) for key, value in given.items()}
    for kind in ("ho_ngheo", "ho_can_ngheo"):
        opening, closing = made[f"{kind}_dau_ky"], made[f"{kind}_cuoi_ky"]
        rates = [make.ratio(f"ty_le_{kind}_{end}", made[f"{kind}_{end}"], made[f"tong_so_ho_{end}"]) for end in ("dau_ky", "cuoi_ky")]
        made |= {rate.id: rate for rate in rates}
        made[f"{kind}_giam"] = make.difference(f"{kind}_giam", opening, closing)
        made[f"ty_le_{kind}_giam"] = make.difference(f"ty_le_{kind}_giam", *rates)
    return made


def funds(make: Maker, rows: list[list[int]]) -> dict[str, Figure]:
    """All money figures of some rows (thousand đồng)."""
    sums = [sum(row[index] for row in rows) * 1000 if rows else None for index in range(len(MONEY))]
    made = {key: make.figure(key, value) for key, value in zip(MONEY, sums, strict=True)}
    plan, disbursed = (sums[0] + sums[1], sums[3] + sums[4]) if rows else (None, None)
    made |= {"von_ke_hoach": make.figure("von_ke_hoach", plan), "von_giai_ngan": make.figure("von_giai_ngan", disbursed)}
    made["von_ngan_sach"] = make.figure("von_ngan_sach", plan)
    made["ty_le_giai_ngan"] = make.ratio("ty_le_giai_ngan", made["von_giai_ngan"], made["von_ke_hoach"])
    for part in ("keo_dai", "trong_nam"):
        plan_id = "von_keo_dai" if part == "keo_dai" else "von_giao_trong_nam"
        made[f"ty_le_giai_ngan_{part}"] = make.ratio(f"ty_le_giai_ngan_{part}", made[f"giai_ngan_{part}"], made[plan_id])
    return made


def works(make: Maker, rows: list[dict[str, Any]]) -> dict[str, Figure]:
    """Counts and names of works."""

    def count(key: str, **where: str) -> Figure:
        return make.figure(key, sum(all(row[field] == value for field, value in where.items()) for row in rows) if rows else None)

    water = tuple(row["xa"] for row in rows if row["loai"] == "Nước sạch")
    new = tuple(f"{row['ten']}, {row['xa']}" for row in rows if row["khoi_cong"] == "Khởi công mới")
    figures = (
        count("so_cong_trinh"),
        count("cong_trinh_khoi_cong_moi", khoi_cong="Khởi công mới"),
        count("cong_trinh_hoan_thanh", giai_doan="Hoàn thành"),
        count("cong_trinh_dang_thi_cong", giai_doan="Đang thi công"),
        count("cong_trinh_chuan_bi", giai_doan="Chuẩn bị đầu tư"),
        count("cong_trinh_nuoc_sach", loai="Nước sạch"),
        make.figure("ten_cong_trinh_khoi_cong_moi", new if rows else None),
        make.figure("xa_co_cong_trinh_nuoc_sach", water if rows else None),
    )
    return {figure.id: figure for figure in figures}


def split_ids(book: Book, split: str) -> list[str]:
    return [key for key, entry in book.indicators.items() if split in entry.by]


def programmes(make: Maker, data: Mapping[str, Any]) -> tuple[Record, ...]:
    found = []
    for key in PROGRAMMES:
        programme = make.book.programmes[key]
        rows = data.get("von", {}).get(key, {})
        own = [row for row in data.get("cong_trinh", []) if row["chuong_trinh"] == key]
        values = make.all(split_ids(make.book, "programme"), funds(make, list(rows.values())) | works(make, own))
        parts = []
        for project in programme.projects:
            sums = funds(make, [rows[project.code]] if project.code in rows else [])
            parts.append(Record({"ma": project.code, "ten": project.name, **make.all(split_ids(make.book, "programme,project"), sums)}))
        titles = {"ma": key, "ten": programme.name, "ten_ngan": programme.short, "ten_day_du": programme.title, "ho": programme.family}
        whole = {**titles, **values, "du_an": tuple(parts)}
        found.append(Record({**whole, "bieu_do_du_an": project_chart(whole)}))
    return tuple(found)


def criteria(make: Maker, data: Mapping[str, Any]) -> tuple[Record, ...]:
    reached = [(row["ten"], row["tieu_chi"]) for row in data.get("xa", []) if "tieu_chi" in row]
    figures: dict[str, Figure] = {}
    communes = make.figure("so_xa", len(reached) or None)
    for index, (count, mean) in enumerate((("tieu_chi_dat", "binh_quan_tieu_chi"), ("chi_tieu_dat", "binh_quan_chi_tieu"))):
        figures[count] = make.figure(count, sum(marks[index] for _, marks in reached) if reached else None)
        figures[mean] = make.ratio(mean, figures[count], communes, 1)
    bands = []
    for name, (low, high) in zip(BANDS, BAND_LIMITS, strict=True):
        names = tuple(unit for unit, marks in reached if low <= marks[0] <= high)
        counted = make.figure("so_xa_theo_nhom", len(names) if reached else None)
        more = any(marks[0] <= high for _, marks in reached)
        bands.append(
            Record({"ten": name, "con_xa": more, "so_xa_theo_nhom": counted, "ten_xa_theo_nhom": make.figure("ten_xa_theo_nhom", names if reached else None)})
        )
    rows = tuple(
        Record({"ten": unit, "tieu_chi_dat": make.figure("tieu_chi_dat", marks[0]), "chi_tieu_dat": make.figure("chi_tieu_dat", marks[1])})
        for unit, marks in reached
    )
    book = make.book.criteria[CRITERIA]
    titles = {"ma": CRITERIA, "ten": book.title, "ten_ngan": book.short, "so_tieu_chi": 19, "so_chi_tieu": 57}
    whole = {**titles, **figures, "nhom": tuple(bands), "cac_xa": rows}
    return (Record({**whole, "bieu_do_nhom": band_chart(whole)}),)


def plans(make: Maker, top: Mapping[str, Figure], targets: tuple[int, int]) -> tuple[Record, ...]:
    values = {"ma": "huyen", "ten": "huyện giao"}
    for kind, target in zip(("ho_ngheo", "ho_can_ngheo"), targets, strict=True):
        plan = Figure("muc_giao", "Mức giao", "hộ", PERIOD, target)
        by = {"assigned_by": "huyen", "basis": "so-ho"}
        values[f"ty_le_ke_hoach_{kind}"] = make.ratio(f"ty_le_ke_hoach_{kind}", top[f"{kind}_giam"], plan, by=by)
    return (Record(values),)


def recognised(make: Maker, data: Mapping[str, list[str]]) -> dict[str, Figure]:
    made = {"so_xa": make.figure("so_xa", 8 if data else None)}
    for level in ("dat_chuan", "nang_cao", "kieu_mau", "trinh_dat_chuan", "trinh_nang_cao", "trinh_kieu_mau"):
        names = tuple(data.get(level, ()))
        made[f"xa_{level}"] = make.figure(f"xa_{level}", len(names) if data else None)
        made[f"ten_xa_{level}"] = make.figure(f"ten_xa_{level}", names if data else None)
        if not level.startswith("trinh"):
            made[f"ty_le_xa_{level}"] = make.ratio(f"ty_le_xa_{level}", made[f"xa_{level}"], made["so_xa"])
    return made


def listings(make: Maker, data: Mapping[str, Any]) -> dict[str, tuple[Record, ...]]:
    texts = data.get("noi_dung", {})
    made: dict[str, tuple[Record, ...]] = {
        key: tuple(Record({"noi_dung": Text(text)}) for text in texts.get(key, ())) for key, each in make.book.listings.items() if each.dataset == "noi-dung"
    }
    rows = []
    for work in data.get("cong_trinh", []):
        words = {key: Text(work[key]) for key in ("ten", "loai", "khoi_cong", "giai_doan")}
        words |= {"xa": Text(work["xa"]), "chuong_trinh": Text(make.book.programmes[work["chuong_trinh"]].short), "chu_dau_tu": Text("Cấp huyện")}
        money = zip(("tong_muc_dau_tu", "ke_hoach", "giai_ngan"), work["tien"], strict=True)
        rows.append(Record({**words, **{key: Figure(key, key, "triệu đồng", PERIOD, each * 1000, scale=10**6) for key, each in money}}))
    return made | {"cac_cong_trinh": tuple(rows)}


def values_of(make: Maker, data: Mapping[str, Any]) -> dict[str, Any]:
    book, communes = make.book, data.get("xa", [])
    total = {group: {key: sum(row[group][key] for row in communes) for key in communes[0][group]} if communes else {} for group in ("ngheo", "can_ngheo")}
    top = households(make, sum(row["tong_so_ho"] for row in communes) if communes else None, total["ngheo"], total["can_ngheo"])
    top |= funds(make, [row for rows in data.get("von", {}).values() for row in rows.values()]) | works(make, data.get("cong_trinh", []))
    top |= recognised(make, data.get("cong_nhan", {})) | {key: make.figure(key, value) for key, value in data.get("so", {}).items()}
    top["so_don_vi"] = make.figure("so_don_vi", len(communes) or None)
    top["so_xa_da_kiem_tra"] = top.get("so_xa_da_kiem_tra") or make.figure("so_xa_da_kiem_tra")
    top["ty_le_xa_da_kiem_tra"] = make.ratio("ty_le_xa_da_kiem_tra", top["so_xa_da_kiem_tra"], top["so_don_vi"])
    top["thu_nhap_binh_quan"] = make.figure("thu_nhap_binh_quan", Decimal("74_396_512.4") if communes else None, period=YEAR_BEFORE)
    whole = [key for key, entry in book.indicators.items() if entry.whole]
    in_commune = [key for key, entry in book.indicators.items() if entry.whole and "commune" in entry.scopes]
    rows = tuple(
        Record({"ten": row["ten"], "loai": row["loai"], **make.all(in_commune, households(make, row["tong_so_ho"], row["ngheo"], row["can_ngheo"]))})
        for row in communes
    )
    records = programmes(make, data)
    families = {each.values["ho"]: Record({**each.values, "co": True}) for each in records}
    values = {
        **make.all(whole, top),
        **listings(make, data),
        "chuong_trinh": records,
        **families,
        "bo_tieu_chi": criteria(make, data),
        "cac_xa": rows,
        "cap_giao": plans(make, top, (14, 91)),
        "chuan_ngheo": "chuẩn nghèo của tỉnh (Nghị quyết số 13/2023/NQ-HĐND)",
        "luu_y": ("Thu nhập bình quân đầu người là số của năm 2023, bình quân có trọng số theo dân số",) if communes else (),
        "khong_bao_cao": (),
        "quyet_dinh": (
            Record(
                {
                    "loai": "Sửa số liệu",
                    "don_vi": "Xã Quảng Lâm",
                    "noi_dung": "Biểu 06, ô D10: đọc là “1.100” thay cho “1.020”.",
                    "ly_do": "xã xác nhận",
                    "nguoi": "Chuyên viên",
                    "ngay": date(2024, 6, 25),
                    "co_ngay": True,
                }
            ),
        ),
        "du_thao": False,
        **issue(data),
    }
    given = {**values, "bieu_do": report_charts(values, PERIOD)}
    return completed(make, given, compose_fields(book))


def completed(make: Maker, values: Mapping[str, Any], promised: Mapping[str, Field]) -> dict[str, Any]:
    """The values with everything else that a report promises: without data, as `compose` gives it where there is none."""
    return {**values, **{name: whole(make, name, values.get(name), field) for name, field in promised.items()}}


def whole(make: Maker, name: str, value: Any, field: Field) -> Any:
    if field.kind == "record":
        return Record(completed(make, value.values if value is not None else {}, field.fields))
    if field.kind == "list":
        return tuple(Record(completed(make, each.values, field.fields)) if isinstance(each, Record) else each for each in value or ())
    if value is not None:
        return value
    nothing = {"text": "", "flag": False, "number": 0, "date": None, "chart": Chart(name, "", "bar", (), (), "")}
    return nothing[field.kind] if field.kind != "figure" else make.figure(name) if name in make.book.indicators else Figure(name, name, "", PERIOD, None)


def issue(data: Mapping[str, Any]) -> dict[str, Any]:
    """Who, when, by whom: the parts that are no figures."""
    paper = data.get("van_ban") or {"co_quan_chu_quan": "", "co_quan": "ỦY BAN NHÂN DÂN", "so": "…/BC-UBND", "dia_danh": "Đầm Hà", "can_cu": "", "nguoi_ky": ""}
    event = data.get("hoi_nghi") or {"co": False, "ten": "", "ngay": None, "dia_diem": "", "chu_tri": "", "thanh_phan": ""}
    lists = {"quyen_han": tuple(paper.get("quyen_han", ())), "noi_nhan": tuple(paper.get("noi_nhan", ()))}
    unit = {"ten": "huyện Đầm Hà", "ten_rieng": "Đầm Hà", "ten_hoa": "HUYỆN ĐẦM HÀ", "cap": "huyện", "cap_duoi": "xã, thị trấn", "tren": "tỉnh Quảng Ninh"}
    period = {"ten": PERIOD.label, "sau": PERIOD.next_label, "dau_ky": PERIOD.opening_label, "nam": 2024, "ngay_chot": PERIOD.as_of, "uoc": True}
    return {
        "don_vi": Record(unit),
        "ky": Record(period),
        "van_ban": Record({**paper, **lists, "ngay": None}),
        "hoi_nghi": Record({**event, "ket_luan": tuple(event.get("ket_luan", ()))}),
    }


@pytest.fixture(scope="session")
def make() -> Maker:
    return Maker(load_book().value)


@pytest.fixture(scope="session")
def dam_ha(make: Maker) -> Report:
    data = tomllib.loads((Path(__file__).parent / "dam-ha.toml").read_text(encoding="utf-8"))
    return Report("so-ket", HUYEN, PERIOD, values_of(make, data), Style())


@pytest.fixture(scope="session")
def empty(make: Maker) -> Report:
    return Report("so-ket", HUYEN, PERIOD, values_of(make, {}), Style())


@pytest.fixture(scope="session")
def fields(make: Maker) -> Mapping[str, Field]:
    return compose_fields(make.book)


@pytest.fixture(scope="session")
def shipped() -> Callable[[str], bytes]:
    return lambda name: (CHECKOUT / "templates" / name / "report.docx").read_bytes()


@pytest.fixture(scope="session")
def page() -> Callable[..., bytes]:
    """A Word file of paragraphs; a paragraph given as a list is split into such runs."""

    def build(*paragraphs: str | list[str], header: str = "") -> bytes:
        document = Document()
        for paragraph in paragraphs:
            runs = [paragraph] if isinstance(paragraph, str) else paragraph
            added = document.add_paragraph()
            for run in runs:
                added.add_run(run)
        if header:
            document.sections[0].header.paragraphs[0].text = header
        saved = BytesIO()
        document.save(saved)
        return saved.getvalue()

    return build

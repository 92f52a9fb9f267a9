"""The reference of template names: how to write them, every figure once with an example, then the lists and records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_values import Samples

from mtqg_cli.compose.fields import fields
from mtqg_cli.compose.letter import letter_fields
from mtqg_cli.compose.programmes import FAMILIES
from mtqg_cli.compose.rankings import RANKINGS
from mtqg_cli.render.environment import FILTERS
from mtqg_cli.render.views import FIGURE_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mtqg_cli.core.report import Field
    from mtqg_cli.reference.book import Book

    Path = tuple[str, ...]

_FIGURE = {
    "(không thêm gì)": "số đã viết theo kiểu Việt Nam: 03; 61.864; 52,5%; xã Đại Bình, Quảng An và Quảng Lâm",
    "day_du": "số kèm đơn vị: 14 hộ",
    "ty_so": "tử số/mẫu số kèm đơn vị: 32.479/61.864 triệu đồng",
    "tu_so": "tử số, là một số liệu",
    "mau_so": "mẫu số, là một số liệu",
    "co": "có số liệu hay không (dùng sau if)",
    "khac_khong": "có số liệu và khác 0",
    "duong": "lớn hơn 0 (của một hiệu: dùng `.tang`, `.giam`)",
    "am": "nhỏ hơn 0",
    "bang_khong": "bằng 0",
    "tang": "là một hiệu, và hiệu đó là tăng",
    "giam": "là một hiệu, và hiệu đó là giảm",
    "do_lon": "số không kèm dấu",
    "cac": "danh sách tên trong câu: các xã A, B và C",
    "it_ten": "có tên, và không quá 12 tên: đủ ngắn để nêu trong câu",
    "lech_lam_tron": "do làm tròn: hai số in ra trừ nhau không khớp hiệu in ra, hoặc tỷ trọng in ra được chỉnh để cộng đủ 100%",
    "nhan": "tên chỉ tiêu",
    "don_vi": "đơn vị tính",
    "ky": "kỳ của số liệu: năm 2023",
    "ngay": "ngày tính số liệu",
    "co_so": "mẫu số của tỷ lệ bằng lời",
}
_PHRASES = {
    "thay_doi": ("của một hiệu: tăng, giảm", "giảm 06 hộ; tăng 0,05%; không thay đổi; chưa đủ số liệu"),
    "tu_den": ("của một hiệu: từ số nào đến số nào", "từ 0,12% xuống còn 0,07%; giữ ở mức 0,12%; chưa đủ số liệu để so sánh"),
    "bien_dong": ("hai mục trên, kèm ghi chú làm tròn nếu cần", "giảm 1,01%, từ 1,44% xuống còn 0,44% (chênh lệch do làm tròn)"),
    "so_voi": ("của một hiệu, một tỷ lệ kế hoạch: so với gì", "so với cùng kỳ năm 2023; so với đầu năm; so với kế hoạch tỉnh giao"),
    "so_sanh": ("`.thay_doi` và `.so_voi`", "tăng 03 xã so với cùng kỳ năm 2023"),
    "gap_lan": ("của một hiệu, một tỷ lệ kế hoạch: từ 1,5 lần trở lên, nếu không thì để trống", "gấp 2,5 lần"),
    "dat_ke_hoach": ("của một tỷ lệ kế hoạch", "đạt 85,00% kế hoạch năm tỉnh giao; tỉnh không giao chỉ tiêu; chưa có số liệu"),
    "giai_ngan": (
        "của tỷ lệ giải ngân; có kế hoạch mà không có số giải ngân là chưa giải ngân",
        "đã giải ngân 32.479/61.864 triệu đồng, đạt 52,5% kế hoạch vốn được giao; chưa giải ngân; không được giao vốn",
    ),
    "do_phu": ("của tỷ lệ đơn vị đã báo cáo, kèm dấu cách phía trước; đủ thì để trống", " (124/130 xã, thị trấn đã báo cáo)"),
}
_FILTERS = {
    "den_muc": ("{{ ho_ngheo_giam|den_muc('hộ nghèo') }}", "giảm 06 hộ, còn 08 hộ; giảm 14 hộ, không còn hộ nghèo; tăng 03 hộ, lên 17 hộ"),
    "ke_hoach": (
        "{{ cap_giao|ke_hoach('ty_le_ke_hoach_ho_ngheo') }}",
        "đạt 42,86% kế hoạch năm huyện giao (kế hoạch giảm 14 hộ); các cấp giao như nhau: bằng 85,00% kế hoạch năm tỉnh, huyện giao. Thêm trong ngoặc: đơn vị tính của kế hoạch cần lấy ('hộ', 'điểm %'); chữ đứng sau “kế hoạch” (' của toàn huyện')",
    ),
    "den": ("{{ a|den(b) }}", "từ 05 đến 08 xã"),
    "doan": ("{{ a|doan(b) }}", "10-14 tiêu chí"),
    "lam_tron": ("{{ ty_le_giai_ngan|lam_tron(0) }}", "hơn 52%; gần 53%; đúng bằng thì 52%. Thêm 'trên' hoặc 'khoảng' trong ngoặc để thay chữ “hơn”"),
    "noi_sau": ("{{ x.so_sanh|noi_sau(', ') }}", "thêm dấu phẩy phía trước nếu có chữ, không có thì để trống"),
    "trong_bang": ("{{ x|trong_bang }}", "trong ô của bảng: 3; 52,5; … nếu chưa có số liệu"),
    "liet_ke": ("{{ khong_bao_cao|liet_ke }}", "xã A, B và C"),
    "join": ("{{ khong_bao_cao|join('; ') }}", "xã A; xã B; xã C"),
    "length": ("{{ khong_bao_cao|length }}", "số phần tử của danh sách"),
    "first": ("{{ khong_bao_cao|first }}", "phần tử đầu"),
    "last": ("{{ khong_bao_cao|last }}", "phần tử cuối"),
    "la_ma": ("{{ loop.index|la_ma }}", "I, II, III"),
    "cau": ("{{ muc.noi_dung|cau }}", "viết hoa chữ đầu, có dấu chấm cuối câu"),
    "hoa_dau": ("{{ don_vi.ten|hoa_dau }}", "Huyện Đầm Hà"),
    "bo_dau_cuoi": ("{{ van_ban.can_cu|bo_dau_cuoi }}", "bỏ dấu ở cuối"),
    "upper": ("{{ don_vi.ten|upper }}", "HUYỆN ĐẦM HÀ"),
    "lower": ("{{ don_vi.ten|lower }}", "huyện đầm hà"),
    "trim": ("{{ muc.noi_dung|trim }}", "bỏ dấu cách thừa hai đầu"),
}
_KINDS = {
    "figure": "số liệu",
    "text": "chữ",
    "date": "ngày",
    "flag": "có/không",
    "number": "số thường",
    "chart": "biểu đồ",
    "record": "nhóm",
    "list": "danh sách",
}
_HOW = """
Mẫu là tệp Word bình thường. Chỗ cần điền viết trong hai dấu ngoặc nhọn: `{{ ho_ngheo_dau_ky.day_du }}` in ra “14 hộ”.
Đoạn chỉ in khi có số liệu đặt giữa hai đoạn riêng `{%p if ho_ngheo_dau_ky.co %}` và `{%p endif %}`.
Lặp theo xã: đoạn `{%p for xa in cac_xa %}`, các đoạn dùng `{{ xa.ten }}`, rồi `{%p endfor %}`; trong bảng dùng `{%tr for … %}` và
`{%tr endfor %}`, mỗi thẻ ở một dòng bảng riêng. Tên viết sai được báo kèm đoạn chứa nó trước khi đọc dữ liệu.

Câu so sánh, câu về kế hoạch không cần viết {% if %} theo dấu của số: `số hộ nghèo {{ ho_ngheo_giam|den_muc('hộ nghèo') }}` in
“số hộ nghèo giảm 06 hộ, còn 08 hộ” hoặc “số hộ nghèo tăng 03 hộ, lên 17 hộ”, tùy số liệu.

Sửa mẫu từng bước: [Sửa mẫu báo cáo](../huong-dan/sua-mau.md). Trang này để tra: [viết gì sau tên](#viết-gì-sau-tên), [số liệu](#số-liệu),
[tên riêng lẻ](#tên-riêng-lẻ), [nội dung do đơn vị viết](#nội-dung-do-đơn-vị-viết), [nhóm và danh sách](#nhóm-và-danh-sách).
Ví dụ lấy từ báo cáo của các dự án mẫu; để trống là không dự án mẫu nào có nội dung đó.
"""
_ABOUT_FIGURES = """
Mỗi số liệu ghi một lần; cột “dùng ở” cho biết có số đó ở đâu. Ví dụ là số kèm đơn vị (`.day_du`). Cách tính: `mtqg explain TÊN`, hoặc
[Chỉ tiêu](chi-tieu.md).
"""
_ABOUT_WORDS = """
Lấy từ biểu “Nội dung báo cáo” của đơn vị lập báo cáo. Viết `{%p for muc in uu_diem %}`, rồi đoạn `- {{ muc.noi_dung|cau }}`, rồi `{%p endfor %}`.
"""
_ABOUT_LISTS = """
Mục của nhóm viết sau dấu chấm: `{{ don_vi.ten }}`. Danh sách phải lặp: `{%p for ct in chuong_trinh %}`, trong đó viết `{{ ct.ten }}`.
"""
_ABOUT_CHARTS = """
Tên một biểu đồ, ví dụ `{{ bieu_do.giai_ngan }}`, đứng một mình trong một đoạn, ngoài bảng: Word vẽ biểu đồ ở đoạn đó, sửa được như mọi biểu đồ
(chuột phải, Edit Data). Sau tên: `.co` là có từ hai số khác 0 trở lên để so sánh (đặt ở đoạn riêng: `{%p if bieu_do.giai_ngan.co %}`), `.nhan` là tên
biểu đồ, `.don_vi` là đơn vị tính; từ hai thứ này viết dòng chú thích dưới biểu đồ. Số có phần thập phân mà mọi số từ 100 trở lên thì in trên biểu đồ
làm tròn đến hàng đơn vị, `.don_vi` ghi thêm “làm tròn”.
"""

#: A bar inside a cell of a table.
BAR = "\\|"
_DECIMALS = """
Số chữ số thập phân: mục `[style] decimals` của mtqg.toml, theo mã chỉ tiêu, theo họ chỉ tiêu (`ty_le_ngheo`, `ty_le_giai_ngan` …), hoặc `tien` cho
mọi số tiền: `decimals = { ty_le_ngheo = 2, tien = 1 }` in 5.989,0/11.041,0 triệu đồng. Mã chỉ tiêu được xét trước, rồi đến họ, rồi đến `tien`.
Số khác 0 không bao giờ in thành 0, tỷ lệ chưa đủ 100% không bao giờ in thành 100%: khi cần thì thêm chữ số thập phân.
"""

#: The groups of indicators as headings; also what `[reporting] as_of` of mtqg.toml may name.
GROUPS = {
    "chung": "Số liệu chung",
    "chi-dao": "Chỉ đạo, kiểm tra",
    "von": "Vốn và giải ngân",
    "ntm": "Nông thôn mới",
    "thu-nhap": "Thu nhập",
    "ocop": "Sản phẩm OCOP",
    "giam-ngheo": "Giảm nghèo",
    "cong-trinh": "Công trình",
    "sinh-ke": "Dự án sinh kế",
    "noi-dung": "Nội dung báo cáo",
}
#: Where figures stand: the short name in the tables, what it is, how it is written.
_PLACES: dict[Path, tuple[str, str, str]] = {
    (): ("chung", "số của toàn đơn vị", "{{ dan_so.day_du }}"),
    ("cac_xa",): ("xã", "số của từng xã, phường, thị trấn", "{%p for xa in cac_xa %} … {{ xa.dan_so.day_du }}"),
    ("chuong_trinh",): (
        "chương trình",
        "số của một chương trình",
        "{{ ntm.von_ke_hoach.day_du }}; {%p for ct in chuong_trinh %} … {{ ct.von_ke_hoach.day_du }}",
    ),
    ("chuong_trinh", "du_an"): ("dự án", "từng dự án, tiểu dự án của chương trình", "{%p for da in dtts.du_an %} … {{ da.von_ke_hoach.day_du }}"),
    ("chuong_trinh", "nhom_du_an"): ("nhóm dự án", "từng dự án, đã cộng các tiểu dự án", "{%p for nhom in dtts.nhom_du_an %} … {{ nhom.von_ke_hoach.day_du }}"),
    ("nguon",): ("nguồn vốn", "từng nguồn vốn, của toàn đơn vị hoặc của một chương trình", "{%p for muc in nguon %}; {%p for muc in ntm.nguon %}"),
    ("loai_von",): ("loại vốn", "vốn đầu tư, vốn sự nghiệp; như trên", "{%p for muc in loai_von %}"),
    ("loai_cong_trinh",): ("loại công trình", "từng loại công trình; như trên", "{%p for muc in loai_cong_trinh %}"),
    ("bo_tieu_chi",): ("bộ tiêu chí", "từng bộ tiêu chí đang áp dụng", "{%p for bo in bo_tieu_chi %} … {{ bo.tieu_chi_dat.day_du }}"),
    ("bo_tieu_chi", "nhom"): ("nhóm xã", "từng nhóm xã theo số tiêu chí đạt", "{%p for nhom in bo.nhom %} … {{ nhom.so_xa_theo_nhom.day_du }}"),
    ("bo_tieu_chi", "cac_xa"): ("xã của bộ", "từng xã áp dụng bộ tiêu chí", "{%p for xa in bo.cac_xa %} … {{ xa.tieu_chi_dat.day_du }}"),
    ("cap_giao",): ("cấp giao", "kế hoạch của từng cấp giao", "{%p for cap in cap_giao %} … {{ cap.ke_hoach_ho_ngheo.day_du }}"),
}
#: What is told at another place because it is the same there.
_SAME: dict[Path, Path] = {
    ("chuong_trinh", "nhom_du_an", "tieu_du_an"): ("chuong_trinh", "du_an"),
    **{("chuong_trinh", name): (name,) for name in ("nguon", "loai_von", "loai_cong_trinh")},
    **{(name,): ("cac_xa",) for name in RANKINGS},
}


def fields_page(book: Book) -> str:
    """Every name that a template may use."""
    tree, samples = fields(book), Samples()
    _all_told(FIGURE_NAMES, {*_FIGURE, *_PHRASES})
    _all_told(FILTERS, _FILTERS)
    _all_told((entry.group for entry in book.indicators.values()), GROUPS)
    return "".join([f"# Các tên dùng trong mẫu Word\n{_HOW}", *_writing(), *_figures(book, tree, samples), *_others(tree, samples), *_letter(tree)])


def _writing() -> Iterator[str]:
    """What may follow a name."""
    yield "\n## Viết gì sau tên\n\nSau tên một số liệu:\n\n| viết thêm | in ra |\n|---|---|\n"
    yield from (f"| `.{name}` | {text} |\n" if name.isidentifier() else f"| {name} | {text} |\n" for name, text in _FIGURE.items())
    yield "\nNhững chữ đi với số liệu, chọn theo dấu, kỳ và cách làm tròn của chính số liệu đó:\n\n| viết thêm | dùng cho | in ra |\n|---|---|---|\n"
    yield from (f"| `.{name}` | {what} | {example.strip()} |\n" for name, (what, example) in _PHRASES.items())
    yield "\nBộ lọc, đứng sau dấu `|`:\n\n| bộ lọc | viết | in ra |\n|---|---|---|\n"
    yield from (f"| `{name}` | `{written.replace('|', BAR)}` | {example} |\n" for name, (written, example) in _FILTERS.items())
    yield _DECIMALS
    yield "\nSau tên một ngày: không thêm gì in 20/6/2024; `.dai` in “ngày 20 tháng 6 năm 2024”.\n"
    yield _ABOUT_CHARTS


def _figures(book: Book, tree: Mapping[str, Field], samples: Samples) -> Iterator[str]:
    """Every figure once, with the places where it stands."""
    where: dict[str, list[Path]] = {}
    for path, inner in _all_records(tree):
        for name in inner:
            if name in book.indicators and inner[name].kind == "figure" and path[:1] not in {(family,) for family in FAMILIES}:
                where.setdefault(name, []).append(path)
    _all_told((" > ".join(path) for paths in where.values() for path in paths), (" > ".join(path) for path in (*_PLACES, *_SAME)))
    yield f"\n## Số liệu\n{_ABOUT_FIGURES}\n| ghi | là | viết trong mẫu |\n|---|---|---|\n"
    yield from (f"| {short} | {what} | `{written}` |\n" for short, what, written in _PLACES.values())
    for group, title in GROUPS.items():
        entries = [entry for entry in book.indicators.values() if entry.group == group and entry.id in where]
        if entries:
            yield f"\n### {title}\n\n| tên | nội dung | dùng ở | ví dụ |\n|---|---|---|---|\n"
        for entry in entries:
            paths = [path for path in _PLACES if path in where[entry.id]]
            unit = entry.unit.replace("{cấp dưới}", "xã, thị trấn")
            example = samples.example([(*path, entry.id) for path in paths])
            yield f"| `{entry.id}` | {entry.label} ({unit}) | {', '.join(_PLACES[path][0] for path in paths)} | {example} |\n"


def _others(tree: Mapping[str, Field], samples: Samples) -> Iterator[str]:
    """What is no figure, and the lists and records around the figures; the figures in them are told above."""
    bare = [name for name, field in tree.items() if field.kind in {"list", "record"} and not field.fields]
    words = [name for name, field in tree.items() if list(field.fields) == ["noi_dung"]]
    yield "\n## Tên riêng lẻ\n\n| tên | là | nội dung | ví dụ |\n|---|---|---|---|\n"
    single = {name: field for name, field in tree.items() if not field.fields and field.kind != "figure"}
    yield from _rows((), single, samples)
    yield f"\n## Nội dung do đơn vị viết\n{_ABOUT_WORDS}\n| danh sách | nội dung | ví dụ |\n|---|---|---|\n"
    yield from (f"| `{name}` | {tree[name].label} | {samples.example([(name, 'noi_dung')])} |\n" for name in words)
    yield f"\n## Nhóm và danh sách\n{_ABOUT_LISTS}"
    for path, inner in _all_records(tree):
        own = path not in _SAME or path[0] in RANKINGS
        if path and path[0] not in {*words, *bare} and own and not _is_family(path, 2):
            told = path in _PLACES or path in _SAME
            yield from _record(path, tree, {name: field for name, field in inner.items() if field.kind != "figure" or not told}, samples)


def _record(path: Path, tree: Mapping[str, Field], inner: Mapping[str, Field], samples: Samples) -> Iterator[str]:
    """A record, or the elements of a list."""
    field = tree[path[0]]
    for name in path[1:]:
        field = field.fields[name]
    lead = "Là danh sách; mỗi phần tử có các mục sau" if field.kind == "list" else "Gồm các mục sau"
    if _is_family(path, 1):
        if path[0] != next(iter(FAMILIES)):
            return
        names = ", ".join(f"`{each}` ({tree[each].label})" for each in FAMILIES)
        yield f"\n### {names}\n\nMọi mục của một phần tử `chuong_trinh` ở trên, và:\n\n| tên | là | nội dung | ví dụ |\n|---|---|---|---|\n"
        inner = {name: each for name, each in inner.items() if name not in tree["chuong_trinh"].fields}
    else:
        place = _PLACES.get(_SAME.get(path, path))
        also = f", và các số liệu ghi “{place[0]}” ở các bảng trên" if place is not None else ""
        yield f"\n### `{'.'.join(path)}`: {field.label}\n\n{lead}{also}:\n\n| tên | là | nội dung | ví dụ |\n|---|---|---|---|\n"
    yield from _rows(path, inner, samples)


def _is_family(path: Path, least: int) -> bool:
    return path[0] in FAMILIES and len(path) >= least


def _rows(path: Path, inner: Mapping[str, Field], samples: Samples) -> Iterator[str]:
    for name, field in inner.items():
        own = (*path, name)
        example = "" if field.fields else samples.example([own])
        same = f" (như `{'.'.join(_SAME[own])}`)" if own in _SAME else f" (xem `{'.'.join(own)}` ở dưới)" if field.fields else ""
        yield f"| `{name}` | {_KINDS[field.kind]} | {field.label}{same} | {example} |\n"


def _letter(tree: Mapping[str, Field]) -> Iterator[str]:
    """The names of the letter with which a file goes back."""
    letter = {name: field for name, field in letter_fields().items() if name not in tree}
    yield '\n## Mẫu công văn trả lại tệp (`kind = "letter"`)\n\n`don_vi`, `ky`, `van_ban` như trên, và:\n\n| tên | là | nội dung |\n|---|---|---|\n'
    yield from (f"| `{name}` | {_KINDS[field.kind]} | {field.label} |\n" for name, field in letter.items())
    for name, field in letter.items():
        if field.fields:
            yield f"\nMỗi phần tử của `{name}`:\n\n| tên | là | nội dung |\n|---|---|---|\n"
            yield from (f"| `{inner}` | {_KINDS[each.kind]} | {each.label} |\n" for inner, each in field.fields.items())


def _all_records(inner: Mapping[str, Field], path: Path = ()) -> Iterator[tuple[Path, Mapping[str, Field]]]:
    """All records and lists of records with their paths, the whole first; those of programmes of a family are those of `chuong_trinh`."""
    yield path, inner
    for name, field in inner.items():
        if field.fields and not (path and path[0] in FAMILIES):
            yield from _all_records(field.fields, (*path, name))


def _all_told(offered: Iterable[str], told: Iterable[str]) -> None:
    """Everything that templates may use is in the reference."""
    missing = sorted(set(offered) - set(told))
    if missing:
        message = f"make_docs.py: nothing is said of {', '.join(missing)}"
        raise SystemExit(message)
